"""Samples of what is counted under a theme and of what is near its border, to be judged here or elsewhere."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minebelief.errors import InputError, WorkspaceError
from minebelief.judgements import VERDICTS, Judgement, text_hash
from minebelief.published import PublishedDatabase
from minebelief.safe_text import sanitise

__all__ = ["SAMPLE", "Item", "read_sheet", "sample", "verdicts_of", "write_sheet"]

SAMPLE = 30
"""Sentences of each stratum in a sample."""

COLUMNS = (
    "verdict", "sentence", "statement", "before", "after", "company", "stars", "date", "industry", "theme_id",
    "sentence_id", "text_hash",
)  # fmt: skip
NEEDED = ("verdict", "sentence", "industry", "theme_id", "sentence_id", "text_hash")
SHORT = {"y": "yes", "n": "no", "u": "unsure"}
NEIGHBOURS = 3
TOLD = 5
"""Mistakes of a sheet that are told at once."""

_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Item:
    """A sentence to judge.

    ``stratum`` is where it was drawn from (see `minebelief.judgements.Judgement`), ``before`` and ``after`` are the
    other sentences of its review, ``stars`` goes from 0 to 1.
    """

    stratum: str
    sentence_id: str
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    company: str
    stars: float | None
    published_at: datetime | None


def sample(
    database: PublishedDatabase, industry: str, theme_id: str, size: int = SAMPLE, seed: int = 1
) -> tuple[Item, ...]:
    """A random sample of the theme's sentences and of those near its border, mixed.

    Args:
        database: the published database.
        industry: key of the industry.
        theme_id: id of the theme.
        size: sentences of each of the two, each of another review; a larger sample holds the smaller one.
        seed: another seed gives another sample.
    """
    rows = database.ask("audit_sample", industry=industry, theme_id=theme_id, size=size, seed=str(seed))
    return tuple(Item(**{**row, "before": tuple(row["before"]), "after": tuple(row["after"])}) for row in rows)


def write_sheet(
    path: Path, industry: str, theme_id: str, statement: str, items: Sequence[Item], verdicts: dict[str, str]
) -> None:
    """Write a sample as CSV, to be judged elsewhere: a verdict goes into the first column.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        row = (
            verdicts.get(item.sentence_id, ""), item.text, statement, " ".join(item.before[-NEIGHBOURS:]),
            " ".join(item.after[:NEIGHBOURS]), item.company, "" if item.stars is None else f"{1 + 4 * item.stars:g}",
            f"{item.published_at:%Y-%m-%d}" if item.published_at else "", industry, theme_id, item.sentence_id,
            text_hash(item.text),
        )  # fmt: skip
        writer.writerow([_guarded(sanitise(cell)) for cell in row])
    try:
        path.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror or error}") from None


def read_sheet(
    path: Path, database: PublishedDatabase, industry: str, theme_id: str
) -> list[tuple[str, str, str, str, str]]:
    """The judgements of a filled sheet, as `minebelief.judgements.judge` takes them, without rows that have no verdict.

    Raises:
        InputError: the sheet cannot be read, or lines of it have mistakes (several are named); nothing is taken then.
    """
    population = {
        row["sentence_id"]: (row["stratum"], row["text"])
        for row in database.ask("audit_population", industry=industry, theme_id=theme_id)
    }
    judged, mistakes = [], []
    for line, row in _rows(path):
        verdict = row["verdict"].strip().casefold()
        verdict = SHORT.get(verdict, verdict)
        if not verdict:
            continue
        sentence = row["sentence_id"].strip()
        stratum, text = population.get(sentence, ("", ""))
        if verdict not in VERDICTS:
            mistakes.append(
                f"line {line}: '{sanitise(verdict)}' is no verdict; write {', '.join(VERDICTS)}, or nothing"
            )
        elif (row["industry"], row["theme_id"]) != (industry, theme_id):
            mistakes.append(f"line {line} is about {sanitise(row['industry'])} {sanitise(row['theme_id'])}")
        elif not stratum:
            mistakes.append(f"line {line}: no sentence '{sanitise(sentence)}' is counted under {theme_id} or near it")
        elif not text_hash(text) == row["text_hash"] == text_hash(_bare(row["sentence"])):
            mistakes.append(f"line {line}: the text of sentence {sanitise(sentence)} is another than it was")
        else:
            judged.append((theme_id, sentence, stratum, verdict, row["text_hash"]))
    if mistakes:
        more = f"; and {len(mistakes) - TOLD} more" if len(mistakes) > TOLD else ""
        raise InputError(
            f"{path} was not taken in: {'; '.join(mistakes[:TOLD])}{more}. It must be a sheet that 'minebelief audit "
            f"{industry} {theme_id} --export FILE.csv' wrote, with nothing changed but the column verdict. Mend these "
            "lines, or take them out"
        )
    return judged


def verdicts_of(judgements: Sequence[Judgement], theme_id: str, who: str) -> dict[str, str]:
    """What a judge said of the sentences of a theme, by sentence."""
    return {one.sentence: one.verdict for one in judgements if (one.theme, one.who) == (theme_id, who)}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise InputError(f"cannot read {path}: {reason}. Save it as CSV in UTF-8") from None
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count), restval="")
    lacking = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if lacking:
        raise InputError(
            f"{path}, line 1 lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}. It must be a sheet that "
            "'minebelief audit INDUSTRY ID --export FILE.csv' wrote"
        )
    rows, end = [], 1
    try:
        for row in reader:
            rows.append((end + 1, row))  # a cell may hold several lines: the first one's number
            end = reader.line_num
    except csv.Error as error:
        raise InputError(
            f"{path}, line {reader.line_num} is no CSV: {error}. Mend it, or export the sheet anew"
        ) from None
    return rows


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
