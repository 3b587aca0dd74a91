"""Crawls: one Scrapy process for each source, judged by its figures, landed as compressed JSON lines.

Scrapy runs as ``python -m scrapy`` in a process of its own: its reactor lives only once in a process, it
takes a crash with it, and whoever only queries never loads it.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..contact import HOW_TO_SET
from ..errors import CrawlError
from .claims import CLAIMS_SPIDER
from .crawl_files import CrawlFiles, read_landing
from .crawl_sites import by_site, on_this_machine
from .crawl_verdict import Verdict, ended, judge, may_pass, read_whole

__all__ = [
    "SCRAPY_ENVIRONMENT",
    "CrawlJob",
    "CrawlOutcome",
    "CrawlProgress",
    "crawl",
    "crawl_all",
    "judge",
    "read_landing",
    "scrapy_command",
]

#: What a Scrapy process needs in its environment.
SCRAPY_ENVIRONMENT = {"SCRAPY_SETTINGS_MODULE": "minebelief.spiders.settings"}

#: How a site on this machine is crawled.
_UNHURT = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
}
#: How long a crawl may take to end in order before it is killed, in seconds.
_GRACE = 10.0
_POLL = 0.1


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One source to crawl: a spider with its arguments.

    Jobs of one source have each its own ``section``, which tells their landing files apart.
    """

    source: str
    spider: str
    args: Mapping[str, Any] = field(default_factory=dict)
    allow_local: bool = False
    section: str = ""


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """How far a crawl is."""

    source: str
    items: int
    pages: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """What became of a crawl.

    ``landing`` is the file of what it gathered, None where that is nothing; ``items`` are the reviews in it, or
    the claims, those new or changed since earlier crawls, ``known`` those that were met and had been landed before.
    ``verdict`` is ``ok``, ``suspicious`` (what was gathered counts, but look at it) or ``failed``, and
    ``because`` says why in one line. A crawl that failed ``may_pass`` when it is tried again a little later, since it
    was the network or the site's server.
    """

    source: str
    landing: Path | None
    items: int
    pages: int
    finish_reason: str
    exceptions: int
    verdict: Verdict
    because: str
    section: str = ""
    known: int = 0
    may_pass: bool = False


def crawl(
    source_name: str,
    spider: str,
    args: Mapping[str, Any],
    landing: Path,
    *,
    section: str = "",
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
    the crawl. Where ``allow_local`` is given and all addresses lie on this very machine, nobody has to be
    spared: there is no delay between requests but the one that the site asks for.

    Raises
    ------
    CrawlError
        Where nothing could be started: no contact address for a public site, or no such folder.
    """
    contact = contact or os.environ.get("MINEBELIEF_CONTACT") or None
    if not contact and not allow_local:
        raise CrawlError(f"{source_name}: {HOW_TO_SET}")
    files = CrawlFiles.of(source_name, landing, section)
    with files.owned(wait=3 * _GRACE) as lock:
        files.land_leftovers()
        before = files.last_items()
        what = "claims" if spider == CLAIMS_SPIDER else "reviews"
        began, whole = files.begin({"spider": spider, **args})
        given = {**args, **({"allow_local": True} if allow_local else {})}
        scrapy_settings = {
            **(_UNHURT if allow_local and on_this_machine(args) else {}),
            **(settings or {}),
            "CLOSESPIDER_TIMEOUT": timeout,
            "JOBDIR": files.job,
            "MINEBELIEF_BEGAN": began,
            "MINEBELIEF_CONTACT": contact or "",
            "MINEBELIEF_LANDED": files.landings,
            "MINEBELIEF_LANDING": files.part,
            "MINEBELIEF_PARENT": os.getpid(),
            "MINEBELIEF_STATS": files.stats,
            "MINEBELIEF_WHOLE": whole,
        }
        command = scrapy_command(spider, given, scrapy_settings)
        try:
            _run(command, files, source_name, time.monotonic() + timeout + _GRACE, on_progress, stop, lock)
        finally:
            landed, items = files.land()
            stats = files.read_stats()
            verdict, because = judge(stats, items, before, what=what)
            if not stats:
                because = files.complaint() or because
            if ended(stats):
                files.end({"spider": spider, **args}, whole=read_whole(stats, first=before is None))
            files.clear()
    return CrawlOutcome(
        source_name,
        landed,
        items,
        stats.get("pages/read", 0),
        stats.get("finish_reason", "broken"),
        stats.get("spider_exceptions/count", 0),
        verdict,
        because,
        section,
        stats.get(f"{what}/known", 0),
        verdict == "failed" and may_pass(stats),
    )


def scrapy_command(spider: str, args: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    """The command line that crawls in a process of its own, with :data:`SCRAPY_ENVIRONMENT`."""
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", spider]
    for name, value in args.items():
        command += ["-a", f"{name}={_argument(value)}"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    return command


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
                    section=job.section,
                    contact=contact,
                    allow_local=job.allow_local,
                    timeout=timeout,
                    on_progress=on_progress,
                    settings=settings,
                    stop=stop,
                )
            except CrawlError as error:
                outcomes[number] = CrawlOutcome(
                    job.source, None, 0, 0, "not started", 0, "failed", str(error), job.section
                )

    with ThreadPoolExecutor(max_workers=max(1, max_parallel)) as pool:
        futures = [pool.submit(one_site, numbers) for numbers in by_site([(job.spider, job.args) for job in jobs])]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [outcomes[number] for number in sorted(outcomes)]


# --- the process ----------------------------------------------------------------------------------


def _run(
    command: list[str],
    files: CrawlFiles,
    source: str,
    deadline: float,
    on_progress: Callable[[CrawlProgress], None] | None,
    stop: threading.Event | None,
    lock: int,
) -> None:
    environment = {**os.environ, **SCRAPY_ENVIRONMENT}
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
                pass_fds=[lock],
            )
        except OSError as error:
            raise CrawlError(f"{source}: the crawl could not be started: {error}") from error
        try:
            while process.poll() is None and time.monotonic() < deadline and not (stop and stop.is_set()):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL)
                if on_progress and (stats := files.read_stats()):
                    items = stats.get("reviews/taken", 0) + stats.get("claims/taken", 0)
                    now = CrawlProgress(source, items, stats.get("pages/read", 0), files.section)
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
