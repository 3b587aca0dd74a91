"""A page with many reviews stops between two of them once the time of its crawl is up."""

import asyncio
import json
from datetime import datetime

import pytest
from minebelief.spiders import landing
from minebelief.spiders.ending import OutOfTime
from minebelief.spiders.frontier import page_finished
from minebelief.spiders.nodes import parse_html
from minebelief.spiders.schema_org import SchemaOrgSpider
from minebelief.spiders.structured_data import Page, extract_from_tree
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Request
from scrapy.statscollectors import MemoryStatsCollector

URL = "https://shop.example/reviews"
REVIEWS = [{"@type": "Review", "author": f"Person {n}", "reviewBody": f"It broke after {n} days."} for n in range(50)]
HTML = f'<script type="application/ld+json">{json.dumps(REVIEWS)}</script>'


@pytest.fixture
def crawler(tmp_path, monkeypatch):
    """A crawl that may take an hour, with the reason for which it was ended, and the pages that were finished."""
    given = {"MINEBELIEF_LANDING": str(tmp_path / "it.part"), "MINEBELIEF_CONTACT": "me@example.org"}
    made = Crawler(SchemaOrgSpider, given)
    made.stats = MemoryStatsCollector(made)
    made.spider = SchemaOrgSpider.from_crawler(made, urls=URL, company="shop")
    made.ended, made.finished = [], []
    monkeypatch.setattr(landing, "end_crawl", lambda _, reason: made.ended.append(reason))
    made.signals.connect(lambda request: made.finished.append(request), signal=page_finished, weak=False)
    return made


def land(crawler, after):
    """Land the reviews of the page, and let the time be up after so many of them; what landed."""
    middleware = landing.Landing.from_crawler(crawler)
    middleware.spider_opened()
    response = HtmlResponse(URL, body=HTML.encode(), request=Request(URL))

    async def entries():
        for number, entry in enumerate(crawler.spider.parse(response, first=URL), 1):
            if number == after:
                crawler.spider.deadline = 0.0
            yield entry

    async def go():
        return [entry async for entry in middleware.process_spider_output(response, entries())]

    asyncio.run(go())
    middleware.spider_closed()
    return middleware.path.read_text(encoding="utf-8").splitlines()


def test_what_landed_stays_and_the_page_is_read_again(crawler):
    assert len(land(crawler, after=7)) == 7
    assert crawler.ended == ["closespider_timeout"]
    assert crawler.finished == []


def test_within_its_time_a_page_is_read_to_its_end(crawler):
    assert len(land(crawler, after=51)) == 50
    assert (crawler.ended, len(crawler.finished)) == ([], 1)


def test_the_time_may_be_up_while_a_page_is_taken_apart(crawler):
    crawler.spider.deadline = 0.0
    assert land(crawler, after=1) == []
    assert crawler.ended == ["closespider_timeout"]


def test_reading_stops_between_two_reviews():
    read = []

    def between():
        read.append(1)
        if len(read) == 5:
            raise OutOfTime

    with pytest.raises(OutOfTime):
        extract_from_tree(parse_html(HTML), Page(HTML, URL, datetime(2026, 1, 1)), between)
    assert len(read) == 5
