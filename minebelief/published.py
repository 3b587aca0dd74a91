"""The reading side of the published database, for the library and the command line.

Light on purpose: importing it brings in DuckDB and nothing heavier.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import duckdb

from minebelief.damage import check_header, is_damage, read_through, told
from minebelief.errors import (
    InputError,
    LockedError,
    UnknownNameError,
    VersionError,
    WorkspaceError,
)
from minebelief.published_figures import (
    EVERYTHING,
    CompanyFigure,
    IndustryFigures,
    Quote,
    Result,
    Slice,
    Theme,
)
from minebelief.published_query import first_lines, limited_query
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
        return limited_query(self._connection, sql, seconds=seconds, rows=rows)

    def encoder_of(self, industry: str) -> str | None:
        """The name of the encoder that the industry was last mined with; None for the default one."""
        rows = self.ask("encoder", industry=industry)
        return str(rows[0]["encoder"]).partition("+")[0] if rows else None

    def read_through(self) -> None:
        """Read every block of the file. Raises `DamagedError` where one is not what was written."""
        read_through(self._connection, NAME)

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
                f"({first_lines(error)}). Run 'minebelief run FILE', which publishes it anew"
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
        DamagedError: it is damaged, as far as that is seen by now; reading on may raise it too.
        WorkspaceError: it is no published database.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(
            f"nothing is published here yet: there is no {path}. Run 'minebelief run FILE' with an "
            "industry file, or choose another --workspace"
        )
    check_header(path)
    connection = duckdb.connect(config=OPENING)
    try:
        connection.execute("set enable_progress_bar = false")  # it would be drawn into the answer
        try:
            connection.execute(f"attach {quoted(str(path))} as {NAME} (read_only)")
            connection.execute(f"use {NAME}")
            found = connection.execute("select max(schema_version) from meta").fetchone()
        except duckdb.Error as error:
            reason = first_lines(error)
            if is_damage(error):
                with told(path):
                    raise
            if "lock" in reason.lower():
                raise LockedError(
                    f"{path} is open for writing in another program ({reason}). Close it there, or open it read-only"
                ) from None
            raise WorkspaceError(
                f"{path} cannot be read as a published database: {reason}. "
                "If it is none, move it away: 'minebelief run FILE' publishes it anew"
            ) from None
        version = found[0] if found and found[0] is not None else 0
        if version > SCHEMA_VERSION:
            raise VersionError(
                f"{path} has schema version {version}, and this program reads versions up to "
                f"{SCHEMA_VERSION}. Upgrade minebelief"
            )
        for statement in LOCKING:
            connection.execute(statement)
        with told(path):
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
