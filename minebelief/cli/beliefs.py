"""``minebelief beliefs``."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.options import (
    Session,
    company_option,
    example,
    format_options,
    industry_argument,
    limit_option,
    min_spread_option,
    slice_options,
    workspace_option,
)
from minebelief.cli.output import bar, emit, program, quotation, sanitise, share
from minebelief.cli.standing import headline
from minebelief.published import IndustryFigures, Slice, Theme, open_published

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

__all__ = ["beliefs_table", "command"]

BAR = 17
ROOMY = 76
"""Characters of a screen below which statements need the room of the areas."""

KINDS = {"belief": "beliefs", "value": "values"}
TRENDS = {"rising": "↑", "fading": "↓"}


@click.command(
    "beliefs",
    epilog=example(
        "minebelief beliefs pet-insurance --limit 5",
        "minebelief beliefs --since 2024-01 --until 2024-03 --source files",
        "minebelief beliefs --company figo --all --format csv -o figo.csv",
    ),
)
@industry_argument
@limit_option(10)
@click.option("--all", "every", is_flag=True, help="Also those that are not common, and why they are not.")
@company_option
@min_spread_option
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="belief",
    show_default=True,
    help="Complaints (belief) or praise (value).",
)
@slice_options
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    industry: str | None,
    limit: int,
    every: bool,
    company: str | None,
    min_spread: int,
    kind: str,
    within: Slice,
    form: str | None,
    output: Path | None,
) -> None:
    """Summarize the clusters of an industry.

    Each is told by a sentence that a customer wrote, with the share of reviews that say it and its 95%
    interval, the number of companies at which it recurs (spread), and a quote. INDUSTRY may be left out where
    there is only one.
    """
    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        figures = next(one for one in database.industries() if one.industry == key)
        chosen = database.default_company(key, company) if company else None
        themes = database.beliefs(
            key, limit, kind=kind, common_only=not every, min_spread=min_spread, company=chosen, within=within
        )
        best = () if themes else database.beliefs(key, 1, kind=kind, common_only=False, company=chosen)
    emit(
        [_record(theme) for theme in themes],
        form,
        output,
        lambda screen: _page(screen, figures, themes, best, kind, company, within, session.chosen),
    )


def beliefs_table(screen: "Console", themes: Sequence[Theme]) -> "Table":
    """Themes with prevalence, interval, spread, area, and a quote below the statement."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, leading=1, header_style="bold")
    table.add_column("id", no_wrap=True, style="bold")
    table.add_column("belief" if not themes or themes[0].kind == "belief" else "value", ratio=1, overflow="fold")
    table.add_column("prevalence", no_wrap=True)
    table.add_column("spread", no_wrap=True, justify="right")
    if roomy := screen.width >= ROOMY:
        table.add_column("area", max_width=14, overflow="fold")
    top = max((theme.high or 0 for theme in themes), default=0)
    for theme in themes:
        said = Text(sanitise(theme.name or theme.statement or ", ".join(theme.keywords)))
        if theme.trend in TRENDS:
            said.append(f" {TRENDS[theme.trend]} {theme.trend}", style="bold")
        if theme.quote:
            quote = theme.quote
            said.append("\n" + quotation(quote.text, quote.company, quote.published_at), style="dim italic")
        if not theme.common and theme.because:
            said.append(f"\nnot common: {sanitise(theme.because)}", style="yellow")
        line = bar(theme.low, theme.prevalence, theme.high, top, BAR, screen.options.ascii_only)
        table.add_row(
            theme.theme_id,
            said,
            Text.assemble(share(theme.prevalence, theme.low, theme.high), "\n", (line, "cyan")),
            f"{theme.spread}/{theme.field}",
            *([sanitise(theme.area)] if roomy else []),
        )
    return table


def _page(
    screen: "Console",
    figures: IndustryFigures,
    themes: Sequence[Theme],
    best: Sequence[Theme],
    kind: str,
    company: str | None,
    within: Slice,
    workspace: str | None,
) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [headline(figures)]
    if company and themes:
        parts.append(Text(f"Prevalence and quotes at {sanitise(company)} alone; spread over the industry."))
    if within:
        parts.append(Text(f"Counted {sanitise(str(within))}, by review; common is judged over all reviews."))
    if themes:
        parts.append(beliefs_table(screen, themes))
    parts.append(Text(_footer(figures, themes, best, kind, workspace), style="dim"))
    return Group(*parts)


def _footer(
    figures: IndustryFigures, themes: Sequence[Theme], best: Sequence[Theme], kind: str, workspace: str | None
) -> str:
    name = KINDS[kind]
    if themes:
        common = f"{figures.common_beliefs} of {figures.beliefs} beliefs are common. " if kind == "belief" else ""
        return f"{common}Evidence: {program(workspace)} show {figures.industry} {themes[0].theme_id}"
    if not best:
        return f"No {name} were found."
    first = best[0]
    why = f" ({first.theme_id}, the most frequent: {sanitise(first.because)})" if first.because else ""
    return f"No {name} are common enough to be shown{why}. --all shows those that are not."


def _record(theme: Theme) -> dict[str, Any]:
    record = asdict(theme)
    quote = record.pop("quote") or {}
    record.pop("statement_sentence_id")
    return {
        **record,
        "quote": quote.get("text"),
        "quote_company": quote.get("company"),
        "quote_published_at": quote.get("published_at"),
    }
