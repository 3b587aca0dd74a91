"""Rows of one file: CSV, JSON or Parquet, plain or gzip, in whatever state it is.

A damaged file is read as far as it goes: what cannot be read becomes a `Reject` or a `Note`, and only a file
of which nothing can be read raises `InputError`.
"""

import csv
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from .lines import RepeatableLines, TextLines, open_file
from .record import Reject
from .text import excerpt

__all__ = ["Note", "Row", "Table"]

_SAMPLE = 1000  # objects of a JSON file that are looked at for its columns
_FORMATS = {".csv": "csv", ".tsv": "csv", ".jsonl": "lines", ".ndjson": "lines", ".json": "json"}
_FORMATS[".parquet"] = "parquet"


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know about a file or a source; every record lost is a `Reject` besides."""

    locator: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it stands in the file, and the line that it begins on."""

    locator: str
    values: Mapping[str, object]


class Table:
    """One file. `label` is what locators and messages call it."""

    def __init__(self, path: Path, label: str, encoding: str = "utf-8", delimiter: str | None = None) -> None:
        self.path = path
        self.label = label
        self.encoding = encoding
        name = re.sub(r"\.gz$", "", path.name.lower())
        suffix = Path(name).suffix
        if suffix not in _FORMATS:
            accepted = ", ".join(_FORMATS)
            raise InputError(f"{label}: cannot tell what is in it; accepted: {accepted}, also followed by .gz")
        self.format = _FORMATS[suffix]
        self.delimiter = delimiter or ("\t" if suffix == ".tsv" else None)

    def columns(self) -> tuple[str, ...]:
        """The names of the columns; none where the file is empty. Raises `InputError`."""
        try:
            if self.path.stat().st_size == 0:
                return ()
            if self.format == "parquet":
                with open_file(self.path) as stream:
                    return tuple(_parquet(stream, self.label).schema_arrow.names)
            if self.format == "csv":
                return tuple(self._header(RepeatableLines(TextLines(self.path, self.encoding))))
            found: dict[str, None] = {}
            rows = (item for item in self.rows() if isinstance(item, Row))
            for _, row in zip(range(_SAMPLE), rows, strict=False):
                found.update(dict.fromkeys(row.values))
            return tuple(found)
        except OSError as error:
            raise InputError(f"{self.label}: {error.strerror or error}") from None

    def rows(self) -> Iterator[Row | Reject | Note]:
        """What the file holds, in its order."""
        if self.path.stat().st_size == 0:
            yield Note(self.label, "the file is empty")
            return
        if self.format == "parquet":
            yield from self._parquet_rows()
            return
        text = TextLines(self.path, self.encoding)
        empty = True
        read = {"csv": self._csv_rows, "lines": self._json_lines, "json": self._json}[self.format]
        for item in read(text):
            empty = False
            yield item
        if self.format == "csv" and text.cut:  # what is cut off can still look like a row
            yield Reject(self._at(text.count + 1), text.damage, excerpt(text.cut))
        if text.undecodable:
            message = f"lines that are not {self.encoding} and were read as cp1252: {text.undecodable}"
            yield Note(self.label, message)
        if text.damage:
            yield Note(self.label, f"{text.damage}; what stands before was kept")
        elif empty:
            yield Note(self.label, "the file has no rows")

    def _at(self, line: int) -> str:
        return f"{self.label}:{line}"

    def _header(self, lines: RepeatableLines) -> list[str]:
        """The names in the first line that has any; sets the delimiter where it was not given."""
        for line in lines:
            if line.strip():
                break
        else:
            return []
        bare = re.sub(r'"[^"]*"', "", line)
        self.delimiter = self.delimiter or max(",;\t|", key=bare.count)
        lines.again()
        csv.field_size_limit(2**31 - 1)
        plain = (line.replace("\r", " ") for line in lines)
        return [name.strip() for name in next(csv.reader(plain, delimiter=self.delimiter))]

    def _csv_rows(self, text: TextLines) -> Iterator[Row | Reject]:
        lines = RepeatableLines(text)
        header = self._header(lines)
        reader = csv.reader(lines, delimiter=self.delimiter or ",")
        while True:
            lines.begin()
            reason, fields = "", []
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"broken row: {error}"
            where = self._at(lines.first)
            if not reason and len(fields) <= 1 and not "".join(fields).strip():
                continue
            if lines.ended and _open_quote(lines.row, self.delimiter):
                reason = "a quote is opened and never closed"
            elif not reason and len(fields) != len(header):
                kind = "many" if len(fields) > len(header) else "few"
                reason = f"too {kind} fields: {len(fields)} instead of {len(header)}"
            if reason:
                # A stray quote swallows the rows after it: give up the first line only, read the rest again.
                yield Reject(where, reason, excerpt(lines.row[0]))
                lines.again(keep=1)
            else:
                yield Row(where, dict(zip(header, fields, strict=True)))

    def _json_lines(self, text: TextLines) -> Iterator[Row | Reject]:
        for number, line in enumerate(_with_cut(text), 1):
            if line.strip():
                yield self._object(line, number)

    def _object(self, line: str, number: int) -> Row | Reject:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deep or a number too long")
            return Reject(self._at(number), f"no valid JSON: {reason}", excerpt(line))
        return self._checked(value, number)

    def _checked(self, value: object, number: int) -> Row | Reject:
        if isinstance(value, dict):
            return Row(self._at(number), value)
        return Reject(self._at(number), "no JSON object", excerpt(value))

    def _json(self, text: TextLines) -> Iterator[Row | Reject]:
        """One array of objects, or an object on every line."""
        lines = _with_cut(text)
        number = 0
        for line in lines:
            number += 1
            if line.strip():
                break
        else:
            return
        if line.lstrip()[0] != "[":
            yield self._object(line, number)
            for later, line in enumerate(lines, number + 1):
                if line.strip():
                    yield self._object(line, later)
            return
        whole = line.lstrip() + "".join(lines)
        yield from self._array(whole, number)

    def _array(self, whole: str, number: int) -> Iterator[Row | Reject]:
        decoder = json.JSONDecoder()
        gap = re.compile(r"[\s,]*")
        at = 1
        counted = 0
        while True:
            at = gap.match(whole, at).end()  # type: ignore[union-attr]
            number += whole.count("\n", counted, at)
            counted = at
            if at == len(whole) or whole[at] == "]":
                return
            try:
                value, at = decoder.raw_decode(whole, at)
            except (ValueError, RecursionError):
                reason = "no valid JSON from here on; the rest of the file could not be read"
                yield Reject(self._at(number), reason, excerpt(whole[at : at + 200]))
                return
            yield self._checked(value, number)

    def _parquet_rows(self) -> Iterator[Row | Reject | Note]:
        import pyarrow as pa

        number = 0
        with open_file(self.path) as stream:
            try:
                for batch in _parquet(stream, self.label).iter_batches(batch_size=4096):
                    for values in _microseconds(batch).to_pylist():
                        number += 1
                        yield Row(self._at(number), values)
            except (pa.ArrowException, OSError, ValueError) as error:
                yield Note(self.label, f"damaged after row {number} ({excerpt(error)}); what stands before was kept")
                return
        if number == 0:
            yield Note(self.label, "the file has no rows")


def _with_cut(text: TextLines) -> Iterator[str]:
    """The lines, and a last one as far as it goes: JSON tells by itself that it is no record."""
    yield from text
    if text.cut:
        yield text.cut


def _parquet(stream: Any, label: str) -> Any:
    import pyarrow as pa  # slow to import: only where there is such a file
    import pyarrow.parquet

    try:
        return pa.parquet.ParquetFile(stream)
    except (pa.ArrowException, OSError, EOFError, zlib.error) as error:
        raise InputError(f"{label}: no readable Parquet file: {excerpt(error)}") from None


def _microseconds(batch: Any) -> Any:
    """`batch` with times that Python can hold: nanoseconds need pandas."""
    import pyarrow as pa

    for i, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            column = batch.column(i).cast(pa.timestamp("us", field.type.tz), safe=False)
            batch = batch.set_column(i, field.name, column)
    return batch


def _open_quote(row: list[str], delimiter: str | None) -> bool:
    try:
        list(csv.reader(row, delimiter=delimiter or ",", strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
