"""Where reviews come from: files with their columns, or a site that a spider reads."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints
from pydantic import field_validator as check

__all__ = ["SPIDERS", "Columns", "CrawlSource", "FileSource"]

SPIDERS = ("app_store", "cfpb", "discourse", "mozilla_addons", "pages", "schema_org", "steam")

SLUG = r"[a-z0-9][a-z0-9-]*"
SLUG_ACCEPTED = "small letters, digits and '-', such as 'us-airways'"


def _like(pattern: str, accepted: str) -> Any:
    def checked(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(accepted)  # the message becomes "found ...; accepted: ..."
        return value

    return AfterValidator(checked)


def _known_encoding(value: str) -> str:
    try:
        "".encode(value)
    except (LookupError, UnicodeError):
        raise ValueError("a text encoding, such as 'utf-8', 'cp1252' or 'utf-16'") from None
    return value


Slug = Annotated[str, _like(SLUG, SLUG_ACCEPTED)]
Address = Annotated[str, _like(r"https?://[^/\s]\S*", "an address that begins with http:// or https://")]
Language = Annotated[str, _like(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language code, such as 'en'")]
Encoding = Annotated[str, AfterValidator(_known_encoding)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal["review", "complaint", "mention", "employee"]


class Part(BaseModel):
    """A table of the industry file: it never changes, and has no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Columns(Part):
    """Which column holds which field of a review; a field left out has the column of its own name, if any."""

    id: Text | None = None
    title: Text | None = None
    body: Text | None = None
    rating: Text | None = None
    published_at: Text | None = None
    url: Text | None = None
    reply: Text | None = None
    author: Text | None = None
    language: Text | None = None
    company: Text | None = None
    scale: Text | None = None

    def given(self) -> dict[str, str]:
        """The columns that were named, by field."""
        return self.model_dump(exclude_none=True)


class FileSource(Part):
    """Reviews in files: CSV, JSON lines or Parquet, plain or gzip.

    Several sections may have one ``name``: they are one place that reviews come from.
    ``company`` is a constant (key, name or alias), ``{stem}`` for the file's name, or else a column;
    ``companies`` translates values found in the data. ``worst`` is the lowest rating that can be given: 1
    unless said otherwise, 0 where ``scale`` is 1.
    """

    name: Text
    files: Text
    company: Text | None = None
    columns: Columns = Columns()
    scale: float | None = Field(None, gt=0)
    worst: float | None = None
    kind: Kind = "review"
    encoding: Encoding = "utf-8"
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    language: Language | None = None
    companies: dict[str, str] = {}

    @check("company")
    @classmethod
    def _only_stem(cls, value: str | None) -> str | None:
        if value and re.search(r"[{}]", value.replace("{stem}", "")):
            raise ValueError("a company, a column, or '{stem}' for the file's name")
        return value


class CrawlSource(Part):
    """Reviews on a site: a spider, where it starts, and (``args``) whatever else the spider is told.

    Several sections of one spider may have one ``name``, such as one for each company: they are one place
    that reviews come from.
    """

    name: Text
    spider: Literal[SPIDERS]  # type: ignore[valid-type]
    company: str | None = None
    urls: tuple[Address, ...] = ()
    args: dict[str, JsonValue] = {}
    kind: Kind = "review"
    allow_local: bool = False
    since: date | None = None

    @check("since", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        return value.date() if isinstance(value, datetime) else value
