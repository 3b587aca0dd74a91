"""The industry file: which companies are compared, where their reviews come from, what the user believes.

``load_industry`` reads the TOML file, fills in ``${NAME}`` from the environment, and checks all that can be
checked without opening a source. All mistakes are reported at once: mending one must not uncover the next.
"""

import difflib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints
from pydantic import ValidationError as Invalid
from pydantic import field_validator as check
from pydantic_core import ErrorDetails

from .errors import IndustryFileError

__all__ = ["SPIDERS", "Columns", "Company", "CrawlSource", "FileSource", "Industry", "load_industry"]

SPIDERS = ("app_store", "cfpb", "discourse", "mozilla_addons", "pages", "schema_org", "steam")

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FILE_ENDINGS = {".gz", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"}
_SLUG = r"[a-z0-9][a-z0-9-]*"
_SLUG_ACCEPTED = "small letters, digits and '-', such as 'us-airways'"


def fold_name(text: str) -> str:
    """What is left of a name when case, blanks and punctuation are ignored.

    >>> fold_name("US Airways") == fold_name("us-airways")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def file_stem(path: str | PurePath) -> str:
    """The file's name without the endings of a data file: ``figo`` for ``data/figo.csv.gz``."""
    name = PurePath(path)
    while name.suffix.lower() in _FILE_ENDINGS:
        name = name.with_suffix("")
    return name.name


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


Slug = Annotated[str, _like(_SLUG, _SLUG_ACCEPTED)]
Address = Annotated[str, _like(r"https?://[^/\s]\S*", "an address that begins with http:// or https://")]
Language = Annotated[str, _like(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language code, such as 'en'")]
Encoding = Annotated[str, AfterValidator(_known_encoding)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal["review", "complaint", "mention", "employee"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Company(_Part):
    """One competitor; ``ours`` marks the user's own."""

    name: Text
    aliases: tuple[Text, ...] = ()
    ours: bool = False
    claims: tuple[Text, ...] = ()


class Columns(_Part):
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


class FileSource(_Part):
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


class CrawlSource(_Part):
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


class Industry(_Part):
    """The companies compared, and all that the industry file says about them."""

    industry: Slug
    title: Text
    beliefs: tuple[Text, ...] = ()
    values: tuple[Text, ...] = ()
    purpose: Text | None = None
    floor: float = Field(0.01, gt=0, lt=1)
    field_min: int = Field(100, ge=1)
    encoder: Text | None = None
    language: Language = "en"
    made_up: bool = False
    companies: dict[str, Company]
    sources: tuple[CrawlSource | FileSource, ...]
    path: Path

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from."""
        return self.path.parent

    def company_key(self, text: str) -> str | None:
        """The key of the company with this key, name or alias; case, blanks and punctuation are ignored."""
        return self._keys.get(fold_name(text))

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {folded: key for folded, key, _ in _names(self.companies)}


def load_industry(path: str | os.PathLike[str]) -> Industry:
    """Read and check the industry file at `path`.

    Raises `IndustryFileError` with one line for every mistake: the file, the key, what was found, what is
    accepted.
    """
    path = Path(path)
    table = _read_toml(path)
    draft = _Draft(path)
    table = draft.fill_in(table, "")
    companies = draft.companies(table.pop("companies", {}))
    sources = draft.sources(table.pop("sources", []), companies)
    table.setdefault("title", str(table.get("industry") or "untitled").replace("-", " ").capitalize())
    known = set(Industry.model_fields) - {"path"}
    if "path" in table:
        draft.unknown("path", known)
    whole = {**table, "companies": companies, "sources": sources, "path": path}
    industry = draft.build(Industry, whole, "", known)
    if industry is None or draft.mistakes:
        raise IndustryFileError("\n".join(f"{path}: {mistake}" for mistake in draft.mistakes))
    return industry


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise IndustryFileError(f"{path}: {reason}; give the path of an industry file (TOML)") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise IndustryFileError(f"{path}: line {line} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise IndustryFileError(f"{path}: no valid TOML: {error}") from None


def _names(companies: Mapping[str, Company]) -> Iterator[tuple[str, str, str]]:
    """Every folded name with the company's key and where it stands in the file."""
    for key, company in companies.items():
        yield fold_name(key), key, f"companies.{key}"
        yield fold_name(company.name), key, f"companies.{key}.name"
        for i, alias in enumerate(company.aliases):
            yield fold_name(alias), key, f"companies.{key}.aliases[{i}]"


Part = TypeVar("Part", bound=_Part)


class _Draft:
    """An industry file while it is checked: collects mistakes and goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[str] = []
        self.sure = True  # of all names; a mistaken company has one message, not one per mention of it

    def wrong(self, key: str, found: object, accepted: str) -> None:
        self.mistakes.append(f"{key}: found {_show(found)}; accepted: {accepted}")

    def unknown(self, key: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(re.split(r"\.", key)[-1], sorted(known), n=1)
        hint = f" (did you mean '{close[0]}'?)" if close else ""
        self.mistakes.append(f"{key}: unknown key{hint}; accepted: {', '.join(sorted(known))}")

    def fill_in(self, value: Any, key: str) -> Any:
        """`value` with every ``${NAME}`` replaced by the environment variable."""
        if isinstance(value, dict):
            return {name: self.fill_in(part, f"{key}.{name}".lstrip(".")) for name, part in value.items()}
        if isinstance(value, list):
            return [self.fill_in(part, f"{key}[{i}]") for i, part in enumerate(value)]
        if not isinstance(value, str):
            return value
        for name in dict.fromkeys(_VARIABLE.findall(value)):
            if name not in os.environ:
                self.mistakes.append(f"{key}: the environment variable {name} is not set; set it")
        return _VARIABLE.sub(lambda match: os.environ.get(match[1], match[0]), value)

    def build(self, model: type[Part], table: Any, key: str, known: Iterable[str] = ()) -> Part | None:
        """`table` as a `model`, or None after noting what is wrong with it."""
        try:
            return model.model_validate(table)
        except Invalid as error:
            for detail in error.errors():
                self._note(detail, key, known or model.model_fields)
        return None

    def _note(self, detail: ErrorDetails, key: str, known: Iterable[str]) -> None:
        place = key
        for step in detail["loc"]:
            place += f"[{step}]" if isinstance(step, int) else f".{step}"
        place = place.lstrip(".")
        accepted = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        if detail["type"] == "missing":
            self.mistakes.append(f"{place}: missing; this key is required")
        elif detail["type"] == "extra_forbidden":
            self.unknown(place, Columns.model_fields if "columns" in detail["loc"] else known)
        elif detail["type"] in ("model_type", "model_attributes_type", "dict_type"):
            self.wrong(place, detail["input"], "a table")
        else:
            self.wrong(place, detail["input"], accepted[:1].lower() + accepted[1:])

    def companies(self, table: Any) -> dict[str, Company]:
        if not isinstance(table, dict):
            self.wrong("companies", table, "one table [companies.KEY] for each company")
            return {}
        if not table:
            self.wrong("companies", "none", "at least one table [companies.KEY] with a name")
        built = {}
        for key, entry in table.items():
            place = f"companies.{key}"
            if not re.fullmatch(_SLUG, key):
                self.wrong(place, key, f"as key {_SLUG_ACCEPTED}")
            if company := self.build(Company, entry, place):
                built[key] = company
        self.sure = len(built) == len(table)
        self._check_names(built)
        ours = [key for key, company in built.items() if company.ours]
        if len(ours) > 1:
            self.wrong(f"companies.{ours[1]}.ours", ", ".join(ours), "at most one company that is ours")
        return built

    def _check_names(self, companies: Mapping[str, Company]) -> None:
        owner: dict[str, str] = {}
        for folded, key, place in _names(companies):
            if not folded:
                self.mistakes.append(f"{place}: no letter or digit in it; accepted: a name to recognize")
            elif (first := owner.setdefault(folded, key)) != key:
                self.mistakes.append(f"{place}: company '{first}' has this name too; keep it at one company")

    def sources(self, tables: Any, companies: Mapping[str, Company]) -> tuple[CrawlSource | FileSource, ...]:
        if not isinstance(tables, list):
            self.wrong("sources", tables, "one table [[sources]] for each source")
            return ()
        if not tables:
            self.wrong("sources", "none", "at least one [[sources]] with spider or files")
        keys = {folded: key for folded, key, _ in _names(companies)}
        built: list[CrawlSource | FileSource] = []
        first: dict[str, str] = {}  # how the first section of each name is read
        for i, table in enumerate(tables):
            source = self._source(table, f"sources[{i}]", keys)
            if source is None:
                continue
            way = f"spider = '{source.spider}'" if isinstance(source, CrawlSource) else "files"
            if first.setdefault(source.name, way) == way:
                built.append(source)
            else:
                accepted = f"another name, or {first[source.name]} as in the other source of this name"
                self.wrong(f"sources[{i}].name", source.name, accepted)
        return tuple(built)

    def _source(self, table: Any, key: str, keys: Mapping[str, str]) -> CrawlSource | FileSource | None:
        if not isinstance(table, dict):
            self.wrong(key, table, "a table with spider or files")
            return None
        if ("spider" in table) == ("files" in table):
            self.wrong(key, ", ".join(table) or "nothing", "a table with either spider or files")
            return None
        return self._crawl(table, key, keys) if "spider" in table else self._files(table, key, keys)

    def _crawl(self, table: dict[str, Any], key: str, keys: Mapping[str, str]) -> CrawlSource | None:
        known = set(CrawlSource.model_fields) - {"args"}
        further = {name: value for name, value in table.items() if name not in known}
        table = {name: value for name, value in table.items() if name in known}
        if isinstance(company := table.get("company"), str):
            table["company"] = self._company(company, f"{key}.company", keys)
        table.setdefault("name", "-".join(str(table[k]) for k in ("spider", "company") if table.get(k)))
        return self.build(CrawlSource, {**table, "args": further}, key, known)

    def _files(self, table: dict[str, Any], key: str, keys: Mapping[str, str]) -> FileSource | None:
        table = dict(table)
        table.setdefault("name", _source_name(table["files"]))
        if isinstance(translation := table.get("companies"), dict):
            table["companies"] = {
                value: self._company(company, f"{key}.companies.{value}", keys)
                for value, company in translation.items()
            }
        source = self.build(FileSource, table, key)
        if source is None:
            return None
        if source.company and (column := source.columns.company):
            self.wrong(f"{key}.columns.company", column, f"nothing, since {key}.company is given")
        if source.columns.rating and not (source.scale or source.columns.scale):
            self.wrong(f"{key}.scale", "nothing", "the best rating that can be given, such as 5")
        if source.worst is not None and not (0 <= source.worst < (source.scale or float("inf"))):
            self.wrong(f"{key}.worst", source.worst, "the lowest rating that can be given, below scale")
        return source

    def _company(self, text: object, place: str, keys: Mapping[str, str]) -> str:
        """The key of the company called `text`; the text itself, and a mistake, where there is none."""
        folded = fold_name(str(text))
        if folded in keys or not self.sure:
            return keys.get(folded, str(text))
        close = difflib.get_close_matches(folded, list(keys), n=1)
        hint = f" (did you mean '{keys[close[0]]}'?)" if close else ""
        accepted = ", ".join(dict.fromkeys(keys.values())) or "the key of a company of this file"
        self.wrong(place, text, f"{accepted}{hint}")
        return str(text)


def _source_name(files: object) -> str:
    """A name for the files of a pattern: the last part of it that holds no wildcard."""
    parts = PurePath(files).parts if isinstance(files, str) else ()
    plain = [stem for part in parts if not re.search(r"[*?\[]", part) and fold_name(stem := file_stem(part))]
    return plain[-1] if plain else "files"


def _show(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    text = repr(str(value)) if isinstance(value, str | date) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
