"""Sites that have a spider of their own, told by the addresses of their pages and of their APIs."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["KnownSite", "known_site"]


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A spider with the arguments that an address gives it, and what the address calls the company, if anything."""

    spider: str
    args: Mapping[str, Any]
    name: str | None = None


def known_site(url: str) -> KnownSite | None:
    """The spider of its own that the site at this address has, if any. Forums are not told by their address.

    >>> known_site("https://store.steampowered.com/app/252490/Rust/")
    KnownSite(spider='steam', args={'apps': [252490]}, name='Rust')
    >>> known_site("https://shop.example/reviews")
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    place = [unquote(part) for part in parts.path.strip("/").split("/")]
    query = {name.removesuffix("[]"): values for name, values in parse_qs(parts.query).items()}
    if host in ("store.steampowered.com", "api.steampowered.com", "steamcommunity.com"):
        return _steam(place, query)
    if host == "consumerfinance.gov" and "consumer-complaints" in place:
        return _cfpb(query)
    if host == "addons.mozilla.org":
        return _mozilla_addons(place, query)
    if host in ("apps.apple.com", "itunes.apple.com"):
        return _app_store(place)
    return None


def _steam(place: list[str], query: Mapping[str, list[str]]) -> KnownSite | None:
    asked: dict[str, Any] = {name: values[0] for name, values in query.items()}
    with suppress(ValueError, TypeError, AttributeError):
        asked |= json.loads(asked.get("input_json", ""))
    number = _behind(place, "app") or _behind(place, "appreviews") or str(asked.get("appid", ""))
    if not number.isdecimal():
        return None
    language = asked.get("language") or next(iter(asked.get("languages") or ()), None)
    args = {"apps": [int(number)], **({"language": language} if isinstance(language, str) else {})}
    name = place[2] if place[0] == "app" and len(place) > 2 else None
    return KnownSite("steam", args, name.replace("_", " ") if name and name != "reviews" else None)


def _cfpb(query: Mapping[str, list[str]]) -> KnownSite:
    text = query.get("search_term") or query.get("searchText")
    args: dict[str, Any] = {
        "product": [name.partition("•")[0] for name in query.get("product", ())],
        "companies": query.get("company", []),
        "search_term": text[0] if text else None,
    }
    return KnownSite("cfpb", {name: value for name, value in args.items() if value})


def _mozilla_addons(place: list[str], query: Mapping[str, list[str]]) -> KnownSite | None:
    addon = query["addon"][0] if "addon" in query else place[-1] if place[-2:-1] == ["addon"] else None
    addon = addon or _behind(place[place.index("addon") :] if place.count("addon") == 1 else place, "addon")
    return KnownSite("mozilla_addons", {"addons": [addon]}, addon) if addon and addon != "addon" else None


def _app_store(place: list[str]) -> KnownSite | None:
    number = next(
        (part.removeprefix("id").removeprefix("=") for part in place if part.startswith("id")), ""
    )  # id595068606 in the store, id=595068606 in the feed
    if not number.isdecimal():
        return None
    country = place[0].lower() if len(place[0]) == 2 else "us"
    name = _behind(place, "app")
    named = name.replace("-", " ") if name and not name.startswith("id") else None
    return KnownSite("app_store", {"apps": [int(number)], "countries": [country]}, named)


def _behind(place: list[str], word: str) -> str | None:
    """The part of a path behind ``word``."""
    return place[place.index(word) + 1] if word in place[:-1] else None
