"""Waits as long as a site asks for: ``Crawl-delay`` of its robots.txt and ``Retry-After`` of its answers."""

import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from .ending import end_crawl

__all__ = ["Politeness", "retry_after"]

_log = logging.getLogger(__name__)


def retry_after(value: str, now: datetime) -> float:
    """The seconds to wait by a ``Retry-After`` header, a number or a date; 0 where it says neither.

    >>> retry_after("Wed, 21 Oct 2015 07:28:00 GMT", datetime(2015, 10, 21, 7, 27, tzinfo=UTC))
    60.0
    """
    text = value.strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Politeness:
    """Holds a site's download slot back.

    A pause counts from the end of the answer, so that the site never sees two requests closer together than
    it asked for, whatever the network does. A site that asks for more than ``MINEBELIEF_MAX_WAIT`` seconds
    is left in peace: the crawl ends as ``asked_to_wait``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest = crawler.settings.getfloat("MINEBELIEF_MAX_WAIT")
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.crawl_delays: dict[str, float] = {}
        # After AutoThrottle, which is connected first and sets the slot's usual delay.
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Politeness":
        return cls(crawler)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key = request.meta.get("download_slot")
        if key is None:
            return
        if request.meta.get("dont_obey_robotstxt") and request.url.endswith("/robots.txt") and response.status == 200:
            rules = Protego.parse(response.body.decode("utf-8", "ignore"))
            self.crawl_delays[key] = float(rules.crawl_delay(self.agent) or 0)
        wait = self.crawl_delays.get(key, 0.0)
        if header := response.headers.get("Retry-After"):
            asked = retry_after(header.decode("latin-1"), datetime.now(UTC))
            if asked and self.crawler.stats:
                self.crawler.stats.inc_value("politeness/retry_after")
            wait = max(wait, asked)
        if wait > self.longest:
            _log.warning("%s asks to wait %d s; leaving it in peace", key, wait)
            end_crawl(self.crawler, "asked_to_wait")
        elif wait:
            self.pause(key, wait)

    def pause(self, key: str, seconds: float) -> None:
        """No request to this site within the next ``seconds``."""
        assert self.crawler.engine is not None
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot is None:
            return
        # Which clock a slot runs on differs between versions of Scrapy: seconds since 1970 are the larger
        # number.
        now = time.time() if slot.lastseen > 1e9 else time.monotonic()
        slot.concurrency = 1  # else the others that may run side by side would follow at once
        slot.delay = max(slot.delay, 0.001)  # a slot without a delay does not look at its clock at all
        slot.lastseen = max(slot.lastseen, now + seconds - slot.delay)
