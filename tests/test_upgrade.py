"""A workspace of an earlier schema version is brought up to date by opening it."""

import tarfile
from pathlib import Path

import pytest
from laundries import INDUSTRY, make_up, write_files, write_industry

from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.sqlfiles import sql_files
from minebelief.store import Store
from minebelief.workspace import Workspace

STORED = Path(__file__).parent / "stored" / "schema_004.tar.gz"
OLD = 4


@pytest.fixture
def old(tmp_path: Path) -> Workspace:
    with tarfile.open(STORED) as archive:
        archive.extractall(tmp_path / "workspace", filter="data")
    return Workspace(tmp_path / "workspace")


def shape(store: Store) -> list[tuple]:
    sql = "select table_name, column_name, data_type, is_nullable from duckdb_columns() where not internal order by all"
    return store.rows(sql)


def test_an_earlier_database_gets_every_table_and_keeps_every_row(old: Workspace, tmp_path: Path) -> None:
    with Store(tmp_path / "fresh.duckdb") as store:
        fresh = shape(store)
    with Store(old.work) as store:
        assert shape(store) == fresh
        migrations = [version for (version,) in store.rows("select version from migrations order by version")]
        assert migrations == list(range(1, len(sql_files("schema")) + 1))
        assert max(migrations) > OLD
        assert store.value("select count(*) from reviews") == 160
        assert store.value("select count(*) from themes") == 3


def test_a_run_on_an_earlier_workspace_keeps_its_themes(old: Workspace, tmp_path: Path) -> None:
    with Store(old.work) as store:
        before = dict(store.rows("select theme_id, kind from themes"))
    write_files(tmp_path / "reviews", make_up(160))
    done = run(write_industry(tmp_path), old, Silent())
    assert done.reviews_new == 0
    with Store(old.work) as store:
        after = dict(store.rows("select theme_id, kind from themes"))
        assert store.rows("select status from runs order by started_at") == [("finished",), ("finished",)]
        lineage = store.value("select count(*) from lineage where industry = ?", [INDUSTRY])
    assert {name: after.get(name) for name in before} == before
    assert lineage >= len(before)
