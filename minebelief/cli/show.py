"""``minebelief show``."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.options import (
    Session,
    company_option,
    example,
    format_options,
    limit_option,
    slice_options,
    workspace_option,
)
from minebelief.cli.output import bar, day, emit, quotation, sanitise, share
from minebelief.cli.standing import headline
from minebelief.history import LineageEvent, lineage_of
from minebelief.judgements import ENOUGH
from minebelief.published import CompanyFigure, IndustryFigures, Quote, Slice, Theme, open_published
from minebelief.published_insight import opposites

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["command"]

BAR = 24
STABLE = 0.6
"""The overlap from which a theme is stable, as the published comment of `stability` has it."""

AGAINST = 3
"""Sentences of praise that stand below the evidence."""


@click.command(
    "show",
    epilog=example("minebelief show pet-insurance b3 --limit 10", "minebelief show b3 --format json"),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID", shell_complete=complete_names)
@limit_option(5)
@company_option
@slice_options
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    names: tuple[str, ...],
    limit: int,
    company: str | None,
    within: Slice,
    form: str | None,
    output: Path | None,
) -> None:
    """Show one theme: evidence for and against it, company by company.

    ID is what 'minebelief beliefs' prints in its first column. INDUSTRY may be left out where there is only
    one. --company, --since, --until, --source and --language choose the quotes.

    JSON holds all there is; CSV and Markdown hold the quotes.
    """
    if not 1 <= len(names) <= 2:
        raise click.UsageError("give [INDUSTRY] ID, such as 'pet-insurance b3'", click.get_current_context())
    with open_published(session.workspace.published) as database:
        industry = database.default_industry(names[0] if len(names) == 2 else None)
        figures = next(one for one in database.industries() if one.industry == industry)
        theme = database.theme(industry, names[-1])
        companies = database.prevalence_of(industry, theme.theme_id)
        chosen = database.default_company(industry, company) if company else None
        within = database.check_slice(industry, within)
        quotes = database.evidence(industry, theme.theme_id, limit, company=chosen, within=within)
        lineage = lineage_of(database, industry, theme.theme_id)
        against: tuple[Quote, ...] = ()
        if theme.kind == "belief" and "opposites" in database.tables():  # older files lack it
            against = opposites(database, industry, theme.theme_id, limit, company=chosen)
    described = {key: value for key, value in asdict(theme).items() if key != "quote"}
    emit(
        [asdict(quote) for quote in quotes],
        form,
        output,
        lambda screen: _page(screen, figures, theme, companies, quotes, against, lineage),
        {
            "industry": industry,
            **described,
            "by_company": [asdict(one) for one in companies],
            "evidence": [asdict(quote) for quote in quotes],
            "counter_evidence": [asdict(quote) for quote in against],
            "lineage": [asdict(event) for event in lineage],
        },
    )


def _page(
    screen: "Console",
    figures: IndustryFigures,
    theme: Theme,
    companies: Sequence[CompanyFigure],
    quotes: Sequence[Quote],
    against: Sequence[Quote],
    lineage: Sequence[LineageEvent],
) -> "RenderableType":
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    corrected = f", corrected for {theme.corrected_for}" if theme.corrected_for else ""
    facts = [
        f"{share(theme.prevalence, theme.low, theme.high)} of the reviews{corrected}",
        f"{theme.sentences or 0:,} sentences in {theme.reviews or 0:,} reviews of {theme.companies or 0} companies",
        f"spread {theme.spread}/{theme.field}",
    ]
    seen = [part for part in (day(theme.first_seen), day(theme.last_seen)) if part]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("company")
    for name in ("reviews", "mentions"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("prevalence", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, style="cyan")
    top = max((one.high or 0 for one in companies), default=0)
    for one in companies:
        note = " (ours)" if one.ours else ""
        note += "" if one.in_field else " (not in the field)"
        table.add_row(
            Text(sanitise(one.name) + note, style="bold" if one.ours else ""),
            f"{one.reviews:,}",
            f"{one.mentions:,}",
            share(one.prevalence, one.low, one.high),
            bar(one.low, one.prevalence, one.high, top, BAR, screen.options.ascii_only),
        )
    verdict = "common" if theme.common else "not common"
    because = f": {sanitise(theme.because)}" if theme.because else ""
    return Group(
        headline(figures),
        Text(),
        Text.assemble(
            (f"{theme.theme_id}  ", "bold"), (sanitise(theme.name or theme.statement or "no statement"), "bold")
        ),
        *([Text(f"“{sanitise(theme.statement)}”")] if theme.name and theme.statement else []),
        Text(f"{theme.kind} · {sanitise(theme.area)} · {sanitise(', '.join(theme.keywords))}", style="dim"),
        Text(" · ".join(facts)),
        Text(f"{verdict}{because}", style="" if theme.common else "yellow"),
        *(Text(line) for line in [*_stable(theme), *_judged(theme)]),
        *([Text(f"said from {seen[0]} to {seen[-1]}{f', {theme.trend}' if theme.trend else ''}")] if seen else []),
        *(Text(sanitise(line), style="dim") for line in _told(lineage)),
        table,
        *(Text(quotation(quote.text, quote.company, quote.published_at), style="italic") for quote in quotes),
        *([Text("\nOn the same matter, praise:")] if against else []),
        *(
            Text(quotation(quote.text, quote.company, quote.published_at), style="italic green")
            for quote in against[:AGAINST]
        ),
    )


def _stable(theme: Theme) -> list[str]:
    """Whether the theme comes back when other customers had written."""
    if theme.stability is None or "resamples" in theme.because:
        return []
    stable = "stable" if theme.stability >= STABLE else f"not stable, for which {STABLE} is needed"
    return [f"in resamples of the reviews it comes back with an overlap of {theme.stability:.2f}: {stable}"]


def _judged(theme: Theme) -> list[str]:
    """What people found who judged a sample."""
    if theme.precision is None:
        return []
    precision = share(theme.precision, theme.precision_low, theme.precision_high)
    line = f"precision {precision}: the share of {theme.judged} judged by hand that say it"
    if theme.recall is not None:
        line += f"; about {theme.recall:.0%} of the reviews that say it are counted"
    few = "" if theme.corrected_for else f" · too few are judged yet to correct the prevalence, {ENOUGH} are needed"
    return [line + few]


def _told(lineage: Sequence[LineageEvent]) -> list[str]:
    """What became of the theme, a line for each event but that it was found again."""
    lines = []
    for event in lineage:
        if event.event == "continued":
            continue
        other = {"split": f"split, {event.other_id} came off", "merged": f"merged into {event.other_id}"}
        when = day(event.decided_at or event.started_at)
        said = other.get(event.event, event.event)
        named = f" '{event.note}'" if event.note and event.event == "renamed" else ""
        by = f" by {event.who}" if event.who else ""
        lines.append(" ".join(part for part in (f"{event.theme_id} {said}{named}{by}", when and f"on {when}") if part))
    return lines
