"""``minebelief probe``."""

import importlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.contact import contact_option, known_contact
from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import console, emit, plain_table, sanitise
from minebelief.contact import HOW_TO_SET
from minebelief.errors import CrawlError, UsageError

if TYPE_CHECKING:
    from minebelief.gather.probe import SiteReport

__all__ = ["command"]

_WIDTH = 200


@click.command(
    "probe",
    epilog=example(
        "minebelief probe https://reviews.example/figo --contact me@example.org",
        "minebelief probe https://store.steampowered.com/app/252490/Rust/ --format json",
    ),
)
@click.argument("url")
@click.option("--allow-local", is_flag=True, help="The site may lie on this machine or its network.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@contact_option
@workspace_option
@click.pass_obj
def command(session: Session, url: str, allow_local: bool, form: str, contact: str | None) -> None:
    """Show what a site offers, and the lines for the industry file.

    Reads the page at URL and at most two more, as politely as any crawl: the reviews and their fields, how pages
    follow each other, what robots.txt allows. URL may also be one of a site with a spider of its own, such as a game
    on Steam, an add-on, an app, a forum or a search for complaints, or of its API. Nothing is written. Exits with 1
    where there is nothing to gather.
    """
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no web address; give one that begins with https:// or http://")
    contact = known_contact(session, contact, needed=lambda: not allow_local)
    if not contact and not allow_local:
        raise UsageError(HOW_TO_SET)
    report = importlib.import_module("minebelief.gather.probe").probe_site(
        url, contact=contact, allow_local=allow_local
    )
    if form == "json":
        emit([], "json", None, lambda _: "", {**asdict(report), "lines": report.lines.splitlines()})
    else:
        _print(report)
    if report.because:
        raise CrawlError(f"{url}: nothing to gather: {report.because}")


def _print(report: "SiteReport") -> None:
    screen = console()
    table = plain_table(("", ""), [(name, value) for name, value in _rows(report) if value])
    table.show_header, table.box = False, None
    screen.print(table)
    if report.lines:
        screen.print()
        screen.print("For the industry file:")
        screen.print()
        screen.print(sanitised_lines(report.lines), soft_wrap=True, end="")


def sanitised_lines(text: str) -> str:
    """Lines made safe for a terminal, one by one."""
    return "".join(sanitise(line) + "\n" for line in text.splitlines())


def _rows(report: "SiteReport") -> list[tuple[str, Any]]:
    delay = f", one request every {report.delay:g} s" if report.delay else ""
    filled = {name: count for name, count in report.fields.items() if count and name not in ("url", "kind")}
    paging = {
        "rel=next": "each page says where the next one is (rel=next)",
        "pattern": f"numbered: {report.page_pattern}",
        "none": "this page only: no next page was found",
        "api": f"its API's own, which the spider {report.spider} follows",
    }[report.paging]
    order = {True: "newest first", False: "not newest first", None: ""}[report.newest_first]
    return [
        ("address", sanitise(report.url)),
        ("robots.txt", report.robots + delay),
        ("spider", report.spider),
        ("markup", "" if report.paging == "api" else ", ".join(report.syntaxes) or "none"),
        ("pages read", "; ".join(_page(page) for page in report.pages)),
        ("reviews", f"{report.reviews}, {order}".rstrip(", ")),
        ("left out", ", ".join(f"{count} × {sanitise(reason)}" for reason, count in report.rejected.items())),
        ("fields", ", ".join(f"{name} {count}" for name, count in filled.items())),
        ("about", sanitise(", ".join(report.companies))),
        ("ratings", "out of " + ", ".join(f"{scale:g}" for scale in report.scales) if report.scales else ""),
        ("written", f"{report.first} to {report.last}" if report.first else ""),
        ("paging", paging if report.reviews else ""),
        ("for example", f"“{sanitise(report.example)[:_WIDTH]}”" if report.example else ""),
    ]


def _page(page: Any) -> str:
    if "because" in page:
        return sanitise(f"{page['url']} failed ({page['status'] or page['because']})")
    return sanitise(f"{page['url']} ({page['reviews']} reviews, {page['new']} of them new)")
