"""What the published database gives back: frozen figures of industries, themes, companies and quotes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

__all__ = ["EVERYTHING", "CompanyFigure", "IndustryFigures", "Quote", "Result", "Slice", "Theme"]


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
    stability: float | None = None
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
