"""What a program or a notebook opens: a published database, its industries, and their themes as tables.

Every question opens the file anew, so an answer is never half of one run and half of the next, and no open file stands
in the way of the run that replaces it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from minebelief.errors import InputError
from minebelief.published import IndustryFigures, Result, Slice, open_published
from minebelief.rows import Rows

if TYPE_CHECKING:
    from minebelief.published import PublishedDatabase

__all__ = ["Database", "Industry"]

BELIEFS = ("theme_id", "statement", "prevalence", "low", "high", "spread", "field", "common", "area", "reviews")
EVIDENCE = ("text", "company", "published_at", "source", "stars")


class Database(Mapping[str, "Industry"]):
    """The industries of a published database, by key.

    Args:
        path: the file, such as ``minebelief.duckdb``.

    Raises:
        InputError: there is no such file.
        VersionError: a newer version of Minebelief has written it.
        WorkspaceError: it is damaged, or no published database.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if self.path.is_dir():
            raise InputError(f"{self.path} is a folder; name the file, such as {self.path / 'minebelief.duckdb'}")
        self._figures()

    def __getitem__(self, industry: str) -> "Industry":
        """An industry by its key.

        Raises:
            UnknownNameError: there is no such industry; the message says which there are.
        """
        with open_published(self.path) as database:
            return Industry(self.path, database.default_industry(industry))

    def __contains__(self, industry: object) -> bool:
        return any(one.industry == industry for one in self._figures())

    def __iter__(self) -> Iterator[str]:
        return iter([one.industry for one in self._figures()])

    def __len__(self) -> int:
        return len(self._figures())

    def __repr__(self) -> str:
        lines = [f"{one.industry}: {one.title}, {one.reviews:,} reviews" for one in self._figures()]
        return "\n".join([f"Minebelief database {self.path}", *(f"  {line}" for line in lines)])

    def sql(self, query: str, *, seconds: float = 30) -> Rows:
        """The rows of anybody's SQL: it only reads this database, and is stopped after some seconds.

        Raises:
            QueryError: the SQL has a mistake, may not do what it tries, or takes too long.
        """
        with open_published(self.path) as database:
            result = database.query(query, seconds=seconds)
        return _of_result(result)

    def _figures(self) -> tuple[IndustryFigures, ...]:
        with open_published(self.path) as database:
            return database.industries()


class Industry:
    """One industry of a published database. Take it from a `Database`."""

    def __init__(self, path: Path, key: str) -> None:
        self.path = path
        self.key = key

    @property
    def figures(self) -> IndustryFigures:
        """Its title and its numbers of companies, reviews and themes."""
        with open_published(self.path) as database:
            return next(one for one in database.industries() if one.industry == self.key)

    def __repr__(self) -> str:
        one = self.figures
        made_up = " (made up)" if one.made_up else ""
        return (
            f"{one.title}{made_up}: {one.companies} companies, {one.reviews:,} reviews, {one.beliefs} beliefs of "
            f"which {one.common_beliefs} are common, {one.customer_values} values"
        )

    def beliefs(
        self,
        limit: int | None = None,
        *,
        common: bool = True,
        company: str | None = None,
        min_spread: int = 0,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        language: str | None = None,
    ) -> Rows:
        """What customers complain about, common ones first, then by prevalence.

        Args:
            limit: how many at most; None for all.
            common: only those that recur across the industry; False for all.
            company: key or name of a company whose own figures are wanted.
            min_spread: the least number of companies of the field at which it clears the floor.
            since: first day of the reviews that are counted.
            until: their last day.
            source: the source whose reviews are counted; None for all.
            language: code of the language whose reviews are counted; None for all.

        Raises:
            UnknownNameError: there is no such company, source or language.
        """
        within = Slice(since, until, source, language)
        return self._themes("belief", limit, common, company, min_spread, within)

    def values(
        self,
        limit: int | None = None,
        *,
        common: bool = False,
        company: str | None = None,
        min_spread: int = 0,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        language: str | None = None,
    ) -> Rows:
        """What customers praise; the arguments are those of `beliefs`."""
        within = Slice(since, until, source, language)
        return self._themes("value", limit, common, company, min_spread, within)

    def evidence(self, theme_id: str, limit: int | None = 20, *, company: str | None = None) -> Rows:
        """The sentences that say a theme best, one per review.

        Raises:
            UnknownNameError: there is no such theme or company.
        """
        with open_published(self.path) as database:
            theme = database.theme(self.key, theme_id).theme_id
            chosen = database.default_company(self.key, company) if company else None
            quotes = database.evidence(self.key, theme, limit, company=chosen)
        return Rows.of(quotes, EVIDENCE)

    def prevalence(self, theme_id: str) -> Rows:
        """A theme at every company of the industry, highest prevalence first.

        Raises:
            UnknownNameError: there is no such theme.
        """
        with open_published(self.path) as database:
            figures = database.prevalence_of(self.key, database.theme(self.key, theme_id).theme_id)
        return Rows.of(figures, ("name", "reviews", "mentions", "prevalence", "low", "high"))

    def _themes(
        self, kind: str, limit: int | None, common: bool, company: str | None, min_spread: int, within: Slice
    ) -> Rows:
        with open_published(self.path) as database:
            themes = database.beliefs(
                self.key,
                limit,
                kind=kind,
                common_only=common,
                min_spread=min_spread,
                company=_company(database, self.key, company),
                within=within,
            )
        return Rows.of(themes, BELIEFS)


def _company(database: "PublishedDatabase", industry: str, name: str | None) -> str | None:
    return database.default_company(industry, name) if name else None


def _of_result(result: Result) -> Rows:
    return Rows([dict(zip(result.columns, row, strict=True)) for row in result.rows], result.columns)
