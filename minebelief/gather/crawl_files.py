"""The files of crawls: what they land in, and what they leave behind while they run."""

import fcntl
import glob
import gzip
import hashlib
import json
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ..disk import put_in_place
from ..errors import CrawlError
from .record import Reject, ReviewRecord
from .text import excerpt

__all__ = ["CrawlFiles", "complaint", "landing_files", "landing_lines", "moment_of", "read_landing", "record_of"]

_FIELDS = {entry.name for entry in fields(ReviewRecord)}
#: How the names of a crawl's files say when it began.
_MOMENT = "%Y%m%dT%H%M%S%fZ"


def moment_of(text: str) -> datetime:
    """When a crawl began, in UTC without a zone, from what the names of its files say.

    >>> moment_of("20240506T070809000000Z")
    datetime.datetime(2024, 5, 6, 7, 8, 9)
    """
    return datetime.strptime(text, _MOMENT)


def landing_files(source: str, folder: Path) -> list[Path]:
    """All that crawls of a source ever landed in a folder, whatever its section, oldest first."""
    slug = _slug(source)
    found = [path for path in folder.glob("*.jsonl.gz") if path.name.split(".")[0].split("+")[0] == slug]
    return sorted(found, key=lambda path: (path.name.partition(".")[2], path.name))


def read_landing(path: Path) -> Iterator[ReviewRecord | Reject]:
    """The records of a landing file, in order; a line that cannot be read becomes a reject."""
    for number, line in enumerate(landing_lines(path), 1):
        if line is None:
            yield Reject(f"{path.name}:{number}", "the file is damaged from here on")
            return
        try:
            entry = json.loads(line)
            if "claim" in entry:
                continue  # a company's own words
            if "reject" in entry:
                reject = entry["reject"]
                yield Reject(reject["url"], reject["reason"], reject.get("excerpt", ""))
                continue
            if not entry.get("company"):
                yield Reject(entry["url"], "no company", excerpt(entry.get("body") or entry.get("title")))
                continue
            yield _record(entry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Reject(f"{path.name}:{number}", f"unreadable landing line ({error!r})", line[:120].rstrip())


def record_of(line: str) -> ReviewRecord | None:
    """The review of a line of a landing file; None where it holds something else."""
    try:
        return _record(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _record(entry: dict[str, Any]) -> ReviewRecord:
    if entry.get("published_at"):
        entry["published_at"] = datetime.fromisoformat(entry["published_at"])
    return ReviewRecord(locator=entry["url"], **{name: value for name, value in entry.items() if name in _FIELDS})


def landing_lines(path: Path) -> Iterator[str | None]:
    """The lines of a landing file; None, and then no more, where it turns out to be damaged."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        yield from _whole(lines)


def _whole(lines: Iterable[str]) -> Iterator[str | None]:
    """The lines of a compressed file; None where it turns out to be damaged."""
    try:
        yield from lines
    except (OSError, EOFError, zlib.error):
        yield None


def _slug(name: str) -> str:
    """A name as part of a file's name: letters, digits, ``-`` and ``_``, and other names have another."""
    slug = re.sub(r"[^\w-]+", "-", name).strip("-") or "source"
    return slug if slug == name else f"{slug}-{hashlib.blake2b(name.encode(), digest_size=3).hexdigest()}"


def complaint(log: str) -> str | None:
    """The last error in a log of Scrapy, in one line."""
    said = re.findall(r"^(?:.* ERROR: )?[\w.]+(?:Error|Exception|Exit)\b: (.+)$", log[-20_000:], re.MULTILINE)
    return str(said[-1]) if said else None


def _items(path: str | Path) -> int:
    """How many reviews a landing file holds, as far as it can be read."""
    count = 0
    with suppress(OSError, EOFError, zlib.error), gzip.open(path, "rb") as lines:
        for line in lines:
            count += not line.startswith(b'{"reject"')
    return count


def _digest(args: Mapping[str, Any]) -> str:
    """What tells whether a crawl is told the same as another; ``since`` moves on from crawl to crawl."""
    told = {name: value for name, value in args.items() if name != "since"}
    data = json.dumps(told, sort_keys=True, default=str)
    return hashlib.blake2b(data.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class CrawlFiles:
    """Where one crawl writes: all in one folder, named after the source and the moment.

    Sections of one source each have a ``section`` of their own, so that one never takes the files of another.
    """

    folder: Path
    slug: str
    stem: str
    section: str = ""

    @classmethod
    def of(cls, source: str, folder: Path, section: str = "", *, create: bool = True) -> "CrawlFiles":
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CrawlError(f"{source}: cannot write to {folder}: {error.strerror}") from error
        slug = _slug(source) + (f"+{_slug(section)}" if section else "")
        return cls(folder.resolve(), slug, f"{slug}.{datetime.now(UTC):{_MOMENT}}", section)

    @property
    def part(self) -> Path:
        return self.folder / f"{self.stem}.jsonl.part"

    @property
    def landed(self) -> Path:
        return self.folder / f"{self.stem}.jsonl.gz"

    @property
    def stats(self) -> Path:
        return self.folder / f"{self.stem}.stats.json"

    @property
    def job(self) -> Path:
        """The folder of what a crawl that has not come to its end has still to do."""
        return self.folder / f"{self.slug}.job"

    @property
    def ended(self) -> Path:
        """Says of which arguments a crawl came to its end, all pages read, and when it began."""
        return self.folder / f"{self.slug}.whole"

    @property
    def landings(self) -> str:
        """A pattern for all that crawls of this source and section landed."""
        return f"{glob.escape(str(self.folder / self.slug))}.*.jsonl.gz"

    @property
    def moment(self) -> str:
        """When this crawl began, as the names of its files say it."""
        return self.stem.removeprefix(f"{self.slug}.")

    @property
    def log(self) -> Path:
        """The log of the source's last crawl."""
        return self.folder / f"{self.slug}.log"

    @contextmanager
    def owned(self, wait: float) -> Iterator[int]:
        """Hold this source for one crawl; gives the file descriptor that its process is to inherit.

        The lock is the operating system's and lasts until both this program and the crawl's process are gone,
        so nobody lands the file of a crawl that still writes to it.

        Raises:
            CrawlError: another crawl of this source does not end within ``wait`` seconds.
        """
        descriptor = os.open(self.folder / f"{self.slug}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            deadline = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() > deadline:
                        raise CrawlError(
                            f"{self.slug}: another crawl of this source is running; wait until it has finished"
                        ) from None
                    time.sleep(0.1)
            yield descriptor
        finally:
            os.close(descriptor)

    def last_items(self) -> int | None:
        """How many reviews the source's last crawl that landed any did; None where there was none."""
        for path in sorted(glob.glob(self.landings), reverse=True):
            if items := _items(path):
                return items
        return None

    def outlook(self, args: Mapping[str, Any]) -> tuple[Literal["continue", "known", "whole"], int]:
        """What a crawl with these arguments would do now, and how many reviews landed so far."""
        landed = sum(_items(path) for path in glob.glob(self.landings))
        if self._left(_digest(args)):
            return "continue", landed
        return ("known" if self._was_whole(_digest(args)) else "whole"), landed

    def begin(self, args: Mapping[str, Any]) -> tuple[str, str]:
        """Begin a job or continue one: the moment at which it began, and that at which the last crawl with the same
        arguments began that read all pages, empty where there was none: where there was one, stopping at what is
        known loses nothing.

        A job that was left over is continued if its arguments are the same.
        """
        told = _digest(args)
        if left := self._left(told):
            return str(left["began"]), str(left["whole"])
        shutil.rmtree(self.job, ignore_errors=True)
        whole = self._was_whole(told)
        self.job.mkdir()
        job = {"args": told, "began": self.moment, "whole": whole}
        (self.job / "job.json").write_text(json.dumps(job), encoding="utf-8")
        return self.moment, whole

    def _left(self, told: str) -> dict[str, Any] | None:
        """The job that an earlier crawl with these arguments left over."""
        with suppress(OSError, ValueError, KeyError):
            left: dict[str, Any] = json.loads((self.job / "job.json").read_text(encoding="utf-8"))
            if left["args"] == told and {"began", "whole"} <= left.keys():
                return left
        return None

    def _was_whole(self, told: str) -> str:
        with suppress(OSError, ValueError, KeyError, TypeError):
            ended = json.loads(self.ended.read_text(encoding="utf-8"))
            if ended["args"] == told:
                return str(ended["began"])
        return ""

    def end(self, args: Mapping[str, Any], *, whole: bool | None) -> None:
        """The job came to its end; ``whole`` says that no page was missed, None that none was read."""
        told = _digest(args)
        left = self._left(told)
        shutil.rmtree(self.job, ignore_errors=True)
        if whole:
            began = left["began"] if left else self.moment
            self.ended.write_text(json.dumps({"args": told, "began": began}), encoding="utf-8")
        elif whole is False:
            self.ended.unlink(missing_ok=True)

    def land(self) -> tuple[Path | None, int]:
        """Compress what was gathered under its final name; a last line that broke off is left out."""
        if not self.part.exists():
            return None, 0
        items = lines = 0
        temporary = self.landed.with_suffix(".tmp")
        with self.part.open("rb") as source, gzip.open(temporary, "wb", compresslevel=6) as target:
            for line in source:
                if not line.endswith(b"\n"):
                    break
                target.write(line)
                lines += 1
                items += not line.startswith(b'{"reject"')
        if lines:
            put_in_place(temporary, self.landed)
        else:
            temporary.unlink()
        self.part.unlink()
        return (self.landed if lines else None), items

    def land_leftovers(self) -> None:
        """Land what an earlier crawl of this source left behind, when the program itself was killed."""
        for part in self.folder.glob(f"{self.slug}.*.jsonl.part"):
            left = CrawlFiles(self.folder, self.slug, part.name.removesuffix(".jsonl.part"))
            left.land()
        for stats in self.folder.glob(f"{self.slug}.*.stats.json*"):
            stats.unlink(missing_ok=True)

    def read_stats(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self.stats.read_text(encoding="utf-8")))
        return {}

    def complaint(self) -> str | None:
        """The last error in the log, in one line."""
        return complaint(self.log.read_text(encoding="utf-8", errors="replace")) if self.log.exists() else None

    def clear(self) -> None:
        for path in (self.stats, self.stats.with_name(self.stats.name + ".new")):
            path.unlink(missing_ok=True)
