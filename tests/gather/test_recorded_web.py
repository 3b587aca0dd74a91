"""Whole crawls of recorded sites at their own addresses: robots.txt, guard and rel=next as on the web."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from apis import FAST
from mapped_hosts import mapped
from recorded_web import RecordedWeb, Recording, manifest_of

from minebelief.gather.crawl import crawl, read_landing
from minebelief.gather.crawl_files import landing_files

CORPORATE = "https://eazypc.in/product-category/corporate-laptops-eazypc-delhi-ncr/"


@pytest.fixture(scope="module")
def folder():
    beside = Path(__file__).parents[2].parent / "shared" / "fixtures"
    folder = Path(os.environ.get("MINEBELIEF_FIXTURES", beside))
    if not (folder / "INDEX.md").exists():
        pytest.skip(f"no recorded pages in {folder}; set MINEBELIEF_FIXTURES to their folder")
    return folder


@pytest.fixture
def web(folder, monkeypatch):
    """Serve recordings; a request for anything else fails the test."""
    opened = []

    def serve(recordings=None, robots=None):
        if recordings is None:
            recordings = {url: Recording((folder / name).read_bytes()) for url, name in manifest_of(folder).items()}
        opened.append(RecordedWeb(recordings, robots))
        return opened[-1]

    yield serve
    for made in opened:
        made.close()
        assert made.unmatched == []


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Crawl as a user would, on what seems to be the public web."""

    def start(web, urls, **args):
        given = {"company": "recorded", "urls": urls, **args}
        settings = {**FAST, "RETRY_TIMES": 0, **mapped(web.port, monkeypatch)}
        return crawl(
            "recorded", "schema_org", given, tmp_path, contact="me@example.org", timeout=120, settings=settings
        )

    return start


def test_a_chain_of_recorded_pages_is_followed_to_its_end_and_one_page_is_enough_the_next_time(web, run):
    served = web()
    outcome = run(served, [CORPORATE])
    assert (outcome.verdict, outcome.pages) == ("ok", 7)
    assert served.asked[1] == f"{CORPORATE}page/2/"
    served.asked.clear()
    second = run(served, [CORPORATE])
    assert (second.items, second.verdict, served.asked) == (0, "ok", [CORPORATE])


def test_every_chain_gives_each_review_once(web, tmp_path, folder, run):
    served = web()
    firsts = [url for url in manifest_of(folder) if "eazypc.in" in url and "/page/" not in url]
    outcome = run(served, firsts)
    assert outcome.verdict == "ok"
    names = [record.native_id for path in landing_files("recorded", tmp_path) for record in read_landing(path)]
    assert len(names) == len(set(names)) == outcome.items
    served.asked.clear()
    assert run(served, firsts).items == 0
    assert len(served.asked) <= len(firsts)


def test_robots_txt_of_a_recorded_host_is_obeyed(web, run):
    served = web(robots={"eazypc.in": "User-agent: *\nDisallow: /*/page/\n"})
    outcome = run(served, [CORPORATE])
    assert (served.asked, outcome.pages) == ([CORPORATE], 1)


def test_a_recorded_page_cannot_lead_off_its_site(web, run):
    page = b'<script type="application/ld+json">{"@type": "Review", "reviewBody": "Sent me elsewhere."}</script>'
    links = (
        b'<a rel="next" href="https://other.example.com/">next</a><a rel="next" href="http://169.254.169.254/">x</a>'
    )
    served = web({"https://shop.example.com/": Recording(page + links)})
    outcome = run(served, ["https://shop.example.com/"])
    assert (outcome.items, served.asked) == (1, ["https://shop.example.com/"])


@pytest.mark.slow
def test_every_recorded_page_is_crawled_at_its_own_address(web, folder, run):
    served = web()
    manifest = manifest_of(folder)
    assert len(manifest) > 30
    urls = list(manifest)
    outcome = run(served, urls, max_pages=len(urls))
    assert outcome.exceptions == 0
    assert outcome.pages == len(urls)
    hosts = {urlsplit(record.locator).hostname for record in read_landing(outcome.landing)}
    assert len(hosts) > 15


def test_what_was_not_recorded_is_told(folder, run):
    served = RecordedWeb({})
    try:
        outcome = run(served, ["https://shop.example.com/?a=1"])
    finally:
        served.close()
    assert served.unmatched == ["https://shop.example.com/?a=1"]
    assert outcome.because == "1 of 1 page failed (599)"
