"""Months: which are whole, and which are compared."""

from datetime import date, datetime

from minebelief.comparison import Stratum
from minebelief.months import Calendar, plus, strata


def calendar(newest: datetime) -> Calendar:
    first, months = date(2024, 1, 1), 8
    return Calendar({("a", "x", plus(first, n)): 10 for n in range(months)}, newest)


def test_the_newest_month_is_whole_when_its_last_days_have_reviews() -> None:
    assert calendar(datetime(2024, 8, 29)).partial is None
    assert calendar(datetime(2024, 8, 28)).partial == date(2024, 8, 1)
    assert calendar(datetime(2024, 8, 28)).last_whole == date(2024, 7, 1)


def test_a_stretch_ends_before_what_is_not_over() -> None:
    assert calendar(datetime(2024, 8, 10)).stretch(2) == [date(2024, 6, 1), date(2024, 7, 1)]
    assert calendar(datetime(2024, 8, 31)).stretch(2, 1) == [date(2024, 6, 1), date(2024, 7, 1)]


def test_a_stretch_begins_with_the_data() -> None:
    assert len(calendar(datetime(2024, 8, 31)).stretch(12, 3)) == 5


def test_without_dates_there_are_no_months() -> None:
    empty = Calendar({}, None)
    assert (empty.partial, empty.last_whole, empty.stretch(3)) == (None, None, [])


def test_only_what_is_reviewed_in_both_stretches_is_compared() -> None:
    early, late = date(2024, 1, 1), date(2024, 2, 1)
    opinions = {("a", "x", early): 10, ("a", "x", late): 20, ("b", "x", late): 50, ("b", "y", early): 5}
    mentions = {("a", "x", late): 3, ("b", "x", late): 40}
    assert strata(opinions, mentions, [early], [late]) == [Stratum(10, 0, 20, 3)]
    assert strata(opinions, mentions, [early], [late], "b") == []
