"""``minebelief hunches``."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.options import Session, example, format_options, industry_argument, workspace_option
from minebelief.cli.output import beside, emit, quotation, sanitise, share
from minebelief.cli.standing import headline
from minebelief.published import IndustryFigures, open_published

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["command", "heard_by", "verdict_lines"]

COLOURS = {
    "confirmed": "green",
    "heard": "green",
    "strong": "green",
    "contradicted": "red",
    "missed": "red",
    "disputed": "yellow",
    "rare": "yellow",
}
Rows = Sequence[Mapping[str, Any]]
Said = Mapping[tuple[str, str, str], Mapping[str, Any]]


@click.command(
    "hunches",
    epilog=example("minebelief hunches pet-insurance", "minebelief hunches --format json -o hunches.json"),
)
@industry_argument
@format_options
@workspace_option
@click.pass_obj
def command(session: Session, industry: str | None, form: str | None, output: Path | None) -> None:
    """Hold guesses, values and purpose against what customers say.

    A guess is confirmed, contradicted, rare or unheard; a value is heard, missed, rare or unheard. Blind spots are
    the common beliefs that no guess names. CSV and Markdown hold the guesses, JSON holds all.
    """
    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        figures = next(one for one in database.industries() if one.industry == key)
        parts = {
            name: database.ask(name, industry=key) for name in ("hunches", "blind_spots", "own_values", "purposes")
        }
        said = {kind: heard_by(database.ask("heard", industry=key, kind=kind, limit=1)) for kind in _KINDS}
        names = {row["theme_id"]: row["statement"] for row in database.ask("statements", industry=key)}
    for part, kind, subject in (("hunches", "hunch", "hunch"), ("own_values", "value", "own_value")):
        for row in parts[part]:
            for stance in ("says", "opposes"):
                quote = said[kind].get((row[subject], "*", stance))
                row[f"{stance}_quote"] = quote["text"] if quote else None
    emit(
        parts["hunches"],
        form,
        output,
        lambda _: _page(figures, parts, said, names),
        {"industry": key, **parts},
    )


LABEL = 15
"""Characters that verdicts and ids take before what they are about."""

_KINDS = ("hunch", "value", "purpose")
_PARTS = ("hunches", "blind_spots", "own_values", "purposes")


def heard_by(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], Mapping[str, Any]]:
    """The best sentence by subject, company and stance."""
    found: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for row in rows:
        found.setdefault((row["subject"], row["of_company"], row["stance"]), row)
    return found


def verdict_lines(
    subject: str, verdict: str, because: str, quotes: Sequence[Mapping[str, Any] | None]
) -> "RenderableType":
    """A subject with its verdict, what decided it, and what customers say."""
    from rich.text import Text

    text = Text(sanitise(subject), style="bold")
    text.append(f"\n{sanitise(because)}", style="not bold")
    for quote in quotes:
        if quote:
            said = quotation(quote["text"], quote["company"], quote["published_at"])
            text.append(f"\n{said}", style="not bold dim italic")
    return beside(Text(verdict, style=f"bold {COLOURS.get(verdict, 'dim')}"), text, LABEL)


def _page(
    figures: IndustryFigures, parts: Mapping[str, Rows], said: Mapping[str, Said], names: Mapping[str, str]
) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = [headline(figures)]
    sections = (("Guesses", "hunches", "hunch", "hunch"), ("Values", "own_values", "value", "own_value"))
    for title, part, kind, subject in sections:
        shown.append(Text(f"\n{title}", style="bold underline"))
        for row in parts[part]:
            quotes = [said[kind].get((row[subject], "*", stance)) for stance in _stances(row["verdict"])]
            about = f" (see {row['theme_id']})" if row["theme_id"] else ""
            told = f"{share(row['prevalence'], row['low'], row['high'])} · {row['because']}{about}"
            shown.append(verdict_lines(row[subject], row["verdict"], told, quotes))
        if not parts[part]:
            key = "beliefs" if kind == "hunch" else "values"
            shown.append(Text(f'none are given: list them in the industry file as {key} = ["…"]', style="dim"))
        if part == "hunches":
            shown += _blind_spots(parts["blind_spots"])
    shown += _purposes(parts["purposes"], said["purpose"], names)
    return Group(*shown)


def _stances(verdict: str) -> tuple[str, ...]:
    return ("opposes",) if verdict in ("contradicted", "missed") else ("says",) if verdict != "unheard" else ()


def _blind_spots(rows: Rows) -> list["RenderableType"]:
    from rich.text import Text

    shown: list[RenderableType] = [Text("\nBlind spots: common beliefs that no guess names", style="bold underline")]
    for row in rows:
        line = Text(f"{sanitise(row['statement'] or '')}  ", style="bold")
        line.append(share(row["prevalence"], row["low"], row["high"]), style="not bold")
        shown.append(beside(Text(row["theme_id"], style="bold"), line, LABEL))
    return shown if rows else [*shown, Text("none: every common belief was guessed, or none is common", style="dim")]


def _purposes(rows: Rows, said: Said, names: Mapping[str, str]) -> list["RenderableType"]:
    from rich.text import Text

    shown: list[RenderableType] = [Text("\nPurpose", style="bold underline")]
    for row in rows:
        if row["rank"] == 1:
            shown.append(Text("Candidates: praise that names what it does to a life, not a feature", style="dim"))
        broken = [f"{theme} “{names.get(theme, '')}”" for theme in row["broken_by"][:3]]
        told = row["because"] + (f"; broken by {', '.join(broken)}" if broken else "")
        shown.append(verdict_lines(row["purpose"], row["verdict"], told, [said.get((row["purpose"], "*", "says"))]))
    if not rows:
        shown.append(
            Text('none is given (purpose = "…" in the industry file), and no praise names an outcome', style="dim")
        )
    return shown
