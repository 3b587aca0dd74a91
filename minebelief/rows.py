"""Rows that print well, draw themselves in a notebook, and become Arrow or pandas tables."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from minebelief.safe_text import sanitise

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["Rows"]

WIDTH = 60
"""Characters of a text that are printed."""

SHOWN = 60
"""Rows that are printed or drawn."""

SHARES = frozenset({"prevalence", "low", "high", "prevalence_volume"})


class Rows(Sequence[Mapping[str, Any]]):
    """An answer: a sequence of rows by column name, all of which have the same columns.

    Args:
        rows: the rows.
        shown: the columns that are printed and drawn, in this order; all of them are kept. None shows all.

    Examples:
        >>> rows = Rows([{"theme_id": "b1", "prevalence": 0.125}], ("theme_id", "prevalence"))
        >>> rows
        theme_id  prevalence
        b1             12.5%
        >>> rows[0]["prevalence"]
        0.125
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]], shown: Sequence[str] | None = None) -> None:
        self._rows = tuple(rows)
        self.columns = tuple(self._rows[0]) if self._rows else tuple(shown or ())
        self._shown = tuple(name for name in shown if name in self.columns) if shown else self.columns

    @classmethod
    def of(cls, records: Iterable[Any], shown: Sequence[str] | None = None) -> "Rows":
        """Rows made of dataclasses; a dataclass within one becomes columns of its own, ``quote_text``."""
        flat = [_flat(asdict(record)) for record in records]
        columns = list(dict.fromkeys(name for row in flat for name in row))
        return cls([{name: row.get(name) for name in columns} for row in flat], shown)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> "Rows": ...

    def __getitem__(self, index: int | slice) -> "Mapping[str, Any] | Rows":
        if isinstance(index, slice):
            return Rows(self._rows[index], self._shown)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        if not self._rows:
            return "(no rows)"
        cells = [[_short(sanitise(_text(name, row[name]))) for name in self._shown] for row in self._rows[:SHOWN]]
        widths = [max(map(len, column)) for column in zip(self._shown, *cells, strict=True)]
        numbers = [all(_is_number(row[name]) for row in self._rows) for name in self._shown]
        lines = [
            "  ".join(cell.rjust(w) if n else cell.ljust(w) for cell, w, n in zip(line, widths, numbers, strict=True))
            for line in [self._shown, *cells]
        ]
        return "\n".join([line.rstrip() for line in lines] + self._more())

    def _repr_html_(self) -> str:
        """A table for a notebook; whatever people wrote is escaped."""

        def cell(name: str, value: Any) -> str:
            text = html.escape(sanitise(_text(name, value)), quote=True)
            return f'<td style="text-align: {"right" if _is_number(value) else "left"}">{text}</td>'

        head = "".join(f"<th>{html.escape(sanitise(name), quote=True)}</th>" for name in self._shown)
        body = "".join(
            f"<tr>{''.join(cell(name, row[name]) for name in self._shown)}</tr>\n" for row in self._rows[:SHOWN]
        )
        foot = "".join(f"<p>{line}</p>\n" for line in self._more())
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{foot}"

    def _more(self) -> list[str]:
        return [f"… and {len(self) - SHOWN:,} more rows"] if len(self) > SHOWN else []

    def to_arrow(self) -> "pyarrow.Table":
        """All columns as an Arrow table, verbatim."""
        import pyarrow as pa

        if not self._rows:
            return pa.table({name: pa.nulls(0) for name in self.columns})
        return pa.Table.from_pylist([dict(row) for row in self._rows])

    def to_pandas(self) -> "pandas.DataFrame":
        """All columns as a pandas data frame, verbatim.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError("to_pandas needs pandas: python -m pip install pandas") from None
        return pandas.DataFrame.from_records([dict(row) for row in self._rows], columns=list(self.columns))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface, by which Polars, DuckDB and others take the rows as they are."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{part}": inner for part, inner in value.items()}
        elif name != "quote":  # a theme that has none
            flat[name] = list(value) if isinstance(value, tuple) else value
    return flat


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in SHARES and isinstance(value, float):
        return f"{100 * value:.1f}%"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime) and value.time().isoformat() == "00:00:00":
        return value.date().isoformat()
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
