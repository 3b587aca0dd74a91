"""Reviews in files, read where they lie.

``check_source`` fails before anything is read where a file, a column or a company is missing; ``read_source``
then yields all records in a fixed order, each as a `ReviewRecord`, or as a `Reject` with the reason. A
``SourceReader`` does the same file by file.
"""

import glob
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from ..errors import InputError
from ..industry import Columns, FileSource, Industry, file_stem, fold_name
from .dates import DateReader
from .ratings import parse_rating, to_stars
from .record import Reject, ReviewRecord
from .tables import Note, Row, Table
from .text import clean_line, clean_text, excerpt, reply_text

__all__ = ["Note", "SourceReader", "check_source", "read_source"]

_FIELDS = tuple(Columns.model_fields)
_NOTHING = {"", "-", "n/a", "na", "nan", "nat", "none", "null"}


def check_source(source: FileSource, industry: Industry) -> tuple[Path, ...]:
    """The files of `source`, in the order in which they are read.

    Raises `InputError` where no file matches, a column is not there, no company is recognized, or all files
    are empty. Of the rows no more are read than it takes to recognize one company.
    """
    tables = _tables(source, industry)
    columns = {table: table.columns() for table in tables}
    read = [table for table in tables if columns[table]]
    if not read:
        raise InputError(f"source '{source.name}': no records in {_some(table.label for table in tables)}")
    for table in read:
        _check_columns(source, industry, table, columns[table])
    _check_companies(source, industry, read)
    return tuple(table.path for table in tables)


def read_source(
    source: FileSource, industry: Industry, now: datetime | None = None
) -> Iterator[ReviewRecord | Reject | Note]:
    """Every record of `source`, sorted by file and then as it stands there; checks the source first.

    Dates more than a day after `now` (naive UTC; the present unless given) are left out. What was left out of
    records that were kept is told in a `Note` at the end.
    """
    check_source(source, industry)
    return _everything(SourceReader(source, industry, now))


def _everything(reader: "SourceReader") -> Iterator[ReviewRecord | Reject | Note]:
    for table in reader.tables():
        yield from reader.read(table)
    yield from reader.notes()


def _tables(source: FileSource, industry: Industry) -> list[Table]:
    pattern = source.files
    if not os.path.isabs(pattern):
        pattern = os.path.join(glob.escape(os.path.abspath(industry.folder)), pattern)
    paths = [Path(path) for path in glob.glob(pattern, recursive=True) if os.path.isfile(path)]
    if not paths:
        raise InputError(
            f"source '{source.name}': no file matches files = '{source.files}' "
            f"(relative paths start at {industry.folder}); mend the pattern or put the files there"
        )
    labels = sorted((_label(path, source, industry), path) for path in paths)
    return [Table(path, label, source.encoding, source.delimiter) for label, path in labels]


def _label(path: Path, source: FileSource, industry: Industry) -> str:
    """What a file is called: the same on every machine, so never an absolute path."""
    path = Path(os.path.abspath(path))
    folder = Path(os.path.abspath(industry.folder))
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    fixed: list[str] = []
    for part in PurePath(os.path.abspath(folder / source.files)).parts[:-1]:
        if re.search(r"[*?\[]", part):
            break
        fixed.append(part)
    return path.relative_to(Path(*fixed).parent).as_posix()


def _bind(source: FileSource, industry: Industry, columns: tuple[str, ...]) -> dict[str, str]:
    """The column of each field: the one that is named, else one of the same name that no other field has."""
    named = source.columns.given()
    if source.company and _constant(source, industry, "") is None:
        named["company"] = source.company
    same = {field: field for field in _FIELDS if field in columns and field not in named.values()}
    if source.company and "company" not in named:
        same.pop("company", None)
    return {**same, **named}


def _constant(source: FileSource, industry: Industry, label: str) -> str | None:
    """The company that all records of a file are about, as it is written; None where a column says so."""
    text = source.company or ""
    if "{stem}" in text:
        return text.replace("{stem}", file_stem(label))
    return text if industry.company_key(text) else None


def _check_columns(source: FileSource, industry: Industry, table: Table, columns: tuple[str, ...]) -> None:
    bound = _bind(source, industry, columns)
    where = f"source '{source.name}': {table.label}"
    found = f"columns found: {', '.join(columns)}"
    missing = [f"'{column}' (for {field})" for field, column in bound.items() if column not in columns]
    if missing:
        also = ""
        if source.company == bound.get("company"):
            also = f"; companies accepted: {_accepted(industry)}"
        raise InputError(f"{where}: no column {', '.join(missing)}; {found}{also}")
    if not {"title", "body"} & set(bound):
        raise InputError(f"{where}: no column for body or title is named; {found}")
    if not source.company and "company" not in bound:
        raise InputError(
            f"{where}: nothing says which company the records are about; set company to one of "
            f"{_accepted(industry)}, to '{{stem}}' or to a column; {found}"
        )


def _check_companies(source: FileSource, industry: Industry, tables: list[Table]) -> None:
    known = _Companies(source, industry)
    found: dict[str, None] = {}
    for text in _company_values(source, industry, tables):
        if known.key(text):
            return
        found[text] = None
    raise InputError(
        f"source '{source.name}': no company is recognized; found: {_some(found)}; accepted: "
        f"{_accepted(industry)} (key, name or alias; or translate them with companies = {{ ... }})"
    )


