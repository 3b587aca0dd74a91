"""Where a workspace is, and that one process writes to it at a time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from minebelief.errors import LockedError, WorkspaceError
from minebelief.workspace import Workspace, find_workspace

WRITER = """
import sys
from pathlib import Path
from minebelief.workspace import Workspace
with Workspace(Path(sys.argv[1])).writing():
    print("writing", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writer(workspace: Workspace) -> Iterator[subprocess.Popen]:
    """Another process that writes to the workspace until it is killed, or else the end."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", WRITER, str(workspace.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with writer(workspace) as first, pytest.raises(LockedError, match=rf"process {first.pid} \("), workspace.writing():
        pass


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with writer(workspace) as first:
        assert workspace.writer()
        first.kill()
        first.wait()
        assert workspace.writer() is None
        with workspace.writing():
            pass


def test_a_writer_can_be_waited_for(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with writer(workspace) as first:
        assert first.stdin
        first.stdin.close()  # it ends by itself
        with workspace.writing(wait=30):
            pass


def test_nobody_writes_after_the_end(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with pytest.raises(ZeroDivisionError), workspace.writing():
        raise ZeroDivisionError
    assert workspace.writer() is None
    assert not (workspace.private / "writer.json").exists()


def test_a_workspace_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(WorkspaceError, match="--workspace"), Workspace(file / "below").writing():
        pass


def test_the_chosen_workspace_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace(tmp_path).create()
    monkeypatch.chdir(tmp_path)
    assert find_workspace("elsewhere").root == tmp_path / "elsewhere"


def test_else_the_nearest_one_above_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace(tmp_path).create()
    Workspace(tmp_path / "near").create()
    deep = tmp_path / "near" / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert find_workspace().root == tmp_path / "near"


def test_else_it_is_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_workspace().root == tmp_path
    assert list(tmp_path.iterdir()) == []
