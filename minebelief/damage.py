"""Damaged databases: found before they are worked with, and named in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from minebelief.disk import is_full
from minebelief.errors import DamagedError, DiskError

__all__ = ["check_header", "is_damage", "read_through", "told"]

_MAGIC = slice(8, 12), b"DUCK"
"""What every DuckDB file has, and where. DuckDB itself would look for an extension that reads the file."""

_SAID = (
    "Corrupt database file",
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Failed to deserialize",
    "Serialization Error",
    "Could not read from file",
    "Failure while replaying WAL",
    "Corrupt WAL file",
    "INTERNAL Error",
)


def check_header(path: Path) -> None:
    """See that an existing file is a DuckDB database by its first bytes.

    Raises:
        DamagedError: it is not.
    """
    with path.open("rb") as file:
        start = file.read(16)
    where, magic = _MAGIC
    if start[where] != magic:
        raise DamagedError(_line(path, "it is no DuckDB database" if start else "it is empty"))


def is_damage(error: duckdb.Error) -> bool:
    """Whether DuckDB complains about the file, and not about the question."""
    return any(said in str(error) for said in _SAID)


def read_through(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Read every block that the tables of a database use: DuckDB checks each against its checksum.

    Raises:
        duckdb.Error: one is not what was written.
    """
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? order by table_name", [catalog]
    ).fetchall()
    for (table,) in tables:
        connection.execute(f'select bit_xor(hash(columns(*))) from {catalog}."{table}"').fetchall()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in one line what DuckDB, or the system, says of a damaged file or a full disk; others pass.

    Args:
        path: the database that is worked with.

    Raises:
        DamagedError, DiskError: instead of what was raised within.
    """
    try:
        yield
    except duckdb.Error as error:
        if is_full(error):
            raise DiskError(_full(path)) from None
        if is_damage(error):
            raise DamagedError(_line(path, str(error).splitlines()[0])) from None
        raise
    except OSError as error:
        if is_full(error):
            raise DiskError(_full(path)) from None
        raise


def _line(path: Path, reason: str) -> str:
    return (
        f"{path} is damaged: {reason.rstrip('.!')}. "
        "Run 'minebelief doctor --repair', which keeps it aside and makes it anew"
    )


def _full(path: Path) -> str:
    return (
        f"the disk is full, or your share of it, at {path}. Make room and run the same command again: it continues "
        "where it stopped, and what was published before is untouched"
    )
