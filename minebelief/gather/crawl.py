"""Crawls: one Scrapy process for each source, judged by its figures, landed as compressed JSON lines.

Scrapy runs as ``python -m scrapy`` in a process of its own: its reactor lives only once in a process, it
takes a crash with it, and whoever only queries never loads it.
"""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from ..errors import CrawlError
from .record import Reject, ReviewRecord

__all__ = ["CrawlJob", "CrawlOutcome", "CrawlProgress", "crawl", "crawl_all", "judge", "read_landing"]

Verdict = Literal["ok", "suspicious", "failed"]

#: Finish reasons of a crawl that did all it was asked for.
_COMPLETE = ("finished", "max_reviews")
_REASONS = {
    "asked_to_wait": "the site asked to wait for longer than a crawl waits",
    "closespider_timeout": "stopped at its time limit",
    "memusage_exceeded": "stopped at its memory limit",
    "orphaned": "the program that started it was gone",
    "shutdown": "it was interrupted",
}
#: How long a crawl may take to end in order before it is killed, in seconds.
_GRACE = 10.0
_POLL = 0.1


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One source to crawl: a spider with its arguments."""

    source: str
    spider: str
    args: Mapping[str, Any] = field(default_factory=dict)
    allow_local: bool = False


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """How far a crawl is."""

    source: str
    items: int
    pages: int


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """What became of a crawl.

    ``landing`` is the file of what it gathered, None where that is nothing; ``verdict`` is ``ok``,
    ``suspicious`` (what was gathered counts, but look at it) or ``failed``, and ``because`` says why in one
    line.
    """

    source: str
    landing: Path | None
    items: int
    pages: int
    finish_reason: str
    exceptions: int
    verdict: Verdict
    because: str


def crawl(
    source_name: str,
    spider: str,
    args: Mapping[str, Any],
    landing: Path,
    *,
    contact: str | None = None,
    allow_local: bool = False,
    timeout: float = 3600.0,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    settings: Mapping[str, Any] | None = None,
    stop: threading.Event | None = None,
) -> CrawlOutcome:
    """Crawl one source into a new file in the folder ``landing``.

    Whatever happens, what was gathered until then lands, and no process is left behind: not after a timeout
    (in seconds), not after an interrupt. ``settings`` are further Scrapy settings; ``stop``, once set, ends
    the crawl.

    Raises
    ------
    CrawlError
        Where nothing could be started: no contact address for a public site, or no such folder.
    """
    contact = contact or os.environ.get("MINEBELIEF_CONTACT") or None
    if not contact and not allow_local:
        raise CrawlError(
            f"{source_name}: crawling other people's sites needs an address at which they can reach you; "
            "set it with: export MINEBELIEF_CONTACT=you@example.org"
        )
    files = _Files.of(source_name, landing)
    files.land_leftovers()
    before = files.last_items()
    given = {**args, **({"allow_local": True} if allow_local else {})}
    scrapy_settings = {
        **(settings or {}),
        "CLOSESPIDER_TIMEOUT": timeout,
        "MINEBELIEF_CONTACT": contact or "",
        "MINEBELIEF_LANDING": files.part,
        "MINEBELIEF_PARENT": os.getpid(),
        "MINEBELIEF_STATS": files.stats,
    }
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", spider]
    for name, value in given.items():
        command += ["-a", f"{name}={_argument(value)}"]
    for name, value in scrapy_settings.items():
        command += ["-s", f"{name}={value}"]
    try:
        _run(command, files, source_name, time.monotonic() + timeout + _GRACE, on_progress, stop)
    finally:
        landed, items = files.land()
    stats = files.read_stats()
    verdict, because = judge(stats, items, before)
    if not stats:
        because = files.complaint() or because
    outcome = CrawlOutcome(
        source_name,
        landed,
        items,
        stats.get("pages/read", 0),
        stats.get("finish_reason", "broken"),
        stats.get("spider_exceptions/count", 0),
        verdict,
        because,
    )
    files.clear()
    return outcome


def crawl_all(
    jobs: Sequence[CrawlJob],
    landing: Path,
    *,
    contact: str | None = None,
    max_parallel: int = 4,
    timeout: float = 3600.0,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> list[CrawlOutcome]:
    """Crawl several sources side by side, those of one site one after another; outcomes in the order of
    ``jobs``.

    A source that fails leaves the others alone; an interrupt ends all of them. ``on_progress`` is called from
    several threads.
    """
    stop = threading.Event()
    outcomes: dict[int, CrawlOutcome] = {}

    def one_site(numbers: list[int]) -> None:
        for number in numbers:
            job = jobs[number]
            try:
                outcomes[number] = crawl(
                    job.source,
                    job.spider,
                    job.args,
                    landing,
                    contact=contact,
                    allow_local=job.allow_local,
                    timeout=timeout,
                    on_progress=on_progress,
                    settings=settings,
                    stop=stop,
                )
            except CrawlError as error:
                outcomes[number] = CrawlOutcome(
                    job.source, None, 0, 0, "not started", 0, "failed", str(error)
                )

    with ThreadPoolExecutor(max_workers=max(1, max_parallel)) as pool:
        futures = [pool.submit(one_site, numbers) for numbers in _by_site(jobs)]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [outcomes[number] for number in sorted(outcomes)]


def judge(stats: Mapping[str, Any], items: int, before: int | None = None) -> tuple[Verdict, str]:
    """A verdict on a crawl from Scrapy's figures, with its reason; ``before`` is the number of items last
    time.

    Scrapy's exit code says nothing: it is 0 even where every page failed.
    """
    reason = stats.get("finish_reason")
    pages = stats.get("pages/read", 0)
    raised = stats.get("spider_exceptions/count", 0)
    refused = stats.get("pages/failed", 0)
    forbidden = stats.get("robotstxt/forbidden", 0)
    guarded = stats.get("guard/address", 0) + stats.get("guard/offsite", 0)
    if reason is None:
        return "failed", f"the crawl broke off after {items} reviews"
    troubles = []
    if reason not in _COMPLETE:
        troubles.append(_REASONS.get(reason, f"ended as {reason!r}"))
    if raised:
        troubles.append(f"{_pages(raised)} raised an error ({_exceptions(stats)})")
    if refused:
        troubles.append(f"{refused} of {_pages(refused + pages)} failed ({_named(stats, 'pages/failed/')})")
    if not pages and forbidden:
        troubles.append("robots.txt forbids it")
    if not pages and guarded:
        troubles.append("its address is not public, or leads off its site")
    if not items and (pages or not troubles):
        last_time = f" where there were {before} last time" if before else ""
        troubles.append(f"no reviews on {_pages(pages)}{last_time}")
    if not troubles:
        return "ok", f"{items} reviews on {_pages(pages)}"
    hopeless = not pages or (not items and (raised or before or reason not in _COMPLETE)) or refused > pages
    return ("failed" if hopeless else "suspicious"), "; ".join(troubles)


def read_landing(path: Path) -> Iterator[ReviewRecord | Reject]:
    """The records of a landing file, in order; a line that cannot be read becomes a reject."""
    names = {entry.name for entry in fields(ReviewRecord)}
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                if "reject" in entry:
                    reject = entry["reject"]
                    yield Reject(reject["url"], reject["reason"], reject.get("excerpt", ""))
                    continue
                if not entry.get("company"):
                    raise ValueError("no company")
                if entry.get("published_at"):
                    entry["published_at"] = datetime.fromisoformat(entry["published_at"])
                values = {name: value for name, value in entry.items() if name in names}
                yield ReviewRecord(locator=entry["url"], **values)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                yield Reject(
                    f"{path.name}:{number}", f"unreadable landing line ({error!r})", line[:120].rstrip()
                )


# --- the process ----------------------------------------------------------------------------------


def _run(
    command: list[str],
    files: "_Files",
    source: str,
    deadline: float,
    on_progress: Callable[[CrawlProgress], None] | None,
    stop: threading.Event | None,
) -> None:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "minebelief.spiders.settings"}
    shown: CrawlProgress | None = None
    with files.log.open("wb") as log:
        try:
            process = subprocess.Popen(
                command,
                cwd=files.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        except OSError as error:
            raise CrawlError(f"{source}: the crawl could not be started: {error}") from error
        try:
            while process.poll() is None and time.monotonic() < deadline and not (stop and stop.is_set()):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL)
                if on_progress and (stats := files.read_stats()):
                    now = CrawlProgress(source, stats.get("reviews/taken", 0), stats.get("pages/read", 0))
                    if now != shown:
                        shown = now
                        on_progress(now)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a crawl: in order where it obeys, by force where it does not."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            pass
        except KeyboardInterrupt:  # a second interrupt: at once
            _signal(process, signal.SIGKILL)
            raise
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _argument(value: Any) -> str:
    """A value as a spider argument; lists go as JSON, because addresses may hold commas."""
    if isinstance(value, str):
        return value
    return json.dumps(list(value) if isinstance(value, tuple | set | frozenset) else value)


def _by_site(jobs: Sequence[CrawlJob]) -> list[list[int]]:
    """The numbers of the jobs, those that share a host together."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, job in enumerate(jobs):
        names, numbers = _hosts(job), [number]
        apart = []
        for group in groups:
            if names & group[0]:
                names, numbers = names | group[0], group[1] + numbers
            else:
                apart.append(group)
        groups = [*apart, (names, numbers)]
    return sorted((sorted(numbers) for _, numbers in groups), key=lambda numbers: numbers[0])


