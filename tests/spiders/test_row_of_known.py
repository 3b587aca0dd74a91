"""After how many known reviews a later crawl reads no further."""

from datetime import date, datetime

import pytest
from minebelief.spiders.items import Review
from minebelief.spiders.schema_org import SchemaOrgSpider

OLD = Review("shop", "https://shop.example/", published_at=datetime(2020, 1, 1))
NEW = Review("shop", "https://shop.example/", published_at=datetime(2024, 1, 1))


@pytest.mark.parametrize(
    ("told", "pages", "rows"),
    [
        ({}, [[OLD] * 4], [None]),
        ({}, [[NEW, OLD, OLD], [OLD] * 3], [2, None]),
        ({"stop_after_known": 7}, [[OLD] * 4, [OLD] * 2, [OLD]], [4, 6, None]),
        ({"stop_after_known": 7}, [[OLD] * 4, [OLD, NEW, OLD], [], [OLD] * 4], [4, 1, 1, 5]),
        ({"stop_after_known": 0}, [[OLD] * 40], [0]),
    ],
)
def test_the_row_of_known_reviews_goes_on_over_pages(told, pages, rows):
    spider = SchemaOrgSpider(urls=["https://shop.example/"], since=date(2023, 1, 1), allow_local=True, **told)
    spider.crawler = type("Crawler", (), {"stats": None})()
    row, seen = 0, []
    for page in pages:
        row = spider.row_of_known(page, row)
        seen.append(row)
    assert seen == rows
