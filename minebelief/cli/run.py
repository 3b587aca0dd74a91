"""``minebelief run``."""

import dataclasses
import importlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.beliefs import beliefs_table
from minebelief.cli.contact import contact_option, known_contact
from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import console, emit, percent, plain_table, program, sanitise
from minebelief.cli.progress import progress_for
from minebelief.cli.reading import reading_line
from minebelief.cli.standing import headline
from minebelief.errors import MinebeliefError, PartialError
from minebelief.published import open_published

if TYPE_CHECKING:
    from minebelief.pipeline import RunSummary

__all__ = ["command", "finish_run", "has_public_site"]

TOP = 5
WARNINGS = 10


@click.command(
    "run",
    epilog=example("minebelief run pet-insurance.toml", "minebelief run airlines.toml --log-format json --wait 60"),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force-publish", is_flag=True, help="Publish although much of what was there would be lost.")
@click.option("--rediscover", is_flag=True, help="Find all themes anew beside the known ones, though that is not due.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Progress and summary for people, or as JSON.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another run on this workspace to finish.",
)
@contact_option
@workspace_option
@click.pass_obj
def command(
    session: Session,
    file: Path,
    force_publish: bool,
    rediscover: bool,
    log_format: str,
    wait: float,
    contact: str | None,
) -> None:
    """Bring an industry up to date: gather, mine, count, judge, publish.

    FILE is the industry file. A run that was cut off continues where it stopped, and a run on nothing new
    does nothing. New sentences join the themes that are known; when a fifth of the sentences is new, all themes are
    found anew and matched to the known ones, which keep their ids. Exits with 3 if a source failed and the rest is
    published.

    Where PREFECT_API_URL is set, the steps are the tasks of a Prefect flow run there, which keeps the log.
    """
    session.json_log = log_format == "json"
    summary: RunSummary
    contact = known_contact(session, contact, needed=lambda: has_public_site(file))
    if server := os.environ.get("PREFECT_API_URL"):
        flow = importlib.import_module("minebelief.flows.refresh")
        root = session.workspace.root
        options = {"force_publish": force_publish, "wait": wait, "contact": contact, "rediscover": rediscover}
        try:
            summary = flow.refresh(file.resolve(), workspace=root, **options)
        except RuntimeError as error:
            if "Failed to reach API" not in str(error):  # as Prefect words it
                raise
            raise MinebeliefError(
                f"the Prefect server of PREFECT_API_URL cannot be reached at {server}. Start it with "
                "'prefect server start', or unset PREFECT_API_URL to run without one"
            ) from None
    else:
        pipeline = importlib.import_module("minebelief.pipeline")
        with progress_for(log_format) as progress:
            summary = pipeline.run(
                file,
                session.workspace,
                progress,
                force_publish=force_publish,
                wait=wait,
                contact=contact,
                rediscover=rediscover,
            )
    if log_format == "json":
        emit([], "json", None, lambda _: "", _as_dict(summary))
        _fail_if_partial(summary)
    else:
        finish_run(session, summary)


def has_public_site(file: Path) -> bool:
    """Does this industry file have sites of other people crawled?"""
    from minebelief.industry import CrawlSource, load_industry

    try:
        sources = load_industry(file).sources
    except MinebeliefError:
        return False  # what is wrong with the file is told by the run, once
    return any(isinstance(source, CrawlSource) and not source.allow_local for source in sources)


def finish_run(session: Session, summary: "RunSummary") -> None:
    """Print what a run did, what it found and what to try next."""
    _print_summary(summary)
    _print_top(summary, session.chosen)
    _fail_if_partial(summary)


def _fail_if_partial(summary: "RunSummary") -> None:
    if summary.status == "partial":
        raise PartialError(
            f"partly done: {', '.join(dict.fromkeys(summary.failed_sources)) or 'a source'} failed or needs a look "
            "(the warnings say why), the rest is published. "
            "Run the same command again to try what failed once more"
        )


def _print_summary(summary: "RunSummary") -> None:
    screen = console()
    total = sum(summary.seconds.values())
    steps = ", ".join(f"{step} {_duration(s)}" for step, s in summary.seconds.items())
    known = summary.reviews_read - summary.reviews_new - summary.rejected
    rows = [
        (
            "reviews",
            f"{summary.reviews_read:,} read, {summary.reviews_new:,} new, "
            f"{f'{known:,} known already, ' if known > 0 else ''}{summary.rejected:,} rejected",
        ),
        (
            "sentences",
            f"{summary.sentences:,}, of which {summary.negatives:,} negative, {summary.reasons:,} reasons, "
            f"{summary.matched:,} matched to a belief",
        ),
        *[("languages", line) for line in language_lines(summary.other_languages)],
        ("reading", reading_line(summary.reading)),
        ("beliefs", f"{summary.beliefs:,}, of which {summary.common:,} common"),
        ("values", f"{summary.values:,}"),
        *[("visible", line) for line in visible_lines(summary.visible)],
        ("time", f"{_duration(total)} ({steps})" if steps else _duration(total)),
        ("published", str(summary.database)),
    ]
    verb = "is partly up to date" if summary.status == "partial" else "is up to date"
    screen.print(f"{sanitise(summary.industry)} {verb}", style="bold")
    screen.print(_key_values(rows))
    for warning in summary.warnings[:WARNINGS]:
        screen.print(f"warning: {sanitise(warning)}", style="yellow")
    if len(summary.warnings) > WARNINGS:
        screen.print(f"and {len(summary.warnings) - WARNINGS} more warnings", style="yellow")


def language_lines(other_languages: int) -> list[str]:
    """What is said of reviews that are not mined; nothing where there are none.

    >>> language_lines(312)
    ['312 reviews in other languages are kept and not mined']
    """
    return [f"{other_languages:,} reviews in other languages are kept and not mined"] if other_languages else []


def visible_lines(visible: list[tuple[str, int, float]]) -> list[str]:
    """What size of complaint each company's reviews can show.

    >>> visible_lines([("Figo", 1802, 0.006)])
    ['with 1,802 reviews of Figo a belief above 0.6% is visible']
    """
    return [
        f"with {reviews:,} reviews of {sanitise(name)} a belief above {percent(least)} is visible"
        for name, reviews, least in visible
    ]


def _print_top(summary: "RunSummary", workspace: str | None) -> None:
    screen = console()
    with open_published(summary.database) as database:
        figures = next(one for one in database.industries() if one.industry == summary.industry)
        themes = database.beliefs(summary.industry, TOP)
        first = themes or database.beliefs(summary.industry, 1, common_only=False)
    screen.print()
    screen.print(headline(figures))
    if themes:
        screen.print(beliefs_table(screen, themes))
    else:
        why = f": {sanitise(first[0].because)}" if first and first[0].because else ""
        screen.print(f"No belief is common{why}" if first else "No beliefs were found.")
    name = summary.industry
    call = program(workspace)
    nexts = [f"beliefs {name}{'' if themes else ' --all'}"]
    nexts += [f"show {name} {first[0].theme_id}"] if first else []
    nexts += [f"sql \"from top_beliefs('{name}')\""]
    for lead, line in zip(("Next:  ", *["       "] * 2), nexts, strict=False):
        screen.print(f"{lead}{call} {line}", soft_wrap=True, highlight=False)


def _key_values(rows: list[tuple[str, str]]) -> Any:
    table = plain_table(("", ""), rows)
    table.show_header = False
    table.box = None
    return table


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _as_dict(summary: Any) -> dict[str, Any]:
    return dataclasses.asdict(summary)
