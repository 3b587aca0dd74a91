"""Ends a crawl before it has read all."""

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

__all__ = ["OutOfTime", "end_crawl"]


class OutOfTime(Exception):
    """The crawl's time is up, and a page is not read to its end: the next crawl reads it again."""


def end_crawl(crawler: Crawler, reason: str) -> None:
    """Ask the crawl to end in order, with ``reason`` as its finish reason; the first reason stays."""
    engine = crawler.engine
    assert engine is not None
    assert crawler.spider is not None
    if hasattr(engine, "close_spider_async"):
        deferred_from_coro(engine.close_spider_async(reason=reason))
    else:  # before Scrapy 2.14
        engine.close_spider(crawler.spider, reason=reason)
