"""The database that people query: written to a new file, compared with the old one, renamed into place."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from minebelief import __version__
from minebelief.damage import told
from minebelief.disk import put_in_place
from minebelief.errors import HeldError, LockedError, VersionError, WorkspaceError
from minebelief.published import SCHEMA_VERSION, quoted
from minebelief.sqlfiles import read_sql, sql_files
from minebelief.store import Store
from minebelief.workspace import Workspace

__all__ = ["Published", "check_replaceable", "publish", "settle_runs", "table_hash"]

STORAGE_VERSION = "v1.4.0"
"""What DuckDB clients from 1.4 on can open; a file of 2.0's own format they cannot."""

LOSS = 0.3
"""The share of an industry's sentences whose loss holds a result back."""

NOT_HASHED = ("meta", "runs", "rejects")
RUNS = "tables/runs.sql"
ENDINGS = ("finished", "partial")
"""What becomes of a run that publishes."""


@dataclass(frozen=True)
class Published:
    """What was published; `table_hashes` and `sentences` go by industry, `bytes` is the size of the file."""

    path: Path
    bytes: int
    table_hashes: Mapping[str, str]
    sentences: Mapping[str, int]
    warnings: tuple[str, ...] = ()


def publish(
    store: Store, workspace: Workspace, *, run_id: str | None = None, status: str = "finished", force: bool = False
) -> Published:
    """Write the published database anew from the work database, and put it in place by one rename.

    Readers see the old file or the new one, never anything between. The row of `run_id` is published with `status` and
    its table hash, and has them in ``work.runs`` once the file is in place: set its figures before.

    Args:
        store: the work database. Its lock makes this the only publisher of the workspace.
        workspace: where the published database lies.
        run_id: the run that publishes; None publishes outside of a run.
        status: what has become of that run when this is done.
        force: publish although much of what was there would be lost.

    Raises:
        HeldError: an industry would lose 30% of its sentences or a company's reviews, and `force` is not set.
        VersionError: the published database was written by a newer version.
        LockedError: another program has the published database open for writing.
        DiskError: the disk is full.
        WorkspaceError: the new file cannot be written.
    """
    _remove_leftovers(workspace.published)
    new = workspace.published.with_name(f"{workspace.published.name}.new-{os.getpid()}")
    try:
        with told(workspace.published):
            with _attached(store, new, "published", f"storage_version '{STORAGE_VERSION}'"):
                _fill(store)
                warnings = _compare(store, workspace.published, force=force)
                hashes = {
                    industry: table_hash(store.connection, "published", industry)
                    for (industry,) in store.rows("select industry from published.industries order by industry")
                }
                sentences = dict(store.rows("select industry, count(*) from published.sentences group by 1 order by 1"))
                known = store.value("select industry from runs where run_id = ?", [run_id])
                outcome = {"run_id": run_id or "", "run_status": status, "run_hash": hashes.get(known, "")}
                for name, value in outcome.items():
                    store.execute(f"set variable {name} = {quoted(value)}")
                store.execute(read_sql(RUNS))
                store.execute("checkpoint published")
            # A log beside the old file, left by a program that wrote to it, must not be replayed into the new one.
            workspace.published.with_name(f"{workspace.published.name}.wal").unlink(missing_ok=True)
            put_in_place(new, workspace.published)
            _settle(store, run_id, status, hashes.get(known))
    except (duckdb.IOException, OSError) as error:
        raise WorkspaceError(
            f"cannot publish to {workspace.published}: {str(error).splitlines()[0]}. "
            "See that the folder can be written; what was published before is untouched"
        ) from None
    finally:
        _remove_leftovers(workspace.published)
    return Published(workspace.published, workspace.published.stat().st_size, hashes, sentences, warnings)


def table_hash(connection: duckdb.DuckDBPyConnection, catalog: str, industry: str) -> str:
    """SHA-256 over an industry's published tables but `meta`, `runs`, `rejects` and run ids.

    Rows go in key order, floats to four decimals, so that equal results have equal hashes.

    Args:
        connection: has the published database attached.
        catalog: the name that it is attached under.
        industry: key of the industry.
    """
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() where database_name = ? order by table_name",
        [catalog],
    ).fetchall()
    whole = hashlib.sha256()
    for table, comment in tables:
        if table not in NOT_HASHED:
            whole.update(f"{table}:{_hash_rows(connection, catalog, table, key_of(comment), industry)}\n".encode())
    return whole.hexdigest()


def key_of(comment: str) -> tuple[str, ...]:
    """The columns that a table's comment names as its key.

    >>> key_of("Whatever. Grain: one row per theme and sentence. Key: theme_id, sentence_id.")
    ('theme_id', 'sentence_id')
    """
    found = re.search(r"Key: ([a-z_, ]+)\.", comment)
    return tuple(found[1].split(", ")) if found else ()


