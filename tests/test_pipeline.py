"""Runs from files to a published database: once, again, in another order, with more, and cut off anywhere."""

import random
from pathlib import Path

import duckdb
import pytest
from laundries import INDUSTRY, Review, make_up, published_hash, write_files, write_industry

from minebelief.mining import steps
from minebelief.pipeline import Run, RunSummary, run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

STEPS = ["gather", "load", "split", "embed", "read", "discover", "count", "trends", "hear", "judge", "publish"]


class Told(Silent):
    """Remembers what each step came to."""

    def __init__(self) -> None:
        self.totals: dict[str, int | None] = {}
        self.done: dict[str, str] = {}

    def start(self, step: str, total: int | None) -> None:
        self.totals[step] = total

    def finish(self, step: str, done: str) -> None:
        self.done[step] = done


class Interrupting(Silent):
    """Presses Ctrl-C when one step begins, advances or finishes."""

    def __init__(self, step: str, event: str) -> None:
        self.at = (step, event)
        self.pressed = False

    def _at(self, step: str, event: str) -> None:
        if (step, event) == self.at and not self.pressed:
            self.pressed = True
            raise KeyboardInterrupt

    def start(self, step: str, total: int | None) -> None:
        self._at(step, "start")

    def advance(self, step: str, count: int) -> None:
        self._at(step, "advance")

    def finish(self, step: str, done: str) -> None:
        self._at(step, "finish")


def again(workspace: Workspace, reviews: dict[str, list[Review]]) -> tuple[RunSummary, Told]:
    """Run once more on what the files now hold."""
    folder = workspace.root.parent
    write_files(folder / "reviews", reviews)
    told = Told()
    return run(write_industry(folder), workspace, told), told


