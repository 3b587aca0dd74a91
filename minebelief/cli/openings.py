"""``minebelief openings``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minebelief.cli.options import (
    Session,
    company_option_for,
    example,
    format_options,
    industry_argument,
    limit_option,
    workspace_option,
)
from minebelief.cli.output import emit, percent, program, quotation, sanitise, share
from minebelief.cli.standing import headline
from minebelief.published import IndustryFigures, Quote, open_published
from minebelief.published_insight import OpeningFigures, Satisfaction, openings, opposites, satisfaction

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["command"]

GATES = {
    "common": "common",
    "unmet": "unmet",
    "not_copied": "not copied",
    "beyond_expected": "beyond expected",
    "specific": "specific",
    "fits_values": "fits values",
}
MARKS = {"pass": ("✓", "green"), "fail": ("✗", "red"), "unknown": ("?", "yellow")}
ASCII_MARKS = {"pass": "+", "fail": "x", "unknown": "?"}
INDENT = 3
SHOWN = 3
"""Companies and quotes that are told of who breaks a belief."""


@click.command(
    "openings",
    epilog=example(
        "minebelief openings pet-insurance --company figo",
        "minebelief openings pet-insurance --newcomer --all --format json",
    ),
)
@industry_argument
@company_option_for("For this company, by its key or name; by default the one that is ours.")
@click.option("--newcomer", is_flag=True, help="For a company that is not there yet.")
@limit_option(5)
@click.option("--all", "every", is_flag=True, help="Also beliefs that are not common.")
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    industry: str | None,
    company: str | None,
    newcomer: bool,
    limit: int,
    every: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Show where a company, or a newcomer, can be different.

    Common beliefs go by how common and painful they are and how little satisfied customers are; each is held
    against six gates, with what decided them, and with who already breaks it. Stars that go with a complaint
    are association, not cause. INDUSTRY may be left out where there is only one.
    """
    if company and newcomer:
        raise click.UsageError("give --company or --newcomer, not both", click.get_current_context())
    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        figures = next(one for one in database.industries() if one.industry == key)
        chosen = database.default_company(key, company) if company else None
        if chosen is None and not newcomer:
            chosen = database.our_company(key)
        name = database.company_name(key, chosen) if chosen else None
        everything = openings(database, key, chosen, None, common_only=False)
        found = [one for one in everything if every or one.common == "pass"][:limit]
        standing = {one.belief_id: satisfaction(database, key, one.belief_id) for one in found}
        quotes = {one.belief_id: opposites(database, key, one.belief_id, 2) for one in found}
    records = [
        {
            **asdict(one),
            "companies": [asdict(part) for part in standing[one.belief_id]],
            "broken": [asdict(quote) for quote in quotes[one.belief_id]],
        }
        for one in found
    ]
    emit(
        [{k: v for k, v in record.items() if k not in ("companies", "broken")} for record in records],
        form,
        output,
        lambda screen: _page(screen, figures, name, everything, found, standing, quotes, session.chosen),
        {"industry": key, "company": chosen, "stands_out": _standing_out(everything), "openings": records},
    )


def _standing_out(found: Sequence[OpeningFigures]) -> list[dict[str, object]]:
    return [
        {
            "belief_id": one.belief_id,
            "statement": one.statement,
            "satisfaction": one.satisfaction,
            "lead": one.lead,
            "lead_low": one.lead_low,
            "lead_high": one.lead_high,
            "headroom": one.headroom,
        }
        for one in sorted(found, key=lambda one: -(one.lead_low or 0))
        if one.stands_out
    ]


def _page(
    screen: "Console",
    figures: IndustryFigures,
    name: str | None,
    everything: Sequence[OpeningFigures],
    found: Sequence[OpeningFigures],
    standing: Mapping[str, Sequence[Satisfaction]],
    quotes: Mapping[str, Sequence[Quote]],
    workspace: str | None,
) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [headline(figures)]
    whom = f"For {sanitise(name)}" if name else "For a newcomer"
    if not found:
        parts.append(Text(f"{whom}: no belief is common, so there is no opening. --all shows the others."))
        return Group(*parts)
    parts.append(Text(f"{whom}, by what there is to win:", style="bold"))
    for one in found:
        parts += [Text(), *_opening(screen, one, standing[one.belief_id], quotes[one.belief_id])]
    if name:
        parts += [Text(), *_our_stand(name, everything)]
    told = f"Why each gate is as it is: {program(workspace)} openings {figures.industry} --format json"
    parts += [Text(), Text(told, style="dim")]
    return Group(*parts)


