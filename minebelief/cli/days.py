"""Days, months and years given on the command line."""

import calendar
import re
from datetime import date

import click

__all__ = ["Day"]


class Day(click.ParamType):
    """A day, or the first or last one of a month or year: ``2025``, ``2025-03``, ``2025-03-31``.

    >>> Day(last=True).convert("2024-02", None, None)
    datetime.date(2024, 2, 29)
    """

    name = "day"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is meant."""
        if isinstance(value, date):
            return value
        found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", str(value).strip())
        try:
            if found is None:
                raise ValueError
            year, month, day = (int(part) if part else None for part in found.groups())
            month = month or (12 if self.last else 1)
            day = day or (calendar.monthrange(int(year or 0), month)[1] if self.last else 1)
            return date(int(year or 0), month, day)
        except (ValueError, calendar.IllegalMonthError):
            self.fail(f"'{value}' is no day; write 2025, 2025-03 or 2025-03-31", param, ctx)
