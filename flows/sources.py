"""One task for each source: a crawl that the network broke is tried again, a mistake in a source is not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import allow_failure, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.states import Failed
from prefect.tasks import Task, exponential_backoff

from minebelief.errors import CrawlError, InputError
from minebelief.gather.crawl import CrawlJob, CrawlOutcome, CrawlProgress, crawl
from minebelief.gather.crawl_sites import by_site
from minebelief.gather.files import check_source
from minebelief.gather.sources import SourceWork
from minebelief.industry import FileSource, Industry

__all__ = ["BACKOFF", "RETRIES", "source_tasks"]

RETRIES = 3
BACKOFF = 20.0
"""Seconds before the first retry; each further one waits twice as long, all a little more by chance."""


def source_tasks() -> SourceWork:
    """The work on single sources as tasks of the flow run that is under way."""
    return SourceWork(_crawl_all, _check)


def _may_pass(_: Task[..., Any], __: TaskRun, state: State) -> bool:
    return isinstance(state.data, CrawlOutcome) and state.data.may_pass


def _crawl_all(
    jobs: Sequence[CrawlJob],
    landing: Path,
    *,
    contact: str | None,
    timeout: float,
    on_progress: Callable[[CrawlProgress], None],
) -> list[CrawlOutcome]:
    """As `minebelief.gather.crawl.crawl_all`: side by side, those of one site one after another."""
    outcomes: dict[int, CrawlOutcome] = {}

    def crawl_one(number: int) -> State | str:
        job = jobs[number]
        before = outcomes.get(number)
        try:
            outcome = crawl(
                job.source,
                job.spider,
                job.args,
                landing,
                section=job.section,
                contact=contact,
                allow_local=job.allow_local,
                timeout=timeout,
                on_progress=on_progress,
            )
        except CrawlError as error:
            outcome = CrawlOutcome(job.source, None, 0, 0, "not started", 0, "failed", str(error), job.section)
        if before:  # what an attempt before landed is of this run too
            outcome = replace(outcome, items=outcome.items + before.items, pages=outcome.pages + before.pages)
        outcomes[number] = outcome
        return Failed(message=outcome.because, data=outcome) if outcome.verdict == "failed" else outcome.because

    futures: list[PrefectFuture[Any]] = []
    for site in by_site([(job.spider, job.args) for job in jobs]):
        previous: list[Any] = []
        for number in site:
            job = jobs[number]
            crawling = task(
                name=f"source {job.source}{f' ({job.section})' if job.section else ''}",
                retries=RETRIES,
                retry_delay_seconds=exponential_backoff(BACKOFF),
                retry_jitter_factor=0.3,
                retry_condition_fn=_may_pass,
                cache_policy=NO_CACHE,
                persist_result=False,
            )(crawl_one)
            future = crawling.submit(number, wait_for=previous, return_state=False)
            futures.append(future)
            previous = [allow_failure(future)]
    for future in futures:
        future.wait()
    return [outcomes[number] for number in range(len(jobs))]


def _check(source: FileSource, industry: Industry) -> None:
    """As `minebelief.gather.files.check_source`."""

    def check() -> State | str:
        try:
            return f"{len(check_source(source, industry))} files"
        except InputError as error:
            return Failed(message=str(error), data=error)

    task(name=f"source {source.name}", cache_policy=NO_CACHE, persist_result=False)(check)(return_state=True).result()
