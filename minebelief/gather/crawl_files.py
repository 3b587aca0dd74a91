"""The files of crawls: what they land in, and what they leave behind while they run."""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import CrawlError
from .record import Reject, ReviewRecord
from .text import excerpt

__all__ = ["CrawlFiles", "landing_files", "landing_lines", "read_landing"]


def landing_files(source: str, folder: Path) -> list[Path]:
    """All that crawls of a source ever landed in a folder, whatever its section, oldest first."""
    slug = _slug(source)
    found = [path for path in folder.glob("*.jsonl.gz") if path.name.split(".")[0].split("+")[0] == slug]
    return sorted(found, key=lambda path: (path.name.partition(".")[2], path.name))


def read_landing(path: Path) -> Iterator[ReviewRecord | Reject]:
    """The records of a landing file, in order; a line that cannot be read becomes a reject."""
    names = {entry.name for entry in fields(ReviewRecord)}
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
            if entry.get("published_at"):
                entry["published_at"] = datetime.fromisoformat(entry["published_at"])
            values = {name: value for name, value in entry.items() if name in names}
            yield ReviewRecord(locator=entry["url"], **values)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Reject(f"{path.name}:{number}", f"unreadable landing line ({error!r})", line[:120].rstrip())


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
    def of(cls, source: str, folder: Path, section: str = "") -> "CrawlFiles":
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CrawlError(f"{source}: cannot write to {folder}: {error.strerror}") from error
        slug = _slug(source) + (f"+{_slug(section)}" if section else "")
        return cls(folder.resolve(), slug, f"{slug}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z", section)

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
    def log(self) -> Path:
        """The log of the source's last crawl."""
        return self.folder / f"{self.slug}.log"

    def last_items(self) -> int | None:
        """How many reviews the source's last crawl landed; None where there was none."""
        earlier = sorted(self.folder.glob(f"{self.slug}.*.jsonl.gz"))
        if not earlier:
            return None
        with gzip.open(earlier[-1], "rb") as lines:
            return sum(not line.startswith(b'{"reject"') for line in lines)

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
            temporary.replace(self.landed)
        else:
            temporary.unlink()
        self.part.unlink()
        return (self.landed if lines else None), items

    def land_leftovers(self) -> None:
        """Land what an earlier crawl of this source left behind, when the program itself was killed."""
        for part in self.folder.glob(f"{self.slug}.*.jsonl.part"):
            left = CrawlFiles(self.folder, self.slug, part.name.removesuffix(".jsonl.part"))
            left.land()
            left.clear()

    def read_stats(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self.stats.read_text(encoding="utf-8")))
        return {}

    def complaint(self) -> str | None:
        """The last error in the log, in one line."""
        text = self.log.read_text(encoding="utf-8", errors="replace")[-20_000:] if self.log.exists() else ""
        said = re.findall(r"^[\w.]+(?:Error|Exception|Exit)\b: (.+)$", text, re.MULTILINE)
        return str(said[-1]) if said else None

    def clear(self) -> None:
        for path in (self.stats, self.stats.with_name(self.stats.name + ".new")):
            path.unlink(missing_ok=True)
