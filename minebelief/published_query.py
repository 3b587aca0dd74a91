"""Anybody's SQL on the published database, stopped when it takes too long or gives too much."""

import threading
import time
from contextlib import suppress
from typing import Any

import duckdb

from minebelief.errors import QueryError
from minebelief.published_figures import Result

__all__ = ["first_lines", "limited_query"]


def limited_query(connection: duckdb.DuckDBPyConnection, sql: str, *, seconds: float, rows: int) -> Result:
    """Run SQL for a limited time.

    Args:
        connection: reads what may be read and nothing else; it is interrupted when the time is over.
        sql: one statement or several; the last one's result counts.
        seconds: the time limit.
        rows: the largest result that is given back.

    Raises:
        QueryError: the SQL has a mistake, may not do what it tries, takes too long or gives too much.
    """
    # In a thread of its own, since DuckDB notices the user's interrupt only in some of its plans.
    outcome: list[Result | Exception] = []
    answered = threading.Event()

    def answer() -> None:
        try:
            outcome.append(_answer(connection, sql, rows))
        except Exception as error:
            outcome.append(error)
        answered.set()

    threading.Thread(target=answer, daemon=True).start()
    late = False
    try:
        # In short waits: the system may hand Ctrl-C to DuckDB's threads, and then no wait of ours is cut short.
        until = time.monotonic() + seconds
        while not answered.wait(0.1) and not late:
            late = time.monotonic() >= until
    finally:
        while not answered.is_set():
            with suppress(KeyboardInterrupt):  # a second one must not leave the query running
                connection.interrupt()
                answered.wait(0.05)
    if late:
        raise QueryError(f"the query took longer than {seconds:g} seconds and was stopped")
    (found,) = outcome
    if isinstance(found, Result):
        return found
    if isinstance(found, duckdb.Error):
        raise QueryError(f"the query cannot be run: {first_lines(found)}")
    raise found


def _answer(connection: duckdb.DuckDBPyConnection, sql: str, rows: int) -> Result:
    done = connection.execute(sql)
    columns = tuple(column[0] for column in done.description or ())
    found: list[tuple[Any, ...]] = []
    while columns and (part := done.fetchmany(10_000)):
        found += part
        if len(found) > rows:
            raise QueryError(f"the query gives more than {rows:,} rows. Add a limit to it")
    return Result(columns, tuple(found))


def first_lines(error: Exception) -> str:
    """The error without the picture of where it is; a hint of the database is kept."""
    lines = [line.strip() for line in str(error).split("\n\n")[0].splitlines() if line.strip()]
    return " ".join(line for line in lines if not line.startswith(("LINE ", "^")))
