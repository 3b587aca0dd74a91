"""The reading side of the published database, for the library and the command line.

Light on purpose: importing it brings in DuckDB and nothing heavier.
"""

import difflib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from minebelief.errors import (
    InputError,
    LockedError,
    QueryError,
    UnknownNameError,
    VersionError,
    WorkspaceError,
)
from minebelief.sqlfiles import read_sql

__all__ = [
    "SCHEMA_VERSION",
    "CompanyFigure",
    "IndustryFigures",
    "PublishedDatabase",
    "Quote",
    "Result",
    "Slice",
    "Theme",
    "open_published",
]

SCHEMA_VERSION = 1
"""Version of the published tables."""

NAME = "minebelief"
ROWS = 1_000_000
SECONDS = 30.0

# For a database that answers anybody's SQL: nothing outside of it is read or written, nothing can be set.
OPENING: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
LOCKING = ("set enable_external_access = false", "set lock_configuration = true")


@dataclass(frozen=True)
class IndustryFigures:
    """An industry of the file, in numbers; `field` counts the companies in the field."""

    industry: str
    title: str
    floor: float
    field_min: int
    made_up: bool
    companies: int
    field: int
    reviews: int
    beliefs: int
    common_beliefs: int
    customer_values: int
    data_from: datetime | None
    data_to: datetime | None


