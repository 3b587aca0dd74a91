"""Decisions carried out on themes."""

from collections.abc import Callable

import pytest

from minebelief.decisions import Decision
from minebelief.mining.known import Known, Statement, next_id
from minebelief.mining.lineage import Event
from minebelief.mining.verdicts import carry_out

AT = "2025-05-01T10:00:00Z"
Themes = dict[str, Known]


@pytest.fixture
def themes() -> Themes:
    return {
        name: Known(name, "belief", f"Statement {name}.", [Statement(f"s{name}", f"statement {name}.")], members=own)
        for name, own in (("b1", {"x": 0.8, "y": 0.9}), ("b2", {"y": 0.95, "z": 0.7}), ("b3", {"w": 0.9}))
    }


@pytest.fixture
def carry(themes: Themes) -> Callable[..., list[Event]]:
    taken, said = set(themes), {"x": ("X it is.", "x it is.")}

    def carry(*decisions: tuple[str, str, str], known: tuple[Event, ...] = (), told: list[str] | None = None):
        made = [Decision(action, theme, value, "Ann", AT) for action, theme, value in decisions]
        warnings = [] if told is None else told
        return carry_out(made, themes, known, said.get, lambda kind: next_id(kind, taken), warnings.append)

    return carry


def test_a_name_is_kept_until_it_is_taken_back(carry, themes: Themes) -> None:
    events = carry(("rename", "b1", "Slow"))
    assert (themes["b1"].name, themes["b1"].statement) == ("Slow", "Statement b1.")
    assert [(one.event, one.theme, one.note, one.who) for one in events] == [("renamed", "b1", "Slow", "Ann")]
    carry(("rename", "b1", "Slow"), ("rename", "b1", ""))
    assert themes["b1"].name is None


def test_hidden_and_pinned_can_be_undone(carry, themes: Themes) -> None:
    carry(("hide", "b1", ""), ("pin", "b2", ""))
    assert (themes["b1"].hidden, themes["b2"].pinned) == (True, True)
    carry(("hide", "b1", ""), ("pin", "b2", ""), ("show", "b1", ""), ("unpin", "b2", ""))
    assert (themes["b1"].hidden, themes["b2"].pinned) == (False, False)


def test_what_is_merged_holds_both_and_the_other_nothing(carry, themes: Themes) -> None:
    carry(("merge", "b2", "b1"))
    assert themes["b1"].members == {"x": 0.8, "y": 0.95, "z": 0.7}
    assert [one.sentence_id for one in themes["b1"].statements] == ["sb1", "sb2"]
    assert (themes["b2"].members, themes["b2"].status, themes["b2"].merged_into) == ({}, "merged", "b1")


def test_merging_into_what_was_merged_goes_to_where_that_is(carry, themes: Themes) -> None:
    carry(("merge", "b2", "b1"), ("merge", "b3", "b2"))
    assert themes["b3"].merged_into == "b1"
    assert "w" in themes["b1"].members


def test_two_themes_are_not_merged_in_a_circle(carry, themes: Themes) -> None:
    carry(("merge", "b2", "b1"), ("merge", "b1", "b2"))
    assert themes["b1"].is_itself


def test_what_is_split_off_speaks_for_itself_and_both_stay_apart(carry, themes: Themes) -> None:
    (event,) = carry(("split", "b1", "x"))
    assert (event.event, event.theme, event.other) == ("split", "b1", "b4")
    assert (themes["b4"].statement, themes["b4"].statements) == ("X it is.", [Statement("x", "x it is.")])
    assert themes["b1"].pinned
    assert themes["b4"].pinned


def test_replaying_tells_nothing_twice_and_makes_nothing_twice(carry, themes: Themes) -> None:
    decided = (("split", "b1", "x"), ("rename", "b2", "Slow"), ("merge", "b3", "b2"))
    events = carry(*decided)
    assert len(events) == 3
    assert carry(*decided, known=tuple(events)) == []
    assert set(themes) == {"b1", "b2", "b3", "b4"}
    assert themes["b2"].name == "Slow"


def test_what_cannot_be_carried_out_is_told(carry, themes: Themes) -> None:
    told: list[str] = []
    assert carry(("hide", "b9", ""), ("merge", "b1", "b8"), ("split", "b1", "gone"), told=told) == []
    assert len(told) == 3
    assert "hide b9, and there is no such theme" in told[0]
