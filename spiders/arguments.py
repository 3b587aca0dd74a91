"""What a spider can be told: one small model per matter, checked before the first request."""

import json
import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

__all__ = [
    "Addresses",
    "Kind",
    "LimitArguments",
    "ReviewArguments",
    "SchemaOrgArguments",
    "SiteArguments",
    "SourceArguments",
]

Kind = Literal["review", "complaint", "mention", "employee"]


class SourceArguments(BaseModel):
    """Whose words, and where they may lie."""

    model_config = ConfigDict(extra="forbid")

    company: str | None = Field(None, description="Key of the company that the reviews are about.")
    allow_local: bool = Field(False, description="Whether the given hosts may lie on this machine or network.")


class ReviewArguments(SourceArguments):
    """Which reviews."""

    kind: Kind = Field("review", description="What the texts are.")
    since: date | None = Field(None, description="First day of the reviews wanted; those without a date are kept.")


class LimitArguments(BaseModel):
    """How far a crawl goes."""

    max_pages: int = Field(1000, ge=1, le=1_000_000, description="Pages fetched at most.")
    max_reviews: int | None = Field(None, ge=1, description="Reviews gathered at most; no limit where absent.")
    max_bytes: int = Field(
        16 * 1024 * 1024, ge=1024, le=1024**3, description="Bytes of one answer at most, also once it is unpacked."
    )
    max_depth: int = Field(10_000, ge=1, description="Steps from a first page at most.")
    max_minutes: float = Field(60.0, gt=0, le=10_000, description="Minutes at most; the next crawl goes on from there.")
    stop_after_known: int = Field(
        10,
        ge=0,
        description="Known or older reviews in a row after which a later crawl reads no further page; 0 for never, "
        "where a site does not list its newest reviews first.",
    )


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address that begins with https:// or http://")
    return text


def _addresses(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            raise ValueError("a JSON list where it begins with [") from None
    # A comma is part of many addresses: it separates only where another address follows.
    return [url for url in re.split(r"\s+|,\s*(?=https?://)|,\s*$", text) if url]


def _once(urls: list[str]) -> list[str]:
    return list(dict.fromkeys(urls))


Addresses = Annotated[
    list[Annotated[str, AfterValidator(_address)]], BeforeValidator(_addresses), AfterValidator(_once)
]
"""Web addresses: a list, a JSON list, or separated by commas or blanks."""


class SiteArguments(BaseModel):
    """Where on a site a crawl begins."""

    urls: Addresses = Field(
        description="Addresses of the first pages; on a command line separated by commas or blanks.",
        min_length=1,
    )


class SchemaOrgArguments(ReviewArguments, LimitArguments, SiteArguments):
    """Arguments of the ``schema_org`` spider."""

    page_pattern: str | None = Field(
        None,
        description="Address of further pages with {page} for the number (2, 3, …), relative to urls.",
    )

    @field_validator("page_pattern")
    @classmethod
    def _numbered(cls, pattern: str | None) -> str | None:
        if pattern is not None and "{page}" not in pattern:
            raise ValueError("an address that contains {page}, for example '?page={page}'")
        return pattern
