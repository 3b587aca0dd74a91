"""People's decisions on disk."""

import json
from pathlib import Path

import pytest

from minebelief.decisions import decide, read_decisions
from minebelief.errors import InputError
from minebelief.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_decisions_are_read_as_they_were_made(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINEBELIEF_WHO", "Ann")
    first = decide(workspace, "pets", "rename", "b1", "Claims take forever – always")
    second = decide(workspace, "pets", "merge", "b2", "b1", who="Bob")
    assert read_decisions(workspace, "pets") == [first, second]
    assert (first.who, second.who) == ("Ann", "Bob")
    assert first.key != second.key
    assert read_decisions(workspace, "phones") == []


def test_nothing_that_was_written_is_changed(workspace: Workspace) -> None:
    decide(workspace, "pets", "hide", "b1")
    before = workspace.decisions("pets").read_bytes()
    decide(workspace, "pets", "show", "b1")
    assert workspace.decisions("pets").read_bytes().startswith(before)


def test_a_line_without_an_end_is_not_run_into(workspace: Workspace) -> None:
    decide(workspace, "pets", "hide", "b1")
    path = workspace.decisions("pets")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    decide(workspace, "pets", "pin", "b2")
    assert [one.action for one in read_decisions(workspace, "pets")] == ["hide", "pin"]


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        '{"action": "hide"}',
        json.dumps({"action": "bury", "theme": "b1", "value": "", "who": "x", "at": "2025-01-01T00:00:00Z"}),
        json.dumps({"action": "hide", "theme": "b1", "value": "", "who": "x", "at": "yesterday"}),
    ],
)
def test_a_line_that_is_no_decision_is_named(workspace: Workspace, line: str) -> None:
    decide(workspace, "pets", "hide", "b1")
    path = workspace.decisions("pets")
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(InputError, match=r"pets\.jsonl, line 2 is no .*take it out"):
        read_decisions(workspace, "pets")


def test_a_last_line_that_was_cut_off_as_it_was_written_is_no_decision(workspace: Workspace) -> None:
    decide(workspace, "pets", "hide", "b1")
    whole = workspace.decisions("pets").read_bytes()
    workspace.decisions("pets").write_bytes(whole + whole[:20])
    assert [one.action for one in read_decisions(workspace, "pets")] == ["hide"]
    decide(workspace, "pets", "pin", "b2")
    assert [one.action for one in read_decisions(workspace, "pets")] == ["hide", "pin"]
