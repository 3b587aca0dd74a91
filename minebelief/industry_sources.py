"""The sections of an industry file that say where reviews come from: sites and files."""

import difflib
import importlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, StringConstraints
from pydantic import ValidationError as Invalid
from pydantic import field_validator as check

from .industry_draft import Draft
from .industry_values import Address, Encoding, Kind, Language, Part, Text, file_stem, fold_name

__all__ = ["SPIDERS", "Columns", "CrawlSource", "FileSource", "Sections"]

SPIDERS = ("app_store", "cfpb", "discourse", "mozilla_addons", "pages", "schema_org", "steam")

# An API that knows companies by their legal names is asked for those of this file; a forum never says whom a post
# is about.
_BY_LEGAL_NAME = "cfpb"


class Columns(Part):
    """Which column holds which field of a review; a field left out has the column of its own name, if any."""

    id: Text | None = None
    """The id of the review at its source."""
    title: Text | None = None
    """Its heading."""
    body: Text | None = None
    """Its text."""
    rating: Text | None = None
    """The rating as a number."""
    published_at: Text | None = None
    """When it was published: a date or a time."""
    url: Text | None = None
    """Its address."""
    reply: Text | None = None
    """What the company answered."""
    author: Text | None = None
    """Who wrote it; only a salted hash is kept."""
    language: Text | None = None
    """Code of its language, where it is known."""
    company: Text | None = None
    """What names the company."""
    scale: Text | None = None
    """The best rating that can be given, where it differs from row to row."""

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
    """The name of the source. Sections of one name are one source."""
    files: Text
    """Path or pattern, relative to the industry file: CSV, JSON lines or Parquet, plain or gzip."""
    company: Text | None = None
    """A constant (key, name or alias), `{stem}` for the name of the file, or else a column."""
    columns: Columns = Columns()
    """Which column holds which field; a field left out has the column of its own name, if any."""
    scale: float | None = Field(None, gt=0)
    """The best rating that can be given."""
    worst: float | None = None
    """The lowest rating that can be given: 1 unless said otherwise, 0 where `scale` is 1."""
    kind: Kind = "review"
    """What the texts are."""
    encoding: Encoding = "utf-8"
    """The encoding of text files."""
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    """What separates columns; found by itself where it is left out."""
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    """How dates of figures read, where that cannot be told from the data."""
    language: Language | None = None
    """The language of all of it; told from each text where it is left out."""
    companies: dict[str, str] = Field({})
    """Values found in the data, and the company that each means."""

    @check("company")
    @classmethod
    def _only_stem(cls, value: str | None) -> str | None:
        if value and re.search(r"[{}]", value.replace("{stem}", "")):
            raise ValueError("a company, a column, or '{stem}' for the file's name")
        return value


