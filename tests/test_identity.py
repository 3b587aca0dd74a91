"""Themes from run to run: they keep id and statement, people's decisions hold, and what became of them is told."""

import json
from pathlib import Path

import duckdb
from laundries import INDUSTRY, Review, published_hash, write_files, write_industry

from minebelief.decisions import decide
from minebelief.industry import load_industry
from minebelief.insight.count import count
from minebelief.pipeline import RunSummary, run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

Reviews = dict[str, list[Review]]
NEW = [
    "There is never a free parking spot.",
    "There was no free parking spot.",
    "You never get a free parking spot.",
    "There is no free parking spot anywhere.",
    "I never find a free parking spot there.",
]


def again(workspace: Workspace, reviews: Reviews, *, rediscover: bool = False) -> RunSummary:
    folder = workspace.root.parent
    write_files(folder / "reviews", reviews)
    return run(write_industry(folder), workspace, Silent(), rediscover=rediscover)


def ask(workspace: Workspace, sql: str) -> list[tuple]:
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def themes(workspace: Workspace) -> dict[str, str]:
    return dict(ask(workspace, "select theme_id, statement from themes"))


def more(reviews: Reviews, texts: list[str], *, each: int = 1) -> Reviews:
    """The reviews with new bad ones."""
    new = [
        {"id": f"new-{n}-{k}", "stars": "1", "day": f"2025-06-{k + 10:02d}", "text": text, "answer": ""}
        for k, text in enumerate(texts)
        for n in range(each)
    ]
    return {**reviews, "sudsy": reviews["sudsy"] + new}


def with_vectors(old: Workspace, new: Workspace, file: Path) -> None:
    """Give a new workspace the vectors of an old one, which change no result."""
    with Store(old.work) as store:
        store.execute(f"copy embeddings to '{file}' (format parquet)")
    new.work.unlink(missing_ok=True)
    new.create()
    with Store(new.work) as store:
        store.execute("insert into embeddings select * from read_parquet(?)", [str(file)])


def test_new_sentences_join_the_themes_that_are_known(laundry: Workspace, reviews: Reviews) -> None:
    before = themes(laundry)
    (name, statement), *_ = ask(laundry, "select theme_id, statement from beliefs where common")
    counted = dict(ask(laundry, "select theme_id, sentences from themes"))
    again(laundry, more(reviews, [statement]))
    after = dict(ask(laundry, "select theme_id, sentences from themes"))
    assert themes(laundry) == before
    assert after[name] == counted[name] + 1
    assert ask(laundry, "select max(number) from lineage") == [(1,)]
    newest = f"select sentences.text from theme_sentences join sentences using (sentence_id) where theme_id = '{name}' "
    newest += "and run_id = (select max(run_id) from runs)"
    assert ask(laundry, newest) == [(statement,)]


def test_a_new_matter_is_born_and_told_of(laundry: Workspace, reviews: Reviews) -> None:
    before = themes(laundry)
    again(laundry, more(reviews, NEW, each=3))
    after = themes(laundry)
    born = after.keys() - before.keys()
    assert before.items() <= after.items()
    assert any("parking" in after[name].lower() for name in born)
    assert {
        name for (name,) in ask(laundry, "select theme_id from lineage where number = 2 and event = 'born'")
    } == born
    changed = ask(laundry, "select theme_id from changes where number = 2 and change = 'born'")
    assert {name for (name,) in changed} == born


def test_a_full_discovery_keeps_ids_and_statements(laundry: Workspace, reviews: Reviews) -> None:
    before = themes(laundry)
    again(laundry, reviews, rediscover=True)
    after = themes(laundry)
    kept = before.keys() & after.keys()
    assert len(kept) >= 0.9 * len(before)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    continued = "select overlap from lineage where event = 'continued' and number = 2"
    overlaps = [overlap for (overlap,) in ask(laundry, continued)]
    assert len(overlaps) == len(before)
    assert min(overlaps) > 0.9


def test_the_same_runs_give_the_same_tables_whatever_the_order_of_rows(
    laundry: Workspace, reviews: Reviews, tmp_path: Path
) -> None:
    grown = more(reviews, NEW, each=3)
    first = again(laundry, grown)
    other = Workspace(tmp_path / "elsewhere" / "workspace")
    with_vectors(laundry, other, tmp_path / "vectors.parquet")
    again(other, {company: rows[::-1] for company, rows in reviews.items()})
    second = again(other, {company: rows[::-1] for company, rows in grown.items()})
    assert first.table_hash == second.table_hash


def test_decisions_hold_from_run_to_run(laundry: Workspace, reviews: Reviews) -> None:
    named, gone, into, hidden = (name for (name,) in ask(laundry, "select theme_id from beliefs limit 4"))
    decide(laundry, INDUSTRY, "rename", named, "What I call it", who="Ann")
    decide(laundry, INDUSTRY, "merge", gone, into, who="Ann")
    decide(laundry, INDUSTRY, "hide", hidden, who="Ann")
    held = dict(ask(laundry, "select theme_id, sentences from themes"))
    for rediscover in (False, True):
        again(laundry, reviews, rediscover=rediscover)
        assert ask(laundry, f"select name from themes where theme_id = '{named}'") == [("What I call it",)]
        assert not {gone, hidden} & themes(laundry).keys()
        assert ask(laundry, f"select sentences from themes where theme_id = '{into}'")[0][0] > held[into]
    told = ask(laundry, "select event, theme_id, other_id, note from lineage where who = 'Ann' order by number, place")
    assert told == [
        ("renamed", named, None, "What I call it"),
        ("merged", gone, into, None),
        ("hidden", hidden, None, None),
    ]
    decide(laundry, INDUSTRY, "show", hidden, who="Ann")
    again(laundry, reviews)
    assert hidden in themes(laundry)


