"""The industry file: which companies are compared, where their reviews come from, what the user believes.

``load_industry`` reads the TOML file, fills in ``${NAME}`` from the environment, and checks all that can be
checked without opening a source. All mistakes are reported at once: mending one must not uncover the next.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from .errors import IndustryFileError
from .industry_draft import Draft
from .industry_sources import SPIDERS, Columns, CrawlSource, FileSource, Sections
from .industry_values import SLUG, SLUG_ACCEPTED, Language, Part, Slug, Text, file_stem, fold_name

__all__ = [
    "SPIDERS",
    "Columns",
    "Company",
    "CrawlSource",
    "FileSource",
    "Industry",
    "file_stem",
    "fold_name",
    "industry_key",
    "load_industry",
]


class Company(Part):
    """One competitor; ``ours`` marks the user's own."""

    name: Text
    """Its name as people write it."""
    aliases: tuple[Text, ...] = ()
    """Other names, handles and legal names. All are masked before texts are compared, and lead reviews to it."""
    ours: bool = False
    """Marks the company of your own; at most one."""
    claims: tuple[Text, ...] = ()
    """What it promises, in its own words; held against what its customers say."""


class Industry(Part):
    """The companies compared, and all that the industry file says about them."""

    industry: Slug
    """Key of the industry, as commands name it."""
    title: Text
    """Its name for people; by default made of the key."""
    beliefs: tuple[Text, ...] = ()
    """Hunches: what you think is bad about this industry, to be tested."""
    values: tuple[Text, ...] = ()
    """What your company says it values."""
    purpose: Text | None = None
    """What your company is there for."""
    floor: float = Field(0.01, gt=0, lt=1)
    """The prevalence below which a complaint is noise, 0 to 1."""
    field_min: int = Field(100, ge=1)
    """Reviews with text from which a company belongs to the field."""
    encoder: Text | None = None
    """Name or folder of another sentence-transformers model; by default the one that comes with the package."""
    language: Language = "en"
    """The language that is mined; reviews in others are kept and not mined, unless the encoder is multilingual."""
    multilingual: bool = False
    """Whether `encoder` reads many languages: then reviews in all of them are mined together."""
    never_mask: tuple[Text, ...] = ()
    """Words that are taken for names of one company's products, branches or people and are none; see `doctor`."""
    made_up: bool = False
    """Nobody wrote these reviews, and whatever shows them says so."""
    companies: dict[str, Company]
    """One table for each company; its key is letters, digits and hyphens."""
    sources: tuple[CrawlSource | FileSource, ...]
    """One section for each place that reviews come from: files or a spider."""
    path: Path

    @model_validator(mode="after")
    def _reads_many(self) -> Self:
        if self.multilingual and self.encoder is None:
            raise ValueError("multilingual = true only beside an encoder that reads many languages")
        return self

    @property
    def mined_language(self) -> str | None:
        """The one language that is mined; None where all are."""
        return None if self.multilingual else self.language

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
    draft = Draft(path)
    table = draft.fill_in(table, "")
    companies = _read_companies(draft, table.pop("companies", {}))
    names = {key: (company.name, *company.aliases) for key, company in companies.items()}
    sources = Sections(draft, names).read(table.pop("sources", []))
    table.setdefault("title", str(table.get("industry") or "untitled").replace("-", " ").capitalize())
    known = set(Industry.model_fields) - {"path"}
    if "path" in table:
        draft.unknown("path", known)
    whole = {**table, "companies": companies, "sources": sources, "path": path}
    industry = draft.build(Industry, whole, "", known)
    if industry is None or draft.mistakes:
        raise IndustryFileError("\n".join(f"{path}: {mistake}" for mistake in draft.mistakes))
    return industry


def industry_key(path: str | os.PathLike[str]) -> str:
    """The key of the industry in a file, or else the file's name: something to call it by where mistakes are told
    later.
    """
    try:
        return load_industry(path).industry
    except IndustryFileError:
        return Path(path).stem


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


def _read_companies(draft: Draft, table: Any) -> dict[str, Company]:
    if not isinstance(table, dict):
        draft.wrong("companies", table, "one table [companies.KEY] for each company")
        return {}
    if not table:
        draft.wrong("companies", "none", "at least one table [companies.KEY] with a name")
    built = {}
    for key, entry in table.items():
        place = f"companies.{key}"
        if not re.fullmatch(SLUG, key):
            draft.wrong(place, key, f"as key {SLUG_ACCEPTED}")
        built[key] = draft.build(Company, entry, place) or _as_far_as_known(entry, key)
        draft.sure = draft.sure and _names_are_known(entry)
    _check_names(draft, built)
    ours = [key for key, company in built.items() if company.ours]
    if len(ours) > 1:
        draft.wrong(f"companies.{ours[1]}.ours", ", ".join(ours), "at most one company that is ours")
    return built


def _check_names(draft: Draft, companies: Mapping[str, Company]) -> None:
    owner: dict[str, str] = {}
    for folded, key, place in _names(companies):
        if not folded:
            draft.mistakes.append(f"{place}: no letter or digit in it; accepted: a name to recognize")
        elif (first := owner.setdefault(folded, key)) != key:
            draft.mistakes.append(f"{place}: company '{first}' has this name too; keep it at one company")


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
