"""The report as a file: whole, small, safe, and honest about what a published database lacks."""

import base64
import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from made_up_report import INDUSTRY, opened

from minebelief.errors import WorkspaceError
from minebelief.report import render_report, write_report
from minebelief.report.data import read_report
from minebelief.report.page import MOST_BYTES

Pages = Callable[..., Path]


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_first_screen_tells_the_industry(pages: Pages) -> None:
    page = read(pages("full"))
    first = page[: page.index("<main")]
    assert "“It takes weeks until a claim is paid”: 30.0% of reviews say it, at 3 of 3 companies" in first
    assert "The best opening for Figo" in first
    assert "Opportunity 18.0 of 20" in first
    assert 'Risen: <a href="#b1">' in first
    assert "at Figo, 20.0% to 30.0%" in first


def test_a_company_gets_its_own_openings(pages: Pages) -> None:
    page = read(pages("full", "trupanion"))
    assert "The best opening for a new entrant" in page  # none were judged for it
    assert "Opportunity 15.5 of 20" in page


@pytest.mark.parametrize(
    "part",
    [
        "Who complains of it gives 1.0 stars of five fewer, who praises its opposite 0.4 more (must-be)",
        "6 name minutes (half of them 40 or more)",
        "18.0% of 50 employees' reviews say it: more often than customers",
        "Claims paid within 3 days",
        "Claims take forever",
        "not copied: Embrace claims it",
        "Counter-evidence",
        "b1 by month, from 2.5% in 2024-01 to 15.0% in 2024-06",
        "no text",
    ],
)
def test_every_table_has_its_part(part: str, pages: Pages) -> None:
    assert part in read(pages("full"))


def test_what_a_file_lacks_is_said(workspaces: dict[str, Path], tmp_path: Path) -> None:

    copied = shutil.copytree(workspaces["plain"], tmp_path / "old")
    with duckdb.connect(str(copied / "minebelief.duckdb")) as connection:
        for table in (
            "openings",
            "changes",
            "claims",
            "impact",
            "trends",
            "opposites",
            "links",
            "frontline",
            "hunches",
        ):
            connection.execute(f"drop table if exists {table}")
    with opened(copied) as database:
        page = render_report(database, INDUSTRY)
    assert "No openings have been judged in this file." in page
    assert "This file keeps no changes from run to run." in page
    assert "No claims of companies are held against their customers in this file." in page


def test_every_number_leads_to_its_evidence(pages: Pages) -> None:
    elements = Elements(read(pages("full"))).found
    ids = [attributes["id"] for _, attributes in elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a in elements if tag == "a" and (a.get("href") or "").startswith("#")}
    assert links - set(ids) == set()
    assert {"b1-c0", "b1-c1", "b1-c2", "b1-evidence", "company-0"} <= links


def test_the_policy_lets_only_what_was_hashed_run(pages: Pages) -> None:
    page = read(pages("full"))
    policy = next(a["content"] for tag, a in Elements(page).found if a.get("http-equiv") == "Content-Security-Policy")
    for element in ("style", "script"):
        (text,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_nothing_is_loaded_or_handled_inline(name: str, pages: Pages) -> None:
    elements = Elements(read(pages(name))).found
    tags = {tag for tag, _ in elements}
    assert not tags & {"img", "iframe", "object", "embed", "link", "base", "math"}
    assert [tag for tag, _ in elements].count("script") == 1
    for tag, attributes in elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert re.match(r"#|https?://", attributes.get("href") or "#")


def test_hostile_reviews_keep_only_their_text(pages: Pages) -> None:
    page = read(pages("hostile"))
    assert "{{ 7 * 7 }} {{ config }} {% raw %}" in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "w" * 1000 not in page
    assert len(page.encode()) < MOST_BYTES


def test_less_evidence_is_shown_where_there_is_too_much(workspaces: dict[str, Path]) -> None:
    with opened(workspaces["full"]) as database:
        whole = render_report(database, INDUSTRY)
        less = render_report(database, INDUSTRY, most_bytes=len(whole.encode()) - 1)
        assert "up to 4 sentences per company" in whole
        assert "up to 3 sentences per company" in less
        with pytest.raises(WorkspaceError, match="Compare fewer companies"):
            render_report(database, INDUSTRY, most_bytes=1000)


def test_a_page_that_cannot_be_written_leaves_nothing(workspaces: dict[str, Path], tmp_path: Path) -> None:
    with opened(workspaces["full"]) as database, pytest.raises(WorkspaceError, match="Name a file in a folder"):
        write_report(database, INDUSTRY, tmp_path / "none" / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_what_fits_none_of_our_values_is_not_the_best_opening(workspaces: dict[str, Path], tmp_path: Path) -> None:
    shutil.copy(workspaces["full"] / "minebelief.duckdb", tmp_path)
    because = "common: pass, at 3 of 3 companies; fits values: fail, near none of your values"
    with duckdb.connect(str(tmp_path / "minebelief.duckdb")) as client:
        client.execute(
            "update openings set fits_values = 'fail', because = ? where company = 'figo' and belief_id = 'b1'",
            [because],
        )
    with opened(tmp_path) as database:
        page = render_report(database, INDUSTRY)
    first = page[: page.index("<main")]
    assert "No proven opening for Figo" in first
    assert "fails our values alone" in first
    assert "near none of your values" in first
    assert because not in page  # it is told gate by gate


def test_wordings_are_not_repeated_before_others_are_told(workspaces: dict[str, Path]) -> None:
    with opened(workspaces["full"]) as database:
        theme = read_report(database, INDUSTRY).themes[0]
    quote = theme.quotes[0]
    said = [replace(quote, text=text) for text in ("Slow.", "slow", "SLOW!", "Never on time", "Late")]
    assert [one.text for one in replace(theme, quotes=tuple(said)).first_quotes] == [
        "Slow.", "Never on time", "Late", "slow", "SLOW!"
    ]  # fmt: skip
