"""A workbook for spreadsheet programs: a sheet for each table, none of whose cells runs anything."""

import math
import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from minebelief.errors import WorkspaceError

__all__ = ["LONGEST", "MOST_ROWS", "Workbook", "fitted"]

LONGEST = 32_767
"""Characters that a cell can hold; a longer text is cut and ends in an ellipsis."""

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header; a longer table goes on in further sheets."""

FIRST_YEAR = 1900
"""Spreadsheets know no dates before; those become text."""

EXACT = 2**53
"""To here a spreadsheet tells whole numbers apart; larger ones become text."""

FORMULA = re.compile(r"\s*[=+\-@]")


class Workbook:
    """A workbook that is written row by row, so that a table of any length takes little memory.

    Use it in a ``with`` statement: the file is put in place when that ends, whole or not at all.

    Args:
        path: the file; what is there is replaced.
        most_rows: how many rows a sheet holds before the next begins.

    Raises:
        WorkspaceError: the file cannot be written.
    """

    def __init__(self, path: Path, most_rows: int = MOST_ROWS) -> None:
        import xlsxwriter

        self.path = path
        self.most_rows = most_rows
        self._new = path.with_name(f".{path.name}.{os.getpid()}")
        # a text is a text, whatever it looks like
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(str(self._new), {"constant_memory": True, **options})
        self._header = self._book.add_format({"bold": True, "bottom": 1})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        from xlsxwriter.exceptions import XlsxFileError

        try:
            self._book.close()
            if kind is None:
                os.replace(self._new, self.path)
        except (OSError, XlsxFileError) as error:
            if kind is None:
                raise WorkspaceError(f"cannot write {self.path}: {error}. Choose another folder with --to") from None
        finally:
            self._new.unlink(missing_ok=True)

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, wrapped: bool = False) -> int:
        """Add a table as a sheet, or several where it is too long for one; the number of its rows.

        Args:
            name: the sheet's name; further sheets are called ``name 2`` and so on.
            columns: the header.
            rows: values as DuckDB gives them.
            wrapped: show long texts on several lines.
        """
        sheet, place, count, sheets = None, 0, 0, 0
        for row in rows:
            if sheet is None or place == self.most_rows:
                sheets += 1
                sheet, place = self._sheet(name if sheets == 1 else f"{name} {sheets}", columns, wrapped), 0
            place += 1
            for column, value in enumerate(row):
                self._write(sheet, place, column, value, wrapped)
            count += 1
        if sheet is None:
            self._sheet(name, columns, wrapped)
        return count

    def _sheet(self, name: str, columns: Sequence[str], wrapped: bool) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column, wrapped))
            sheet.write_string(0, place, column, self._header)
        sheet.autofilter(0, 0, self.most_rows, max(0, len(columns) - 1))
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: Any, wrapped: bool) -> None:
        value = fitted(value)
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            form = self._quoted if FORMULA.match(value) else self._wrapped if wrapped else None
            sheet.write_string(row, column, value, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._moment if isinstance(value, datetime) else self._day)
        else:
            sheet.write_number(row, column, value)


def fitted(value: Any) -> Any:
    """A value as a cell can hold it: lists become text, parted by semicolons, and what no cell can hold becomes text.

    >>> fitted(["claim", "weeks"]), fitted(float("nan")), fitted(datetime(1804, 7, 1)), len(fitted("a" * 40_000))
    ('claim; weeks', None, '1804-07-01 00:00:00', 32767)
    """
    if isinstance(value, list | tuple):
        value = "; ".join(str(part) for part in value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value if value.year >= FIRST_YEAR else str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int | float) and abs(value) <= EXACT:
        return value
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _width(column: str, wrapped: bool) -> int:
    if column in ("text", "statement", "body", "comment", "meaning", "because"):
        return 80 if wrapped else 60
    return max(12, len(column) + 4)
