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
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, TypeVar

from pydantic import Field
from pydantic import ValidationError as Invalid
from pydantic_core import ErrorDetails

from .errors import IndustryFileError
from .source import SLUG, SLUG_ACCEPTED, SPIDERS, Columns, CrawlSource, FileSource, Language, Part, Slug, Text

__all__ = ["SPIDERS", "Columns", "Company", "CrawlSource", "FileSource", "Industry", "load_industry"]

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ACCEPTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "string_too_long": "a single character",
    "string_too_short": "a text that is not empty",
    "string_type": "a text, in quotes",
    "tuple_type": "a list, in square brackets",
}
"""By pydantic's kind of error, where its own words are not those of a TOML file."""
_FILE_ENDINGS = {".gz", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"}


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


class Company(Part):
    """One competitor; ``ours`` marks the user's own."""

    name: Text
    aliases: tuple[Text, ...] = ()
    ours: bool = False
    claims: tuple[Text, ...] = ()


class Industry(Part):
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


Built = TypeVar("Built", bound=Part)


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

    def build(self, model: type[Built], table: Any, key: str, known: Iterable[str] = ()) -> Built | None:
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
        accepted = _ACCEPTED.get(detail["type"]) or detail["msg"]
        accepted = accepted.removeprefix("Value error, ").removeprefix("Input should be ")
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
            if not re.fullmatch(SLUG, key):
                self.wrong(place, key, f"as key {SLUG_ACCEPTED}")
            built[key] = self.build(Company, entry, place) or _as_far_as_known(entry, key)
            self.sure = self.sure and _names_are_known(entry)
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
        self._check_together(table, key)
        return self.build(FileSource, table, key)

    def _check_together(self, table: Mapping[str, Any], key: str) -> None:
        """What no key tells alone; each may be mistaken itself."""
        columns = table.get("columns")
        columns = columns if isinstance(columns, dict) else {}
        scale = _number(table.get("scale"))
        worst = _number(table.get("worst"))
        if table.get("company") and (column := columns.get("company")):
            self.wrong(f"{key}.columns.company", column, f"nothing, since {key}.company is given")
        if columns.get("rating") and not ("scale" in table or columns.get("scale")):
            self.wrong(f"{key}.scale", "nothing", "the best rating that can be given, such as 5")
        if worst is not None and not (0 <= worst < (scale or float("inf"))):
            self.wrong(f"{key}.worst", table["worst"], "the lowest rating that can be given, below scale")

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


def _as_far_as_known(table: object, key: str) -> Company:
    """A mistaken company with the names that it has, so that mistakes about these are found too."""
    table = table if isinstance(table, dict) else {}
    aliases = table.get("aliases")
    return Company.model_construct(
        name=_text(table.get("name")) or key,
        aliases=tuple(filter(None, map(_text, aliases))) if isinstance(aliases, list) else (),
        ours=table.get("ours") is True,
    )


def _names_are_known(table: object) -> bool:
    """Whether a company's names are free of mistakes, whatever else is wrong with it."""
    if not isinstance(table, dict) or set(table) - set(Company.model_fields):
        return False
    aliases = table.get("aliases", [])
    return bool(_text(table.get("name"))) and isinstance(aliases, list) and all(map(_text, aliases))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


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


def _show(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    text = repr(str(value)) if isinstance(value, str | date) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
