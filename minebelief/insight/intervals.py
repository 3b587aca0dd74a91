"""Intervals of shares."""

import numpy as np

__all__ = ["VISIBLE_MENTIONS", "mean_of_shares", "visible", "wilson"]

Z = 1.959963984540054
"""Two-sided 95%."""

VISIBLE_MENTIONS = 6
"""Mentions from which a complaint can become a theme."""


def wilson(mentions: np.ndarray, reviews: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper bound of the 95% Wilson score interval of mentions out of reviews.

    Args:
        mentions: counts, from 0 to ``reviews``.
        reviews: counts; where 0, the interval is from 0 to 1.

    Returns:
        Two float arrays of the arguments' shape, from 0 to 1.

    Source: Wilson, JASA 1927.
    """
    k, n = np.asarray(mentions, float), np.asarray(reviews, float)
    safe = np.maximum(n, 1)
    share = k / safe
    centre = (share + Z**2 / (2 * safe)) / (1 + Z**2 / safe)
    half = Z / (1 + Z**2 / safe) * np.sqrt(share * (1 - share) / safe + Z**2 / (4 * safe**2))
    low = np.where((n > 0) & (k > 0), np.clip(centre - half, 0, 1), 0.0)
    high = np.where((n > 0) & (k < n), np.clip(centre + half, 0, 1), 1.0)
    return low, high


def mean_of_shares(mentions: np.ndarray, reviews: np.ndarray) -> tuple[float, float, float]:
    """The mean of several independent shares, each weighing the same, with its 95% interval.

    The shares' Wilson intervals are combined by the square-and-add method (MOVER: Zou and Donner, Statistics in
    Medicine 2008), which keeps them asymmetric where shares are small.

    Args:
        mentions, reviews: counts of at least one company, reviews above 0.

    Returns:
        The mean and its lower and upper bound.
    """
    k, n = np.asarray(mentions, float), np.asarray(reviews, float)
    shares = k / n
    low, high = wilson(k, n)
    mean = float(shares.mean())
    down = float(np.sqrt(((shares - low) ** 2).sum()) / len(n))
    up = float(np.sqrt(((high - shares) ** 2).sum()) / len(n))
    return mean, max(0.0, mean - down), min(1.0, mean + up)


def visible(reviews: int) -> float:
    """The prevalence from which a complaint is seen with 95% certainty in so many reviews.

    It is seen when at least `VISIBLE_MENTIONS` reviews mention it; their number is taken as Poisson.
    """
    from scipy.stats import chi2

    return float(chi2.ppf(0.95, 2 * VISIBLE_MENTIONS) / 2 / max(reviews, 1))
