"""What a spider can be told: one small model per matter, checked before the first request."""

import json
import re
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

__all__ = ["LimitArguments", "ReviewArguments", "SchemaOrgArguments"]


class ReviewArguments(BaseModel):
    """Whose reviews, and of what kind."""

    model_config = ConfigDict(extra="forbid")

    company: str | None = Field(None, description="Key of the company that the reviews are about.")
    kind: Literal["review", "complaint", "mention", "employee"] = Field("review", description="What the texts are.")
    allow_local: bool = Field(False, description="Whether the given hosts may lie on this machine or network.")
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


class SchemaOrgArguments(ReviewArguments, LimitArguments):
    """Arguments of the ``schema_org`` spider."""

    urls: list[str] = Field(
        description="Addresses of the first pages: a JSON list, or separated by commas or blanks.",
        min_length=1,
    )
    page_pattern: str | None = Field(
        None,
        description="Address of further pages with {page} for the number (2, 3, …), relative to urls.",
    )

    @field_validator("urls", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = value.strip()
        if text.startswith("["):
            return json.loads(text)
        # A comma is part of many addresses: it separates only where another address follows.
        return [url for url in re.split(r"\s+|,\s*(?=https?://)|,\s*$", text) if url]

    @field_validator("urls")
    @classmethod
    def _absolute(cls, urls: list[str]) -> list[str]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError(f"{url!r} is no web address; it must begin with https:// or http://")
        return list(dict.fromkeys(urls))

    @field_validator("page_pattern")
    @classmethod
    def _numbered(cls, pattern: str | None) -> str | None:
        if pattern is not None and "{page}" not in pattern:
            raise ValueError("must contain {page}, for example '?page={page}'")
        return pattern
