"""``minebelief claims``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.hunches import heard_by, verdict_lines
from minebelief.cli.options import (
    Session,
    company_option_for,
    example,
    format_options,
    industry_argument,
    workspace_option,
)
from minebelief.cli.output import emit, sanitise, share
from minebelief.cli.standing import headline
from minebelief.published import IndustryFigures, open_published

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["command"]


@click.command(
    "claims",
    epilog=example("minebelief claims pet-insurance", "minebelief claims --company figo --format csv"),
)
@industry_argument
@company_option_for("One company's claims, by its key or name.")
@format_options
@workspace_option
@click.pass_obj
def command(session: Session, industry: str | None, company: str | None, form: str | None, output: Path | None) -> None:
    """Hold what companies promise against what their customers say.

    Claims come from the industry file and from crawls of the companies' own pages. What every company says of itself
    sets nobody apart, and is marked so.
    """
    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        figures = next(one for one in database.industries() if one.industry == key)
        chosen = database.default_company(key, company) if company else None
        rows = [row for row in database.ask("claims", industry=key) if chosen in (None, row["company"])]
        said = heard_by(database.ask("heard", industry=key, kind="claim", limit=1))
    for row in rows:
        for stance, name in (("says", "confirming_quote"), ("opposes", "contradicting_quote")):
            quote = said.get((row["claim"], row["company"], stance))
            row[name] = quote["text"] if quote else None
    emit(rows, form, output, lambda _: _page(figures, rows, said))


def _page(
    figures: IndustryFigures,
    rows: Sequence[Mapping[str, Any]],
    said: Mapping[tuple[str, str, str], Mapping[str, Any]],
) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = [headline(figures)]
    company = None
    for row in rows:
        if row["company"] != company:
            company = row["company"]
            shown.append(Text(f"\n{sanitise(row['name'])}{' (ours)' if row['ours'] else ''}", style="bold underline"))
        told = row["because"]
        if row["satisfaction"] is not None:
            told = f"kept for {share(row['satisfaction'], row['low'], row['high'])} · {told}"
        quotes = [said.get((row["claim"], row["company"], stance)) for stance in ("says", "opposes")]
        shown.append(verdict_lines(row["claim"], row["verdict"], told, quotes))
    if not rows:
        none = "No claims are known: list them in the industry file, or crawl companies' pages with the spider 'pages'"
        shown.append(Text(none, style="dim"))
    return Group(*shown)
