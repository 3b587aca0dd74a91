"""``minebelief changes``."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from factory import fill, make_workspace

from minebelief.publish import publish
from minebelief.store import Store

RUN = "pet-insurance-r1"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> str:
    workspace = make_workspace(tmp_path_factory.mktemp("changed"))
    with Store(workspace.work) as store:
        fill(store)
        store.execute(
            "insert into runs by name select 'r2' as run_id, 'pet-insurance' as industry, ? as started_at, "
            "'finished' as status",
            [datetime(2024, 3, 1)],
        )
        rows = [
            (1, RUN, "b1", "*", "born", None, 0.1, True, None),
            (2, "r2", "b2", "*", "risen", 0.1, 0.2, True, None),
            (2, "r2", "b2", "figo", "risen", 0.1, 0.3, True, None),
            (2, "r2", "b3", "*", "fallen", 0.2, 0.1, False, None),
            (2, "r2", "b9", "*", "merged", None, None, True, "into b1"),
        ]
        for row in rows:
            store.execute("insert into changes values ('pet-insurance', ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(row))
        store.execute(
            "insert into arrivals select industry, theme_id, sentence_id, if(similarity < 0.95, 'r2', ?) "
            "from theme_sentences",
            [RUN],
        )
        publish(store, workspace)
    return str(workspace.root)


def test_the_newest_run_that_changed_anything_is_told(call, changed: str) -> None:
    done = call("--workspace", changed, "changes")
    assert done.code == 0
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "risen b2 I was on hold for 40 minutes. everywhere 10.0% → 20.0%" in lines
    assert "risen b2 I was on hold for 40 minutes. Figo 10.0% → 30.0%" in lines
    assert "merged b9 Gone. (into b1) everywhere" in lines
    assert "born" not in done.out
    assert "fallen" not in done.out
    assert "New in the evidence:" in done.out


def test_what_may_be_chance_is_told_when_asked_for(call, changed: str) -> None:
    assert "fallen (maybe)" in call("--workspace", changed, "changes", "--maybe").out


@pytest.mark.parametrize(("since", "numbers"), [(RUN, {2}), ("2023-12-31", {1, 2}), ("2024-02-01", {2})])
def test_changes_after_a_run_or_a_day(call, changed: str, since: str, numbers: set[int]) -> None:
    done = call("--workspace", changed, "changes", "--since", since, "--format", "json")
    assert {one["number"] for one in json.loads(done.out)["changes"]} == numbers


def test_new_evidence_is_counted_from_there(call, changed: str) -> None:
    def gained(since: str) -> int:
        done = call("--workspace", changed, "changes", "--since", since, "--format", "json")
        return sum(one["sentences"] for one in json.loads(done.out)["evidence"])

    assert 0 < gained(RUN) < gained("2023-12-31")


def test_since_neither_a_run_nor_a_day_says_what_it_takes(call, changed: str) -> None:
    done = call("--workspace", changed, "changes", "--since", "lately")
    assert done.code == 1
    assert "neither a date nor a run" in done.err


def test_nothing_changed_says_so(call, published: Path) -> None:
    assert "Nothing has changed." in call("--workspace", str(published), "changes").out
