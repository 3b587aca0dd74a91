"""The way of an item out of a crawl: each review once, not more than asked for, onto the disk page by page."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from .ending import OutOfTime, end_crawl
from .frontier import FROM, ROW, page_finished
from .items import Rejected, Review
from .seen import Seen

__all__ = ["Landing"]

_NAMES = [field.name for field in fields(Review)]


class Landing:
    """Writes every review as a JSON line to ``MINEBELIEF_LANDING``, and says when all of a page is written.

    Left out, and counted, are reviews met before in this crawl, those that an earlier crawl landed (unless the
    site changed them since), those older than ``since``, and what is more than ``max_reviews``, at which the crawl
    ends. A record that is no customer's review lands as ``{"reject": …}``, anything else under its own name.

    This is a spider middleware and no item pipeline: a pipeline takes up to a tenth of a millisecond for every
    item, and does not say when the last one of a page is through. Without ``MINEBELIEF_LANDING`` the reviews go
    on to Scrapy's own exports.
    """

    def __init__(self, crawler: Crawler, path: Path | None) -> None:
        self.crawler = crawler
        self.path = path
        self.file: TextIO | None = None
        self.tally: Counter[str] = Counter()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Landing":
        path = crawler.settings.get("MINEBELIEF_LANDING")
        return cls(crawler, Path(path) if path else None)

    def spider_opened(self) -> None:
        spider = self.crawler.spider
        arguments = getattr(spider, "args", None)
        self.since: date | None = getattr(arguments, "since", None)
        self.limit: int | None = getattr(arguments, "max_reviews", None)
        self.seen: Seen = getattr(spider, "seen", None) or Seen()
        self.taken: int = getattr(spider, "taken", 0)
        self.check_time: Callable[[], None] = getattr(spider, "check_time", lambda: None)
        if self.path:
            self.file = self.path.open("a", encoding="utf-8", errors="replace")

    def spider_closed(self) -> None:
        if self.file:
            self.file.close()

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        led_to = 0
        try:
            async for entry in result:
                if isinstance(entry, Request):
                    led_to += 1
                    yield _found_on(response, entry)
                elif (landed := self._landed(entry)) is not None:
                    yield landed
                self.check_time()
        except OutOfTime:  # not finished, so that the page is read again
            if self.file:
                self.file.flush()
            end_crawl(self.crawler, "closespider_timeout")
            return
        except Exception:  # whatever it is, it goes on; the page is noted as failed first
            self._finished(response, led_to, failed=True)
            raise
        finally:
            self._tell()
        self._finished(response, led_to)

    def _finished(self, response: Response, led_to: int, *, failed: bool = False) -> None:
        if self.file:
            self.file.flush()
        self.crawler.signals.send_catch_log(page_finished, request=response.request, failed=failed, led_to=led_to)

    def _landed(self, item: Any) -> Any | None:
        """Land an item, and give it back where it is one for Scrapy's own exports."""
        if isinstance(item, Rejected):
            self._count("reviews/rejected")
            self._count(f"reviews/rejected/{item.reason}")
            self._write_once({"reject": asdict(item)})
            return None
        if isinstance(item, Review):
            item = self.seen.settled(item)
            if not self._is_wanted(item):
                return None
            self._write({name: value for name in _NAMES if (value := getattr(item, name)) is not None})
        elif is_dataclass(item) and not isinstance(item, type):
            name = type(item).__name__.lower()
            new = self._write_once({name: {key: value for key, value in asdict(item).items() if value is not None}})
            self._count(f"{name}s/{'taken' if new else 'known'}")
            if not new:
                return None
        return item if self.file is None else None

    def _is_wanted(self, review: Review) -> bool:
        if self.since and review.published_at and review.published_at.date() < self.since:
            self._count("reviews/older")
            return False
        standing = self.seen.add(review)
        if standing != "new":
            self._count(f"reviews/{standing}")
        if standing in ("repeated", "known"):
            return False
        if self.limit is not None and self.taken >= self.limit:
            self._count("reviews/over_limit")
            return False
        self.taken += 1
        self._count("reviews/taken")
        if self.taken == self.limit:
            end_crawl(self.crawler, "max_reviews")
        return True

    def _write_once(self, line: dict[str, Any]) -> bool:
        """Write a line that is no review; False where it is known."""
        new = self.seen.add_other(json.dumps(line, sort_keys=True, default=_plain))
        if new:
            self._write(line)
        return new

    def _write(self, line: dict[str, Any]) -> None:
        if self.file:
            self.file.write(json.dumps(line, ensure_ascii=False, default=_plain) + "\n")

    def _count(self, figure: str) -> None:
        self.tally[figure] += 1

    def _tell(self) -> None:
        """Add what was counted to Scrapy's figures, which is slow: page by page."""
        assert self.crawler.stats is not None
        for figure, number in self.tally.items():
            self.crawler.stats.inc_value(figure, number)
        self.tally.clear()


def _found_on(response: Response, request: Request) -> Request:
    """The request with a note of the page that it was found on, which is not finished before it has arrived."""
    request.meta[FROM] = response.meta.get(ROW)
    return request


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot be written: {value!r}")
