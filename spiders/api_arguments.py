"""What the spiders of single sites can be told, checked before the first request."""

import json
import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from .arguments import Addresses, Kind, LimitArguments, ReviewArguments, SiteArguments, SourceArguments
from .steam_languages import LANGUAGES

__all__ = [
    "AppStoreArguments",
    "CfpbArguments",
    "DiscourseArguments",
    "MozillaAddonsArguments",
    "PagesArguments",
    "SteamArguments",
]

Value = TypeVar("Value")


def _listed(separators: str) -> BeforeValidator:
    def listed(value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return [value]
        if not isinstance(value, str):
            return value
        if value.strip().startswith("["):
            try:
                return json.loads(value)
            except ValueError:
                raise ValueError("a JSON list where it begins with [") from None
        return [part.strip() for part in re.split(separators, value) if part.strip()]

    return BeforeValidator(listed)


def _once(values: list[Value]) -> list[Value]:
    return list(dict.fromkeys(values))


Names = Annotated[list[str], _listed(r"[;\n]"), AfterValidator(_once)]
"""Names may hold commas: a JSON list, or separated by semicolons."""


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise ValueError("the two letters of a country, such as us, gb, de")
    return text.lower()


Words = Annotated[list[str], _listed(r"[\s,;]+"), AfterValidator(_once)]
Countries = Annotated[list[Annotated[str, AfterValidator(_country)]], _listed(r"[\s,;]+"), AfterValidator(_once)]
AppIds = Annotated[list[Annotated[int, Field(ge=1)]], _listed(r"[\s,;]+"), AfterValidator(_once)]


class CfpbArguments(ReviewArguments, LimitArguments):
    """Arguments of the ``cfpb`` spider."""

    kind: Kind = Field("complaint", description="What the texts are.")
    product: Names = Field([], description="Products as the CFPB names them, such as 'Vehicle loan or lease'.")
    companies: Names = Field(
        [], description="Legal names of the companies wanted, as the CFPB writes them; all companies where absent."
    )
    search_term: str | None = Field(None, min_length=1, max_length=200, description="Words in the narratives.")

    @model_validator(mode="after")
    def _bounded(self) -> "CfpbArguments":
        if not (self.product or self.companies or self.search_term):
            raise ValueError("at least one of product, companies and search_term must say what is wanted")
        return self


class SteamArguments(ReviewArguments, LimitArguments):
    """Arguments of the ``steam`` spider."""

    apps: AppIds = Field(
        min_length=1, description="Steam's numbers of the games: 252490 in store.steampowered.com/app/252490."
    )
    language: str = Field("english", description="Steam's name of a language, or 'all'.")

    @field_validator("language")
    @classmethod
    def _known(cls, language: str) -> str:
        if language not in ("all", *LANGUAGES):
            raise ValueError(f"all, {', '.join(sorted(LANGUAGES))}")
        return language


class MozillaAddonsArguments(ReviewArguments, LimitArguments):
    """Arguments of the ``mozilla_addons`` spider."""

    addons: Words = Field(
        min_length=1,
        description="Slugs of the add-ons ('bitwarden-password-manager' in "
        "addons.mozilla.org/firefox/addon/bitwarden-password-manager), or their ids or GUIDs.",
    )


class DiscourseArguments(ReviewArguments, LimitArguments, SiteArguments):
    """Arguments of the ``discourse`` spider."""

    company: str = Field(min_length=1, description="Key of the company that the forum is about: posts name none.")
    kind: Kind = Field("mention", description="What the texts are.")
    urls: Addresses = Field(min_length=1, description="Addresses of a forum, or of its categories, tags or topics.")
    staff: bool = Field(False, description="Whether posts by the forum's staff count as customers' too.")


class AppStoreArguments(ReviewArguments, LimitArguments):
    """Arguments of the ``app_store`` spider."""

    apps: AppIds = Field(
        min_length=1, description="Apple's numbers of the apps: 595068606 in apps.apple.com/us/app/…/id595068606."
    )
    countries: Countries = Field(
        ["us"], min_length=1, description="Storefronts by the two letters of their country, such as us, gb, de."
    )


class PagesArguments(SourceArguments, LimitArguments, SiteArguments):
    """Arguments of the ``pages`` spider."""

    company: str = Field(min_length=1, description="Key of the company whose own pages these are.")
    urls: Addresses = Field(min_length=1, description="Addresses of the company's pages that say what it promises.")
    links: int = Field(0, ge=0, le=3, description="How many links away from these pages to read on, on the same site.")
    max_pages: int = Field(50, ge=1, le=1_000_000, description="Pages fetched at most.")