@dataclass(frozen=True)
class Slice:
    """Some of the reviews: of the days from `since` to `until` (both included), of a source, in a language.

    What is None chooses nothing. An empty slice is false, and means all reviews.
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def __str__(self) -> str:
        """In words, such as ``since 2025-01-01, source trustpilot``; empty for all reviews."""
        return ", ".join(f"{name} {value}" for name, value in asdict(self).items() if value is not None)


EVERYTHING = Slice()


@dataclass(frozen=True)
class Quote:
    """A sentence of a review, verbatim, with who it is about and when it was published."""

    text: str
    company: str
    published_at: datetime | None
    source: str | None = None
    stars: float | None = None
    url: str | None = None
    sentence_id: str | None = None
    review_id: str | None = None


@dataclass(frozen=True)
class Theme:
    """A theme, with its figures over the industry or at one company. Shares go from 0 to 1."""

    theme_id: str
    kind: str
    area: str
    statement: str | None
    statement_sentence_id: str | None
    keywords: tuple[str, ...]
    reviews: int | None
    sentences: int | None
    companies: int | None
    prevalence: float | None
    low: float | None
    high: float | None
    spread: int
    field: int
    common: bool
    because: str
    first_seen: datetime | None
    last_seen: datetime | None
    quote: Quote | None
    name: str | None = None
    trend: str | None = None
    precision: float | None = None
    precision_low: float | None = None
    precision_high: float | None = None
    recall: float | None = None
    judged: int | None = None
    corrected_for: str | None = None


@dataclass(frozen=True)
class CompanyFigure:
    """How often one company's customers say a theme; the shares are None where nothing was counted."""

    company: str
    name: str
    ours: bool
    in_field: bool
    reviews: int
    mentions: int
    prevalence: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Result:
    """What a query gave."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class PublishedDatabase:
    """A published database, open for reading. Use `open_published`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.path = path
        self._connection = connection

    def industries(self) -> tuple[IndustryFigures, ...]:
        """The industries of the file, by key."""
        return tuple(IndustryFigures(**row) for row in self.ask("industries"))

    def default_industry(self, name: str | None = None) -> str:
        """The industry with this key; without one, the only industry that there is.

        Raises:
            UnknownNameError: there is no such industry, or no name was given and there are several.
            InputError: there is no industry at all.
        """
        known = [key for (key,) in self.rows("select industry from industries order by industry")]
        if not known:
            raise InputError(f"{self.path} holds no industry yet. Run 'minebelief run FILE'")
        if name is None:
            if len(known) > 1:
                raise UnknownNameError(f"which industry? Name one of {', '.join(known)}")
            return str(known[0])
        return _choose(name, {key: key for key in known}, "industry")

    def default_company(self, industry: str, name: str) -> str:
        """The key of the company with this key or name.

        Raises:
            UnknownNameError: there is no such company.
        """
        sql = "select company, name from companies where industry = ? order by company"
        known = self.rows(sql, [industry])
        return _choose(name, {key: key for key, _ in known} | {title: key for key, title in known}, "company")

    def company_name(self, industry: str, company: str) -> str:
        """What a company is called, by its key."""
        sql = "select name from companies where industry = ? and company = ?"
        return str(self.rows(sql, [industry, company])[0][0])

    def our_company(self, industry: str) -> str | None:
        """The key of the company that is the user's, if one is."""
        rows = self.rows("select company from companies where industry = ? and ours", [industry])
        return str(rows[0][0]) if rows else None

    def beliefs(
        self,
        industry: str,
        limit: int | None = 10,
        *,
        kind: str = "belief",
        common_only: bool = True,
        min_spread: int = 0,
        company: str | None = None,
        within: Slice = EVERYTHING,
    ) -> tuple[Theme, ...]:
        """Themes of a kind, common ones first, then by prevalence.

        With `within`, figures, order and quotes are those of some of the reviews, in which an author with several
        reviews counts several times; whether a theme is common stays what it is over all reviews.

        Args:
            industry: key of the industry.
            limit: how many at most; None for all.
            kind: ``belief`` or ``value``.
            common_only: leave out what is not common.
            min_spread: the least number of companies of the field.
            company: key of a company whose own figures, order and quotes are wanted.
            within: the reviews that are counted.

        Raises:
            UnknownNameError: no review is from the source or in the language that `within` names.
        """
        if within:
            return self._beliefs_within(industry, limit, kind, common_only, min_spread, company, within)
        rows = self.ask(
            "themes",
            industry=industry,
            limit=limit,
            kind=kind,
            common_only=common_only,
            min_spread=min_spread,
            company=company,
        )
        return tuple(_theme(row) for row in rows)

    def _beliefs_within(
        self,
        industry: str,
        limit: int | None,
        kind: str,
        common_only: bool,
        min_spread: int,
        company: str | None,
        within: Slice,
    ) -> tuple[Theme, ...]:
        within = self.check_slice(industry, within)
        asked = {"industry": industry, "kind": kind, "company": company, **asdict(within)}
        counts = {row.pop("theme_id"): row for row in self.ask("counts_within", **asked)}
        every = self.beliefs(industry, None, kind=kind, common_only=common_only)
        themes = [
            replace(theme, **counts[theme.theme_id], sentences=None, corrected_for=None)
            for theme in every
            if counts.get(theme.theme_id, {}).get("reviews")
        ]
        themes = [theme for theme in themes if theme.spread >= min_spread]
        themes.sort(key=lambda theme: (not theme.common, -(theme.prevalence or 0), theme.theme_id))
        quoted = []
        for theme in themes[:limit]:
            quotes = self.evidence(industry, theme.theme_id, 5, company=company, within=within)
            other = [quote for quote in quotes if quote.text.casefold() != (theme.statement or "").casefold()]
            quoted.append(replace(theme, quote=next(iter(other or quotes), None)))
        return tuple(quoted)

    def check_slice(self, industry: str, within: Slice) -> Slice:
        """The slice with its source and language as they are written in the database.

        Raises:
            UnknownNameError: no review is from this source or in this language.
        """
        found: dict[str, Any] = {}
        for what in ("source", "language"):
            name = getattr(within, what)
            if name is not None:
                sql = f"select distinct {what} from reviews where industry = ? and {what} is not null order by all"
                known = [key for (key,) in self.rows(sql, [industry])]
                found[what] = _choose(name, {key: key for key in known}, what)
        return replace(within, **found)

    def theme(self, industry: str, theme_id: str) -> Theme:
        """One theme, with its figures over the industry.

        Raises:
            UnknownNameError: there is no such theme.
        """
        sql = "select theme_id, kind from themes where industry = ? order by length(theme_id), theme_id"
        kinds = dict(self.rows(sql, [industry]))
        if not kinds:
            raise UnknownNameError(f"no theme '{theme_id}': {industry} has no themes")
        found = _choose(theme_id, {key: key for key in kinds}, "theme", f"'minebelief beliefs {industry} --all'")
        every = self.beliefs(industry, None, kind=kinds[found], common_only=False)
        return next(theme for theme in every if theme.theme_id == found)

    def evidence(
        self,
        industry: str,
        theme_id: str,
        limit: int | None = 20,
        *,
        company: str | None = None,
        within: Slice = EVERYTHING,
    ) -> tuple[Quote, ...]:
        """The sentences that say a theme best, one per review, of a company and of some of the reviews."""
        asked = {"industry": industry, "theme_id": theme_id, "limit": limit, "company": company, **asdict(within)}
        rows = self.ask("evidence", **asked)
        return tuple(Quote(**row) for row in rows)

    def prevalence_of(self, industry: str, theme_id: str) -> tuple[CompanyFigure, ...]:
        """A theme at every company of the industry, highest prevalence first."""
        return tuple(CompanyFigure(**row) for row in self.ask("prevalence_of", industry=industry, theme_id=theme_id))

    def relations(self) -> list[tuple[Any, ...]]:
        """The name of every table, view and macro, and what each holds."""
        return self.rows(read_sql("queries/relations.sql"), {"database": NAME})

    def columns(self, name: str | None = None) -> list[tuple[Any, ...]]:
        """Table, name, type and meaning of the columns of a table or view; of all without a name.

        Raises:
            UnknownNameError: there is no such table or view.
        """
        sql = "select distinct table_name from duckdb_columns() where database_name = ? order by all"
        known = [table for (table,) in self.rows(sql, [NAME])]
        chosen = _choose(name, {table: table for table in known}, "table", "'.tables'") if name else None
        return self.rows(read_sql("queries/columns.sql"), {"database": NAME, "name": chosen})

    def tables(self) -> frozenset[str]:
        """The names of the published tables; an older file has fewer."""
        sql = "select table_name from duckdb_tables() where database_name = ?"
        return frozenset(name for (name,) in self.rows(sql, [NAME]))

    def records(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of one of the project's queries, by column; `name` as in ``report/themes``, from ``sql/``."""
        done = self._connection.execute(read_sql(f"{name}.sql"), parameters or None)
        columns = [column[0] for column in done.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in done.fetchall()]

    def query(self, sql: str, *, seconds: float = SECONDS, rows: int = ROWS) -> Result:
        """Run anybody's SQL: it reads this database and nothing else, and is stopped when it takes too long.

        Args:
            sql: one statement or several; the last one's result counts.
            seconds: the time limit.
            rows: the largest result that is given back.

        Raises:
            QueryError: the SQL has a mistake, may not do what it tries, takes too long or gives too much.
        """
        # In a thread of its own, since DuckDB notices the user's interrupt only in some of its plans.
        outcome: list[Result | Exception] = []
        answered = threading.Event()

        def answer() -> None:
            try:
                outcome.append(self._answer(sql, rows))
            except Exception as error:
                outcome.append(error)
            answered.set()

        threading.Thread(target=answer, daemon=True).start()
        late = False
        try:
            # In short waits: the system may hand Ctrl-C to DuckDB's threads, and then no wait of ours is cut short.
            until = time.monotonic() + seconds
            while not answered.wait(0.1) and not late:
                late = time.monotonic() >= until
        finally:
            while not answered.is_set():
                with suppress(KeyboardInterrupt):  # a second one must not leave the query running
                    self._connection.interrupt()
                    answered.wait(0.05)
        if late:
            raise QueryError(f"the query took longer than {seconds:g} seconds and was stopped")
        (found,) = outcome
        if isinstance(found, Result):
            return found
        if isinstance(found, duckdb.Error):
            raise QueryError(f"the query cannot be run: {_first_lines(found)}")
        raise found

    def _answer(self, sql: str, rows: int) -> Result:
        done = self._connection.execute(sql)
        columns = tuple(column[0] for column in done.description or ())
        found: list[tuple[Any, ...]] = []
        while columns and (part := done.fetchmany(10_000)):
            found += part
            if len(found) > rows:
                raise QueryError(f"the query gives more than {rows:,} rows. Add a limit to it")
        return Result(columns, tuple(found))

    def encoder_of(self, industry: str) -> str | None:
        """The name of the encoder that the industry was last mined with; None for the default one."""
        rows = self.ask("encoder", industry=industry)
        return str(rows[0]["encoder"]).partition("+")[0] if rows else None

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query of our own; for anybody's there is `query`."""
        return self._connection.execute(sql, parameters).fetchall()

    def ask(self, name: str, **parameters: Any) -> tuple[dict[str, Any], ...]:
        """The rows of ``sql/queries/NAME.sql``, by column."""
        try:
            done = self._connection.execute(read_sql(f"queries/{name}.sql"), parameters or None)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise VersionError(
                f"{self.path} was published by an earlier version of minebelief and lacks something "
                f"({_first_lines(error)}). Run 'minebelief run FILE', which publishes it anew"
            ) from None
        names = [column[0] for column in done.description or ()]
        return tuple(dict(zip(names, row, strict=True)) for row in done.fetchall())


@contextmanager
def open_published(path: str | Path) -> Iterator[PublishedDatabase]:
    """Open a published database for reading; many programs may do so at once, also while one publishes.

    Raises:
        InputError: there is no such file.
        VersionError: a newer version of Minebelief has written it.
        LockedError: another program has it open for writing.
        WorkspaceError: it is damaged, or no published database.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(
            f"nothing is published here yet: there is no {path}. Run 'minebelief run FILE' with an "
            "industry file, or choose another --workspace"
        )
    connection = duckdb.connect(config=OPENING)
    try:
        connection.execute("set enable_progress_bar = false")  # it would be drawn into the answer
        try:
            connection.execute(f"attach {quoted(str(path))} as {NAME} (read_only)")
            connection.execute(f"use {NAME}")
            found = connection.execute("select max(schema_version) from meta").fetchone()
        except duckdb.Error as error:
            reason = _first_lines(error)
            if "lock" in reason.lower():
                raise LockedError(
                    f"{path} is open for writing in another program ({reason}). Close it there, or open it read-only"
                ) from None
            raise WorkspaceError(
                f"{path} cannot be read as a published database: {reason}. "
                "If it is damaged, delete it: 'minebelief run FILE' publishes it anew"
            ) from None
        version = found[0] if found and found[0] is not None else 0
        if version > SCHEMA_VERSION:
            raise VersionError(
                f"{path} has schema version {version}, and this program reads versions up to "
                f"{SCHEMA_VERSION}. Upgrade minebelief"
            )
        for statement in LOCKING:
            connection.execute(statement)
        yield PublishedDatabase(connection, path)
    finally:
        connection.close()


def quoted(text: str) -> str:
    """Text as an SQL literal, for the statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _theme(row: dict[str, Any]) -> Theme:
    text, company, published_at = (row.pop(k) for k in ("quote", "quote_company", "quote_published_at"))
    quote = None if text is None else Quote(text, company, published_at)
    return Theme(**{**row, "keywords": tuple(row["keywords"] or ()), "quote": quote})


def _choose(name: str, known: Mapping[str, str], what: str, see: str = "") -> str:
    """The key that `known` has for a name, case ignored."""
    folded = {text.casefold(): key for text, key in known.items()}
    if name.casefold() in folded:
        return folded[name.casefold()]
    close = difflib.get_close_matches(name.casefold(), list(folded), n=1)
    hint = f" (did you mean '{folded[close[0]]}'?)" if close else ""
    keys = list(dict.fromkeys(known.values()))
    there = f"{', '.join(keys[:12])}{', …' if len(keys) > 12 else ''}"
    more = f"; {see} lists them all" if see and len(keys) > 12 else ""
    raise UnknownNameError(f"no {what} '{name}'{hint}; there is {there}{more}")


def _first_lines(error: Exception) -> str:
    """The error without the picture of where it is; a hint of the database is kept."""
    lines = [line.strip() for line in str(error).split("\n\n")[0].splitlines() if line.strip()]
    return " ".join(line for line in lines if not line.startswith(("LINE ", "^")))
