"""The work database: open, migrate, one transaction per step."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from minebelief.damage import check_header, read_through, told
from minebelief.disk import put_in_place
from minebelief.errors import LockedError, VersionError, WorkspaceError
from minebelief.sqlfiles import read_sql, sql_files

__all__ = ["Store", "fingerprint", "read_sql", "sql_files"]

MEMORY_LIMIT = "1GB"


class Store:
    """The work database of a workspace, open for the single writer.

    Opening brings the schema up to date: each migration and the record that it ran share one transaction.

    Args:
        path: the database file; it is made when missing.

    Raises:
        VersionError: a newer version of Minebelief, or of DuckDB, has written the file.
        DamagedError: the file is not what was written; every block is looked at.
        LockedError: another program has it open.
        DiskError: there is no room for bringing it up to date.
        WorkspaceError: the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        spill = path.with_suffix(".spill")
        existed = path.exists()
        try:
            with told(path):
                if existed:
                    check_header(path)
                else:
                    _create(path)
                self.connection = duckdb.connect(
                    str(path), config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(spill)}
                )
        except duckdb.Error as error:
            raise _not_opened(path, str(error).splitlines()[0]) from None
        self._spill = spill
        try:
            self.execute("set enable_progress_bar = false")  # DuckDB's own, drawn on stdout
            with told(path):
                if existed:
                    read_through(self.connection, path.stem)
                self._migrate()
        except BaseException:
            self.close()
            raise

    def _migrate(self) -> None:
        self.execute("create table if not exists migrations (version integer primary key, name varchar)")
        newest = self.value("select coalesce(max(version), 0) from migrations")
        files = {int(Path(name).name[:3]): name for name in sql_files("schema")}
        if newest > max(files):
            raise VersionError(
                f"{self.path} has schema version {newest}, and this program knows versions up to "
                f"{max(files)}. Upgrade minebelief, or choose another --workspace"
            )
        for version in sorted(v for v in files if v > newest):
            with self.transaction():
                self.connection.execute(read_sql(files[version]))
                self.execute("insert into migrations values (?, ?)", [version, Path(files[version]).stem])

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; what was committed stays."""
        self.connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> None:
        """Run a statement whose result nobody needs."""
        self.connection.execute(sql, parameters)

    def run_file(self, name: str, **parameters: Any) -> None:
        """Run an SQL file of one statement with named parameters."""
        self.connection.execute(read_sql(name), parameters or None)

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> Any:
        """The first column of a query's first row, None without rows."""
        rows = self.rows(sql, parameters)  # all of them: an unfinished result bars the connection
        return rows[0][0] if rows else None

    def table(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> pa.Table:
        """A query's result as an Arrow table."""
        self.connection.complete()  # DuckDB keeps the last statement's result open until it is read to its end
        return self.connection.sql(sql, params=parameters).to_arrow_table()

    def insert(self, table: str, rows: pa.Table, *, replace: bool = False) -> None:
        """Append Arrow rows to a table; columns go by name.

        With ``replace``, a row whose key is there already takes its place.
        """
        if rows.num_rows == 0:
            return
        self.connection.register("incoming", rows)
        try:
            verb = "insert or replace into" if replace else "insert into"
            self.connection.execute(f"{verb} {table} by name select * from incoming")
        finally:
            self.connection.unregister("incoming")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what happens inside is committed at the end, or undone."""
        self.connection.execute("begin")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def is_done(self, industry: str, step: str, fingerprint: str) -> bool:
        """Whether a step's result was made from this very input."""
        known = self.value("select fingerprint from steps where industry = ? and step = ?", [industry, step])
        return bool(known == fingerprint)

    def mark_done(self, industry: str, step: str, fingerprint: str) -> None:
        """Remember the input of a step's result; call it in the transaction that writes the result."""
        self.execute("insert or replace into steps values (?, ?, ?)", [industry, step, fingerprint])


def _create(path: Path) -> None:
    """Make an empty database, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    for leftover in (new, path.with_name(f"{path.name}.wal")):
        leftover.unlink(missing_ok=True)
    duckdb.connect(str(new)).close()
    put_in_place(new, path)


def _not_opened(path: Path, reason: str) -> WorkspaceError:
    if "lock" in reason.lower():
        return LockedError(f"the work database {path} is open in another program ({reason}). Close it there")
    if "version number" in reason:
        return VersionError(f"{path} was written by another version of DuckDB: {reason}. Upgrade minebelief")
    return WorkspaceError(f"cannot open the work database {path}: {reason}. See that the file can be read and written")


def fingerprint(*parts: object) -> str:
    """A short hash of anything that prints itself the same way every time."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()
