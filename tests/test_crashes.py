"""Runs that are killed, and disks that are full: what is lost, and what is told."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from laundries import Review, write_files, write_industry

from minebelief.errors import DiskError
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.publish import publish, settle_runs
from minebelief.store import Store
from minebelief.workspace import Workspace

Reviews = dict[str, list[Review]]
STEPS = ["gather", "load", "split", "embed", "read", "discover", "count", "trends", "hear", "judge", "publish"]
NEW = "There is never a free parking spot. My coat was lost and nobody knows where it went."

RUN = """
import sys
from pathlib import Path
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.workspace import Workspace
class Told(Silent):
    def start(self, step, total):
        print(step, flush=True)
        if step == sys.argv[3]:
            sys.stdin.read()
run(Path(sys.argv[1]), Workspace(Path(sys.argv[2])), Told())
"""


def grown(folder: Path, reviews: Reviews) -> Path:
    new = [{"id": f"new-{n}", "stars": "1", "day": f"2025-06-{n + 10}", "text": NEW, "answer": ""} for n in range(8)]
    write_files(folder / "reviews", {**reviews, "sudsy": [*reviews["sudsy"], *new]})
    return write_industry(folder)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["discover", "publish"])
def test_a_killed_run_loses_nothing(
    step: str, laundry: Workspace, reviews: Reviews, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("uninterrupted")
    shutil.copytree(laundry.root.parent, folder, dirs_exist_ok=True)
    expected = run(grown(folder, reviews), Workspace(folder / "workspace"), Silent()).table_hash
    before = laundry.published.read_bytes()
    file = grown(laundry.root.parent, reviews)
    with subprocess.Popen(
        [sys.executable, "-P", "-c", RUN, str(file), str(laundry.root), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert step in (line.strip() for line in process.stdout)  # reads up to it: it waits there
        process.kill()
    assert laundry.published.read_bytes() == before

    assert run(file, laundry, Silent()).table_hash == expected
    with Store(laundry.work) as store:
        statuses = store.rows("select status, finished_at is null from runs order by started_at")
    assert statuses == [("finished", False), ("killed", True), ("finished", False)]


def test_a_run_that_was_killed_after_it_was_published_is_finished(laundry: Workspace) -> None:
    with Store(laundry.work) as store:
        store.execute("update runs set status = 'running', table_hash = null")
        settle_runs(store, laundry)
        assert store.rows("select status, table_hash is null from runs") == [("finished", False)]
        store.execute("update runs set status = 'running', run_id = 'other'")
        settle_runs(store, laundry)
        assert store.rows("select status, table_hash is null from runs") == [("killed", True)]


def test_a_run_is_not_finished_before_its_file_is_in_place(laundry: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with Store(laundry.work) as store:
        name = store.value("select run_id from runs")
        store.execute("update runs set status = 'running'")
        with monkeypatch.context() as patched:
            patched.setattr("minebelief.publish.put_in_place", broken)
            with pytest.raises(Exception, match="cannot publish"):
                publish(store, laundry, run_id=name)
        assert store.value("select status from runs") == "running"
        publish(store, laundry, run_id=name)
        assert store.value("select status from runs") == "finished"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 60 MB; where none may be mounted the test is skipped."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "minebelief-test", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


class Filling(Silent):
    """Fills the disk when a step begins."""

    def __init__(self, step: str, filler: Path) -> None:
        self.step = step
        self.filler = filler

    def start(self, step: str, total: int | None) -> None:
        if step == self.step:
            with self.filler.open("wb", buffering=0) as file:
                while self._written(file):
                    pass

    def _written(self, file: object) -> bool:
        try:
            return bool(file.write(bytes(4096)))  # type: ignore[attr-defined]
        except OSError:
            return False


def forget(workspace: Workspace) -> None:
    """What was mined of the laundries, but for the vectors."""
    with Store(workspace.work) as store:
        kept = {"migrations", "runs", "embeddings"}
        for (table,) in store.rows("select table_name from duckdb_tables()"):
            if table not in kept:
                store.execute(f"delete from {table}")
    for file in (workspace.root / "decisions").iterdir():
        file.unlink()


@pytest.mark.slow
def test_a_full_disk_is_told_in_one_line_at_every_step(
    laundry: Workspace, small_disk: Path, mined: tuple[Workspace, object]
) -> None:
    file = write_industry(laundry.root.parent)
    forget(laundry)
    (laundry.private / "salt").unlink()
    shutil.copytree(laundry.root, small_disk / "workspace")
    workspace, filler = Workspace(small_disk / "workspace"), small_disk / "filler"
    before = workspace.published.read_bytes()
    for step in STEPS:
        if step == "embed":  # it has nothing to do otherwise
            with Store(workspace.work) as store:
                store.execute("delete from embeddings")
        with pytest.raises(DiskError, match="disk is full") as told:
            run(file, workspace, Filling(step, filler))
        assert "\n" not in str(told.value)
        filler.unlink(missing_ok=True)
        assert workspace.published.read_bytes() == before
        assert not list(workspace.root.glob("*.new-*"))
    done = run(file, workspace, Silent())
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        told_of = [status for (status,) in connection.execute("select status from runs order by started_at").fetchall()]
    assert done.table_hash == mined[1].table_hash  # type: ignore[attr-defined]
    assert set(told_of[1:-1]) <= {"failed", "killed"}
    assert told_of[-1] == "finished"
