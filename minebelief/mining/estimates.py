"""How well sentences are read, by the stars of reviews that had no part in teaching it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from minebelief.mining.stars import LEVELS, StarModel, level_of

__all__ = ["Estimate", "estimate"]

BAD, GOOD = 1, LEVELS - 1
"""Levels of stars up to which a review is bad, and from which it is good: 1 to 2 and 5 of five."""

BINS = 10


@dataclass(frozen=True)
class Estimate:
    """What a run says of its own reading; all but ``reviews`` are between 0 and 1.

    Of so many bad and good ``reviews`` the mean probability of their sentences, by the text alone, is on the right side
    of a half in the share ``accuracy``, and tells bad from good with ``auc``. ``calibration_error`` is how far, on
    average over sentences, their probability is from the share that is negative.
    """

    reviews: int
    accuracy: float
    auc: float
    calibration_error: float


def estimate(
    model: StarModel, odds: np.ndarray, stars: np.ndarray, reviews: Sequence[str], certain: np.ndarray
) -> Estimate | None:
    """Hold the reading of n sentences against the stars of their reviews.

    Nobody knows of each sentence whether it is negative. Of sentences with about the same probability, the share that
    stands in bad reviews tells it: that share is known for negative and for positive ones (``model.given``).

    Args:
        model: reads log odds.
        odds: by heads that these stars did not teach, shape (n, k).
        stars: of the sentences' reviews, 0 to 1, NaN where there are none.
        reviews: ids of their reviews.
        certain: how certain it is that a sentence is no story, 0 to 1.

    Returns:
        None without bad or without good reviews.
    """
    negative, level = model.alone(odds), level_of(stars)
    _, place = np.unique(np.asarray(reviews), return_inverse=True)
    used = (level >= 0) & ((level <= BAD) | (level >= GOOD))
    weight = np.where(used, np.maximum(certain, 1e-6), 0)
    total = np.bincount(place, weight)
    mean = np.bincount(place, weight * negative)[total > 0] / total[total > 0]
    bad = (np.bincount(place, used & (level <= BAD)) > 0)[total > 0]
    if bad.all() or not bad.any():
        return None
    known = level >= 0
    return Estimate(
        reviews=len(bad),
        accuracy=float(((mean >= 0.5) == bad).mean()),
        auc=float(roc_auc_score(bad, mean)),
        calibration_error=_calibration_error(model, negative[known], level[known] <= BAD, certain[known]),
    )


def _calibration_error(model: StarModel, negative: np.ndarray, bad: np.ndarray, certain: np.ndarray) -> float:
    of_negative, of_positive = model.given[:, : BAD + 1].sum(axis=1)
    place = np.minimum((negative * BINS).astype(int), BINS - 1)
    weight = np.bincount(place, certain, BINS)
    filled = weight > 0
    said = np.bincount(place, certain * negative, BINS)[filled] / weight[filled]
    stands = np.bincount(place, certain * bad, BINS)[filled] / weight[filled]
    share = np.clip((stands - of_positive) / (of_negative - of_positive), 0, 1)
    return float((np.abs(share - said) * weight[filled]).sum() / weight.sum())
