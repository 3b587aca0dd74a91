"""What a site offers, before anything is written: a look at a few of its pages."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import CrawlError
from .crawl import SCRAPY_ENVIRONMENT, scrapy_command
from .crawl_files import complaint
from .crawl_sites import on_this_machine
from .known_sites import KnownSite, known_site

__all__ = ["SiteReport", "probe_site"]

_PAGES = 3


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was found at an address.

    ``pages`` are those that were read, each with its number of reviews and of those that no page before it had;
    ``fields`` gives for each field of a review how many have it. ``paging`` is ``rel=next``, ``pattern`` (then
    ``page_pattern`` holds it), ``api`` (its own, which ``spider`` follows) or ``none``. ``delay`` is
    robots.txt's Crawl-delay in seconds, ``newest_first`` None
    where it cannot be told. ``spider`` is the one to use, ``because`` why there is nothing to gather, empty where
    there is.
    """

    url: str
    spider: str
    pages: tuple[Mapping[str, Any], ...]
    reviews: int
    rejected: Mapping[str, int]
    fields: Mapping[str, int]
    syntaxes: tuple[str, ...]
    companies: tuple[str, ...]
    scales: tuple[float, ...]
    first: str | None
    last: str | None
    newest_first: bool | None
    paging: str
    page_pattern: str | None
    robots: str
    delay: float
    example: str | None
    because: str
    lines: str


def probe_site(
    url: str,
    *,
    contact: str | None,
    allow_local: bool = False,
    timeout: float = 120.0,
    settings: Mapping[str, Any] | None = None,
) -> SiteReport:
    """Look at the page at ``url`` and at most two more, politely like any crawl.

    A site with a spider of its own is asked by that. ``settings`` are further Scrapy settings.

    Raises
    ------
    CrawlError
        The look could not be started, or took longer than ``timeout`` seconds.
    """
    known = known_site(url)
    if known is None:
        found = _look(url, "probe", {"urls": [url]}, contact, allow_local, timeout, settings)
        if not found.get("forum"):
            return _report(url, found, allow_local)
        known = KnownSite("discourse", {"urls": [url]})
        pages = _PAGES - 1
    else:
        allow_local, pages = False, _PAGES
    args = {**known.args, "max_pages": pages}
    if known.spider == "discourse":
        args["company"] = _key(_host(url))
    return _api_report(url, known, _look(url, known.spider, args, contact, allow_local, timeout, settings), allow_local)


