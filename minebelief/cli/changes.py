"""``minebelief changes``."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minebelief.cli.options import Session, example, format_options, industry_argument, workspace_option
from minebelief.cli.output import day, emit, percent, plain_table, sanitise
from minebelief.cli.standing import headline
from minebelief.history import Change, Gain, changes, new_evidence, since_when
from minebelief.published import IndustryFigures, open_published

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["command"]

ORDER = ("risen", "fallen", "born", "revived", "split", "merged", "gone")
SHOWN = 12
"""How many changes of one kind the table shows; JSON, CSV and Markdown hold them all."""


@click.command(
    "changes",
    epilog=example(
        "minebelief changes pet-insurance", "minebelief changes pet-insurance --since 2024-01-01 --format json"
    ),
)
@industry_argument
@click.option(
    "--since", metavar="RUN|DATE", help="After this run, or from this day on, UTC; by default the latest change."
)
@click.option("--maybe", is_flag=True, help="Also moves that may be chance among so many themes.")
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session, industry: str | None, since: str | None, maybe: bool, form: str | None, output: Path | None
) -> None:
    """Say what changed: born, risen, fallen, gone, merged.

    Also at which company, and what is new in the evidence. Risen and fallen compare the newest three whole months with
    up to twelve before them, over the same companies and sources; of all that is called so, one in twenty is expected
    to be chance. INDUSTRY may be left out where there is only one.
    """
    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        figures = next(one for one in database.industries() if one.industry == key)
        start = since_when(database, key, since) if since else None
        found = [one for one in changes(database, key, start) if maybe or one.significant]
        gains = new_evidence(database, key, start)
    emit(
        [asdict(one) for one in found],
        form,
        output,
        lambda _: _page(figures, found, gains),
        {
            "industry": key,
            "since": start.isoformat() if start else None,
            "changes": [asdict(one) for one in found],
            "evidence": [asdict(one) for one in gains],
        },
    )


def _page(figures: IndustryFigures, found: Sequence[Change], gains: Sequence[Gain]) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [headline(figures)]
    if found:
        runs = sorted({day(one.started_at) for one in found if one.started_at}, key=str)
        parts.append(Text(f"{len(found):,} changes{f' of {runs[0]}' if len(runs) == 1 else ''}"))
        rows: list[tuple[str, ...]] = []
        for change in ORDER:
            own = [one for one in found if one.change == change]
            rows += [_row(one) for one in own[:SHOWN]]
            if len(own) > SHOWN:
                rows.append((f"and {len(own) - SHOWN:,} more {change}", "", "", "", ""))
        parts.append(plain_table(("change", "id", "theme", "where", "prevalence"), rows))
    else:
        parts.append(Text("Nothing has changed."))
    if gains:
        parts.append(Text("New in the evidence:"))
        parts.append(
            plain_table(
                ("id", "theme", "sentences"),
                [(one.theme_id, one.statement or "", f"+{one.sentences:,}") for one in gains],
            )
        )
    return Group(*parts)


def _row(one: Change) -> tuple[str, ...]:
    where = "everywhere" if one.company == "*" else sanitise(one.company_name or one.company)
    moved = " → ".join(percent(share) for share in (one.before, one.after) if share is not None)
    note = f" ({one.note})" if one.note else ""
    return (
        one.change + ("" if one.significant else " (maybe)"),
        one.theme_id,
        f"{one.statement or ''}{note}",
        where,
        moved,
    )
