"""Counts by month: which months are whole, and two stretches of them side by side."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from minebelief.comparison import Stratum
from minebelief.store import Store, read_sql

__all__ = ["LAST_DAYS", "Calendar", "Cell", "calendar_of", "mentions_by_month", "plus", "strata"]

LAST_DAYS = 3
"""The newest month counts as whole when a review was written on one of so many last days of it."""

Cell = tuple[str, str, date]
"""A company, a source and the first day of a month."""


@dataclass(frozen=True)
class Calendar:
    """How many opinions there are in each cell, and the newest review of all.

    An opinion is a review with text that was mined; one author counts once per company, source and month.
    """

    opinions: Mapping[Cell, int]
    newest: datetime | None

    @property
    def partial(self) -> date | None:
        """The first day of the newest month while it is not over in the data."""
        if self.newest is None:
            return None
        first = self.newest.date().replace(day=1)
        days = monthrange(first.year, first.month)[1]
        return first if self.newest.day <= days - LAST_DAYS else None

    @property
    def last_whole(self) -> date | None:
        """The first day of the newest whole month."""
        if self.newest is None:
            return None
        return plus(self.newest.date().replace(day=1), -1 if self.partial else 0)

    @property
    def first(self) -> date | None:
        """The first day of the oldest month."""
        return min((month for _, _, month in self.opinions), default=None)

    def stretch(self, months: int, ago: int = 0) -> list[date]:
        """So many whole months, of which the newest is ``ago`` months before the newest whole one; oldest first."""
        last = self.last_whole
        first = self.first
        if last is None or first is None:
            return []
        some = [plus(last, -ago - n) for n in reversed(range(months))]
        return [month for month in some if month >= first]


def plus(month: date, months: int) -> date:
    """The first day of the month so many months later.

    >>> plus(date(2024, 11, 1), 3)
    datetime.date(2025, 2, 1)
    """
    along = month.year * 12 + month.month - 1 + months
    return date(along // 12, along % 12 + 1, 1)


def strata(
    opinions: Mapping[Cell, int],
    mentions: Mapping[Cell, int],
    before: Iterable[date],
    after: Iterable[date],
    company: str | None = None,
) -> list[Stratum]:
    """Two stretches of months by company and source, those only that have opinions in both.

    Args:
        opinions, mentions: by cell.
        before, after: the months of the two stretches.
        company: only this one.
    """
    first, second = set(before), set(after)
    sums: dict[tuple[str, str], list[int]] = {}
    for (own, source, month), count in opinions.items():
        if (company is None or own == company) and month in first | second:
            place = 0 if month in first else 2
            row = sums.setdefault((own, source), [0, 0, 0, 0])
            row[place] += count
            row[place + 1] += min(count, mentions.get((own, source, month), 0))
    return [Stratum(*row) for _, row in sorted(sums.items()) if row[0] and row[2]]


def calendar_of(store: Store, industry: str) -> Calendar:
    """The opinions of an industry by month."""
    rows = store.rows(read_sql("steps/monthly_opinions.sql"), {"industry": industry})
    return Calendar(
        {(company, source, month): count for company, source, month, count, _ in rows},
        max((newest for *_, newest in rows), default=None),
    )


def mentions_by_month(store: Store, industry: str, themes: Sequence[str]) -> dict[str, dict[Cell, int]]:
    """How many opinions say each theme, by cell; themes that nobody says have none."""
    found: dict[str, dict[Cell, int]] = {theme: {} for theme in themes}
    for theme, company, source, month, count in store.rows(
        read_sql("steps/monthly_mentions.sql"), {"industry": industry}
    ):
        if theme in found:
            found[theme][company, source, month] = count
    return found
