"""The work database: its schema, its migrations, its transactions."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from minebelief import store as store_module
from minebelief.errors import DamagedError, VersionError
from minebelief.sqlfiles import read_sql, sql_files
from minebelief.store import Store, fingerprint


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "work.duckdb") as store:
        yield store


@pytest.mark.parametrize("name", sql_files("steps"))
def test_every_step_fits_the_schema(name: str, store: Store) -> None:
    sql = read_sql(name)
    lists = {"reviews", "sources"}
    parameters = {key: ["x"] if key in lists else "x" for key in set(re.findall(r"\$([a-z_]+)", sql))}
    store.rows(sql, parameters or ["x"] * sql.count("?"))


def test_every_table_has_a_comment(store: Store) -> None:
    tables = dict(store.rows("select table_name, comment from duckdb_tables()"))
    assert [name for name, comment in tables.items() if not comment] == []
    assert {"reviews", "sentences", "embeddings", "runs"} <= set(tables)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with Store(tmp_path / "work.duckdb") as store:
            migrations = store.rows("select version, name from migrations order by version")
    assert [version for version, _ in migrations] == [int(Path(name).name[:3]) for name in sql_files("schema")]


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "work.duckdb"
    Store(path).close()
    with monkeypatch.context() as patched:
        real = store_module.sql_files
        patched.setattr(store_module, "sql_files", lambda folder: [*real(folder), "schema/098_bad.sql"])
        text = store_module.read_sql
        bad = "create table half_done (a integer); insert into nowhere values (1);"
        patched.setattr(store_module, "read_sql", lambda name: bad if "098" in name else text(name))
        with pytest.raises(duckdb.Error, match="nowhere"):
            Store(path)
    with Store(path) as store:
        assert store.value("select count(*) from duckdb_tables() where table_name = 'half_done'") == 0
        assert store.value("select max(version) from migrations") < 98


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    with Store(path) as store:
        store.execute("insert into migrations values (99, 'later')")
    with pytest.raises(VersionError, match="schema version 99"):
        Store(path)


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedError, match="doctor --repair"):
        Store(path)


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction():
            store.mark_done("pets", "read", "one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not store.is_done("pets", "read", "one")
    with store.transaction():
        store.mark_done("pets", "read", "one")
    assert store.is_done("pets", "read", "one")
    assert not store.is_done("pets", "read", "two")


def test_a_value_leaves_the_connection_free(store: Store) -> None:
    assert store.value("select n from range(5000) as numbers (n) order by n") == 0
    assert store.table("select 1 as one").to_pylist() == [{"one": 1}]
    assert store.value("select 1 where false") is None


def test_a_row_with_a_known_key_takes_its_place(store: Store) -> None:
    def row(made: str) -> pa.Table:
        return pa.table({"industry": ["pets"], "step": ["read"], "fingerprint": [made]})

    store.insert("steps", row("one"))
    store.insert("steps", row("two"), replace=True)
    with pytest.raises(duckdb.ConstraintException):
        store.insert("steps", row("three"))
    assert store.rows("select fingerprint from steps") == [("two",)]


def test_fingerprints_tell_inputs_apart() -> None:
    assert fingerprint("a", 1) == fingerprint("a", 1)
    assert len({fingerprint("a", 1), fingerprint("a1"), fingerprint("a", "1"), fingerprint(("a", 1))}) == 4
