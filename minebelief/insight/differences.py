"""Where companies differ beyond chance. Light on purpose: the command line imports it."""

import math
from collections.abc import Sequence

__all__ = ["Stratum", "adjusted", "difference", "two_sided"]

Z = 1.959963984540054

Stratum = tuple[int, int, int, int]
"""Mentions and reviews of one company, then of another, at one source."""


def two_sided(strata: Sequence[Stratum]) -> float:
    """The probability of so large a difference between two companies, or a larger one, if there were none.

    Sources are strata, so that a company which is strong at a harsher source does not look worse for it
    (Cochran-Mantel-Haenszel without continuity correction). Where fewer than five mentions are expected of one of the
    two, Fisher's exact test over the sums, with half of the observed table's probability (mid-p: Lancaster, JASA 1961).

    Args:
        strata: counts for each source that both have.
    """
    strata = [one for one in strata if one[1] > 0 and one[3] > 0]
    k1, n1, k2, n2 = (sum(one[i] for one in strata) for i in range(4))
    mentions, reviews = k1 + k2, n1 + n2
    if mentions in (0, reviews) or reviews < 2:
        return 1.0
    if min(n1, n2) * min(mentions, reviews - mentions) / reviews < 5:
        return _fisher_mid_p(k1, n1, k2, n2)
    excess = variance = 0.0
    for a, m1, b, m2 in strata:
        said, total = a + b, m1 + m2
        excess += a - said * m1 / total
        if total > 1:
            variance += said * (total - said) * m1 * m2 / (total * total * (total - 1))
    return math.erfc(abs(excess) / math.sqrt(2 * variance)) if variance > 0 else 1.0


def _fisher_mid_p(k1: int, n1: int, k2: int, n2: int) -> float:
    mentions, reviews = k1 + k2, n1 + n2

    def choose(n: int, k: int) -> float:
        return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)

    def log_probability(k: int) -> float:
        return choose(n1, k) + choose(n2, mentions - k) - choose(reviews, mentions)

    observed = log_probability(k1)
    total = 0.0
    for k in range(max(0, mentions - n2), min(n1, mentions) + 1):
        here = log_probability(k)
        if here < observed - 1e-9:
            total += math.exp(here)
        elif here < observed + 1e-9:
            total += math.exp(here) / (2 if k == k1 else 1)
    return min(1.0, total)


def adjusted(p_values: Sequence[float]) -> list[float]:
    """q values: p adjusted so that of those called different below 0.05 at most 5% are expected to be wrong.

    Source: Benjamini and Hochberg, JRSS B 1995.
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda i: p_values[i])
    result, least = [1.0] * count, 1.0
    for place in range(count, 0, -1):
        i = order[place - 1]
        least = min(least, p_values[i] * count / place)
        result[i] = least
    return result


def difference(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float, float]:
    """The difference of two shares with its 95% interval.

    Source: Newcombe, Statistics in Medicine 1998, method 10.

    Args:
        k1, n1, k2, n2: mentions and reviews of two companies; reviews above 0.
    """
    p1, p2 = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = _wilson(k1, n1), _wilson(k2, n2)
    down = math.hypot(p1 - low1, high2 - p2)
    up = math.hypot(high1 - p1, p2 - low2)
    return p1 - p2, p1 - p2 - down, p1 - p2 + up


def _wilson(k: int, n: int) -> tuple[float, float]:
    share = k / n
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)