def _opening(
    screen: "Console", one: OpeningFigures, companies: Sequence[Satisfaction], quotes: Sequence[Quote]
) -> "list[RenderableType]":
    from rich.padding import Padding
    from rich.text import Text

    style = "bold green" if one.verdict == "open" else "bold"
    lines = [
        Text(
            f"opportunity {one.opportunity:.1f} of 20 [{one.low:.1f}–{one.high:.1f}] · "
            f"{share(one.prevalence, one.prevalence_low, one.prevalence_high)} of reviews"
            + (f" · goes with {5 * one.penalty:.1f} stars less" if one.penalty is not None else "")
            + (f" · {one.kano}" if one.kano and one.kano != "unclear" else "")
        ),
    ]
    gates = []
    for column, label in GATES.items():
        mark, colour = MARKS[getattr(one, column)]
        mark = ASCII_MARKS[getattr(one, column)] if screen.options.ascii_only else mark
        gates.append(Text.assemble((mark, colour), f" {label}"))
    lines += _in_rows(gates, screen.width - INDENT)
    lines += [Text(reason, style="yellow") for reason in _reasons(one)]
    spoken = [part for part in companies if part.satisfaction is not None and part.positive + part.negative >= 10]
    if spoken:
        told = ", ".join(
            f"{sanitise(part.name)} {part.satisfaction or 0:.0%} of {part.positive + part.negative}"
            for part in spoken[:SHOWN]
        )
        lines.append(Text(f"satisfied with it: {told}"))
    lines += [
        Text(quotation(quote.text, quote.company, quote.published_at), style="dim italic") for quote in quotes[:SHOWN]
    ]
    title = Text.assemble(
        (f"{one.rank}  {one.belief_id}  {sanitise(one.statement or '')}  ", "bold"), (one.verdict, style)
    )
    return [title, *(Padding(line, (0, 0, 0, INDENT), expand=False) for line in lines)]


def _in_rows(parts: "Sequence[Text]", width: int) -> "list[Text]":
    """Parts beside each other, none of them broken, in as many rows as it takes."""
    from rich.text import Text

    rows: list[Text] = []
    for part in parts:
        if rows and rows[-1].cell_len + 3 + part.cell_len <= width:
            rows[-1] = Text("   ").join([rows[-1], part])
        else:
            rows.append(part)
    return rows


def _reasons(one: OpeningFigures) -> list[str]:
    """What decided the gates that were not passed."""
    reasons = []
    for label, reason in zip(GATES.values(), _parts(one.because), strict=False):
        if not reason.startswith("pass, "):
            reasons.append(sanitise(f"{label}: {reason.split(', ', 1)[-1]}"))
    return reasons


def _parts(because: str) -> list[str]:
    """The reasons of a verdict by gate, without the gates' names."""
    parts = []
    for label in reversed(list(GATES.values())):
        before, _, after = because.rpartition(f"{label}: ")
        parts.append(after)
        because = before.removesuffix("; ")
    return parts[::-1]


def _our_stand(name: str, everything: Sequence[OpeningFigures]) -> "list[RenderableType]":
    from rich.padding import Padding
    from rich.text import Text

    ahead = sorted((one for one in everything if one.stands_out), key=lambda one: -(one.lead_low or 0))
    if ahead:
        title = f"Where {sanitise(name)} already stands out:"
        lines = []
        for one in ahead[:SHOWN]:
            lines.append(
                Text(
                    f"{one.belief_id}  {sanitise(one.statement or '')}: {percent(one.satisfaction)} satisfied, "
                    f"{100 * (one.lead or 0):+.0f} points on {sanitise(one.best_rival or '')} "
                    f"[{100 * (one.lead_low or 0):+.0f} to {100 * (one.lead_high or 0):+.0f}]; "
                    f"headroom to the best possible {percent(one.headroom)}: the gap widens as these complaints go"
                )
            )
    else:
        title = f"{sanitise(name)} stands out nowhere beyond chance."
        lines = [Text(sanitise(_to_choose(everything)))]
    return [Text(title, style="bold"), *(Padding(line, (0, 0, 0, INDENT), expand=False) for line in lines)]


def _to_choose(everything: Sequence[OpeningFigures]) -> str:
    """The one area that a company should choose which stands out nowhere, in words."""
    if not everything:
        return ""
    open_ones = [one for one in everything if one.verdict == "open"]
    fitting = [one for one in open_ones if one.fits_values != "fail"]
    first = next(iter(fitting or open_ones or everything))
    called, won = f"{first.belief_id} “{first.statement or ''}”", f"{first.opportunity:.1f} of 20"
    if fitting:
        among = "those that are" if len(fitting) == len(open_ones) else "those that are and fit your values"
        return f"The one area to choose: {called}, open, and first by opportunity ({won}) of {among}"
    if open_ones:
        return f"What is open fits none of your values. Of that, most is to be won at {called} ({won})"
    return f"Nothing is open. Most is to be won at {called} ({first.verdict}): what stands in the way is said above"
