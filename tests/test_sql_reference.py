"""docs/sql.md: made from the comments, and every question in it has an answer."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from factory import fill, make_workspace

from minebelief.insight.intervals import wilson
from minebelief.publish import publish
from minebelief.sql_reference import question_of, reference
from minebelief.sqlfiles import read_sql, sql_files
from minebelief.store import Store

PAGE = Path(__file__).parents[1] / "docs" / "sql.md"
ASKED = {"industry": "pet-insurance", "theme": "b1", "company": "figo", "other": "trupanion"}
SILENT = {"06_two_companies", "07_worst_of_a_company", "09_by_month", "15_wishes"}
"""Questions that the made-up reviews rightly answer with no rows."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    workspace = make_workspace(tmp_path_factory.mktemp("questions"))
    with Store(workspace.work) as store:
        fill(store)
        store.execute("insert into prevalence select * replace ('files' as source) from prevalence")
        publish(store, workspace)
    with duckdb.connect(str(workspace.published), read_only=True) as client:
        yield client


def test_the_page_is_what_the_comments_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "make docs/sql.md"


def test_there_are_enough_questions() -> None:
    assert len(sql_files("questions")) >= 15
    assert all(question_of(name)[0].endswith((".", "?")) for name in sql_files("questions"))


@pytest.mark.parametrize("name", sql_files("questions"))
def test_every_question_is_answered(client: duckdb.DuckDBPyConnection, name: str) -> None:
    query = question_of(name)[1]
    rows = client.execute(query, {key: value for key, value in ASKED.items() if f"${key}" in query} or None).fetchall()
    assert bool(rows) != (Path(name).stem in SILENT)


def test_without_a_slice_the_macro_counts_what_was_published(client: duckdb.DuckDBPyConnection) -> None:
    for low, high, n, k in client.execute(
        "select low, high, reviews, mentions from prevalence_within('pet-insurance')"
    ).fetchall():
        assert (low, high) == pytest.approx(tuple(map(float, wilson(k, n))), abs=1e-9)


@pytest.mark.parametrize("name", [*sql_files("macros"), *sql_files("views")])
def test_older_clients_find_every_function(name: str) -> None:
    # DuckDB 2 keeps if() as a function of this name, which clients before it do not have
    assert not re.search(r"\bif\s*\(", read_sql(name))
