"""What leaves the program: text made safe for a terminal, in four formats.

People wrote the reviews, and what they wrote is not to be trusted. Every text passes through `sanitise`.
"""

import csv
import io
import json
import math
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minebelief.errors import WorkspaceError
from minebelief.safe_text import sanitise

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = [
    "bar",
    "beside",
    "console",
    "day",
    "emit",
    "percent",
    "plain_table",
    "program",
    "quotation",
    "rows_or_records",
    "sanitise",
    "share",
]

FILE_WIDTH = 100
READABLE = 16
"""A column of text that is wrapped into less is hard to read."""

_FORMULA = ("=", "+", "-", "@")


def program(workspace: str | None = None) -> str:
    """How commands to copy begin: with the program's path where the shell does not find it, and the workspace.

    >>> program("my reviews")
    "minebelief --workspace 'my reviews'"
    """
    called = sys.argv[0]
    here = Path(called).name == "minebelief" and shutil.which("minebelief") is None
    name = shlex.quote(called) if here else "minebelief"
    return f"{name} --workspace {shlex.quote(workspace)}" if workspace else name


def emit(
    records: Sequence[Mapping[str, Any]],
    form: str | None,
    output: Path | None,
    table: Callable[["Console"], "RenderableType"],
    whole: Mapping[str, Any] | None = None,
) -> None:
    """Print records as JSON, CSV or Markdown, or the table that `table` draws; to a file if one is given.

    Args:
        records: the rows, by column.
        form: one of the four formats; None for the one that the file's ending says, else the table.
        output: the file to write; None for stdout.
        table: draws for a console.
        whole: what JSON holds instead of the list of records.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    if form is None:
        ending = output.suffix.lower().lstrip(".") if output else ""
        form = ending if ending in ("json", "csv", "md") else "table"
    screen = console(output is not None)
    if form == "table":
        drawn = table(screen)
        if output is None:
            screen.print(drawn)
            return
        with screen.capture() as capture:
            screen.print(drawn)
        text = capture.get()
    else:
        text = _FORMS[form](records, whole)
    if output is None:
        screen.file.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"cannot write {output}: {error.strerror or error}") from None


def console(plain: bool = False) -> "Console":
    """Where tables are drawn: stdout, or a page without colours for a file."""
    from rich.console import Console

    if plain:
        return Console(file=io.StringIO(), width=FILE_WIDTH, color_system=None, highlight=False)
    return Console(highlight=False, markup=False, emoji=False)


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> "Table":
    """Any rows as a table: text wrapped to the left, numbers aligned to the right."""
    from rich import box
    from rich.table import Table

    rows = list(rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for i, column in enumerate(columns):
        values = [row[i] for row in rows if row[i] is not None]
        numbers = bool(values) and all(_is_number(value) for value in values)
        table.add_column(
            _text(column),
            justify="right" if numbers else "left",
            overflow="fold",
            no_wrap=numbers,
        )
    for row in rows:
        table.add_row(*(_text(_cell(value)) for value in row))
    return table


def rows_or_records(screen: "Console", columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> "RenderableType":
    """Any rows as a table, or one below the other where the screen is too narrow for their columns."""
    from rich.console import Group
    from rich.table import Table

    rows = list(rows)
    widths = [max(len(column), *(len(_cell(row[i])) for row in rows), 0) for i, column in enumerate(columns)]
    if len(columns) < 2 or sum(min(width, READABLE) + 2 for width in widths) <= screen.width:
        return plain_table(columns, rows)
    records: list[RenderableType] = []
    for row in rows:
        record = Table(box=None, show_header=False, pad_edge=False)
        record.add_column(no_wrap=True, style="bold")
        record.add_column(overflow="fold")
        for column, value in zip(columns, row, strict=True):
            record.add_row(_text(column), _text(_cell(value)))
        records += [record, _text("")]
    return Group(*records)


def bar(low: float | None, value: float | None, high: float | None, top: float, width: int, ascii_only: bool) -> str:
    """An interval on a scale from 0 to `top`, as wide as `width` characters.

    >>> bar(0.2, 0.5, 0.8, 1.0, 11, True)
    '..---o---..'
    """
    if value is None or low is None or high is None or top <= 0:
        return ""
    background, line, point = ("..", "-", "o") if ascii_only else ("··", "━", "●")
    place = [min(width - 1, max(0, round(x / top * (width - 1)))) for x in (low, value, high)]
    cells = [background[0]] * width
    cells[place[0] : place[2] + 1] = line * (place[2] - place[0] + 1)
    cells[place[1]] = point
    return "".join(cells)


def beside(label: "Text", told: "Text", width: int) -> "RenderableType":
    """A text beside its label of some characters, each of its lines below the first."""
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(width=width, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(label, told)
    return grid


def percent(value: float | None) -> str:
    """A share in per cent, one decimal.

    >>> percent(0.1234)
    '12.3%'
    """
    return "–" if value is None else f"{100 * value:.1f}%"


def share(value: float | None, low: float | None, high: float | None) -> str:
    """A share with its interval.

    >>> share(0.123, 0.11, 0.135)
    '12.3% [11.0–13.5]'
    """
    if low is None or high is None:
        return percent(value)
    return f"{percent(value)} [{100 * low:.1f}–{100 * high:.1f}]"


def day(when: datetime | None) -> str:
    """A date as people write it, empty without one."""
    return f"{when.day} {when:%b %Y}" if when else ""


def quotation(text: str, company: str, when: datetime | None) -> str:
    """A sentence of a review with who it is about, and when."""
    source = ", ".join(part for part in (sanitise(company), day(when)) if part)
    return f"“{sanitise(text)}” — {source}"


def _text(text: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(text, style=style)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(part) for part in value)
    if isinstance(value, datetime) and value.time().isoformat() == "00:00:00":
        value = value.date()
    return sanitise(str(value))


def _safe(value: Any) -> Any:
    """A value as JSON has it, its texts made safe."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {sanitise(str(key)): _safe(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_safe(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return sanitise(str(value))


def _json(records: Sequence[Mapping[str, Any]], whole: Mapping[str, Any] | None) -> str:
    return json.dumps(_safe(records if whole is None else whole), ensure_ascii=False, indent=2) + "\n"


def _flat(value: Any) -> Any:
    value = _safe(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "; ".join(str(part) for part in value) if isinstance(value, list) else value


def _csv(records: Sequence[Mapping[str, Any]], _: Mapping[str, Any] | None) -> str:
    def harmless(value: Any) -> Any:
        # a spreadsheet would run these
        return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if records:
        writer.writerow([harmless(sanitise(name)) for name in records[0]])
    writer.writerows([harmless(_flat(value)) for value in record.values()] for record in records)
    return text.getvalue()


def _markdown(records: Sequence[Mapping[str, Any]], _: Mapping[str, Any] | None) -> str:
    def cell(value: Any) -> str:
        text = _cell(value)
        for char in "\\`*_[]|":
            text = text.replace(char, f"\\{char}")
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    if not records:
        return ""
    columns = list(records[0])
    rule = ["---:" if all(_is_number(r[c]) or r[c] is None for r in records) else "---" for c in columns]
    lines = [[cell(column) for column in columns], rule]
    lines += [[cell(value) for value in record.values()] for record in records]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_FORMS = {"json": _json, "csv": _csv, "md": _markdown}