def _hash_rows(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: str, key: tuple[str, ...], industry: str
) -> str | None:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = ? and table_name = ? "
        "order by column_index",
        [catalog, table],
    ).fetchall()
    row = " || ".join(_field(f'"{name}"', kind) for name, kind in columns if name != "run_id")
    order = ", ".join(f'"{name}"' for name in key)
    hashed = connection.execute(
        f"select sha256(string_agg(sha256({row}), '' order by {order})) from {catalog}.{table} where industry = ?",
        [industry],
    ).fetchone()
    return hashed[0] if hashed else None


def _field(column: str, kind: str) -> str:
    """A field as text with its length before it, so that no two rows look alike; null differs from all."""
    # adding zero makes one of -0.0 and 0.0
    text = f"format('{{:.4f}}', round({column}, 4) + 0.0)" if kind == "DOUBLE" else f"{column}::varchar"
    return f"coalesce(length({text}) || ':' || {text}, '-')"


def _fill(store: Store) -> None:
    store.execute(f"set variable schema_version = {SCHEMA_VERSION}")
    store.execute(f"set variable minebelief_version = {quoted(__version__)}")
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    store.execute(f"set variable published_at = timestamp '{now}'")
    with store.transaction():
        for name in sql_files("tables"):
            if name != RUNS:  # these wait for the table hash
                store.execute(read_sql(name))
    # Views and macros name their tables without a catalog, so that they work under any name of the file.
    store.execute("use published")
    try:
        for name in [*sql_files("views"), *sql_files("macros")]:
            store.execute(read_sql(name))
    finally:
        store.execute("use work")


def settle_runs(store: Store, workspace: Workspace) -> None:
    """Record what became of runs whose program is gone: published, or else killed.

    Call it with the workspace's lock held and before a run of one's own, so that no run that is told as running lives.
    """
    running = [run for (run,) in store.rows("select run_id from runs where status = 'running'")]
    if not running:
        return
    published: dict[str, tuple[str, str]] = {}
    if workspace.published.exists():
        with suppress(_Unreadable, LockedError, VersionError):
            rows = _ask_previous(store, workspace.published, "select run_id, status, table_hash from previous.runs")
            published = {run: (status, hash_) for run, status, hash_ in rows if status in ENDINGS}
    for run in running:
        status, hash_ = published.get(run, ("killed", None))
        _settle(store, run, status, hash_)


def _settle(store: Store, run_id: str | None, status: str, table_hash: str | None) -> None:
    store.execute(
        "update runs set status = ?, table_hash = ?, finished_at = case when ? <> 'killed' then finished_at end "
        "where run_id = ?",
        [status, table_hash, status, run_id],
    )


class _Unreadable(Exception):
    """What is published cannot be read; the message says why."""


def check_replaceable(store: Store, workspace: Workspace) -> None:
    """See that a result may take the place of what is published, before the work that leads to it.

    Raises:
        VersionError: the published database was written by a newer version.
        LockedError: another program has the published database open for writing.
    """
    if workspace.published.exists():
        with suppress(_Unreadable):  # what is damaged may be replaced
            _ask_previous(store, workspace.published, "select 1")


def _ask_previous(store: Store, path: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query that may name tables of what is published, as ``previous``."""
    try:
        with _attached(store, path, "previous", "read_only"):
            version = store.value("select max(schema_version) from previous.meta")
            if version is not None and version > SCHEMA_VERSION:
                raise VersionError(
                    f"{path} has schema version {version}, and this program writes version {SCHEMA_VERSION}. "
                    "Upgrade minebelief, or choose another --workspace"
                )
            return store.rows(sql)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if "lock" in reason.lower():
            raise LockedError(
                f"{path} is open for writing in another program, and would be replaced under its hands. "
                "Close it there, or open it read-only"
            ) from None
        raise _Unreadable(reason) from None


def _compare(store: Store, path: Path, *, force: bool) -> tuple[str, ...]:
    """Hold back a result that lacks much of what is published; what keeps it from comparing is returned."""
    if not path.exists():
        return ()
    try:
        losses = _ask_previous(store, path, read_sql("publish/losses.sql"))
    except _Unreadable as error:
        return (f"{path} could not be read and is replaced without being compared ({error})",)
    held = [text for loss in losses if (text := _describe_loss(*loss))]
    if held and not force:
        raise HeldError(
            f"not published, since much of what is published would be lost: {'; '.join(held)}. "
            "If that is right, publish all the same with 'minebelief run FILE --force-publish'"
        )
    return tuple(f"published although {text}" for text in held)


def _describe_loss(industry: str, before: int, now: int, gone: list[str]) -> str:
    parts = []
    if before and now <= (1 - LOSS) * before:
        parts.append(f"{now:,} sentences instead of {before:,}")
    if gone:
        parts.append(f"no reviews any more of {', '.join(gone)}")
    return f"{industry} has {' and '.join(parts)}" if parts else ""


@contextmanager
def _attached(store: Store, path: Path, name: str, options: str) -> Iterator[None]:
    store.execute(f"attach {quoted(str(path))} as {name} ({options})")
    try:
        yield
    finally:
        store.execute(f"detach {name}")


def _remove_leftovers(path: Path) -> None:
    """Remove what killed publishers left: the open work database excludes any living one."""
    for leftover in path.parent.glob(f"{path.name}.new-*"):
        leftover.unlink(missing_ok=True)
