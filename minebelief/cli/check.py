"""``minebelief check``."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.completion import complete_industry
from minebelief.cli.options import Session, company_option_for, example, format_options, workspace_option
from minebelief.cli.output import beside, emit, percent, plain_table, sanitise
from minebelief.errors import InputError, UsageError
from minebelief.published import open_published

if TYPE_CHECKING:
    from rich.console import RenderableType

    from minebelief.insight.check import Graded

__all__ = ["command"]

GATES = (("specific", "specific"), ("beyond_expected", "more than expected"), ("not_copied", "not copied"))
COLOURS = {"pass": "green", "fail": "red", "unknown": "yellow"}
LABEL = 29
"""Characters that a question and its answer take before the reason."""

COLUMN = ("sentence", "initiative", "text", "name", "title")


@click.command(
    "check",
    epilog=example(
        'minebelief check pet-insurance --company figo "Every claim is paid within 3 days or we owe you 50 dollars"',
        'minebelief check pet-insurance "Great customer service" --format json',
    ),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] [SENTENCE]", shell_complete=complete_industry)
@company_option_for("Who speaks: its own claims and praise are no copy. Ours by default.")
@click.option(
    "--file",
    "initiatives",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of projects or daily tasks, one a line, in the column 'initiative' or the first one.",
)
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    names: tuple[str, ...],
    company: str | None,
    initiatives: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Grade a differentiator that someone proposes.

    Is it specific, is it more than customers expect, does nobody claim it or get praised for it, and which beliefs does
    it work on? With --file, each line of a list: which beliefs it works on, or customer-neutral. INDUSTRY may be left
    out where there is only one.
    """
    wanted = 1 if initiatives else 2
    if not wanted - 1 <= len(names) <= wanted:
        raise click.UsageError(
            "give [INDUSTRY] and one sentence in quotes, or --file with a list", click.get_current_context()
        )
    sentences = _read(initiatives) if initiatives else [names[-1].strip()]
    if not all(sentences):
        raise UsageError(
            'the sentence is empty. Say what you would promise: minebelief check "We answer in 30 seconds"'
        )
    from minebelief.insight.evidence import published_evidence

    with open_published(session.workspace.published) as database:
        key = database.default_industry(names[0] if len(names) == wanted else None)
        chosen = database.default_company(key, company) if company else None
        evidence = published_evidence(database, key)
        encoder = database.encoder_of(key)
    from minebelief.insight.check import Checker
    from minebelief.mining.encoder import Encoder

    checker = Checker(evidence, Encoder(encoder))
    graded = [checker.check(sentence, chosen or evidence.ours) for sentence in sentences]
    records = [_record(one) for one in graded]
    emit(
        records,
        form,
        output,
        lambda _: _list(graded) if initiatives else _page(graded[0]),
        None if initiatives else {"industry": key, "company": chosen or evidence.ours, **asdict(graded[0])},
    )


def _read(path: Path) -> list[str]:
    """The initiatives of a CSV file: its named column, or the first one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if any(cell.strip() for cell in line)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a CSV file: {error}. Save it as CSV in UTF-8") from None
    head = [cell.strip().casefold() for cell in lines[0]] if lines else []
    place = next((head.index(name) for name in COLUMN if name in head), None)
    found = [line[place or 0].strip() for line in (lines if place is None else lines[1:]) if len(line) > (place or 0)]
    if not any(found):
        raise InputError(f"{path} holds no initiatives: give one a line, under the heading 'initiative'")
    return [text for text in found if text]


def _record(one: "Graded") -> dict[str, Any]:
    gates = {name: getattr(one, name) for name, _ in GATES}
    return {
        "sentence": one.sentence,
        "verdict": one.verdict,
        "because": one.because,
        **{name: gate.result for name, gate in gates.items()},
        **{f"{name}_because": gate.because for name, gate in gates.items()},
        "answers": [answer.id for answer in one.answers],
    }


def _page(one: "Graded") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = [Text(f"“{sanitise(one.sentence)}”", style="bold"), Text()]
    for name, told in GATES:
        gate = getattr(one, name)
        label = Text(f"{told:<20}").append(gate.result, style=f"bold {COLOURS[gate.result]}")
        shown.append(beside(label, Text(sanitise(gate.because)), LABEL))
    for i, answer in enumerate(one.answers):
        label = Text(f"{'works on' if i == 0 else '':<20}").append(answer.id, style="bold")
        met = f" · {percent(answer.prevalence)} of the reviews, at {answer.companies} companies"
        shown.append(beside(label, Text(sanitise(answer.statement) + met), LABEL))
    if not one.answers:
        shown.append(Text(f"{'works on':<20}nothing that customers complain about"))
    shown.append(Text.assemble("\n", (one.verdict, "bold"), f": {sanitise(one.because)}"))
    return Group(*shown)


def _list(graded: Sequence["Graded"]) -> "RenderableType":
    rows = [
        (
            one.sentence,
            ", ".join(f"{a.id} {a.statement}" for a in one.answers) or "customer-neutral",
            one.verdict,
        )
        for one in graded
    ]
    return plain_table(["initiative", "works on", "verdict"], rows)
