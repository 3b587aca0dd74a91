"""What the report tells, read from a published database; a table that a file lacks is an empty part here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minebelief.published import IndustryFigures, PublishedDatabase
from minebelief.report.standing import Standing, standings
from minebelief.safe_text import sanitise

__all__ = ["Company", "Figure", "Quote", "Report", "Sample", "Theme", "read_report"]

Row = Mapping[str, Any]
"""A row of a published table, by its columns; texts are made safe."""

OPTIONAL = (
    "openings",
    "links",
    "impact",
    "opposites",
    "trends",
    "frontline",
    "hunches",
    "claims",
    "anchors",
    "changes",
    "own_values",
    "purposes",
    "blind_spots",
    "movements",
)


@dataclass(frozen=True)
class Sample:
    """How much of the evidence is shown: themes of each kind in full, quotes per theme and company, characters."""

    beliefs: int = 40
    values: int = 20
    per_company: int = 4
    length: int = 320


@dataclass(frozen=True)
class Company:
    """A company and how much there is about it."""

    company: str
    name: str
    ours: bool
    in_field: bool
    reviews: int
    with_text: int
    of_employees: int
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Figure:
    """A theme at a company and source (* for the compared ones); shares from 0 to 1, None where nothing is counted."""

    theme_id: str
    company: str
    source: str
    reviews: int
    mentions: int
    prevalence: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Quote:
    """A sentence of a review, cut to a readable length; `url` is a web address or None."""

    text: str
    company: str
    source: str
    kind: str
    stars: float | None
    published_at: datetime | None
    url: str | None


@dataclass(frozen=True)
class Theme:
    """A theme with its figures and a sample of its evidence; `shown` tells whether it is told in full."""

    theme_id: str
    kind: str
    statement: str
    area: str
    keywords: str
    prevalence: float | None
    low: float | None
    high: float | None
    spread: int
    common: bool
    because: str
    sentences: int
    reviews: int
    stability: float | None
    precision: float | None
    trend: str | None
    drift: float | None
    shown: bool
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    opposites: tuple[Quote, ...]
    months: tuple[Row, ...]
    satisfaction: tuple[Row, ...]
    movements: tuple[Row, ...]
    anchors: tuple[Row, ...]
    impact: Row | None
    frontline: Row | None

    @property
    def over_all(self) -> tuple[Figure, ...]:
        """The figures over the compared sources, one per company."""
        return tuple(figure for figure in self.figures if figure.source == "*")

    @property
    def first_quotes(self) -> tuple[Quote, ...]:
        """The quotes to begin with, best first: what one says that another said before comes last."""
        said: dict[str, Quote] = {}
        again = []
        for quote in self.quotes:
            if said.setdefault(_wording(quote.text), quote) is not quote:
                again.append(quote)
        return (*said.values(), *again)

    @property
    def by_source(self) -> tuple[Figure, ...]:
        """The figures of companies with more than one source, one per source."""
        several: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.source != "*":
                several[figure.company].append(figure)
        return tuple(figure for figures in several.values() if len(figures) > 1 for figure in figures)


@dataclass(frozen=True)
class Report:
    """All that the page tells. `missing` names published tables that the file lacks; `company` is whose openings."""

    industry: IndustryFigures
    meta: Row
    company: Company | None
    companies: tuple[Company, ...]
    themes: tuple[Theme, ...]
    openings: tuple[Row, ...]
    claims: tuple[Row, ...]
    hunches: tuple[Row, ...]
    changes: tuple[Row, ...]
    own_values: tuple[Row, ...]
    purposes: tuple[Row, ...]
    blind_spots: tuple[Row, ...]
    standings: Mapping[str, Standing]
    sources: tuple[Row, ...]
    rejects: tuple[Row, ...]
    runs: tuple[Row, ...]
    reading: Row
    estimate: Row
    sample: Sample
    missing: frozenset[str]

    @property
    def beliefs(self) -> tuple[Theme, ...]:
        """What customers complain about, common beliefs first."""
        return tuple(theme for theme in self.themes if theme.kind == "belief")

    @property
    def values(self) -> tuple[Theme, ...]:
        """What customers praise."""
        return tuple(theme for theme in self.themes if theme.kind == "value")

    @property
    def common(self) -> tuple[Theme, ...]:
        """The industry's common beliefs."""
        return tuple(theme for theme in self.beliefs if theme.common)

    @property
    def first_run(self) -> bool:
        """Whether no earlier run is there to compare with, so that everything is new."""
        return bool(self.changes) and self.changes[0].get("number") == 1

    @property
    def nearest_opening(self) -> Row | None:
        """The best opening; without one the best that fails only our values, then the best unproven, then the first."""
        open_ones = [row for row in self.openings if row["verdict"] == "open"]
        fitting = [row for row in open_ones if row["fits_values"] != "fail"]
        unproven = [row for row in self.openings if row["verdict"] == "unproven"]
        return next(iter([*fitting, *open_ones, *unproven, *self.openings]), None)

    @property
    def has_opening(self) -> bool:
        """Whether a belief passes every gate, that of our values too."""
        best = self.nearest_opening
        return best is not None and best["verdict"] == "open" and best["fits_values"] != "fail"

    @property
    def field(self) -> tuple[Company, ...]:
        """The companies that are compared."""
        return tuple(company for company in self.companies if company.in_field)


