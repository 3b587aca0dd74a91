"""The step *gather*: every source that is a site is crawled into landing files."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ..contact import find_contact
from ..errors import InputError
from ..industry import CrawlSource, FileSource, Industry
from ..progress import Progress
from ..workspace import Workspace
from .claims import CLAIMS_SPIDER
from .crawl import CrawlJob, CrawlOutcome, CrawlProgress, crawl_all
from .crawl_files import landing_files
from .erasures import Erasures, scrub
from .files import check_source

__all__ = ["SourceWork", "crawl_jobs", "gather", "landed", "usable"]

STEP = "gather"


@dataclass(frozen=True)
class SourceWork:
    """What does the work on single sources: these functions, or ones that do the same as tasks of a flow."""

    crawl_all: Callable[..., list[CrawlOutcome]] = crawl_all
    check_source: Callable[[FileSource, Industry], object] = check_source


def gather(
    industry: Industry,
    workspace: Workspace,
    progress: Progress,
    contact: str | None = None,
    timeout: float = 3600.0,
    work: SourceWork = SourceWork(),
) -> tuple[dict[str, list[Path]], list[CrawlOutcome]]:
    """Crawl the industry's sites, at most ``timeout`` seconds each, with the contact address that is given or known.

    Gives all landing files by source name, those of earlier runs included, and what became of each crawl in
    the order of the industry file. A source that fails leaves the others alone. What was
    erased is taken out again where a crawl brought it.
    """
    jobs = crawl_jobs(industry)
    progress.start(STEP, None if jobs else 0)
    contact = find_contact(workspace, contact) if jobs else None
    before = {path for job in jobs for path in landing_files(job.source, workspace.landing)}
    listener = _Listener(progress)
    outcomes = work.crawl_all(jobs, workspace.landing, contact=contact, timeout=timeout, on_progress=listener)
    for outcome in outcomes:
        if outcome.verdict != "ok":
            section = f" ({outcome.section})" if outcome.section else ""
            progress.warn(f"source '{outcome.source}'{section}: {outcome.verdict}: {outcome.because}")
    all_landed = landed(industry, workspace)
    erasures = Erasures.of(workspace)
    if erasures.hashes:
        for source, paths in all_landed.items():
            erased = partial(erasures.covers_record, source, industry=industry)
            for path in set(paths) - before:
                scrub(path, erased)
    items, pages = sum(one.items for one in outcomes), sum(one.pages for one in outcomes)
    claims = sum(one.items for job, one in zip(jobs, outcomes, strict=True) if job.spider == CLAIMS_SPIDER)
    failed = sum(outcome.verdict == "failed" for outcome in outcomes)
    known = sum(outcome.known for outcome in outcomes)
    found = _counted(items - claims, "new review") + (f" and {_counted(claims, 'candidate claim')}" if claims else "")
    done = f"{found} on {_counted(pages, 'page')}" + (f", {known} known already" if known else "")
    done = done if jobs else "no site to crawl"
    progress.finish(STEP, f"{done}, {failed} of {len(outcomes)} crawls failed" if failed else done)
    return all_landed, outcomes


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def landed(industry: Industry, workspace: Workspace) -> dict[str, list[Path]]:
    """All landing files of the industry by source name, oldest first."""
    return {job.source: landing_files(job.source, workspace.landing) for job in crawl_jobs(industry)}


def usable(industry: Industry, progress: Progress, work: SourceWork) -> tuple[Industry, list[str]]:
    """The industry without those sources whose files cannot be used, and their names.

    Each of them is warned about; what was loaded of it earlier stays.

    Raises:
        InputError: no source is left.
    """
    errors: dict[int, InputError] = {}
    for number, source in enumerate(industry.sources):
        if isinstance(source, FileSource):
            try:
                work.check_source(source, industry)
            except InputError as error:
                errors[number] = error
    if not errors:
        return industry, []
    if len(errors) == len(industry.sources):
        raise next(iter(errors.values()))
    for mistake in errors.values():
        progress.warn(f"{mistake}; the run goes on without it")
    kept = tuple(source for number, source in enumerate(industry.sources) if number not in errors)
    return industry.model_copy(update={"sources": kept}), [industry.sources[number].name for number in errors]


def crawl_jobs(industry: Industry) -> list[CrawlJob]:
    """What there is to crawl; sections of one source are told apart by company, and then by number."""
    jobs = []
    met: Counter[tuple[str, str]] = Counter()
    for source in industry.sources:
        if not isinstance(source, CrawlSource):
            continue
        args: dict[str, Any] = {**source.args}
        args |= {"kind": source.kind} if source.kind else {}
        args |= {"company": source.company} if source.company else {}
        args |= {"urls": list(source.urls)} if source.urls else {}
        args |= {"since": source.since.isoformat()} if source.since else {}
        section = source.company or ""
        met[source.name, section] += 1
        if (number := met[source.name, section]) > 1:
            section = f"{section}-{number}".lstrip("-")
        jobs.append(CrawlJob(source.name, source.spider, args, source.allow_local, section))
    return jobs


class _Listener:
    """Passes on how far crawls are; several threads report to it."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.lock = threading.Lock()
        self.items: Counter[tuple[str, str]] = Counter()

    def __call__(self, now: CrawlProgress) -> None:
        with self.lock:
            more = now.items - self.items[now.source, now.section]
            self.items[now.source, now.section] = now.items
            if more > 0:
                self.progress.advance(STEP, more)