def _look(
    url: str,
    spider: str,
    args: Mapping[str, Any],
    contact: str | None,
    allow_local: bool,
    timeout: float,
    settings: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What a spider reports of a few pages."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "probe.json")
        given = {"max_pages": _PAGES, **args, **({"allow_local": True} if allow_local else {})}
        scrapy_settings = {
            "MINEBELIEF_PROBE": told,
            "MINEBELIEF_CONTACT": contact or "",
            "CLOSESPIDER_TIMEOUT": timeout,
            "RETRY_TIMES": 1,
            **({"DOWNLOAD_DELAY": 0} if allow_local and on_this_machine(given) else {}),
            **(settings or {}),
        }
        try:
            done = subprocess.run(
                scrapy_command(spider, given, scrapy_settings),
                cwd=folder,
                env={**os.environ, **SCRAPY_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout + 10,
            )
        except subprocess.TimeoutExpired:
            raise CrawlError(f"{url} did not answer within {timeout:.0f} s") from None
        if not told.exists():
            raise CrawlError(f"{url}: {complaint(done.stderr) or 'the look could not be started'}")
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return found


def _report(url: str, found: Mapping[str, Any], allow_local: bool) -> SiteReport:
    """Of a site that marks its reviews up, or has none."""
    pattern = found["page_pattern"]
    because = _because(found) or ("" if found["reviews"] else _unmarked(found))
    arguments = {"urls": [url], **({"page_pattern": pattern} if pattern else {})}
    lines = _arguments(arguments)
    if found.get("newest_first") is False:
        lines += ["stop_after_known = 0             # its newest reviews do not come first"]
    return SiteReport(
        url=url,
        spider="schema_org",
        syntaxes=tuple(found.get("syntaxes", ())),
        paging="rel=next" if found["rel_next"] else "pattern" if pattern else "none",
        page_pattern=pattern,
        because=because,
        lines="" if because else _lines("schema_org", lines, _companies(url, found["companies"]), allow_local),
        **_found(found),
    )


def _api_report(url: str, known: KnownSite, found: Mapping[str, Any], allow_local: bool) -> SiteReport:
    """Of a site with a spider of its own."""
    because = _because(found) or ("" if found["reviews"] else "it gives no reviews for this address")
    if known.spider == "cfpb":  # whose records name many companies
        companies = {_key(name): name for name in found["companies"]}
    else:
        name = known.name or _name(url, known)
        companies = {_key(name): name}
    return SiteReport(
        url=url,
        spider=known.spider,
        syntaxes=(),
        paging="api",
        page_pattern=None,
        because=because,
        lines="" if because else _lines(known.spider, _arguments(known.args), companies, allow_local),
        **_found(found),
    )


def _found(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of every site alike."""
    robots = "allowed"
    if found["robots_out_of_reach"]:
        robots = "out of reach, which counts as forbidden"
    elif found["robots_forbid"]:
        robots = "forbidden"
    return {
        "pages": tuple(found["pages"]),
        "reviews": found["reviews"],
        "rejected": found.get("rejected", {}),
        "fields": found["fields"],
        "companies": tuple(found["companies"]),
        "scales": tuple(found["scales"]),
        "first": found["first"],
        "last": found["last"],
        "newest_first": found.get("newest_first"),
        "robots": robots,
        "delay": found["delay"],
        "example": found["example"],
    }


def _because(found: Mapping[str, Any]) -> str:
    """Why there is nothing to gather; empty where there is."""
    if found["reviews"]:
        return ""
    if found["robots_out_of_reach"]:
        return "its robots.txt cannot be read, so everything counts as forbidden"
    if found["robots_forbid"]:
        return "its robots.txt forbids this address"
    if found["reason"] == "asked_to_wait":
        return "the site asks to be left alone for longer than a crawl waits"
    if not found["pages"]:
        return "it did not answer in time"
    first = found["pages"][0]
    return f"the page could not be had: {first['status'] or first['because']}" if "because" in first else ""


def _unmarked(found: Mapping[str, Any]) -> str:
    """Why a page that could be had shows no reviews."""
    if not found["pages"][0]["text"]:
        return "it is no web page"
    if found.get("rejected"):
        return "what is marked up as a review there is none of a customer's (" + ", ".join(found["rejected"]) + ")"
    return "no review is marked up on the page; look for the page that lists them, or for a file or an API"


def _lines(spider: str, arguments: list[str], companies: Mapping[str, str], allow_local: bool) -> str:
    """For the industry file; ``companies`` are names by their keys."""
    lines = []
    for key, name in companies.items():
        lines += [f"[companies.{key}]", f"name = {_quoted(name)}", ""]
    lines += ["[[sources]]", f'spider = "{spider}"']
    lines += [f"company = {_quoted(*companies)}"] if len(companies) == 1 else []  # else each review names its own
    lines += arguments + (["allow_local = true"] if allow_local else [])
    return "\n".join(lines) + "\n"


def _arguments(args: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in args.items()]  # JSON that is TOML


def _companies(url: str, found: Sequence[str]) -> dict[str, str]:
    return {_key(name): name for name in found or (_host(url),)}


def _name(url: str, known: KnownSite) -> str:
    """What to call the company of a site with a spider of its own, whose address names none."""
    for name in ("apps", "addons"):
        if name in known.args:
            return str(known.args[name][0])
    return _host(url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "company").removeprefix("www.")


def _key(name: str) -> str:
    """A key for a company of this name."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "company"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