def _company_values(source: FileSource, industry: Industry, tables: list[Table]) -> Iterator[str]:
    for table in tables:
        constant = _constant(source, industry, table.label)
        if constant is not None:
            yield constant
            continue
        column = _bind(source, industry, table.columns())["company"]
        for row in table.rows():
            if isinstance(row, Row) and (text := clean_line(row.values.get(column))):
                yield text


def _accepted(industry: Industry) -> str:
    return ", ".join(industry.companies)


def _some(values: Iterator[str] | Mapping[str, None]) -> str:
    listed = [f"'{excerpt(value)}'" for value in values]
    more = f" and {len(listed) - 10} more" if len(listed) > 10 else ""
    return (", ".join(listed[:10]) or "none") + more


class _Companies:
    """Which company a value found in the data means."""

    def __init__(self, source: FileSource, industry: Industry) -> None:
        self._industry = industry
        self._translated = {fold_name(value): key for value, key in source.companies.items()}
        self._known: dict[str, str | None] = {}

    def key(self, text: str) -> str | None:
        if text not in self._known:
            translated = self._translated.get(fold_name(text))
            self._known[text] = translated or self._industry.company_key(text)
        return self._known[text]


@dataclass(slots=True)
class _Tally:
    """How many values could not be used, and the first of them."""

    what: str
    count: int = 0
    example: str = ""

    def add(self, value: object, locator: str) -> None:
        self.count += 1
        self.example = self.example or f"'{excerpt(value)}' ({locator})"


class SourceReader:
    """Reads the files of a checked source one by one; ``notes`` tells about all that was read until then."""

    def __init__(self, source: FileSource, industry: Industry, now: datetime | None = None) -> None:
        self.source = source
        self.industry = industry
        self.companies = _Companies(source, industry)
        self.dates = DateReader(source.date_order, now)
        hint = "" if source.date_order else " (where it is unclear which number is the day, set date_order)"
        self.odd_dates = _Tally(f"dates that could not be used and were left out{hint}")
        self.odd_ratings = _Tally("ratings that could not be used and were left out")
        self.unscaled = _Tally("ratings without a scale, which give no stars (set scale to the best possible one)")

    def tables(self) -> list[Table]:
        """The files, in the order in which they are read; a table's ``label`` begins its rows' locators."""
        return _tables(self.source, self.industry)

    def read(self, table: Table) -> Iterator[ReviewRecord | Reject | Note]:
        """Every record of one file, as it stands there."""
        bound = _bind(self.source, self.industry, table.columns())
        constant = _constant(self.source, self.industry, table.label)
        for row in table.rows():
            yield self._record(row, bound, constant) if isinstance(row, Row) else row

    def notes(self) -> Iterator[Note]:
        """What was left out of records that were kept."""
        for tally in (self.odd_dates, self.odd_ratings, self.unscaled):
            if tally.count:
                yield Note(self.source.name, f"{tally.what}: {tally.count:,}, such as {tally.example}")

    def _record(self, row: Row, bound: Mapping[str, str], constant: str | None) -> ReviewRecord | Reject:
        value = {field: row.values.get(column) for field, column in bound.items()}
        written = constant if constant is not None else clean_line(value.get("company"))
        title, body = clean_text(value.get("title")), clean_text(value.get("body"))
        company = self.companies.key(written) if written else None
        if company is None:
            reason = f"unknown company '{excerpt(written)}'" if written else "no company"
            return Reject(row.locator, reason, excerpt(body or title) or _begins(row))
        rating, scale = self._rating(value.get("rating"), value.get("scale"), row.locator)
        if not (title or body or rating is not None):
            return Reject(row.locator, "no text and no rating", _begins(row))
        worst = self.source.worst
        return ReviewRecord(
            company=company,
            locator=row.locator,
            kind=self.source.kind,
            native_id=clean_line(value.get("id")),
            rating=rating,
            scale=scale,
            stars=None if rating is None or scale is None else to_stars(rating, scale, worst),
            title=title,
            body=body,
            reply=reply_text(value.get("reply")),
            author=clean_line(value.get("author")),
            language=clean_line(value.get("language")) or self.source.language,
            published_at=self._date(value.get("published_at"), row.locator),
            url=clean_line(value.get("url")),
        )

    def _rating(self, value: object, scale: object, locator: str) -> tuple[float | None, float | None]:
        """The rating and its scale: as the rating itself says, as the row says, or as the source says."""
        if (clean_line(value) or "").lower() in _NOTHING:
            return None, None
        rating = parse_rating(value)
        best = rating and rating.best
        if best is None and (told := parse_rating(scale)) and told.value > 0:
            best = told.value
        best = best or self.source.scale
        if rating is None or not 0 <= rating.value <= (best or rating.value):
            self.odd_ratings.add(value, locator)
            return None, None
        if best is None:
            self.unscaled.add(value, locator)
        return rating.value, best

    def _date(self, value: object, locator: str) -> datetime | None:
        moment = self.dates.parse(value)
        if moment is None and (clean_line(value) or "").lower() not in _NOTHING:
            self.odd_dates.add(value, locator)
        return moment


def _begins(row: Row) -> str:
    return excerpt(" ".join(filter(None, map(clean_line, row.values.values()))))
