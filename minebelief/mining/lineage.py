"""What became of themes: events in the work database, and the same as JSON lines that outlive it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from minebelief.decisions import read_lines, write_lines
from minebelief.errors import InputError
from minebelief.mining.known import Known, Statement
from minebelief.store import Store, read_sql

__all__ = ["EVENTS", "Event", "bring_back", "events_of", "keep_lines", "write_events"]

EVENTS = (
    "born",
    "continued",
    "split",
    "merged",
    "retired",
    "revived",
    "renamed",
    "hidden",
    "shown",
    "pinned",
    "unpinned",
)
"""What may become of a theme; in lineage and in its file."""


@dataclass(frozen=True)
class Event:
    """Something that became of a theme.

    ``other`` is the new theme for ``split``, and the theme that took this one in for ``merged``. ``overlap`` (0 to 1)
    is the share of sentences by which the two are known to belong together. ``who`` and ``at`` are a person's decision;
    ``note`` says more, such as the new name.
    """

    event: str
    theme: str
    other: str | None = None
    overlap: float | None = None
    who: str | None = None
    at: datetime | None = None
    note: str | None = None


_SCHEMA = pa.schema(
    [
        ("industry", pa.string()),
        ("number", pa.int32()),
        ("place", pa.int32()),
        *[(name, pa.string()) for name in ("run_id", "event", "theme_id", "other_id")],
        ("overlap", pa.float64()),
        ("who", pa.string()),
        ("decided_at", pa.timestamp("us")),
        ("note", pa.string()),
    ]
)


def write_events(store: Store, industry: str, run_id: str, events: Sequence[Event]) -> None:
    """Add events under the next number; call it in the transaction that makes them true."""
    if not events:
        return
    newest = store.value("select coalesce(max(number), 0) from lineage where industry = ?", [industry])
    rows = [_row(industry, int(newest) + 1, place, run_id, event) for place, event in enumerate(events)]
    store.insert("lineage", pa.Table.from_pylist(rows, schema=_SCHEMA))


def _row(industry: str, number: int, place: int, run_id: str, event: Event) -> dict[str, Any]:
    return {
        "industry": industry,
        "number": number,
        "place": place,
        "run_id": run_id,
        "event": event.event,
        "theme_id": event.theme,
        "other_id": event.other,
        "overlap": event.overlap,
        "who": event.who,
        "decided_at": event.at,
        "note": event.note,
    }


def events_of(store: Store, industry: str) -> list[tuple[int, str, Event]]:
    """All events with their number and run, oldest first."""
    rows = store.rows(read_sql("steps/lineage_in_order.sql"), {"industry": industry})
    return [(number, run_id, Event(*rest)) for number, _, run_id, *rest in rows]


def keep_lines(store: Store, industry: str, path: Path) -> None:
    """Append to the file what it lacks of the database; call it after the commit, as often as you like.

    A line holds ids and no text, so that nothing is left there of a review that is forgotten.
    """
    written = Counter(int(str(line["number"])) for _, line in _lines(path))
    newest = max(written, default=0)
    born = store.rows(read_sql("steps/births.sql"), {"industry": industry})
    births = {theme: rest for theme, *rest in born}
    lines: list[dict[str, object]] = []
    for number, run_id, event in events_of(store, industry):
        if number < newest or event.event == "continued":
            continue
        if written[number]:  # a program that was killed may have left off in the middle of a number
            written[number] -= 1
            continue
        line: dict[str, object] = {"number": number, "run": run_id, "event": event.event, "theme": event.theme}
        if event.event == "born" or (event.event == "split" and event.other in births):
            new = event.theme if event.event == "born" else str(event.other)
            kind, statement, voices, exemplars = births[new]
            line |= {"kind": kind, "statement": statement, "voices": voices, "exemplars": exemplars}
        more = {"other": event.other, "overlap": event.overlap, "who": event.who, "note": event.note}
        line |= {key: value for key, value in more.items() if value is not None}
        if event.at is not None:
            line["at"] = event.at.isoformat()
        lines.append(line)
    write_lines(path, lines)


def bring_back(store: Store, industry: str, path: Path) -> dict[str, Known]:
    """The themes that the file knows of, into a work database that has none, with what it lacks of the lineage.

    Their sentences are not in the file: the next full discovery finds them by their statements.

    Raises:
        InputError: the file is not what was written.
    """
    themes: dict[str, Known] = {}
    rows = []
    newest = int(store.value("select coalesce(max(number), 0) from lineage where industry = ?", [industry]))
    places: dict[int, int] = {}
    for number, line in _lines(path):
        try:
            event = Event(
                str(line["event"]),
                str(line["theme"]),
                line.get("other"),
                line.get("overlap"),
                line.get("who"),
                datetime.fromisoformat(str(line["at"])) if "at" in line else None,
                line.get("note"),
            )
            at = int(str(line["number"]))
            places[at] = places.get(at, -1) + 1
            if at > newest:
                rows.append(_row(industry, at, places[at], str(line["run"]), event))
            _apply(store, industry, themes, event, line)
        except (KeyError, TypeError, ValueError):
            raise InputError(
                f"{path}, line {number} is no event of a theme. This file is written by the program; take it back from "
                "where you keep it, or move it away and themes get new ids"
            ) from None
    if rows:
        store.insert("lineage", pa.Table.from_pylist(rows, schema=_SCHEMA))
    return themes


def _apply(store: Store, industry: str, themes: dict[str, Known], event: Event, line: dict[str, Any]) -> None:
    if "statement" in line:
        new = event.theme if event.event == "born" else str(event.other)
        sql = "select text, masked from sentences where industry = ? and sentence_id = ?"
        statements, text = [], ""
        for sentence in (line["statement"], *line.get("voices", ())):
            for said, masked in store.rows(sql, [industry, sentence]):
                text = text or said
                statements.append(Statement(str(sentence), masked))
        themes[new] = Known(new, str(line["kind"]), text, statements, exemplars=tuple(line["exemplars"]))
    theme = themes.get(event.theme)
    if theme is None:
        return
    if event.event == "merged" and event.other in themes:
        take_in(themes[event.other], theme)
    elif event.event == "retired":
        theme.status = "retired"
    elif event.event == "revived":
        theme.status = "active"


def take_in(into: Known, gone: Known) -> None:
    """Let one theme go into another, which from now on is known by both one's statements."""
    into.statements += [one for one in gone.statements if one not in into.statements]
    for sentence, score in gone.members.items():
        into.members[sentence] = max(score, into.members.get(sentence, 0.0))
    gone.members, gone.status, gone.merged_into = {}, "merged", into.theme_id


def _lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = list(read_lines(path))
    for number, line in found:
        if not str(line.get("number", "")).isdecimal():
            raise InputError(f"{path}, line {number} has no number. Take the file back from where you keep it")
    return found
