"""A damaged work database is kept aside and made anew from landing files, review files and JSON lines."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from minebelief.damage import check_header, read_through, told
from minebelief.errors import DamagedError, MinebeliefError
from minebelief.pipeline import Run
from minebelief.progress import Progress
from minebelief.publish import publish, settle_runs
from minebelief.published import open_published, quoted
from minebelief.store import Store
from minebelief.workspace import Workspace

__all__ = ["Repaired", "repair"]

HISTORY = ("runs", "changes", "changes_seen", "movements_seen", "lineage")
"""What no landing file tells: it is taken over from what is published."""

VECTORS_AT_ONCE = 2_048
"""So many rows DuckDB works with at once; where one block is damaged, no more are lost than those that it touches."""


@dataclass(frozen=True)
class Repaired:
    """What a repair did.

    ``aside`` is the damaged file where it lies now, None where nothing was damaged. ``rebuilt`` are the industries that
    were mined anew, ``left`` says of the others why not.
    """

    aside: Path | None
    because: str
    rebuilt: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def repair(workspace: Workspace, progress: Progress, *, wait: float = 0) -> Repaired:
    """Look at every block of both databases; keep a damaged one aside and make it anew.

    What is published is published once more. For the work database every industry is mined anew.

    Reviews come from landing files and from the files that the industry files name, no site is asked; ids of themes
    and decisions from ``decisions/``; vectors from what can be read of the damaged file; the history of runs and
    changes from the published database. All themes are found anew beside the known ones, as by ``--rediscover``.

    Args:
        workspace: whose work database it is.
        progress: told about every step.
        wait: seconds to wait for another writer.

    Raises:
        LockedError: the workspace is being written to.
        DiskError: the disk is full; repair again when there is room.
    """
    with workspace.writing(wait):
        try:
            with Store(workspace.work) as store:
                settle_runs(store, workspace)
                return _mend_published(store, workspace)
        except DamagedError as error:
            because = str(error)
        aside = _keep_aside(workspace.work)
        with Store(workspace.work) as store:
            _take_vectors(store, aside)
            if workspace.published.exists():
                _take_history(store, workspace.published)
    rebuilt, left = [], []
    for industry, file in workspace.remembered().items():
        try:
            with Run.opened(file, workspace, progress, wait=wait) as this:
                for _, step in this.steps(landed_only=True):
                    step()
            rebuilt.append(industry)
        except MinebeliefError as error:
            left.append(f"{industry}: {error}")
    return Repaired(aside, because, tuple(rebuilt), tuple(left))


def _mend_published(store: Store, workspace: Workspace) -> Repaired:
    """Publish anew from a work database that is whole, if what is published is damaged."""
    whole = "every block of the work database is as it was written"
    if not workspace.published.exists() or not store.value("select count(*) from industries"):
        return Repaired(None, whole)
    try:
        with told(workspace.published), open_published(workspace.published) as database:
            database.read_through()
        return Repaired(None, f"{whole}, and so is what is published")
    except DamagedError as error:
        because = str(error)
    aside = _keep_aside(workspace.published)
    publish(store, workspace)
    return Repaired(aside, because, tuple(name for (name,) in store.rows("select industry from industries order by 1")))


def _keep_aside(work: Path) -> Path:
    aside = work.with_name(f"{work.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{work.suffix}")
    log = work.with_name(f"{work.name}.wal")
    work.rename(aside)
    if log.exists():
        log.rename(aside.with_name(f"{aside.name}.wal"))
    return aside


def _take_vectors(store: Store, damaged: Path) -> None:
    """The vectors of the damaged file, as far as they can be read: they take longest to make again."""
    with suppress(duckdb.Error, DamagedError):
        check_header(damaged)
        _copy_vectors(store, damaged)


def _copy_vectors(store: Store, damaged: Path) -> None:
    with duckdb.connect(str(damaged), read_only=True) as connection:
        total = connection.sql("select count(*) from embeddings").fetchall()[0][0]
        for start in range(0, total, VECTORS_AT_ONCE):
            rows = f"from embeddings where rowid >= {start} and rowid < {start + VECTORS_AT_ONCE}"
            with suppress(duckdb.Error):
                store.insert("embeddings", connection.sql(rows).to_arrow_table(), replace=True)


def _take_history(store: Store, published: Path) -> None:
    """Runs, changes and lineage as they are published; of a damaged file nothing."""
    with suppress(duckdb.Error):
        store.execute(f"attach {quoted(str(published))} as published (read_only)")
        try:
            read_through(store.connection, "published")
            with store.transaction():
                for table in HISTORY:
                    store.run_file(f"repair/{table}.sql")
        finally:
            store.execute("detach published")
