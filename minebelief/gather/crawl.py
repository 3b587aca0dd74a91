"""Crawls: one Scrapy process for each source, judged by its figures, landed as compressed JSON lines.

Scrapy runs as ``python -m scrapy`` in a process of its own: its reactor lives only once in a process, it
takes a crash with it, and whoever only queries never loads it.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from ..errors import CrawlError
from .crawl_files import CrawlFiles, read_landing

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
    section: str = ""


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
        raise CrawlError(
            f"{source_name}: crawling other people's sites needs an address at which they can reach you; "
            "set it with: export MINEBELIEF_CONTACT=you@example.org"
        )
    files = CrawlFiles.of(source_name, landing, section)
    files.land_leftovers()
    before = files.last_items()
    given = {**args, **({"allow_local": True} if allow_local else {})}
    scrapy_settings = {
        **(_UNHURT if allow_local and _on_this_machine(args) else {}),
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
        section,
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


# --- the process ----------------------------------------------------------------------------------


def _run(
    command: list[str],
    files: CrawlFiles,
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
                    items, pages = stats.get("reviews/taken", 0), stats.get("pages/read", 0)
                    now = CrawlProgress(source, items, pages, files.section)
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
    """The sites of a job; on this machine every port is a site of its own."""
    hosts = {
        part.netloc if _is_loopback(part.hostname) else part.hostname.removeprefix("www.")
        for part in _addresses(job.args)
        if part.hostname
    }
    return hosts or {f"spider:{job.spider}"}  # spiders of one API talk to one host


def _addresses(args: Mapping[str, Any]) -> list[SplitResult]:
    """The addresses that a spider starts from; one that is none counts as an address without a host."""
    urls = args.get("urls") or []
    parts = []
    for url in re.split(r"[\s,]+", urls) if isinstance(urls, str) else map(str, urls):
        try:
            parts.append(urlsplit(url))
        except ValueError:
            parts.append(urlsplit(""))
    return parts


def _on_this_machine(args: Mapping[str, Any]) -> bool:
    addresses = _addresses(args)
    return bool(addresses) and all(_is_loopback(address.hostname) for address in addresses)


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"


def _exceptions(stats: Mapping[str, Any]) -> str:
    return _named({name: n for name, n in stats.items() if not name.endswith("/count")}, "spider_exceptions/")


def _named(stats: Mapping[str, Any], start: str) -> str:
    return ", ".join(sorted(name.removeprefix(start).split(".")[-1] for name in stats if name.startswith(start)))
