"""``minebelief compare``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minebelief.cli.completion import complete_compared
from minebelief.cli.options import Session, example, format_options, limit_option, workspace_option
from minebelief.cli.output import emit, percent, sanitise
from minebelief.cli.standing import headline
from minebelief.published import IndustryFigures, open_published
from minebelief.published_insight import Comparison, Difference, compare

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["command"]


@click.command(
    "compare",
    epilog=example(
        "minebelief compare pet-insurance figo embrace trupanion --limit 5",
        "minebelief compare figo embrace --kind value --all --format csv",
    ),
)
@click.argument(
    "names", nargs=-1, required=True, metavar="[INDUSTRY] COMPANY COMPANY...", shell_complete=complete_compared
)
@limit_option(20)
@click.option("--all", "every", is_flag=True, help="Also where no difference shows.")
@click.option("--kind", type=click.Choice(["belief", "value"]), help="Complaints or praise only; by default both.")
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    names: tuple[str, ...],
    limit: int,
    every: bool,
    kind: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show where companies differ beyond chance, and where not.

    Companies are compared two by two, over the sources that they share. Many comparisons are made at once, so
    differences are called only so far that at most one in twenty of them is expected to be chance. INDUSTRY may be
    left out where there is only one.
    """
    with open_published(session.workspace.published) as database:
        named = names[0].casefold() in {one.industry.casefold() for one in database.industries()}
        key = database.default_industry(names[0] if named else None)
        figures = next(one for one in database.industries() if one.industry == key)
        chosen = [database.default_company(key, company) for company in (names[1:] if named else names)]
        compared = compare(database, key, chosen)
        called = {company: database.company_name(key, company) for company in chosen}
    of_kind = [one for one in compared.differences if kind in (None, one.kind)]
    shown = [one for one in of_kind if every or one.apart][:limit]
    emit(
        [asdict(one) for one in shown],
        form,
        output,
        lambda screen: _page(figures, compared, of_kind, shown, called),
    )


def _page(
    figures: IndustryFigures,
    compared: Comparison,
    of_kind: Sequence[Difference],
    shown: Sequence[Difference],
    names: Mapping[str, str],
) -> "RenderableType":
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = [headline(figures)]
    called = [sanitise(names[key]) for key in compared.companies]
    parts.append(Text(f"{', '.join(called)}, over {', '.join(map(sanitise, compared.sources))}"))
    if shown:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        table.add_column("id", no_wrap=True, style="bold")
        table.add_column("theme", ratio=1, overflow="fold")
        table.add_column("at", overflow="fold")
        table.add_column("difference in points", no_wrap=True, justify="right")
        for one in shown:
            table.add_row(
                one.theme_id,
                Text(sanitise(one.statement or ""), style="" if one.apart else "dim"),
                Text(f"{_at(one, names)}{' (few reviews)' if one.small else ''}"),
                Text(
                    f"{100 * one.difference:+.1f} [{100 * one.low:+.1f} to {100 * one.high:+.1f}]",
                    style=("red" if (one.difference > 0) == (one.kind == "belief") else "green")
                    if one.apart
                    else "dim",
                ),
            )
        parts.append(table)
    apart = sum(one.apart for one in of_kind)
    same = len(of_kind) - apart
    said = f"{apart} differences are beyond chance, {same} comparisons show none"
    few = " Of companies with few reviews only large differences can be seen." if any(o.small for o in of_kind) else ""
    parts.append(Text(f"{said} (false discovery rate 5%).{few}", style="dim"))
    return Group(*parts)


def _at(one: Difference, names: Mapping[str, str]) -> str:
    return f"{sanitise(names[one.a])} {percent(one.prevalence_a)}, {sanitise(names[one.b])} {percent(one.prevalence_b)}"
