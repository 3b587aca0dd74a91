"""Themes that fall silent, and what comes in their place."""

from datetime import date, datetime

import numpy as np
import pytest

from minebelief.mining.known import Known, Statement
from minebelief.mining.lineage import Event
from minebelief.mining.succession import Succession
from minebelief.months import Calendar, Cell, plus

FIRST = date(2024, 1, 1)
NEAR, FAR = np.array([1.0, 0.0]), np.array([0.0, 1.0])
LEAST = 6


def month(number: int) -> date:
    return plus(FIRST, number - 1)


def said(each: int, first: int, last: int) -> dict[Cell, int]:
    return {("a", "x", month(n)): each for n in range(first, last + 1)}


def theme(name: str, **more: bool) -> Known:
    members = {f"{name}-{n}": 0.8 for n in range(20)}
    return Known(name, "belief", name, [Statement(name, name)], members=members, exemplars=("x",), **more)


def succession(mentions: dict[str, dict[Cell, int]], far: tuple[str, ...] = ()) -> Succession:
    opinions = {("a", "x", month(n)): 100 for n in range(1, 13)}
    vectors = {name: FAR if name in far else NEAR for name in mentions}
    return Succession(Calendar(opinions, datetime(2024, 12, 31)), mentions, vectors)


def test_what_is_not_said_any_more_retires_and_revives_when_it_is() -> None:
    own = {"b1": theme("b1")}
    gone = succession({"b1": said(5, 1, 10)})
    assert gone.judge(own, LEAST, []) == [Event("retired", "b1")]
    assert own["b1"].status == "retired"
    assert gone.judge(own, LEAST, []) == []
    assert succession({"b1": said(5, 1, 12)}).judge(own, LEAST, []) == [Event("revived", "b1")]
    assert own["b1"].status == "active"


@pytest.mark.parametrize(
    "mentions",
    [
        said(5, 1, 12),
        said(5, 1, 11),  # one silent month is not enough
        {("a", "x", month(2)): 1, ("a", "x", month(7)): 1},  # said so seldom that silence means nothing
    ],
)
def test_what_may_be_chance_retires_nothing(mentions: dict[Cell, int]) -> None:
    assert succession({"b1": mentions}).judge({"b1": theme("b1")}, LEAST, []) == []


def test_a_source_that_ended_makes_no_silence() -> None:
    opinions = {("a", "x", month(n)): 100 for n in range(1, 11)} | {("a", "y", month(n)): 100 for n in range(1, 13)}
    one = Succession(Calendar(opinions, datetime(2024, 12, 31)), {"b1": said(5, 1, 10)}, {"b1": NEAR})
    assert not one.is_silent("b1")


def test_a_few_mistaken_matches_do_not_keep_it_alive() -> None:
    assert succession({"b1": said(10, 1, 10) | {("a", "x", month(12)): 1}}).is_silent("b1")


def test_pinned_themes_stay_and_hidden_ones_stay_hidden() -> None:
    own = {"b1": theme("b1", pinned=True), "b2": theme("b2", hidden=True)}
    assert succession({"b1": said(5, 1, 10), "b2": said(5, 1, 12)}).judge(own, LEAST, []) == []
    assert (own["b1"].status, own["b2"].status) == ("active", "hidden")


def test_what_too_few_say_retires() -> None:
    own = {"b1": theme("b1")}
    own["b1"].members = {"x": 0.9}
    assert succession({"b1": said(5, 1, 12)}).judge(own, LEAST, []) == [Event("retired", "b1")]


def events(found: list[Event]) -> list[tuple[str, str, str | None]]:
    return [(one.event, one.theme, one.other) for one in found if one.event != "retired"]


def test_two_that_come_in_the_place_of_one_are_a_split_and_told_once() -> None:
    own = {name: theme(name) for name in ("b1", "b2", "b3")}
    once = succession({"b1": said(5, 1, 8), "b2": said(5, 9, 12), "b3": said(5, 9, 12)})
    found = once.judge(own, LEAST, [])
    assert events(found) == [("split", "b1", "b2"), ("split", "b1", "b3")]
    assert once.judge(own, LEAST, found) == []


def test_one_that_comes_in_the_place_of_two_is_a_merger() -> None:
    own = {name: theme(name) for name in ("b1", "b2", "b3")}
    found = succession({"b1": said(5, 1, 8), "b2": said(5, 1, 8), "b3": said(8, 9, 12)}).judge(own, LEAST, [])
    assert events(found) == [("merged", "b1", "b3"), ("merged", "b2", "b3")]


@pytest.mark.parametrize(
    ("first", "far"),
    [(9, ("b2", "b3")), (5, ())],  # of another matter; said long before
)
def test_what_is_no_heir_takes_no_place(first: int, far: tuple[str, ...]) -> None:
    own = {name: theme(name) for name in ("b1", "b2", "b3")}
    found = succession({"b1": said(5, 1, 8), "b2": said(5, first, 12), "b3": said(5, first, 12)}, far)
    assert events(found.judge(own, LEAST, [])) == []
