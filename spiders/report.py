"""Tells the process that started a crawl how it goes, and ends a crawl that nobody waits for any more."""

import json
import logging
import os
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.logformatter import LogFormatter
from twisted.internet.task import LoopingCall

from minebelief.errors import MinebeliefError

from .ending import end_crawl

__all__ = ["QuietItems", "StatsReport", "tell_mistakes_in_one_line"]

_log = logging.getLogger(__name__)


class QuietItems(LogFormatter):
    """Leaves items out of the log: it is no place for what people wrote, and every line costs time."""

    def scraped(self, item: Any, response: Any, spider: Any) -> None:  # type: ignore[override]
        return None

    def dropped(self, item: Any, exception: Any, response: Any, spider: Any) -> None:  # type: ignore[override]
        return None


def tell_mistakes_in_one_line() -> None:
    """Leave the traceback out of the log where a person can mend what stopped the crawl."""
    logging.getLogger("asyncio").addFilter(_in_one_line)


def _in_one_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, MinebeliefError):
        record.msg, record.args = f"{type(error).__name__}: {error}", ()
        record.exc_info = None
    return True


class StatsReport:
    """Writes Scrapy's figures as JSON to ``MINEBELIEF_STATS``: every second, and at the end with the finish
    reason.

    Scrapy's exit code is 0 even where every page failed, so these figures are what a crawl is judged by.
    """

    def __init__(self, crawler: Crawler, path: Path, parent: int) -> None:
        self.crawler = crawler
        self.path = path
        self.parent = parent
        self.ticking = LoopingCall(self.tick)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StatsReport":
        path = crawler.settings.get("MINEBELIEF_STATS")
        if not path:
            raise NotConfigured
        return cls(crawler, Path(path), crawler.settings.getint("MINEBELIEF_PARENT"))

    def spider_opened(self) -> None:
        self.ticking.start(1.0, now=False)

    def tick(self) -> None:
        self.write({})
        if self.parent and os.getppid() != self.parent:
            _log.warning("The process that started this crawl is gone; ending it")
            self.ticking.stop()
            end_crawl(self.crawler, "orphaned")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        if self.ticking.running:
            self.ticking.stop()
        self.write({"finish_reason": reason})

    def write(self, more: dict[str, str]) -> None:
        """The figures, replaced as a whole so that a reader never meets half a file."""
        assert self.crawler.stats is not None
        temporary = self.path.with_name(self.path.name + ".new")
        temporary.write_text(json.dumps({**self.crawler.stats.get_stats(), **more}, default=str), encoding="utf-8")
        temporary.replace(self.path)
