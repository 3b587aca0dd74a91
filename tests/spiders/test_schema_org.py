"""The spider's arguments and the pages that it follows; ``tests/gather/test_crawl.py`` has whole crawls."""

from datetime import UTC, datetime

import pytest
from minebelief.spiders.nodes import parse_html
from minebelief.spiders.paging import next_pages, page_patterns
from minebelief.spiders.politeness import retry_after
from minebelief.spiders.schema_org import SchemaOrgSpider
from scrapy.http import HtmlResponse

from minebelief.errors import UsageError

START = "https://www.shop.example/reviews"


@pytest.mark.parametrize(
    ("given", "urls"),
    [
        (f"{START},https://shop.example/b", [START, "https://shop.example/b"]),
        (f"{START} \n {START}/b", [START, f"{START}/b"]),
        (f'["{START}?a=1,2"]', [f"{START}?a=1,2"]),
        (f"{START}?a=1,2", [f"{START}?a=1,2"]),
        ([START, START], [START]),
    ],
)
def test_urls_may_be_written_in_several_ways(given, urls):
    assert SchemaOrgSpider(urls=given).args.urls == urls


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "argument 'urls' is missing: Addresses of the first pages"),
        (
            {"urls": "shop.example"},
            "argument 'urls.0': found 'shop.example'; accepted: an address that begins with https:// or http://",
        ),
        (
            {"urls": START, "kind": "rant"},
            "argument 'kind': found 'rant'; accepted: 'review', 'complaint', 'mention'",
        ),
        (
            {"urls": START, "max_pages": "0"},
            "argument 'max_pages': found '0'; accepted: greater than or equal to 1",
        ),
        (
            {"urls": START, "page_pattern": "?p=2"},
            "an address that contains {page}, for example '?page={page}'",
        ),
        ({"urls": START, "pages": "3"}, "unknown argument 'pages' (accepted: "),
    ],
)
def test_wrong_arguments_are_refused_with_what_is_accepted(given, message):
    with pytest.raises(UsageError) as refused:
        SchemaOrgSpider(**given)
    assert message in str(refused.value)


def test_a_spider_stays_on_its_site():
    assert SchemaOrgSpider(urls=f"{START} https://eu.other.example/x").allowed_domains == [
        "eu.other.example",
        "shop.example",
    ]


def test_the_next_page_is_where_the_page_says():
    html = """<head><base href="/shop/"><link rel="next" href="?page=2"></head>
    <a rel="nofollow Next" href="https://shop.example/three">3</a> <a rel="next" href="#">4</a>
    <a rel="prev" href="/1">1</a>"""
    assert next_pages(parse_html(html), START) == [
        "https://www.shop.example/shop/?page=2",
        "https://shop.example/three",
    ]


def test_links_to_a_second_page_suggest_a_pattern():
    html = """<a href="?page=2">2</a> <a href="/reviews/page/2/">2</a> <a href="?page=20">20</a> <a href="/p2">2</a>
    <a href="https://other.example/?page=2">2</a> <a href="/2024/2">2</a>"""
    assert page_patterns(parse_html(html), START) == [
        f"{START}?page={{page}}",
        "https://www.shop.example/reviews/page/{page}/",
        "https://www.shop.example/p{page}",
    ]


def asked(spider, html, url=START, **state):
    response = HtmlResponse(url, body=html.encode(), encoding="utf-8")
    return [
        entry.url
        for entry in spider.parse(response, **{"first": START, **state})
        if hasattr(entry, "url") and hasattr(entry, "callback")
    ]


REVIEW = '<script type="application/ld+json">{"@type": "Review", "reviewBody": "Late again, as ever. %s"}</script>'


@pytest.fixture
def spider(monkeypatch):
    def make(**given):
        made = SchemaOrgSpider(urls=START, **given)
        monkeypatch.setattr(made, "count", lambda *_: None)
        return made

    return make


def test_a_pattern_is_followed_until_a_page_without_reviews(spider):
    pages = spider(page_pattern="?page={page}")
    assert asked(pages, REVIEW % 1) == [f"{START}?page=2"]
    assert asked(pages, REVIEW % 2, number=2) == [f"{START}?page=3"]
    assert asked(pages, "<p>No more.</p>", number=3) == []


def test_a_page_that_repeats_an_earlier_one_ends_the_chain(spider):
    pages = spider()
    following = REVIEW % 1 + '<a rel="next" href="?page=2">more</a>'
    assert asked(pages, following) == [f"{START}?page=2"]
    assert asked(pages, following.replace("page=2", "page=3"), url=f"{START}?page=2", number=2) == []


def test_empty_pages_end_a_chain_after_a_while(spider):
    empty = '<a rel="next" href="?page=9">more</a>'
    assert asked(spider(), empty, empty=3) == [f"{START}?page=9"]
    assert asked(spider(), empty, empty=4) == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 60.0),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, seconds):
    assert retry_after(header, datetime(2015, 10, 21, 7, 27, tzinfo=UTC)) == seconds