def read_report(
    database: PublishedDatabase, industry: str, company: str | None = None, sample: Sample | None = None
) -> Report:
    """Read everything that the page tells.

    Args:
        database: a published database.
        industry: key of an industry in it.
        company: key of the company whose openings are told; by default the user's own, else a new entrant's.
        sample: how much of the evidence to take.
    """
    sample = sample or Sample()
    tables = database.tables()

    def rows(name: str, **parameters: Any) -> list[Row]:
        if name in OPTIONAL and name not in tables:
            return []
        return [_safe(row) for row in database.records(f"report/{name}", industry=industry, **parameters)]

    companies = tuple(Company(**row) for row in rows("companies"))
    chosen = next((one for one in companies if (one.company == company if company else one.ours)), None)
    listed = rows("themes")
    shown = _shown(listed, sample)
    figures = [Figure(**row) for row in rows("prevalence")]
    openings = rows("openings", company=chosen.company if chosen else None)
    if chosen and not openings:
        openings = rows("openings", company=None)
    parts = _Parts(
        figures=_by(figures, "theme_id"),
        quotes=_quotes(rows("evidence", themes=shown, per_company=sample.per_company, length=sample.length), sample),
        opposites=_quotes(
            rows("opposites", themes=shown, per_company=sample.per_company, length=sample.length), sample
        ),
        months=_by(rows("trends"), "theme_id"),
        satisfaction=_by(rows("links"), "belief_id"),
        movements=_by(rows("movements"), "theme_id"),
        anchors=_by(rows("anchors"), "belief_id"),
        impact=_by(rows("impact"), "theme_id"),
        frontline=_by(rows("frontline"), "theme_id"),
    )
    return Report(
        industry=next(one for one in database.industries() if one.industry == industry),
        meta=database.records("report/meta")[0],
        company=chosen,
        companies=companies,
        themes=tuple(_theme(row, parts, shown) for row in listed),
        openings=tuple(openings),
        claims=tuple(rows("claims")),
        hunches=tuple(rows("hunches")),
        changes=tuple(rows("changes")),
        own_values=tuple(rows("own_values")),
        purposes=tuple(rows("purposes")),
        blind_spots=tuple(rows("blind_spots")),
        standings=standings(
            [(f.theme_id, f.company, f.mentions, f.reviews) for f in figures if f.source == "*"],
            {row["theme_id"]: row["kind"] for row in listed},
            [one.company for one in companies if one.in_field],
        ),
        sources=tuple(rows("sources")),
        rejects=tuple(rows("rejects")),
        runs=tuple(rows("runs")),
        reading=rows("reading")[0],
        estimate=_estimate(database, industry, tables),
        sample=sample,
        missing=frozenset(OPTIONAL) - tables,
    )


