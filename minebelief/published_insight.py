"""What a published database says of comparisons and openings.

Light on purpose: importing it brings in DuckDB and nothing heavier.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from minebelief.errors import InputError
from minebelief.insight.differences import adjusted, difference, two_sided
from minebelief.published import PublishedDatabase, Quote

__all__ = [
    "Comparison",
    "Difference",
    "OpeningFigures",
    "Satisfaction",
    "compare",
    "openings",
    "opposites",
    "satisfaction",
]

SURE = 0.05
"""The share of wrong ones that may be expected among the differences called so."""


@dataclass(frozen=True)
class OpeningFigures:
    """One belief as an opening; columns as in the published table ``openings``, with what the belief says."""

    rank: int
    belief_id: str
    statement: str | None
    area: str
    prevalence: float | None
    prevalence_low: float | None
    prevalence_high: float | None
    penalty: float | None
    reward: float | None
    kano: str | None
    importance: float
    opportunity: float
    low: float
    high: float
    satisfaction: float | None
    best_rival: str | None
    best_rival_satisfaction: float | None
    lead: float | None
    lead_low: float | None
    lead_high: float | None
    headroom: float | None
    common: str
    unmet: str
    not_copied: str
    beyond_expected: str
    specific: str
    fits_values: str
    verdict: str
    because: str

    @property
    def stands_out(self) -> bool:
        """Whether the company's customers are more satisfied than the best rival's beyond chance."""
        return self.lead_low is not None and self.lead_low > 0


@dataclass(frozen=True)
class Satisfaction:
    """One company's customers on the matter of a belief; satisfaction is None where nobody speaks of it."""

    company: str
    name: str
    ours: bool
    reviews: int
    positive: int
    negative: int
    satisfaction: float | None
    low: float | None
    high: float | None
    value_id: str | None


@dataclass(frozen=True)
class Difference:
    """One theme at two companies: shares from 0 to 1, their difference with a 95% interval, and how sure it is.

    ``q`` is the share of wrong ones to be expected among all differences that are as sure as this one; ``apart`` tells
    whether it is at most 0.05. ``small`` tells that one of the two has few reviews, and then ``shrunk_a`` and
    ``shrunk_b``, drawn towards the industry, are the better figures.
    """

    theme_id: str
    kind: str
    statement: str | None
    a: str
    b: str
    prevalence_a: float
    prevalence_b: float
    difference: float
    low: float
    high: float
    q: float
    apart: bool
    small: bool
    shrunk_a: float | None
    shrunk_b: float | None


@dataclass(frozen=True)
class Comparison:
    """Companies theme by theme: ``sources`` are what they share, ``differences`` go from the surest."""

    companies: tuple[str, ...]
    sources: tuple[str, ...]
    differences: tuple[Difference, ...]


def openings(
    database: PublishedDatabase,
    industry: str,
    company: str | None = None,
    limit: int | None = 10,
    *,
    common_only: bool = True,
) -> tuple[OpeningFigures, ...]:
    """Openings of one company, or of a new entrant (company None), best first."""
    rows = database.ask("openings", industry=industry, company=company, limit=limit, common_only=common_only)
    return tuple(OpeningFigures(**row) for row in rows)


def satisfaction(database: PublishedDatabase, industry: str, belief_id: str) -> tuple[Satisfaction, ...]:
    """Every company on the matter of a belief, most satisfied for sure first."""
    return tuple(Satisfaction(**row) for row in database.ask("satisfaction_of", industry=industry, belief_id=belief_id))


def opposites(
    database: PublishedDatabase, industry: str, belief_id: str, limit: int | None = 5, *, company: str | None = None
) -> tuple[Quote, ...]:
    """Sentences that praise the opposite of a belief, one per review."""
    rows = database.ask("opposites_of", industry=industry, belief_id=belief_id, company=company, limit=limit)
    return tuple(Quote(**row) for row in rows)


def compare(database: PublishedDatabase, industry: str, companies: Sequence[str]) -> Comparison:
    """Compare companies over the sources that they share, theme by theme and two by two.

    Where the companies of the industry's field share sources, the figures are those over these sources and the time
    that they share; otherwise over every source that the named ones share.

    Args:
        database: a published database.
        industry: key of the industry.
        companies: keys of two or more companies.

    Raises:
        InputError: fewer than two are named, one has no reviews, or they share no source.
    """
    keys = list(dict.fromkeys(companies))
    if len(keys) < 2:
        raise InputError("name two or more different companies to compare")
    rows = database.ask("comparable", industry=industry, companies=keys)
    counted: dict[str, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        counted[row["theme_id"]][row["company"], row["source"]] = row
    sources = _sources(keys, rows)
    whole = {"*"} if sources.get("*") else set(sources)
    found = []
    for theme, cells in counted.items():
        for a, b in combinations(keys, 2):
            strata = [
                (cells[a, source], cells[b, source])
                for source in sorted(whole)
                if (a, source) in cells and (b, source) in cells
            ]
            if strata:
                found.append(_difference(theme, a, b, strata))
    q_values = adjusted([p for _, p in found])
    judged = [
        Difference(**{**fields, "q": q, "apart": q <= SURE}) for (fields, _), q in zip(found, q_values, strict=True)
    ]
    judged.sort(key=lambda one: (one.kind, not one.apart, one.q if not one.apart else 0, -abs(one.difference)))
    return Comparison(tuple(keys), tuple(source for source in sources if source != "*"), tuple(judged))


def _sources(keys: Sequence[str], rows: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """The sources that the companies share; ``*`` is there and true where the whole field is compared over them."""
    own: dict[str, set[str]] = {key: set() for key in keys}
    for row in rows:
        own[row["company"]].add(row["source"])
    none = [key for key in keys if not own[key]]
    if none:
        raise InputError(f"{none[0]} has no reviews with text, so there is nothing to compare")
    shared = sorted(set.intersection(*own.values()) - {"*"})
    if not shared:
        lists = "; ".join(f"{key}: {', '.join(sorted(own[key] - {'*'}))}" for key in keys)
        raise InputError(
            f"these companies share no source ({lists}), and people write differently at each, so they cannot be "
            "compared honestly. Add a source that has them both"
        )
    return {"*": any(row["shared"] for row in rows), **dict.fromkeys(shared, True)}


def _difference(
    theme: str, a: str, b: str, strata: Sequence[tuple[dict[str, Any], dict[str, Any]]]
) -> tuple[dict[str, Any], float]:
    counts = [(one["mentions"], one["reviews"], two["mentions"], two["reviews"]) for one, two in strata]
    k1, n1, k2, n2 = (sum(count[i] for count in counts) for i in range(4))
    first, second = strata[0]
    between, low, high = difference(k1, n1, k2, n2)
    only = len(strata) == 1
    fields = {
        "theme_id": theme,
        "kind": first["kind"],
        "statement": first["statement"],
        "a": a,
        "b": b,
        "prevalence_a": k1 / n1,
        "prevalence_b": k2 / n2,
        "difference": between,
        "low": low,
        "high": high,
        "small": any(one["small"] or two["small"] for one, two in strata),
        "shrunk_a": first["shrunk"] if only else None,
        "shrunk_b": second["shrunk"] if only else None,
    }
    return fields, two_sided(counts)
