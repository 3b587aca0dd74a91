"""Where a company differs from the rest of the field by more than chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Difference", "Standing", "standings"]

SURE = 0.05
"""The share of wrong ones that may be expected among the differences that are called so."""


@dataclass(frozen=True)
class Difference:
    """A theme at one company against the other companies of the field together; shares from 0 to 1."""

    theme_id: str
    kind: str
    here: float
    elsewhere: float
    q: float

    @property
    def good(self) -> bool:
        """Whether it speaks for the company: less complaint, or more praise."""
        return (self.here > self.elsewhere) == (self.kind == "value")


@dataclass(frozen=True)
class Standing:
    """What sets a company apart, the largest difference first."""

    strengths: tuple[Difference, ...] = ()
    weaknesses: tuple[Difference, ...] = ()


def standings(
    counts: Iterable[tuple[str, str, int, int]], kinds: Mapping[str, str], field: Sequence[str]
) -> Mapping[str, Standing]:
    """Hold every company of the field against the others, theme by theme.

    Fisher's exact test, twice the smaller tail, of the company against the other companies of the field taken
    together; of all differences those are kept whose false discovery rate (Benjamini and Hochberg, 1995) is at most
    0.05.

    Args:
        counts: theme, company, mentions, reviews; one row per theme and company.
        kinds: ``belief`` or ``value``, by theme.
        field: keys of the companies that are compared.

    >>> apart = standings([("b1", "a", 40, 100), ("b1", "b", 5, 100), ("b1", "c", 4, 100)], {"b1": "belief"}, "abc")
    >>> [(d.theme_id, d.here, d.elsewhere) for d in apart["a"].weaknesses]
    [('b1', 0.4, 0.045)]
    """
    if len(field) < 2:
        return {}
    from scipy.stats import false_discovery_control, hypergeom

    by_theme: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for theme, company, mentions, reviews in counts:
        if company in field and reviews > 0:
            by_theme[theme].append((company, mentions, reviews))
    looked_at, p_values = [], []
    for theme, cells in by_theme.items():
        said, asked = sum(cell[1] for cell in cells), sum(cell[2] for cell in cells)
        for company, mentions, reviews in cells:
            if reviews == asked:
                continue
            table = hypergeom(asked, said, reviews)
            tail = min(float(table.cdf(mentions)), float(table.sf(mentions - 1)))
            looked_at.append((theme, company, mentions / reviews, (said - mentions) / (asked - reviews)))
            p_values.append(min(1.0, 2 * tail))
    if not p_values:
        return {}
    apart: dict[str, list[Difference]] = defaultdict(list)
    for (theme, company, here, elsewhere), q in zip(looked_at, false_discovery_control(p_values), strict=True):
        if q <= SURE and here != elsewhere:
            apart[company].append(Difference(theme, kinds[theme], here, elsewhere, float(q)))
    return {company: _standing(differences) for company, differences in apart.items()}


def _standing(differences: list[Difference]) -> Standing:
    ordered = sorted(differences, key=lambda one: (-abs(one.here - one.elsewhere), one.theme_id))
    return Standing(
        tuple(one for one in ordered if one.good),
        tuple(one for one in ordered if not one.good),
    )