class CrawlSource(Part):
    """Reviews on a site: a spider, where it starts, and (``args``) whatever else the spider is told.

    Several sections of one spider may have one ``name``, such as one for each company: they are one place
    that reviews come from. ``kind`` is the spider's own unless said otherwise, None where it gathers no reviews.
    """

    name: Text
    """The name of the source. Sections of one name are one source."""
    spider: Literal[SPIDERS]  # type: ignore[valid-type]
    """Who reads the site."""
    company: str | None = None
    """Key of the company that the reviews are about; where it is left out, the site must say it."""
    urls: tuple[Address, ...] = ()
    """Where the crawl starts."""
    args: dict[str, JsonValue] = Field({})
    """What else the spider is told; the page on sources says what each accepts. They stand in the section itself."""
    kind: Kind | None = None
    """What the texts are; by default what the spider reads."""
    allow_local: bool = False
    """The site lies on this machine or network."""
    since: date | None = None
    """The first day wanted."""

    @check("since", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        return value.date() if isinstance(value, datetime) else value


class Sections:
    """The ``[[sources]]`` of an industry file while it is checked.

    Args:
        draft: where mistakes are noted.
        names: the names of each company by its key, its own first.
    """

    def __init__(self, draft: Draft, names: Mapping[str, tuple[str, ...]]) -> None:
        self.draft = draft
        self.names = names
        self.keys: dict[str, str] = {}
        for key, called in names.items():
            self.keys |= {fold_name(name): key for name in (key, *called)}

    def read(self, tables: Any) -> tuple[CrawlSource | FileSource, ...]:
        """The sections that are right; what is wrong with the others is noted."""
        if not isinstance(tables, list):
            self.draft.wrong("sources", tables, "one table [[sources]] for each source")
            return ()
        if not tables:
            self.draft.wrong("sources", "none", "at least one [[sources]] with spider or files")
        built: list[CrawlSource | FileSource] = []
        first: dict[str, str] = {}  # how the first section of each name is read
        for i, table in enumerate(tables):
            source = self._source(table, f"sources[{i}]")
            if source is None:
                continue
            way = f"spider = '{source.spider}'" if isinstance(source, CrawlSource) else "files"
            if first.setdefault(source.name, way) == way:
                built.append(source)
            else:
                accepted = f"another name, or {first[source.name]} as in the other source of this name"
                self.draft.wrong(f"sources[{i}].name", source.name, accepted)
        return tuple(built)

    def _source(self, table: Any, key: str) -> CrawlSource | FileSource | None:
        if not isinstance(table, dict):
            self.draft.wrong(key, table, "a table with spider or files")
            return None
        if ("spider" in table) == ("files" in table):
            self.draft.wrong(key, ", ".join(table) or "nothing", "a table with either spider or files")
            return None
        return self._crawl(table, key) if "spider" in table else self._files(table, key)

    # --- sites ------------------------------------------------------------------------------------

    def _crawl(self, table: dict[str, Any], key: str) -> CrawlSource | None:
        spider = table.get("spider")
        model = _arguments(spider) if isinstance(spider, str) and spider in SPIDERS else None
        table = dict(table)
        if isinstance(company := table.get("company"), str):
            table["company"] = self._company(company, f"{key}.company")
        if spider == _BY_LEGAL_NAME:
            table.setdefault("companies", self._legal_names(table.get("company")))
        own = set(CrawlSource.model_fields) - {"args"}
        accepted = own if model is None else ({"name", "spider"} | set(model.model_fields))
        whole = {name: value for name, value in table.items() if name in own & accepted}
        args = {name: value for name, value in table.items() if name not in whole}
        if model is not None and "kind" in model.model_fields:
            whole.setdefault("kind", model.model_fields["kind"].default)
        whole.setdefault("name", "-".join(str(table[k]) for k in ("spider", "company") if table.get(k)))
        source = self.draft.build(CrawlSource, {**whole, "args": args}, key, accepted)
        fine = model is None or self._check_arguments(model, whole, args, key, accepted)
        return source if fine else None

    def _check_arguments(
        self, model: type[BaseModel], whole: Mapping[str, Any], args: Mapping[str, Any], key: str, accepted: set[str]
    ) -> bool:
        """Would the spider take what the section says? What `CrawlSource` checks itself is noted there."""
        given = {name: value for name, value in whole.items() if name in model.model_fields}
        try:
            model.model_validate({**given, **args})
        except Invalid as error:
            for detail in error.errors():
                name = str(detail["loc"][0]) if detail["loc"] else ""
                if name not in whole:
                    field = model.model_fields.get(name)
                    self.draft.note(detail, key, accepted, (field.description or "").rstrip(".") if field else "")
            return False
        return True

    def _legal_names(self, company: Any) -> list[str]:
        """All names of a company, or of every company: its legal ones are among them."""
        wanted = [company] if company in self.names else list(self.names)
        return list(dict.fromkeys(name for key in wanted for name in self.names[key]))

    # --- files ------------------------------------------------------------------------------------

    def _files(self, table: dict[str, Any], key: str) -> FileSource | None:
        table = dict(table)
        table.setdefault("name", _source_name(table["files"]))
        if isinstance(translation := table.get("companies"), dict):
            table["companies"] = {
                value: self._company(company, f"{key}.companies.{value}") for value, company in translation.items()
            }
        self._check_together(table, key)
        return self.draft.build(FileSource, table, key, nested={"columns": Columns.model_fields})

    def _check_together(self, table: Mapping[str, Any], key: str) -> None:
        """What no key tells alone; each may be mistaken itself."""
        columns = table.get("columns")
        columns = columns if isinstance(columns, dict) else {}
        scale = _number(table.get("scale"))
        worst = _number(table.get("worst"))
        if table.get("company") and (column := columns.get("company")):
            self.draft.wrong(f"{key}.columns.company", column, f"nothing, since {key}.company is given")
        if columns.get("rating") and not ("scale" in table or columns.get("scale")):
            self.draft.wrong(f"{key}.scale", "nothing", "the best rating that can be given, such as 5")
        if worst is not None and not (0 <= worst < (scale or float("inf"))):
            self.draft.wrong(f"{key}.worst", table["worst"], "the lowest rating that can be given, below scale")

    def _company(self, text: object, place: str) -> str:
        """The key of the company called `text`; the text itself, and a mistake, where there is none."""
        folded = fold_name(str(text))
        if folded in self.keys or not self.draft.sure:
            return self.keys.get(folded, str(text))
        close = difflib.get_close_matches(folded, list(self.keys), n=1)
        hint = f" (did you mean '{self.keys[close[0]]}'?)" if close else ""
        accepted = ", ".join(dict.fromkeys(self.keys.values())) or "the key of a company of this file"
        self.draft.wrong(place, text, f"{accepted}{hint}")
        return str(text)


def _arguments(spider: str) -> type[BaseModel]:
    """What a spider can be told, without Scrapy."""
    models: Mapping[str, type[BaseModel]] = importlib.import_module("minebelief.spiders.models").ARGUMENTS
    return models[spider]


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _source_name(files: object) -> str:
    """A name for the files of a pattern: the last part of it that holds no wildcard."""
    parts = PurePath(files).parts if isinstance(files, str) else ()
    plain = [stem for part in parts if not re.search(r"[*?\[]", part) and fold_name(stem := file_stem(part))]
    return plain[-1] if plain else "files"
