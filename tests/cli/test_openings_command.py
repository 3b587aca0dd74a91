"""``minebelief openings``."""

import json
from pathlib import Path

import pytest


def test_openings_are_of_our_company_and_say_where_it_stands_out(call, published: Path) -> None:
    done = call("--workspace", str(published), "openings")
    assert done.code == 0
    assert "For Figo, by what there is to win:" in done.out
    assert "1  b2  I was on hold for 40 minutes.  open" in done.out
    assert "opportunity 15.0 of 20 [14.0–16.0]" in done.out
    assert "Where Figo already stands out:" in done.out
    assert "b1  It takes weeks until a claim is paid.: 60.0% satisfied, +50 points on Embrace [+30 to +70]" in done.out


def test_a_gate_that_is_not_passed_says_why(call, published: Path) -> None:
    out = call("--workspace", str(published), "openings", "--company", "embrace").out
    assert "✗ not copied" in out
    assert "not copied: Figo is praised for it, Figo in 30.0% of its reviews" in out
    assert "specific: no measurable anchors were looked for" in out
    assert "unmet: " not in out
    assert "Embrace stands out nowhere beyond chance." in out
    assert "The one area to choose: b2" in out


def test_a_newcomer_has_openings_of_its_own(call, published: Path) -> None:
    whole = json.loads(call("--workspace", str(published), "openings", "--newcomer", "--format", "json").out)
    assert whole["company"] is None
    assert [one["belief_id"] for one in whole["openings"]] == ["b2", "b1"]
    assert whole["stands_out"] == []


def test_json_tells_who_breaks_a_belief_and_how(call, published: Path) -> None:
    whole = json.loads(call("--workspace", str(published), "openings", "pet-insurance", "--format", "json").out)
    b1 = next(one for one in whole["openings"] if one["belief_id"] == "b1")
    assert b1["companies"][0]["company"] == "figo"
    assert b1["broken"]
    assert [one["belief_id"] for one in whole["stands_out"]] == ["b1"]


def test_beliefs_that_are_not_common_can_be_asked_for(call, published: Path) -> None:
    done = call("--workspace", str(published), "openings", "--all", "--format", "csv")
    assert [line.split(",")[1] for line in done.out.splitlines()[1:]] == ["b2", "b1", "b3"]


def test_a_company_and_a_newcomer_are_two_questions(call, published: Path) -> None:
    done = call("--workspace", str(published), "openings", "--company", "figo", "--newcomer")
    assert done.code == 2
    assert "not both" in done.err


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_what_people_wrote_never_reaches_the_terminal_as_a_command(call, published: Path, form: str) -> None:
    done = call("--workspace", str(published), "openings", "--all", "--format", form)
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(done.out)
