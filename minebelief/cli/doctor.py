"""``minebelief doctor``."""

import importlib
import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import duckdb

from minebelief import __version__
from minebelief.cli.options import Session, example, format_options, workspace_option
from minebelief.cli.output import emit, sanitise
from minebelief.cli.progress import progress_for
from minebelief.cli.reading import readings_told
from minebelief.damage import check_header, read_through, told
from minebelief.errors import InputError, MinebeliefError
from minebelief.published import open_published
from minebelief.sqlfiles import sql_files
from minebelief.workspace import Workspace

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Check", "check_machine", "command"]

PACKAGES = (
    "duckdb", "pyarrow", "numpy", "scikit-learn", "torch", "sentence-transformers", "sentencex", "scrapy",
    "prefect",
)  # fmt: skip
OLDEST = (3, 11)
GIGABYTE = 1_000_000_000
NEEDED, COMFORTABLE = 1 * GIGABYTE, 5 * GIGABYTE
"""Free disk: a run over 27,000 reviews takes about half of the first."""

STYLES = {"ok": "green", "warning": "yellow", "missing": "bold red"}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `status` is ``ok``, ``warning`` or ``missing``."""

    check: str
    status: str
    found: str


@click.command("doctor", epilog=example("minebelief doctor", "minebelief doctor --repair"))
@click.option("--repair", "mend", is_flag=True, help="Keep a damaged database aside and make it anew.")
@format_options
@workspace_option
@click.pass_context
def command(ctx: click.Context, mend: bool, form: str | None, output: Path | None) -> None:
    """Say whether this machine is ready, and what is missing.

    Looks at Python, the packages, the encoder's files, the disk, the workspace and every block of its databases. Of
    each industry it tells how well it was read, which names are masked beside those of the industry file, and how many
    reviews are in languages that are not mined.
    Exits with 1 if something that is needed is missing.

    With --repair, a damaged work database is kept aside and made anew from landing files, review files and the
    folder decisions/, with the same ids and decisions; no site is asked. A damaged published database is published
    anew.
    """
    session: Session = ctx.obj
    repaired = list(_repair(session.workspace)) if mend else []
    checks = [*repaired, *check_machine(session.workspace)]
    emit([asdict(check) for check in checks], form, output, lambda _: _table(checks))
    if any(check.status == "missing" for check in checks):
        ctx.exit(1)


def _repair(workspace: Workspace) -> Iterator[Check]:
    if not workspace.work.exists():
        raise InputError(f"there is nothing to repair: {workspace.work} is not there. 'minebelief run FILE' makes it")
    repair = importlib.import_module("minebelief.repair").repair
    with progress_for("text") as progress:
        done = repair(workspace, progress)
    if not done.aside:
        yield Check("repair", "ok", done.because)
        return
    yield Check("repair", "ok", f"{done.because.split('. Run ')[0]}; it is kept as {done.aside}")
    for industry in done.rebuilt:
        yield Check("repair", "ok", f"{industry} is made anew")
    for line in done.left or (() if done.rebuilt else ("no industry file is known",)):
        yield Check("repair", "missing", f"not made anew: {line}. Run 'minebelief run FILE'")


def check_machine(workspace: Workspace) -> Iterator[Check]:
    """Look at everything that a run needs."""
    yield Check("minebelief", "ok", __version__)
    yield _python()
    for package in PACKAGES:
        yield _package(package)
    yield _encoder()
    yield _disk(workspace)
    yield _writable(workspace)
    writer = workspace.writer()
    yield Check("writer", "warning" if writer else "ok", writer or "nobody is writing to the workspace")
    yield _work(workspace, writer)
    yield from _published(workspace)


def _python() -> Check:
    fine = sys.version_info >= OLDEST
    need = "" if fine else f", {OLDEST[0]}.{OLDEST[1]} or later is needed"
    return Check("python", "ok" if fine else "missing", f"{platform.python_version()} ({sys.executable}){need}")


def _package(name: str) -> Check:
    try:
        return Check(name, "ok", importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, "missing", "not installed; 'pip install minebelief' brings it")


def _encoder() -> Check:
    from minebelief.mining.encoder import check_default_encoder

    try:
        return Check("encoder", "ok", f"files are the official ones ({check_default_encoder()})")
    except MinebeliefError as error:
        return Check("encoder", "missing", str(error))


def _disk(workspace: Workspace) -> Check:
    folder = next(path for path in (workspace.root, *workspace.root.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    status = "missing" if free < NEEDED else "warning" if free < COMFORTABLE else "ok"
    return Check("disk", status, f"{free / GIGABYTE:,.1f} GB free")


def _writable(workspace: Workspace) -> Check:
    if not workspace.root.is_dir():
        return Check("workspace", "missing", f"{workspace.root} is no folder; make it, or name one with --workspace")
    folder = workspace.private if workspace.private.is_dir() else workspace.root
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check("workspace", "ok", f"{workspace.root} can be written")
    except OSError as error:
        return Check("workspace", "missing", f"{folder} cannot be written: {error.strerror}")


def _work(workspace: Workspace, writer: str | None) -> Check:
    name = "work database"
    if not workspace.work.exists():
        return Check(name, "ok", "not there yet; the first run makes it")
    if writer:
        return Check(name, "ok", "in use")
    newest = max(int(Path(file).name[:3]) for file in sql_files("schema"))
    try:
        check_header(workspace.work)
        with told(workspace.work), duckdb.connect(str(workspace.work), read_only=True) as connection:
            read_through(connection, workspace.work.stem)
            found = connection.execute("select max(version) from migrations").fetchone()
            cut_off = connection.execute("select run_id from runs where status = 'running'").fetchall()
    except (MinebeliefError, OSError) as error:
        return Check(name, "missing", str(error))
    except duckdb.Error as error:
        return Check(name, "missing", f"{workspace.work}: {str(error).splitlines()[0]}")
    version = found[0] if found else None
    if version is None or version > newest:
        return Check(name, "missing", f"version {version}, this program knows {newest}; upgrade minebelief")
    if cut_off:
        return Check(name, "warning", f"run {cut_off[0][0]} was killed; the next run takes up where it stopped")
    return Check(name, "ok", f"version {version} ({workspace.work})")


def _published(workspace: Workspace) -> Iterator[Check]:
    name = "published database"
    if not workspace.published.exists():
        yield Check(name, "ok", "nothing is published yet")
        return
    try:
        with open_published(workspace.published) as database:
            database.read_through()
            industries = ", ".join(one.industry for one in database.industries()) or "no industry"
            yield Check(name, "ok", f"{industries} ({workspace.published})")
            for industry, told in readings_told(database):
                yield Check(industry, "ok", told)
    except MinebeliefError as error:
        yield Check(name, "missing", str(error))


def _table(checks: list[Check]) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("check", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("found", overflow="fold")
    for one in checks:
        table.add_row(one.check, Text(one.status, style=STYLES[one.status]), Text(sanitise(one.found)))
    return table
