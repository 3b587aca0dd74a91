"""A workspace saved as one file and brought back: the same, or not at all."""

import os
from pathlib import Path

import pytest
from factory import fill, make_workspace

from minebelief.backup import back_up, restore
from minebelief.decisions import decide, read_decisions
from minebelief.errors import DamagedError, InputError, LockedError, UsageError
from minebelief.publish import publish
from minebelief.store import Store
from minebelief.workspace import Workspace

INDUSTRY = "pet-insurance"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path / "here")
    with Store(workspace.work) as store:
        fill(store)
        publish(store, workspace)
    workspace.landing.mkdir()
    (workspace.landing / "site.20250101T000000Z.jsonl.gz").write_bytes(b"what landed")
    (workspace.private / "salt").write_text("ab" * 32)
    (workspace.private / "salt").chmod(0o600)
    decide(workspace, INDUSTRY, "rename", "b1", "What I call it", who="Ann")
    return workspace


def contents(workspace: Workspace) -> dict[str, bytes]:
    files = (file for file in workspace.root.rglob("*") if file.is_file() and not file.name.startswith("writer."))
    return {file.relative_to(workspace.root).as_posix(): file.read_bytes() for file in files}


def test_what_is_restored_is_what_was_saved(workspace: Workspace, tmp_path: Path) -> None:
    saved = back_up(workspace, tmp_path / "one.tar.gz")
    there = Workspace(tmp_path / "there")
    assert restore(saved.path, there).files == saved.files
    here, restored = contents(workspace), contents(there)
    assert set(restored) == set(here)
    changed = {name for name in here if here[name] != restored[name]}
    assert changed <= {".minebelief/work.duckdb"}  # it was opened since
    with Store(there.work) as store:
        assert store.value("select count(*) from reviews") == 36
    assert read_decisions(there, INDUSTRY)[0].value == "What I call it"
    assert (there.private / "salt").stat().st_mode & 0o777 == 0o600


def test_none_is_made_while_a_run_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.writing(), pytest.raises(LockedError, match="is being written"):
        back_up(workspace, tmp_path / "one.tar.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_none_is_made_of_damage_or_of_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no workspace"):
        back_up(Workspace(tmp_path / "nowhere"), tmp_path / "one.tar.gz")
    workspace.work.write_bytes(b"no database" * 100)
    with pytest.raises(DamagedError, match="--repair"):
        back_up(workspace, tmp_path / "one.tar.gz")
    assert not (tmp_path / "one.tar.gz").exists()


def test_nothing_is_overwritten_unless_told_to(workspace: Workspace, tmp_path: Path) -> None:
    archive = tmp_path / "one.tar.gz"
    back_up(workspace, archive)
    with pytest.raises(UsageError, match="--force"):
        back_up(workspace, archive)
    decide(workspace, INDUSTRY, "hide", "b2")
    before = contents(workspace)
    with pytest.raises(UsageError, match="--force"):
        restore(archive, workspace)
    assert contents(workspace) == before

    aside = restore(archive, workspace, force=True).aside
    assert aside is not None
    assert len(read_decisions(workspace, INDUSTRY)) == 1
    assert (aside / "decisions" / f"{INDUSTRY}.jsonl").read_bytes() == before[f"decisions/{INDUSTRY}.jsonl"]


@pytest.mark.parametrize("how", ["cut off", "altered", "no archive", "empty"])
def test_of_a_damaged_archive_nothing_is_restored(how: str, workspace: Workspace, tmp_path: Path) -> None:
    archive = tmp_path / "one.tar.gz"
    data = back_up(workspace, archive).path.read_bytes()
    half = len(data) // 2
    archive.write_bytes(
        {
            "cut off": data[:half],
            "altered": data[:half] + os.urandom(50) + data[half + 50 :],
            "no archive": b"something else",
            "empty": b"",
        }[how]
    )
    with pytest.raises(DamagedError, match="Nothing was restored"):
        restore(archive, Workspace(tmp_path / "there"))
    assert list((tmp_path / "there").iterdir()) == []


def test_an_archive_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no archive"):
        restore(tmp_path / "one.tar.gz", Workspace(tmp_path / "there"))


def test_the_commands_say_what_they_did(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    from minebelief.cli.group import run

    archive = str(tmp_path / "one.tar.gz")
    assert run(["--workspace", str(workspace.root), "backup", archive]) == 0
    assert run(["--workspace", str(tmp_path / "there"), "restore", archive]) == 0
    out = capsys.readouterr().out
    assert "are saved in" in out
    assert "are restored to" in out
    assert run(["--workspace", str(tmp_path / "there"), "restore", archive]) == 2
