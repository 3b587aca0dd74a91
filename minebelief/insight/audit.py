"""What judgements of a sample say of a theme: precision, recall, and prevalence corrected for both."""

from dataclasses import dataclass

import numpy as np

from minebelief.judgements import ENOUGH

__all__ = ["Corrected", "Tally", "correct"]

DRAWS = 8_000
PRIOR = 0.5
"""Jeffreys' prior of a share."""


@dataclass(frozen=True)
class Tally:
    """Judgements on one theme, unsure ones aside.

    ``says`` and ``says_not`` are on sentences that are counted under it, one of each sampled review; ``missed`` and
    ``left`` on sentences near its border, likewise: missed ones say it and are not counted.
    """

    says: int = 0
    says_not: int = 0
    missed: int = 0
    left: int = 0

    @property
    def judged(self) -> int:
        """Judgements on sentences that are counted."""
        return self.says + self.says_not

    @property
    def near(self) -> int:
        """Judgements on sentences near the border."""
        return self.missed + self.left

    @property
    def precision(self) -> float:
        """Share of the counted ones that say it; 1 where nobody judged any."""
        return self.says / self.judged if self.judged else 1.0

    @property
    def missing(self) -> float:
        """Share of those near the border that say it; 0 where nobody judged any."""
        return self.missed / self.near if self.near else 0.0

    @property
    def corrects(self) -> str | None:
        """What a prevalence is corrected for: 'precision', 'precision and recall', or None for nothing."""
        if self.judged < ENOUGH:
            return None
        return "precision and recall" if self.near >= ENOUGH else "precision"


@dataclass(frozen=True)
class Corrected:
    """Corrected shares of n companies, from 0 to 1, and their mean; each with its 95% interval.

    ``share``, ``low`` and ``high`` have shape (n,); ``mean`` is (share, low, high).
    """

    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: tuple[float, float, float]


def correct(mentions: np.ndarray, near: np.ndarray, reviews: np.ndarray, tally: Tally, seed: int = 0) -> Corrected:
    """Correct shares of reviews for what was counted wrongly and what was missed, as judged samples tell.

    Reviews fall into three strata: something in it was counted under the theme (``mentions``), nothing was counted but
    something is near its border (``near``), and neither. With p the share of the first stratum that says the theme and
    q that of the second, the share of reviews that say it is (mentions p + near q) / reviews. The third stratum is
    taken to hold none, so what is missed far from the border stays missed. p and q are one for all companies: too few
    are judged to tell them apart. They are shares of reviews, since one random sentence of each sampled review is
    judged; a review with several sentences counts by the share of them that say it, which is rather too little.

    The interval is that of double sampling (Tenenbein, JASA 1970): 8,000 draws of the strata's shares from a Dirichlet
    distribution, for each company by itself, times draws of p and q from beta distributions that all companies have in
    common, with Jeffreys' priors; its ends are the 2.5% and 97.5% quantiles. For the mean, what the priors add to the
    strata's shares is taken off again, since it would add up over companies.

    Args:
        mentions, near, reviews: counts of n companies; mentions and near together are at most reviews, these above 0.
        tally: the judgements. Those near the border count only from `ENOUGH` on.
        seed: of the draws; the same gives the same.
    """
    k, n = np.asarray(mentions, float), np.asarray(reviews, float)
    recalled = tally.corrects == "precision and recall"
    m = np.asarray(near, float) if recalled else np.zeros_like(k)
    p, q = tally.precision, tally.missing if recalled else 0.0
    share = (k * p + m * q) / n
    random = np.random.default_rng(seed)
    parts = np.stack([k, m, n - k - m]) + PRIOR
    drawn = random.gamma(parts, size=(DRAWS, *parts.shape))
    drawn = drawn[:, :2] / drawn.sum(axis=1, keepdims=True)
    ps = random.beta(tally.says + PRIOR, tally.says_not + PRIOR, (DRAWS, 1))
    qs = random.beta(tally.missed + PRIOR, tally.left + PRIOR, (DRAWS, 1)) if recalled else np.zeros((DRAWS, 1))
    low, high = _around(share, drawn[:, 0] * ps + drawn[:, 1] * qs)
    drawn -= parts[:2] / parts.sum(axis=0) - np.stack([k, m]) / n
    mean = np.array([share.mean()])
    mean_low, mean_high = _around(mean, (drawn[:, 0] * ps + drawn[:, 1] * qs).mean(axis=1, keepdims=True))
    return Corrected(share, low, high, (float(mean[0]), float(mean_low[0]), float(mean_high[0])))


def _around(share: np.ndarray, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The quantiles of draws, which hold the estimate; nothing is surely above 0 where nothing was found."""
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    low, high = np.minimum(low, share), np.maximum(high, share)
    return np.where(share > 0, np.clip(low, 0, 1), 0.0), np.clip(high, 0, 1)
