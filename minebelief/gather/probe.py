"""What a site offers, before anything is written: a look at a few of its pages."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import CrawlError
from .crawl import SCRAPY_ENVIRONMENT, scrapy_command
from .crawl_files import complaint
from .crawl_sites import on_this_machine

__all__ = ["SiteReport", "probe_site"]

_PAGES = 3


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was found at an address.

    ``pages`` are those that were read, each with its number of reviews and of those that no page before it had;
    ``fields`` gives for each field of a review how many have it. ``paging`` is ``rel=next``, ``pattern`` (then
    ``page_pattern`` holds it) or ``none``. ``delay`` is robots.txt's Crawl-delay in seconds, ``newest_first`` None
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


def probe_site(url: str, *, contact: str | None, allow_local: bool = False, timeout: float = 120.0) -> SiteReport:
    """Look at the page at ``url`` and at most two that follow it, politely like any crawl.

    Raises
    ------
    CrawlError
        The look could not be started, or took longer than ``timeout`` seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "probe.json")
        args = {"urls": [url], "max_pages": _PAGES, **({"allow_local": True} if allow_local else {})}
        settings = {
            "MINEBELIEF_PROBE": told,
            "MINEBELIEF_CONTACT": contact or "",
            "CLOSESPIDER_TIMEOUT": timeout,
            "RETRY_TIMES": 1,
            **({"DOWNLOAD_DELAY": 0} if allow_local and on_this_machine(args) else {}),
        }
        try:
            done = subprocess.run(
                scrapy_command("probe", args, settings),
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
        found = json.loads(told.read_text(encoding="utf-8"))
    return _report(url, found, allow_local)


def _report(url: str, found: Mapping[str, Any], allow_local: bool) -> SiteReport:
    spider, arguments = _own_spider(url, found)
    pattern = found["page_pattern"]
    because = "" if spider != "schema_org" else _because(found)
    robots = "allowed"
    if found["robots_out_of_reach"]:
        robots = "out of reach, which counts as forbidden"
    elif found["robots_forbid"]:
        robots = "forbidden"
    if spider == "schema_org":
        arguments = [f"urls = [{_quoted(url)}]"]
        arguments += [f"page_pattern = {_quoted(pattern)}"] if pattern else []
        if found.get("newest_first") is False:
            arguments += ["stop_after_known = 0             # its newest reviews do not come first"]
    companies = tuple(found["companies"])
    return SiteReport(
        url=url,
        spider=spider,
        pages=tuple(found["pages"]),
        reviews=found["reviews"],
        rejected=found.get("rejected", {}),
        fields=found["fields"],
        syntaxes=tuple(found.get("syntaxes", ())),
        companies=companies,
        scales=tuple(found["scales"]),
        first=found["first"],
        last=found["last"],
        newest_first=found.get("newest_first"),
        paging="rel=next" if found["rel_next"] else "pattern" if pattern else "none",
        page_pattern=pattern,
        robots=robots,
        delay=found["delay"],
        example=found["example"],
        because=because,
        lines="" if because else _lines(url, spider, arguments, companies, allow_local),
    )


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
    if "because" in first:
        return f"the page could not be had: {first['status'] or first['because']}"
    if not first["text"]:
        return "it is no web page"
    if found.get("rejected"):
        return "what is marked up as a review there is none of a customer's (" + ", ".join(found["rejected"]) + ")"
    return "no review is marked up on the page; look for the page that lists them, or for a file or an API"


def _own_spider(url: str, found: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The spider for this site, and its lines for the industry file where it is not the general one."""
    parts = urlsplit(url)
    host, place = (parts.hostname or "").removeprefix("www."), parts.path.strip("/").split("/")
    if host == "store.steampowered.com" and place[0] == "app" and len(place) > 1 and place[1].isdigit():
        return "steam", [f"apps = [{place[1]}]"]
    if host == "addons.mozilla.org" and "addon" in place[:-1]:
        return "mozilla_addons", [f"addons = [{_quoted(place[place.index('addon') + 1])}]"]
    if host == "apps.apple.com" and place[-1].removeprefix("id").isdigit():
        return "app_store", [f"apps = [{place[-1].removeprefix('id')}]"]
    if found.get("generator", "").lower().startswith("discourse"):
        return "discourse", [f"urls = [{_quoted(url)}]"]
    return "schema_org", []


def _lines(url: str, spider: str, arguments: list[str], companies: tuple[str, ...], allow_local: bool) -> str:
    names = companies or ((urlsplit(url).hostname or "company").removeprefix("www."),)
    lines = []
    for name in names:
        lines += [f"[companies.{_key(name)}]", f"name = {_quoted(name)}", ""]
    lines += ["[[sources]]", f'spider = "{spider}"']
    lines += [f"company = {_quoted(_key(names[0]))}"] if len(names) == 1 else []  # else each review names its own
    lines += arguments + (["allow_local = true"] if allow_local else [])
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    """A key for a company of this name."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "company"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
