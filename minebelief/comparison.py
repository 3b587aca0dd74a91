"""Two shares compared like with like, and how many such comparisons may be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import hypergeom

__all__ = ["Stratum", "adjusted", "exact_p", "weighted_shares"]


@dataclass(frozen=True)
class Stratum:
    """Reviews of one company at one source: so many before of which so many mention it, and so many after."""

    before: int
    said_before: int
    after: int
    said_after: int


def exact_p(strata: Sequence[Stratum], side: str = "both") -> float:
    """How likely a difference as large as this is, if in every stratum both shares are the same.

    The exact conditional test of stratified 2 x 2 tables: given its totals, a stratum's mentions after are
    hypergeometric, and their sum over the strata is the statistic. Shares may differ between strata as they like, so a
    change in which companies and sources are reviewed is no change of the theme.

    Args:
        strata: those without reviews before or after say nothing.
        side: 'both', 'less' or 'more' mentions after than before. 'both' is twice the smaller side, at most 1.

    Source: Mehta, Patel and Gray, JASA 1985.

    >>> round(exact_p([Stratum(1000, 50, 1000, 100)]), 6)
    2.7e-05
    """
    distribution, seen, offset = np.ones(1), 0, 0
    for one in strata:
        said = one.said_before + one.said_after
        if not one.before or not one.after or not said:
            continue
        least, most = max(0, said - one.before), min(said, one.after)
        values = np.arange(least, most + 1)
        chances = hypergeom.pmf(values, one.before + one.after, said, one.after)
        distribution = np.convolve(distribution, chances)
        seen, offset = seen + one.said_after, offset + least
    place = seen - offset
    less, more = float(distribution[: place + 1].sum()), float(distribution[place:].sum())
    p = {"less": less, "more": more, "both": 2 * min(less, more)}[side]
    return min(1.0, p)


def weighted_shares(strata: Sequence[Stratum]) -> tuple[float, float, float, float]:
    """Share before, share after, and the 95% interval of the difference, over strata that have reviews on both sides.

    Strata weigh as in the Mantel-Haenszel difference of risks (n0 n1 / (n0 + n1)), so both shares are of the same mix.
    The interval is Wald's over shares with one mention and one silent review added to each stratum's side.

    Returns:
        before, after, low, high: all 0 where no stratum has both.
    """
    both = [one for one in strata if one.before and one.after]
    if not both:
        return 0.0, 0.0, 0.0, 0.0
    n0, k0, n1, k1 = np.array([(s.before, s.said_before, s.after, s.said_after) for s in both], float).T
    weights = n0 * n1 / (n0 + n1)
    weights /= weights.sum()
    before, after = float(weights @ (k0 / n0)), float(weights @ (k1 / n1))
    eased = [((k + 1) / (n + 2), n + 2) for k, n in ((k0, n0), (k1, n1))]
    variance = sum(float(weights**2 @ (share * (1 - share) / n)) for share, n in eased)
    half = 1.96 * variance**0.5
    return before, after, after - before - half, after - before + half


def adjusted(p: Sequence[float]) -> np.ndarray:
    """The false discovery rate at which each of many tests would be called, 0 to 1.

    Calling those below 0.05 keeps the expected share of false calls among all calls at 5%, and where nothing has
    changed the chance of any call.

    Source: Benjamini and Hochberg, JRSS B 1995.

    >>> adjusted([0.01, 0.04, 0.5]).round(3).tolist()
    [0.03, 0.06, 0.5]
    """
    values = np.asarray(p, float)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    result = np.empty(len(values))
    result[order] = np.minimum(1, np.minimum.accumulate(scaled[::-1])[::-1])
    return result
