"""Which review says what: planted rates become counts, and counts become matters of single reviews."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .matter import Catalogue, Matter

__all__ = ["Draft", "plan_matters", "quotas"]

# How willing a review of each mood is to take a complaint or a praise, and how many reasons it has at most.
_WILLING = {("bad", False): 1.0, ("mixed", False): 0.6, ("good", False): 0.05}
_WILLING |= {("bad", True): 0.06, ("mixed", True): 0.7, ("good", True): 1.0}
_ROOM = {"bad": 3, "mixed": 3, "good": 2}
_MOODS = {"bad": 52, "mixed": 16, "good": 32}


@dataclass
class Draft:
    """A review before it is written: whose, when, where, in what mood and about what."""

    company: str
    month: int
    site: str
    mood: str = "mixed"
    language: str = "en"
    text: bool = True
    matters: list[Matter] = field(default_factory=list)


def quotas(rates: Sequence[float], sizes: Sequence[int], rng: random.Random) -> list[int]:
    """How many of the `sizes` reviews of each month say a matter planted at `rates`.

    The counts follow the running total of rate times size from a random phase, so that over any stretch of
    months they are within one of what was planted, and right on average.

    >>> sum(quotas([0.1] * 10, [20] * 10, random.Random(1)))
    20
    """
    total = rng.random()
    counts = []
    for rate, size in zip(rates, sizes, strict=True):
        before = int(total)
        total += rate * size
        counts.append(int(total) - before)
    return counts


def draw_mood(rng: random.Random) -> str:
    """How a reviewer feels, before it is known about what."""
    return rng.choices(list(_MOODS), list(_MOODS.values()))[0]


def plan_matters(drafts: Iterable[Draft], catalogue: Catalogue, months: int, rng: random.Random) -> None:
    """Give the `drafts`, all with text, their matters at the planted rates, company by company.

    Every draft with text counts towards the rates; only those in English are given any matters.
    """
    by_company: dict[str, list[list[Draft]]] = {}
    for draft in drafts:
        by_company.setdefault(draft.company, [[] for _ in range(months)])[draft.month - 1].append(draft)
    for company, by_month in by_company.items():
        sizes = [len(some) for some in by_month]
        wanted: list[list[Matter]] = [[] for _ in range(months)]
        for matter in catalogue.matters:
            rates = [matter.rate(company, month, months) for month in range(1, months + 1)]
            for month, count in enumerate(quotas(rates, sizes, rng)):
                wanted[month] += [matter] * count
        for some, matters in zip(by_month, wanted, strict=True):
            rng.shuffle(matters)
            for matter in matters:
                _give(matter, [draft for draft in some if draft.language == "en"], rng)


def _give(matter: Matter, drafts: Sequence[Draft], rng: random.Random) -> None:
    weights = []
    for draft in drafts:
        clash = any(
            other is matter or other.id == matter.answers or other.answers == matter.id for other in draft.matters
        )
        full = len(draft.matters) >= _ROOM[draft.mood]
        weight = 0.0 if clash else _WILLING[draft.mood, matter.positive] * (0.6 ** len(draft.matters))
        weights.append(weight * (0.01 if full else 1.0))
    if any(weights):
        rng.choices(drafts, weights)[0].matters.append(matter)
