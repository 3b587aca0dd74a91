"""The way of an item out of a crawl: each review once, not more than asked for, onto the disk at once."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from .ending import end_crawl
from .identity import Seen
from .items import Claim, Rejected, Review

__all__ = ["Distinct", "Landing", "Rejects"]


class Distinct:
    """Drops rejected records and reviews seen before or older than ``since``, counts them, and ends the crawl
    at ``max_reviews``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.seen = Seen.nothing()
        self.taken = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Distinct":
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        assert self.crawler.stats is not None
        if isinstance(item, Rejected):
            self.crawler.stats.inc_value("reviews/rejected")
            self.crawler.stats.inc_value(f"reviews/rejected/{item.reason}")
            raise DropItem(item.reason, log_level="DEBUG")
        if not isinstance(item, Review):
            return item
        arguments = getattr(self.crawler.spider, "args", None)
        since = getattr(arguments, "since", None)
        if since and item.published_at and item.published_at.date() < since:
            self.crawler.stats.inc_value("reviews/older")
            raise DropItem("before since", log_level="DEBUG")
        if not self.seen.add(item):
            self.crawler.stats.inc_value("reviews/repeated")
            raise DropItem("repeated", log_level="DEBUG")
        limit = getattr(arguments, "max_reviews", None)
        if limit is not None and self.taken >= limit:
            raise DropItem("more than max_reviews", log_level="DEBUG")
        self.taken += 1
        self.crawler.stats.inc_value("reviews/taken")
        if self.taken == limit:
            end_crawl(self.crawler, "max_reviews")
        return item


class Landing:
    """Writes every review as a JSON line to ``MINEBELIEF_LANDING``, complete before the next one begins.

    A company's claim goes there too, as ``{"claim": …}``: it is no review, and never read as one.
    """

    takes: tuple[type, ...] = (Review, Claim)

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: TextIO | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Landing":
        path = crawler.settings.get("MINEBELIEF_LANDING")
        if not path:
            raise NotConfigured
        return cls(Path(path))

    def open_spider(self) -> None:
        self.file = self.path.open("a", encoding="utf-8")

    def close_spider(self) -> None:
        if self.file:
            self.file.close()

    def process_item(self, item: Any) -> Any:
        if isinstance(item, self.takes) and self.file:
            self.file.write(json.dumps(self.line(item), ensure_ascii=False, default=_plain) + "\n")
            self.file.flush()
        return item

    @staticmethod
    def line(item: Any) -> dict[str, Any]:
        told = {name: value for name, value in asdict(item).items() if value is not None}
        return {"claim": told} if isinstance(item, Claim) else told


class Rejects(Landing):
    """Writes rejected records, before :class:`Distinct` drops them."""

    takes = (Rejected,)

    @staticmethod
    def line(item: Any) -> dict[str, Any]:
        return {"reject": asdict(item)}


def _plain(value: Any) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"cannot be written: {value!r}")
