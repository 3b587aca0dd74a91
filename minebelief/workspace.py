"""Where a project's files lie on disk, and the lock of its single writer."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from minebelief.disk import is_full, put_in_place
from minebelief.errors import DiskError, LockedError, WorkspaceError

__all__ = ["Workspace", "find_workspace"]

PRIVATE = ".minebelief"
A_LOOK = 0.2
"""Seconds to wait for the lock at least, since `Workspace.writer` holds it for the moment that it looks."""


@dataclass(frozen=True)
class Workspace:
    """A folder with a published database and a private folder for the pipeline."""

    root: Path

    @property
    def private(self) -> Path:
        """The folder that only the pipeline reads and writes."""
        return self.root / PRIVATE

    @property
    def work(self) -> Path:
        """The work database."""
        return self.private / "work.duckdb"

    @property
    def settings(self) -> Path:
        """What holds for every run in this workspace, such as the contact address of its crawls (TOML)."""
        return self.private / "settings.toml"

    @property
    def published(self) -> Path:
        """The database that people query."""
        return self.root / "minebelief.duckdb"

    @property
    def landing(self) -> Path:
        """Where crawls land."""
        return self.private / "landing"

    def decisions(self, industry: str) -> Path:
        """What people decided about an industry's themes (JSON lines)."""
        return self.root / "decisions" / f"{industry}.jsonl"

    def judgements(self, industry: str) -> Path:
        """What people judged of samples of an industry's themes (JSON lines)."""
        return self.root / "decisions" / f"{industry}.judgements.jsonl"

    def lineage(self, industry: str) -> Path:
        """What became of an industry's themes (JSON lines), so that ids outlive the work database."""
        return self.root / "decisions" / f"{industry}.themes.jsonl"

    @property
    def industry_files(self) -> Path:
        """Where the industry files of the runs in this workspace lie, by industry (JSON)."""
        return self.private / "industry-files.json"

    def remember(self, industry: str, file: Path) -> None:
        """Note where an industry's file lies, so that it can be mined anew without being asked for."""
        known = self.remembered()
        if known.get(industry) != file.resolve():
            known[industry] = file.resolve()
            new = self.industry_files.with_name(f"{self.industry_files.name}.new")
            new.write_text(json.dumps({name: str(path) for name, path in sorted(known.items())}, indent=1))
            put_in_place(new, self.industry_files)

    def remembered(self) -> dict[str, Path]:
        """Where the industry files lie, by industry; what cannot be read is as if it were not there."""
        try:
            known = json.loads(self.industry_files.read_text(encoding="utf-8"))
            return {str(name): Path(path) for name, path in known.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    @property
    def erasures(self) -> Path:
        """Hashes of what was erased for good (JSON lines)."""
        return self.root / "decisions" / "erasures.jsonl"

    def create(self) -> None:
        """Make the private folder and see that it can be written.

        Raises:
            DiskError: the disk is full.
            WorkspaceError: the folder cannot be made or written.
        """
        try:
            self.private.mkdir(parents=True, exist_ok=True)
            probe = self.private / f".probe-{os.getpid()}"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            if is_full(error):
                raise DiskError(f"the disk of the workspace {self.root} is full. Make room, and try again") from None
            raise WorkspaceError(
                f"cannot write to the workspace {self.root}: {error.strerror or error}. "
                "Choose a folder that you may write with --workspace"
            ) from None

    @contextmanager
    def writing(self, wait: float = 0) -> Iterator[None]:
        """Hold the single writer's lock; wait up to ``wait`` seconds for it.

        The lock is the operating system's, so it is gone when its process is.

        Raises:
            LockedError: another process holds it; the message names that process.
            WorkspaceError: the workspace cannot be written.
        """
        from filelock import FileLock, Timeout  # a tenth of a second that readers need not spend

        self.create()
        holder = self.private / "writer.json"
        lock = FileLock(self.private / "writer.lock")
        try:
            lock.acquire(timeout=max(wait, A_LOOK))
        except Timeout:
            raise LockedError(
                f"the workspace {self.root} is being written by {_describe(holder)}. "
                "Wait until it has finished, or stop it"
            ) from None
        try:
            command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
            holder.write_text(json.dumps({"pid": os.getpid(), "command": command, "since": time.time()}))
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def writer(self) -> str | None:
        """Who writes to the workspace at this moment, in words; None when nobody does."""
        from filelock import FileLock, Timeout

        path = self.private / "writer.lock"
        if not path.exists():
            return None
        try:
            with FileLock(path).acquire(timeout=0):
                return None
        except Timeout:
            return _describe(self.private / "writer.json")
        except OSError:
            return None


def _describe(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text())
        since = time.strftime("%H:%M:%S", time.localtime(who["since"]))
        return f"process {who['pid']} ({who['command']}) since {since}"
    except (OSError, ValueError, KeyError):
        return "another process"


def find_workspace(chosen: str | Path | None = None) -> Workspace:
    """The workspace: the chosen folder, else the nearest one above that is one, else the current folder."""
    if chosen is not None:
        return Workspace(Path(chosen).expanduser().resolve())
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / PRIVATE).is_dir():
            return Workspace(folder)
    return Workspace(here)
