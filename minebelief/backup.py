"""A workspace as one archive file, and back: consistent, and checked against the hash of every file in it."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from minebelief import __version__
from minebelief.disk import is_full, put_in_place
from minebelief.errors import DamagedError, DiskError, InputError, UsageError, WorkspaceError
from minebelief.publish import settle_runs
from minebelief.store import Store
from minebelief.workspace import PRIVATE, Workspace

__all__ = ["Backup", "back_up", "restore"]

MANIFEST = "minebelief-backup.json"
"""The last file of an archive: what it is, and the SHA-256 of every other one."""

LEFT_OUT = ("writer.json", "writer.lock", "work.spill", "work.damaged-")
"""Of the private folder: what belongs to a process or is no use."""

FORMAT = 1


@dataclass(frozen=True)
class Backup:
    """An archive: where it is, how many files it holds, its size in bytes; ``aside`` is what was there before it."""

    path: Path
    files: int
    bytes: int
    aside: Path | None = None


def back_up(workspace: Workspace, path: Path, *, wait: float = 0, force: bool = False) -> Backup:
    """Write a workspace to one archive (tar, gzip): databases, landing files, decisions, settings, salt.

    The single writer's lock is held, so that the archive is of one moment. The work database is read through first.
    Review files and industry files outside of the workspace are not in it.

    Args:
        workspace: what to save.
        path: the archive to write.
        wait: seconds to wait for a run to finish.
        force: write over an existing file.

    Raises:
        UsageError: the archive is there already, or there is no workspace.
        LockedError: a run is going on.
        DamagedError: the work database is damaged, and would be no use.
        DiskError, WorkspaceError: the archive cannot be written.
    """
    if path.exists() and not force:
        raise UsageError(f"{path} is there already. Choose another name, or write over it with --force")
    if not workspace.private.is_dir():
        raise UsageError(f"{workspace.root} is no workspace: it holds no {PRIVATE}. Name one with --workspace")
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        with workspace.writing(wait):
            if workspace.work.exists():
                with Store(workspace.work) as store:
                    settle_runs(store, workspace)
            hashes: dict[str, str] = {}
            with tarfile.open(new, "w:gz", compresslevel=3) as archive:
                for file in _files(workspace):
                    name = file.relative_to(workspace.root).as_posix()
                    hashes[name] = _hash(file)
                    archive.add(file, name, recursive=False)
                made = {"format": FORMAT, "minebelief": __version__, "made_at": f"{datetime.now(UTC):%FT%TZ}"}
                data = json.dumps({**made, "sha256": hashes}, indent=1).encode()
                last = tarfile.TarInfo(MANIFEST)
                last.size = len(data)
                archive.addfile(last, io.BytesIO(data))
            put_in_place(new, path)
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        new.unlink(missing_ok=True)
    return Backup(path, len(hashes), path.stat().st_size)


def restore(path: Path, workspace: Workspace, *, force: bool = False) -> Backup:
    """Make a workspace of an archive, once every file of it is checked.

    Args:
        path: the archive.
        workspace: where it goes; what is there is kept aside in a folder of its own.
        force: do so although there is a workspace.

    Raises:
        InputError: there is no such archive.
        UsageError: there is a workspace, and ``force`` is not set.
        DamagedError: the archive is cut off or altered, or none of ours.
        LockedError: a run is going on in the workspace.
        DiskError, WorkspaceError: the workspace cannot be written.
    """
    if not path.is_file():
        raise InputError(f"there is no archive {path}. Name one that 'minebelief backup' wrote")
    there = [place for place in _places(workspace) if place.exists()]
    if there and not force:
        raise UsageError(
            f"{workspace.root} holds a workspace already ({there[0].name}). Name another folder with --workspace, or "
            "put the archive in its place with --force, which keeps what is there aside"
        )
    fresh = workspace.root / f".restore-{os.getpid()}"
    try:
        workspace.root.mkdir(parents=True, exist_ok=True)
        hashes = _unpack(path, fresh)
        with Store(fresh / PRIVATE / workspace.work.name) as store:  # brought up to date, every block looked at
            store.value("select count(*) from runs")
        aside = _replace(workspace, fresh)
    except OSError as error:
        raise _failed(workspace.root, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Backup(path, len(hashes), path.stat().st_size, aside)


def _places(workspace: Workspace) -> tuple[Path, Path, Path]:
    return workspace.private, workspace.published, workspace.root / "decisions"


def _files(workspace: Workspace) -> Iterator[Path]:
    for place in _places(workspace):
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and not file.is_symlink() and not file.name.startswith(LEFT_OUT):
                yield file


def _hash(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _unpack(path: Path, folder: Path) -> dict[str, str]:
    """The files of an archive, in a new folder, with their hashes, which are right."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        hashes: dict[str, str] = dict(manifest["sha256"])
        version = int(manifest["format"])
    except OSError as error:
        if is_full(error):
            raise
        raise DamagedError(_not_whole(path, str(error))) from None
    except (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(_not_whole(path, str(error))) from None
    if version > FORMAT:
        raise WorkspaceError(f"{path} was written by a newer version of minebelief. Upgrade minebelief")
    for name, expected in hashes.items():
        file = folder / PurePosixPath(name)
        if not file.is_file() or _hash(file) != expected:
            raise DamagedError(_not_whole(path, f"{name} in it is not what was saved"))
    return hashes


def _not_whole(path: Path, reason: str) -> str:
    return f"{path} is damaged, or no archive of minebelief: {reason}. Nothing was restored; take an earlier archive"


def _replace(workspace: Workspace, fresh: Path) -> Path | None:
    """Put unpacked files into place by renames; what is there is kept aside."""
    there = [place for place in _places(workspace) if place.exists()]
    if not there:
        for place in _places(workspace):
            if (fresh / place.name).exists():
                (fresh / place.name).rename(place)
        return None
    aside = workspace.root / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    with workspace.writing():
        aside.mkdir()
        for place in _places(workspace):
            if place.exists():
                place.rename(aside / place.name)
            if (fresh / place.name).exists():
                (fresh / place.name).rename(place)
    return aside


def _failed(path: Path, error: OSError) -> WorkspaceError:
    if is_full(error):
        return DiskError(f"the disk is full at {path}. Make room, and run the same command again; nothing is changed")
    return WorkspaceError(f"cannot write {path}: {error.strerror or error}. See that the folder can be written")
