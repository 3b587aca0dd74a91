"""Small numbers are drawn towards the industry."""

from dataclasses import dataclass

import numpy as np

__all__ = ["Shrunk", "shrink"]


@dataclass(frozen=True)
class Shrunk:
    """Shares of n companies after shrinkage, with 95% credible intervals; each of shape (n,), from 0 to 1.

    ``strength`` is how many reviews the industry weighs beside a company's own.
    """

    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    strength: float


def shrink(mentions: np.ndarray, reviews: np.ndarray) -> Shrunk:
    """Empirical Bayes with a beta-binomial model: companies' shares vary around the industry's.

    How much they vary is estimated by the intraclass correlation (analysis of variance estimator: Ridout, Demétrio and
    Firth, Biometrics 1999), between 0.0005 and 0.5, so that no company is ever drawn wholly to the mean or left alone.

    Args:
        mentions, reviews: counts of n companies; reviews may be 0, and then the industry alone speaks.
    """
    from scipy.stats import beta

    k, n = np.asarray(mentions, float), np.asarray(reviews, float)
    has = n > 0
    total = n.sum()
    if total == 0:
        return Shrunk(np.full(len(n), 0.5), np.zeros(len(n)), np.ones(len(n)), 1.0)
    mean = (k.sum() + 0.5) / (total + 1)
    correlation = 0.5
    companies = int(has.sum())
    if companies > 1 and total > companies:
        share = k[has] / n[has]
        between = (n[has] * (share - k.sum() / total) ** 2).sum() / (companies - 1)
        within = (n[has] * share * (1 - share)).sum() / (total - companies)
        size = (total - (n**2).sum() / total) / (companies - 1)
        whole = between + (size - 1) * within
        correlation = (between - within) / whole if whole > 0 else 0.0
    strength = 1 / float(np.clip(correlation, 0.0005, 0.5)) - 1
    a, b = k + mean * strength, n - k + (1 - mean) * strength
    drawn = a / (a + b)
    # Where nearly nobody speaks the mean of so skew a distribution may lie outside its quantiles.
    return Shrunk(drawn, np.minimum(beta.ppf(0.025, a, b), drawn), np.maximum(beta.ppf(0.975, a, b), drawn), strength)
