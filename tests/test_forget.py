"""Forgetting: nothing of an erased review is left, nothing brings it back, and the figures are without it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from laundries import INDUSTRY, Review, make_up, write_files, write_industry

from minebelief.cli.group import run as call
from minebelief.errors import UnknownNameError, UsageError, WorkspaceError
from minebelief.forget import Forgotten, Wanted, forget
from minebelief.gather.crawl_files import read_landing
from minebelief.gather.erasures import Erasures, scrub
from minebelief.gather.identity import hash_author
from minebelief.gather.record import ReviewRecord
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.workspace import Workspace

SECRET = "Zanzibarian"


@pytest.fixture
def spoken(laundry: Workspace) -> tuple[Workspace, str]:
    """The laundries, and the review whose sentence speaks for the first belief."""
    sql = "select review_id from themes join sentences on sentence_id = statement_sentence_id where theme_id = 'b1'"
    return laundry, ask(laundry.published, sql)[0][0]


def ask(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as client:
        return client.execute(sql).fetchall()


def erase(workspace: Workspace, *, dry_run: bool = False, **wanted: str) -> Forgotten:
    return forget(write_industry(workspace.root.parent), workspace, Wanted(**wanted), Silent(), dry_run=dry_run)


def rows_about(path: Path, review: str) -> int:
    """How many rows of a database are of a review or of one of its sentences."""
    columns = ask(
        path, "select table_name, column_name from duckdb_columns() where not internal and data_type = 'VARCHAR'"
    )
    return sum(
        ask(path, f'select count(*) from "{table}" where starts_with("{column}", \'{review}\')')[0][0]
        for table, column in columns
        if table in {name for (name,) in ask(path, "select table_name from duckdb_tables()")}
    )


def test_a_review_is_erased_everywhere_and_a_run_does_not_bring_it_back(
    spoken: tuple[Workspace, str], reviews: dict[str, list[Review]]
) -> None:
    workspace, review = spoken
    assert rows_about(workspace.published, review) > 3
    before = ask(workspace.published, "select sum(reviews) from prevalence where theme_id = 'b1' and source = '*'")
    statement = ask(workspace.published, "select statement_sentence_id from themes where theme_id = 'b1'")
    found = erase(workspace, review=review)
    assert found.reviews == (review,)
    assert len(found.remains) == 1
    assert (rows_about(workspace.published, review), rows_about(workspace.work, review)) == (0, 0)
    after = ask(workspace.published, "select sum(reviews) from prevalence where theme_id = 'b1' and source = '*'")
    assert after[0][0] == before[0][0] - 1
    assert ask(workspace.published, "select statement_sentence_id from themes where theme_id = 'b1'") != statement
    assert ask(workspace.published, "select count(*) from reviews") == [(399,)]

    extra = {company: [*rows, *make_up(8, seed=9)[company]] for company, rows in reviews.items()}
    write_files(workspace.root.parent / "reviews", extra)  # every file is read anew
    run(write_industry(workspace.root.parent), workspace, Silent())
    assert ask(workspace.published, "select count(*) from reviews") == [(407,)]
    assert rows_about(workspace.published, review) == 0
    assert review not in workspace.erasures.read_text()
    assert set(json.loads(workspace.erasures.read_text())) == {"erased", "hash", "salt", "at"}


def test_a_dry_run_erases_nothing(spoken: tuple[Workspace, str], capsys: pytest.CaptureFixture[str]) -> None:
    workspace, review = spoken
    file = write_industry(workspace.root.parent)
    rows = rows_about(workspace.work, review)
    assert call(["--workspace", str(workspace.root), "forget", str(file), "--review", review, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "would be erased" in told
    assert review in told
    assert ".csv:" in told
    assert rows_about(workspace.work, review) == rows
    assert not workspace.erasures.exists()


def test_what_is_nowhere_is_said(laundry: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="no review with this author"):
        erase(laundry, author="Nobody")
    with pytest.raises(UsageError, match="exactly one"):
        Wanted(review="1", author="Nobody")
    assert not laundry.erasures.exists()


def landed(folder: Path, *authors: str) -> Path:
    path = folder / "site.20250101T000000000000Z.jsonl.gz"
    lines = [
        {"company": "Sudsy", "url": f"https://s.example/{n}", "native_id": str(n), "body": SECRET, "author": author}
        for n, author in enumerate(authors)
    ]
    lines.append({"reject": {"url": "https://s.example/0", "reason": "no text", "excerpt": SECRET}})
    with gzip.open(path, "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    return path


def by(name: str) -> Callable[[ReviewRecord], bool]:
    return lambda record: record.author == name


def test_a_landing_file_is_written_anew_without_the_erased(tmp_path: Path) -> None:
    path = landed(tmp_path, "Jane D.", "Tom")
    assert scrub(path, by("Jane D."), dry_run=True) == 1
    assert len(list(read_landing(path))) == 3
    assert scrub(path, by("Jane D.")) == 1
    (left,) = read_landing(path)
    assert isinstance(left, ReviewRecord)
    assert left.author == "Tom"
    before = path.read_bytes()
    assert scrub(path, by("Jane D.")) == 0
    assert path.read_bytes() == before


def test_an_erased_author_stays_erased_and_others_do_not(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    erasures = Erasures.of(workspace)
    erasures.add(["r1"], [hash_author("Jane D.", erasures.salt)])
    known = Erasures.of(workspace)
    assert known.covers("r9", hash_author(" JANE  d.", known.salt))
    assert known.covers("r1", None)
    assert not known.covers("r2", hash_author("Tom", known.salt))
    assert "Jane" not in workspace.erasures.read_text()


def test_without_its_salt_the_hashes_are_refused(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    Erasures.of(workspace).add(["r1"], [])
    (workspace.private / "salt").unlink()
    with pytest.raises(WorkspaceError, match="another salt"):
        Erasures.of(workspace)


def test_forgetting_again_finishes_what_was_cut_off(spoken: tuple[Workspace, str]) -> None:
    workspace, review = spoken
    erase(workspace, review=review)
    assert erase(workspace, review=review).reviews == ()
    assert ask(workspace.published, f"select count(*) from reviews where industry = '{INDUSTRY}'") == [(399,)]