def ask(workspace: Workspace, sql: str) -> list[tuple]:
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def ask_work(workspace: Workspace, sql: str) -> list[tuple]:
    with duckdb.connect(str(workspace.work), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def forget_mining(workspace: Workspace) -> None:
    """Leave the vectors of texts and nothing else, so that a run has all to do but the slow part."""
    with Store(workspace.work) as store:
        for (table,) in store.rows("select table_name from duckdb_tables() where database_name = 'work'"):
            if table not in ("embeddings", "migrations"):
                store.execute(f"delete from {table}")
    workspace.published.unlink()


def test_a_run_ends_in_common_beliefs_with_evidence(mined: tuple[Workspace, RunSummary]) -> None:
    workspace, summary = mined
    assert (summary.status, summary.reviews_read, summary.rejected, summary.warnings) == ("finished", 400, 0, [])
    assert 1 <= summary.common <= summary.beliefs
    assert list(summary.seconds) == STEPS
    assert [name for name, _, _ in summary.visible] == ["Pressly", "Quickwash", "Sudsy", "Whitefold"]
    assert summary.table_hash == published_hash(workspace.published)
    beliefs = ask(workspace, "select theme_id, common, prevalence, low, high, because from beliefs")
    assert len(beliefs) == summary.beliefs
    for theme, _, prevalence, low, high, because in beliefs:
        assert 0 <= low <= prevalence <= high <= 1
        assert because, theme
        said = ask(
            workspace,
            f"select text, body from evidence('{INDUSTRY}', '{theme}', n := 3) join reviews using (review_id)",
        )
        assert said, theme
        assert all(text in body for text, body in said)


def test_nothing_new_is_nothing_to_do(laundry: Workspace, reviews: dict[str, list[Review]]) -> None:
    before = published_hash(laundry.published)
    summary, told = again(laundry, reviews)
    assert summary.table_hash == before
    assert (summary.reviews_read, summary.reviews_new) == (0, 0)
    assert {told.totals[step] for step in ("gather", "load", "split", "embed", "read", "discover")} == {0}


def test_the_order_of_rows_does_not_matter(
    laundry: Workspace, mined: tuple[Workspace, RunSummary], reviews: dict[str, list[Review]]
) -> None:
    forget_mining(laundry)
    shuffled = {company: random.Random(5).sample(rows, len(rows)) for company, rows in reviews.items()}
    summary, told = again(laundry, shuffled)
    assert summary.reviews_new == 400
    assert told.totals["discover"]
    assert summary.table_hash == mined[1].table_hash


@pytest.mark.slow
def test_a_fresh_workspace_gives_the_same_tables(tmp_path: Path, mined: tuple[Workspace, RunSummary]) -> None:
    summary, told = again(Workspace(tmp_path / "elsewhere"), make_up())
    assert told.totals["embed"]
    assert summary.table_hash == mined[1].table_hash


def test_a_belief_keeps_its_id_when_reviews_are_added(laundry: Workspace, reviews: dict[str, list[Review]]) -> None:
    query = "select statement, theme_id from beliefs"
    before = dict(ask(laundry, query))
    reviews["sudsy"] += [{**reviews["sudsy"][0], "id": "one-more", "text": "Nothing was ready when I came by."}]
    again(laundry, reviews)
    after = dict(ask(laundry, query))
    kept = before.keys() & after.keys()
    assert len(kept) >= len(before) / 2
    assert {statement: after[statement] for statement in kept} == {statement: before[statement] for statement in kept}


def test_of_new_reviews_only_new_texts_are_embedded(laundry: Workspace, reviews: dict[str, list[Review]]) -> None:
    known = reviews["sudsy"][0]
    reviews["sudsy"] += [
        known | {"id": "x1", "day": "2025-03-03"},
        known | {"id": "x2", "text": "A wholly new complaint: the bag tore open on the stairs.", "stars": "1"},
    ]
    summary, told = again(laundry, reviews)
    assert (summary.reviews_new, summary.reviews) == (2, 402)
    assert told.totals["embed"] == 1
    assert ask(laundry, "select count(*) from sentences where text like '%bag tore open%'") == [(1,)]


def test_a_changed_review_has_its_new_sentences_only(laundry: Workspace, reviews: dict[str, list[Review]]) -> None:
    changed = next(row for row in reviews["sudsy"] if row["stars"] == "1")
    changed["text"] = "They tore a hole into the pocket of my coat."
    summary, _ = again(laundry, reviews)
    assert (summary.reviews_new, summary.reviews) == (0, 400)
    found = ask(
        laundry, "select sentences.text from sentences join reviews using (review_id) where body like '%a hole%'"
    )
    assert found == [(changed["text"],)]


def test_a_reply_alone_loses_nothing_of_a_review(laundry: Workspace, reviews: dict[str, list[Review]]) -> None:
    before = ask(laundry, "from theme_sentences order by all")
    for rows in reviews.values():
        for row in rows:
            row["answer"] = "We are sorry."
    summary, _ = again(laundry, reviews)
    assert ask_work(laundry, "select count(*) from readings") == ask_work(laundry, "select count(*) from sentences")
    assert ask(laundry, "from theme_sentences order by all") == before
    assert summary.reviews_new == 0


@pytest.mark.parametrize(("step", "event"), [*((step, "start") for step in STEPS), ("publish", "finish")])
def test_an_interrupted_run_is_simply_run_again(
    step: str, event: str, laundry: Workspace, reviews: dict[str, list[Review]], mined: tuple[Workspace, RunSummary]
) -> None:
    forget_mining(laundry)
    laundry.published.write_bytes(b"what was published before")
    stop = Interrupting(step, event)
    with pytest.raises(KeyboardInterrupt):
        run(write_industry(laundry.root.parent), laundry, stop)
    assert ask_work(laundry, "select status from runs") == [("failed",)]
    if (step, event) != ("publish", "finish"):  # then it is published already
        assert laundry.published.read_bytes() == b"what was published before"
    laundry.published.unlink()
    summary, _ = again(laundry, reviews)
    assert summary.table_hash == mined[1].table_hash
    assert ask_work(laundry, "select status from runs order by started_at") == [("failed",), ("finished",)]


def test_embedding_goes_on_where_it_was_cut_off(
    laundry: Workspace, reviews: dict[str, list[Review]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TEXTS_AT_ONCE", 3)
    reviews["sudsy"][0]["text"] = " ".join(f"The {thing} lost a button." for thing in ("red", "blue", "old", "big"))
    write_files(laundry.root.parent / "reviews", reviews)

    class Cut(Silent):
        told = 0

        def advance(self, step: str, count: int) -> None:
            self.told += count if step == "embed" else 0
            if self.told == 4:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(write_industry(laundry.root.parent), laundry, Cut())
    _, told = again(laundry, reviews)
    assert told.totals["embed"] == 1


def test_a_run_whose_process_was_killed_is_recorded_as_such(
    laundry: Workspace, reviews: dict[str, list[Review]]
) -> None:
    with Store(laundry.work) as store:
        store.execute("update runs set run_id = 'lost', status = 'running', finished_at = null")
    again(laundry, reviews)
    assert ask(laundry, "select status from runs order by started_at") == [("killed",), ("finished",)]


def test_steps_have_the_names_that_the_flow_shows(laundry: Workspace) -> None:
    with Run.opened(write_industry(laundry.root.parent), laundry, Silent()) as this:
        assert [name for name, _ in this.steps()] == STEPS
