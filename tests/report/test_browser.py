"""The report in a real browser: silent, offline, accessible, and its filters and jumps work."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hostile import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Pages = Callable[..., Path]
Open = Callable[..., "Page"]


@pytest.fixture
def visit(browser: "Browser", pages: Pages) -> Iterator[Open]:
    """Open a report; at the end nothing was said on the console and nothing asked of the network."""
    contexts, said, asked = [], [], []

    def visit(name: str, *, width: int = 1280, **options: Any) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",  # else a click aims at what still glides
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(pages(name).as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()
    assert said == []
    assert all(url.startswith("file:") for url in asked)
    assert len(asked) == len(contexts)


@pytest.mark.parametrize("width", [390, 820, 1280])
@pytest.mark.parametrize("name", ["full", "hostile"])
def test_it_fits_every_width(name: str, width: int, visit: Open) -> None:
    page = visit(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_reviews_do_nothing(visit: Open) -> None:
    page = visit("hostile")
    assert page.evaluate("window.owned") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert page.evaluate("document.querySelectorAll('body script').length") == 1
    shown = page.evaluate("Array.from(document.querySelectorAll('blockquote p'), one => one.textContent)")
    assert set(HOSTILE[:34]) - set(shown) == set()  # those after them lose what nobody sees
    assert len(set(shown)) >= len(HOSTILE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, visit: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit("full", color_scheme=scheme, bypass_csp=True)  # axe is a script that the policy would not let in
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_words_are_found_in_statements_and_quotes(visit: Open) -> None:
    page = visit("full")
    page.get_by_label("Find in statements").fill("premium")
    page.get_by_text("1 of 4 beliefs and values").wait_for()
    assert page.locator("#b3").is_visible()
    assert not page.locator("#b1").is_visible()
    page.get_by_label("Find in statements").fill("nobody says this")
    page.get_by_text("0 of 4 beliefs and values, 0 quotes").wait_for()
    page.get_by_role("button", name="Show all").click()
    page.locator("#b1").wait_for(state="visible")


def test_a_company_is_filtered(visit: Open) -> None:
    page = visit("full")
    page.locator("select[name=company]").select_option("figo")
    page.locator(".company[data-company=embrace]").wait_for(state="hidden")
    quotes = page.locator("blockquote:visible")
    assert quotes.count() > 0
    assert {quotes.nth(i).get_attribute("data-company") for i in range(quotes.count())} == {"figo"}
    rows = page.locator("#b1 tbody tr:visible")
    assert {rows.nth(i).get_attribute("data-company") for i in range(rows.count())} == {"figo"}


def test_a_source_is_filtered(visit: Open) -> None:
    page = visit("full")
    page.locator("select[name=source]").select_option("files")
    page.get_by_text("4 of 4 beliefs and values").wait_for()


def test_a_number_jumps_to_its_evidence(visit: Open) -> None:
    page = visit("full")
    target = page.locator("#b1-c0")
    assert not target.is_visible()
    page.locator("#b1 table a[href='#b1-c0']").click()
    target.wait_for(state="visible")
    assert "Figo" in target.inner_text()
    assert page.evaluate("document.querySelector('#b1-c0').getBoundingClientRect().top < innerHeight")


def test_a_jump_to_what_is_filtered_away_shows_it(visit: Open) -> None:
    page = visit("full")
    page.get_by_label("Find in statements").fill("premium")
    page.locator("#b1").wait_for(state="hidden")
    page.locator("header a[href='#b1'] q").first.click(position={"x": 60, "y": 8})
    page.locator("#b1").wait_for(state="visible")


def test_it_is_read_without_a_script(visit: Open) -> None:
    page = visit("full", java_script_enabled=False)
    assert page.locator("#b1 .says").is_visible()
    assert not page.locator("form.filter").is_visible()
    assert page.locator("#b1 blockquote").first.is_visible()


def test_the_keyboard_skips_to_the_beliefs(visit: Open) -> None:
    page = visit("full")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**#beliefs")


def test_print_leaves_out_lists_of_evidence_and_says_so(visit: Open) -> None:
    page = visit("full")
    page.emulate_media(media="print")
    assert not page.locator("form.filter").is_visible()
    assert page.pdf().startswith(b"%PDF")
    assert page.locator("#b1 blockquote").first.is_visible()
    assert not page.locator("#b1-c0").is_visible()
    assert page.get_by_text("lists of evidence are left out").is_visible()
