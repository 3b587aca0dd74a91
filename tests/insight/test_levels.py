"""Levels that a proposal is held against: what customers got, not what they had been promised."""

from minebelief.insight.hunches import satisfied
from minebelief.insight.levels import level_of, levels_of


def test_what_had_been_promised_is_no_level_that_was_reached() -> None:
    assert level_of("I was promised a call back within 2 hours and nobody called.", "time") is None
    got = level_of("They said 2 days, and it took 3 weeks", "time")
    assert got is not None
    assert got.phrase == "3 weeks"


def test_levels_of_one_measure_share_a_unit() -> None:
    (quick,) = levels_of("We answer within 30 seconds")
    slow = level_of("I was on hold for 40 minutes", "time")
    assert slow is not None
    assert (quick.amount, slow.amount) == (30.0, 2400.0)


def test_an_article_is_no_number_that_somebody_measured() -> None:
    assert level_of("Came home from a week in Turkey", "time") is None


def test_a_verdict_needs_more_than_half_with_some_certainty() -> None:
    assert satisfied(3, 0)
    assert satisfied(9, 4)
    assert not satisfied(2, 1)
    assert not satisfied(0, 0)