def _hosts(job: CrawlJob) -> set[str]:
    urls = job.args.get("urls") or []
    addresses = re.split(r"[\s,]+", urls) if isinstance(urls, str) else urls
    hosts = {host.removeprefix("www.") for url in addresses if (host := urlsplit(str(url)).hostname)}
    return hosts or {f"spider:{job.spider}"}  # spiders of one API talk to one host


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"


def _exceptions(stats: Mapping[str, Any]) -> str:
    return _named({name: n for name, n in stats.items() if not name.endswith("/count")}, "spider_exceptions/")


def _named(stats: Mapping[str, Any], start: str) -> str:
    return ", ".join(
        sorted(name.removeprefix(start).split(".")[-1] for name in stats if name.startswith(start))
    )


# --- its files ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Files:
    """Where one crawl writes: all in one folder, named after the source and the moment."""

    folder: Path
    slug: str
    stem: str

    @classmethod
    def of(cls, source: str, folder: Path) -> "_Files":
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CrawlError(f"{source}: cannot write to {folder}: {error.strerror}") from error
        slug = re.sub(r"[^\w-]+", "-", source).strip("-") or "source"
        return cls(folder.resolve(), slug, f"{slug}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z")

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
            left = _Files(self.folder, self.slug, part.name.removesuffix(".jsonl.part"))
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
