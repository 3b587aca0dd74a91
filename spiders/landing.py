"""The way of an item out of a crawl: each review once, not more than asked for, onto the disk at once."""

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from .ending import end_crawl
from .items import Rejected, Review
from .seen import Seen

__all__ = ["Distinct", "Landing", "Rejects"]


_NAMES = [field.name for field in fields(Review)]


class Distinct:
    """Drops rejected records, reviews seen before and those older than ``since``, counts them, and ends the
    crawl at ``max_reviews``.

    What an earlier crawl landed is dropped too, unless the site changed it since.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Distinct":
        return cls(crawler)

    def open_spider(self) -> None:
        spider = self.crawler.spider
        self.since: date | None = getattr(getattr(spider, "args", None), "since", None)
        self.limit: int | None = getattr(getattr(spider, "args", None), "max_reviews", None)
        self.seen: Seen = getattr(spider, "seen", None) or Seen()
        self.taken: int = getattr(spider, "taken", 0)

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Rejected):
            self._drop("rejected", f"rejected/{item.reason}")
        if not isinstance(item, Review):
            return item
        if self.since and item.published_at and item.published_at.date() < self.since:
            self._drop("older")
        standing = self.seen.add(item)
        if standing in ("repeated", "known"):
            self._drop(standing)
        if standing == "changed":
            self._count("changed")
        if self.limit is not None and self.taken >= self.limit:
            self._drop("over_limit")
        self.taken += 1
        self._count("taken")
        if self.taken == self.limit:
            end_crawl(self.crawler, "max_reviews")
        return item

    def _drop(self, *figures: str) -> NoReturn:
        for figure in figures:
            self._count(figure)
        raise DropItem(figures[0], log_level="DEBUG")

    def _count(self, figure: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"reviews/{figure}")


class Landing:
    """Writes every review as a JSON line to ``MINEBELIEF_LANDING``, complete before the next one begins."""

    takes: type = Review

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
        self.file = self.path.open("a", encoding="utf-8", errors="replace")

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
        return {name: value for name in _NAMES if (value := getattr(item, name)) is not None}


class Rejects(Landing):
    """Writes rejected records, before :class:`Distinct` drops them."""

    takes = Rejected

    @staticmethod
    def line(item: Any) -> dict[str, Any]:
        return {"reject": asdict(item)}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"cannot be written: {value!r}")