def test_what_is_split_off_is_a_theme_with_that_statement(laundry: Workspace, reviews: Reviews) -> None:
    (parent,) = ask(laundry, "select theme_id from beliefs order by sentences desc limit 1")[0]
    said = "select sentence_id, text from theme_sentences join sentences using (sentence_id) "
    said += f"where theme_id = '{parent}' order by rank desc limit 1"
    ((sentence, text),) = ask(laundry, said)
    decide(laundry, INDUSTRY, "split", parent, sentence, who="Ann")
    again(laundry, reviews)
    ((child,),) = ask(laundry, "select other_id from lineage where event = 'split' and who = 'Ann'")
    with duckdb.connect(str(laundry.work), read_only=True) as connection:
        statement = connection.execute("select statement from themes where theme_id = ?", [child]).fetchone()
        holds = "select theme_id from theme_sentences where sentence_id = ?"
        where = {name for (name,) in connection.execute(holds, [sentence]).fetchall()}
    assert statement == (text,)
    assert child in where
    assert parent not in where


def test_ids_and_decisions_outlive_the_work_database(laundry: Workspace, reviews: Reviews, tmp_path: Path) -> None:
    (name,) = ask(laundry, "select theme_id from beliefs limit 1")[0]
    decide(laundry, INDUSTRY, "rename", name, "What I call it", who="Ann")
    before = again(laundry, reviews)
    with_vectors(laundry, laundry, tmp_path / "vectors.parquet")
    again(laundry, reviews)
    assert ask(laundry, f"select name from themes where theme_id = '{name}'") == [("What I call it",)]
    assert ask(laundry, "select count(*) from lineage where event = 'renamed'") == [(1,)]
    assert published_hash(laundry.published) == before.table_hash


def test_the_file_of_lineage_holds_ids_and_no_text(laundry: Workspace) -> None:
    whole = laundry.lineage(INDUSTRY).read_text()
    assert len([json.loads(line) for line in whole.splitlines()]) == len(ask(laundry, "from lineage"))
    texts = [text for (text,) in ask(laundry, "select distinct text from sentences")]
    assert not [text for text in texts if text in whole]


def test_a_workspace_of_a_time_before_lineage_keeps_its_themes(laundry: Workspace, reviews: Reviews) -> None:
    before = themes(laundry)
    laundry.lineage(INDUSTRY).unlink()
    with Store(laundry.work) as store:
        for table in ("theme_identity", "theme_statements", "exemplars", "arrivals", "lineage", "epochs", "models"):
            store.execute(f"delete from {table}")
        store.execute("delete from steps where step = 'discover'")
    again(laundry, reviews)
    assert themes(laundry) == before
    assert len(ask(laundry, "from lineage where event = 'born'")) == len(before)


def test_every_theme_is_counted_by_month_and_held_against_the_months_before(laundry: Workspace) -> None:
    for table in ("trends", "movements"):
        assert ask(laundry, f"select count(distinct theme_id) from {table}") == [(len(themes(laundry)),)]
    wrong = "select count(*) from trends where not low <= prevalence or not prevalence <= high or mentions > reviews"
    assert ask(laundry, wrong) == [(0,)]


def test_stability_is_measured_when_themes_are_looked_for_and_kept_in_between(
    laundry: Workspace, reviews: Reviews
) -> None:
    measured = dict(ask(laundry, "select theme_id, stability from themes"))
    assert measured
    assert all(value is not None and 0 <= value <= 1 for value in measured.values())
    assert max(measured.values()) > 0.9
    again(laundry, more(reviews, NEW, each=3))
    after = dict(ask(laundry, "select theme_id, stability from themes"))
    assert measured.items() <= after.items()
    assert all(after[born] is not None for born in after.keys() - measured.keys())


def test_what_does_not_come_back_in_resamples_is_never_common(laundry: Workspace) -> None:
    common = [name for (name,) in ask(laundry, "select theme_id from beliefs where common")]
    shaken, unmeasured, *_ = common
    counted = "select common, because from theme_counts where theme_id = ?"
    with Store(laundry.work) as store:
        store.execute("update theme_identity set stability = 0.59 where theme_id = ?", [shaken])
        store.execute("update theme_identity set stability = null where theme_id = ?", [unmeasured])
        count(store, load_industry(write_industry(laundry.root.parent)), Silent())
        ((is_common, because),) = store.rows(counted, [shaken])
        assert not is_common
        assert because.endswith("but comes back in resamples with an overlap of 0.59, 0.6 is needed")
        assert store.rows(counted, [unmeasured])[0][0]
