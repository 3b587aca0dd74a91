"""``minebelief crawl``."""

import importlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.contact import contact_option, known_contact
from minebelief.cli.options import Session, example, format_options, workspace_option
from minebelief.cli.output import emit, plain_table, sanitise
from minebelief.cli.progress import progress_for
from minebelief.errors import CrawlError, InputError, PartialError, UnknownNameError

if TYPE_CHECKING:
    from minebelief.gather.crawl import CrawlJob, CrawlOutcome
    from minebelief.gather.crawl_plan import CrawlPlan
    from minebelief.industry import Industry
    from minebelief.workspace import Workspace

__all__ = ["command"]

_WAYS = {
    "continue": "continues where it was cut off",
    "known": "reads until it comes to what is known",
    "whole": "reads all pages",
}
_SHOWN = 3


@click.command(
    "crawl", epilog=example("minebelief crawl pet-insurance.toml", "minebelief crawl airlines.toml --dry-run")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched; nothing is sent.")
@click.option("--source", "names", multiple=True, metavar="NAME", help="Only this source; may be given several times.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another run on this workspace to finish.",
)
@contact_option
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    file: Path,
    dry_run: bool,
    names: tuple[str, ...],
    wait: float,
    contact: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Gather only: crawl the sites of an industry.

    FILE is the industry file. What is new lands in the workspace and is taken up by the next 'minebelief run'. A
    crawl that was cut off continues where it stopped, and one that is repeated reads until it comes to what is
    known. Exits with 3 if a source failed or looks suspicious.
    """
    industry = _chosen(file, names)
    sources = importlib.import_module("minebelief.gather.sources")
    jobs = sources.crawl_jobs(industry)
    if not jobs:
        raise InputError(f"{file} has no site to crawl: none of its sources has a spider. 'minebelief run' reads files")
    public = any(not job.allow_local for job in jobs)
    contact = known_contact(session, contact, needed=lambda: public and not dry_run)
    if dry_run:
        plans = _plan(jobs, session.workspace)
        emit([_told(plan) for plan in plans], form, output, lambda _: _plan_table(plans))
        if mistakes := [plan for plan in plans if plan.mistake]:
            raise CrawlError(f"{len(mistakes)} of {len(plans)} crawls would not start; mend {file}")
        return
    with progress_for("text") as progress, session.workspace.writing(wait):
        _, outcomes = sources.gather(industry, session.workspace, progress, contact)
    emit([_figures(outcome) for outcome in outcomes], form, output, lambda _: _table(outcomes))
    _judge(outcomes)


def _chosen(file: Path, names: Sequence[str]) -> "Industry":
    """The industry with the sources that were named, or all."""
    industry: Industry = importlib.import_module("minebelief.industry").load_industry(file)
    known = {source.name for source in industry.sources}
    if unknown := [name for name in names if name not in known]:
        raise UnknownNameError(f"{file} has no source '{unknown[0]}'; there is {', '.join(sorted(known))}")
    kept = tuple(source for source in industry.sources if not names or source.name in names)
    return industry.model_copy(update={"sources": kept})


def _plan(jobs: "Sequence[CrawlJob]", workspace: "Workspace") -> "list[CrawlPlan]":
    plan_crawl = importlib.import_module("minebelief.gather.crawl_plan").plan_crawl
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda job: plan_crawl(job, workspace.landing), jobs))


def _told(plan: "CrawlPlan") -> dict[str, Any]:
    return {**asdict(plan), "urls": list(plan.urls), "limits": dict(plan.limits)}


def _name(one: "CrawlOutcome | CrawlPlan") -> str:
    return sanitise(f"{one.source} ({one.section})" if one.section else one.source)


def _plan_table(plans: "Sequence[CrawlPlan]") -> Any:
    rows: list[tuple[str, str]] = []
    for plan in plans:
        urls = [*plan.urls[:_SHOWN], *([f"and {len(plan.urls) - _SHOWN} more"] if len(plan.urls) > _SHOWN else [])]
        rows.append(("source", f"{_name(plan)}, spider {plan.spider}"))
        if plan.mistake:
            rows.append(("would fail", sanitise(plan.mistake)))
        else:
            rows += [("would fetch" if place == 0 else "", sanitise(url)) for place, url in enumerate(urls)]
            rows.append(("and then", f"{_WAYS[plan.way]}; {plan.known:,} reviews landed so far"))
            rows.append(("at most", _limits(plan)))
        rows.append(("", ""))
    table = plain_table(("", ""), rows[:-1])
    table.show_header, table.box = False, None
    return table


def _limits(plan: "CrawlPlan") -> str:
    limits = plan.limits
    parts = [f"{limits['max_pages']:,} pages"] if "max_pages" in limits else []
    parts += [f"{limits['max_reviews']:,} reviews"] if "max_reviews" in limits else []
    parts += [f"{limits['max_minutes']:g} minutes"] if "max_minutes" in limits else []
    parts += [f"{limits['max_bytes'] / 1e6:.0f} MB a page"] if "max_bytes" in limits else []
    parts += [f"back to {limits['since']}"] if "since" in limits else []
    return ", ".join(parts)


def _figures(outcome: "CrawlOutcome") -> dict[str, Any]:
    landing = str(outcome.landing) if outcome.landing else None
    return {**asdict(outcome), "landing": landing}


def _table(outcomes: "Sequence[CrawlOutcome]") -> Any:
    rows = [
        (_name(one), one.verdict, one.items, one.known, one.pages, sanitise("" if one.verdict == "ok" else one.because))
        for one in outcomes
    ]
    return plain_table(("source", "verdict", "new", "known", "pages", "because"), rows)


def _judge(outcomes: "Sequence[CrawlOutcome]") -> None:
    bad = [outcome for outcome in outcomes if outcome.verdict != "ok"]
    failed = [outcome for outcome in bad if outcome.verdict == "failed"]
    if len(failed) == len(outcomes):
        raise CrawlError(f"nothing could be gathered: {failed[0].because}")
    if bad:
        names = ", ".join(dict.fromkeys(_name(outcome) for outcome in bad))
        raise PartialError(
            f"partly gathered: {names} failed or needs a look. Run the same command again to try it again"
        )