def _estimate(database: PublishedDatabase, industry: str, tables: frozenset[str]) -> Row:
    """How well the industry was read, which names are masked, and which languages are left out."""
    if "names" not in tables:  # published by an earlier version
        return {"reviews": None, "names": [], "languages": []}
    row = next(row for row in database.ask("readings") if row["industry"] == industry)
    names = [sanitise(name) for name in row["names"] or ()]
    return {**row, "names": names, "languages": row["languages"] or []}


@dataclass(frozen=True)
class _Parts:
    """What belongs to each theme, by its id."""

    figures: Mapping[str, list[Any]]
    quotes: Mapping[str, list[Quote]]
    opposites: Mapping[str, list[Quote]]
    months: Mapping[str, list[Any]]
    satisfaction: Mapping[str, list[Any]]
    movements: Mapping[str, list[Any]]
    anchors: Mapping[str, list[Any]]
    impact: Mapping[str, list[Any]]
    frontline: Mapping[str, list[Any]]


def _shown(listed: Sequence[Row], sample: Sample) -> list[str]:
    most = {"belief": sample.beliefs, "value": sample.values}
    shown = []
    for kind, count in most.items():
        of_kind = [row["theme_id"] for row in listed if row["kind"] == kind]
        shown += of_kind[:count]
    return shown


def _by(rows: Sequence[Any], column: str) -> Mapping[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row[column] if isinstance(row, Mapping) else getattr(row, column)].append(row)
    return grouped


def _quotes(rows: Sequence[Row], sample: Sample) -> Mapping[str, list[Quote]]:
    grouped: dict[str, list[Quote]] = defaultdict(list)
    for row in rows:
        text = row["text"]
        url = row["url"]
        grouped[row["theme_id"]].append(
            Quote(
                text=f"{text[: sample.length].rstrip()}…" if len(text) > sample.length else text,
                company=row["company"],
                source=row["source"],
                kind=row["kind"],
                stars=row["stars"],
                published_at=row["published_at"],
                url=url if url and url.lower().startswith(("https://", "http://")) and len(url) <= 300 else None,
            )
        )
    return grouped


def _wording(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _theme(row: Row, parts: _Parts, shown: Sequence[str]) -> Theme:
    key = row["theme_id"]
    keywords = ", ".join(row["keywords"] or ())
    return Theme(
        theme_id=key,
        kind=row["kind"],
        statement=_clip(row.get("name") or row["statement"] or keywords or key),
        area=_clip(row["area"] or "", 60),
        keywords=_clip(keywords),
        prevalence=row["prevalence"],
        low=row["low"],
        high=row["high"],
        spread=row["spread"] or 0,
        common=bool(row["common"]),
        because=row["because"] or "",
        sentences=row["sentences"] or 0,
        reviews=row["reviews"] or 0,
        stability=row["stability"],
        precision=row["precision"],
        trend=row.get("trend"),
        drift=row.get("drift"),
        shown=key in shown,
        figures=tuple(parts.figures.get(key, ())),
        quotes=tuple(parts.quotes.get(key, ())),
        opposites=tuple(parts.opposites.get(key, ())),
        months=tuple(parts.months.get(key, ())),
        satisfaction=tuple(row for row in parts.satisfaction.get(key, ()) if row["satisfaction"] is not None),
        movements=tuple(parts.movements.get(key, ())),
        anchors=tuple(parts.anchors.get(key, ())),
        impact=next(iter(parts.impact.get(key, ())), None),
        frontline=next(iter(parts.frontline.get(key, ())), None),
    )


def _clip(text: str, length: int = 240) -> str:
    return f"{text[:length].rstrip()}…" if len(text) > length else text


def _safe(row: Mapping[str, Any]) -> Row:
    return {column: _safe_value(value) for column, value in row.items()}


def _safe_value(value: Any) -> Any:
    if isinstance(value, str):
        return sanitise(value)
    return [_safe_value(part) for part in value] if isinstance(value, list) else value
