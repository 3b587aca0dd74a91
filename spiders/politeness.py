"""Waits as long as a site asks for, in whatever way it asks.

That is ``Crawl-delay`` in its robots.txt, ``Retry-After`` with an answer, ``backoff`` in the answers of Stack
Exchange and ``extras.wait_seconds`` in those of Discourse.
"""

import json
import logging
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from protego import Protego
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from .ending import end_crawl

__all__ = ["Politeness", "RobotsOutOfReach", "retry_after", "told_wait"]

_log = logging.getLogger(__name__)

_TOLD = re.compile(rb'"(?:backoff|wait_seconds)"\s*:')


def retry_after(value: str, now: datetime) -> float:
    """The seconds to wait by a ``Retry-After`` header, a number or a date; 0 where it says neither.

    >>> retry_after("Wed, 21 Oct 2015 07:28:00 GMT", datetime(2015, 10, 21, 7, 27, tzinfo=UTC))
    60.0
    """
    text = value.strip()
    try:
        return _seconds(float(text))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def told_wait(body: bytes) -> float:
    """The seconds to wait by the body of an answer, in the words of Stack Exchange or Discourse; else 0.

    >>> told_wait(b'{"items": [], "backoff": 10}'), told_wait(b'{"extras": {"wait_seconds": 7}}')
    (10.0, 7.0)
    """
    if not _TOLD.search(body):
        return 0.0
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return 0.0
    if not isinstance(data, dict):
        return 0.0
    extras = data.get("extras")
    told = [data.get("backoff"), extras.get("wait_seconds") if isinstance(extras, dict) else None]
    return max(map(_seconds, told))


def _seconds(value: Any) -> float:
    """A number of seconds; 0 for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return 0.0
    return float(value)


class Politeness:
    """Holds a site's download slot back.

    A pause counts from the end of the answer, so that the site never sees two requests closer together than
    it asked for, whatever the network does. A site that asks for more than ``MINEBELIEF_MAX_WAIT`` seconds
    is left in peace: the crawl ends as ``asked_to_wait``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.usual = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.longest = crawler.settings.getfloat("MINEBELIEF_MAX_WAIT")
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.crawl_delays: dict[str, float] = {}
        self.until: dict[str, float] = {}
        # After AutoThrottle, which is connected first and sets the slot's usual delay.
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Politeness":
        return cls(crawler)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key = request.meta.get("download_slot")
        if key is None:
            return
        if _asks_for_robots(request) and response.status == 200:
            delay = Protego.parse(self._body(request, response).decode("utf-8-sig", "ignore")).crawl_delay(self.agent)
            self.crawl_delays[key] = max(self.crawl_delays.get(key, 0.0), _seconds(delay))
        asked = self._asked(request, response)
        if asked and self.crawler.stats:
            self.crawler.stats.inc_value("politeness/asked_to_wait")
        wait = max(self.usual, self.crawl_delays.get(key, 0.0), asked)
        if wait > self.longest:
            _log.warning("%s asks to wait %d s; leaving it in peace", key, wait)
            end_crawl(self.crawler, "asked_to_wait")
        else:
            self.pause(key, wait)

    def _asked(self, request: Request, response: Response) -> float:
        header = response.headers.get("Retry-After")
        asked = retry_after(header.decode("latin-1"), datetime.now(UTC)) if header else 0.0
        if b"json" in (response.headers.get("Content-Type") or b"").lower():
            asked = max(asked, told_wait(self._body(request, response)))
        return asked

    def _body(self, request: Request, response: Response) -> bytes:
        """The body unpacked: at this early moment it is as it came."""
        unpacking = self.crawler.get_downloader_middleware(HttpCompressionMiddleware)
        if unpacking is None or "Content-Encoding" not in response.headers:
            return response.body
        try:
            unpacked = unpacking.process_response(request, response)
        except Exception:  # what is damaged or too large is refused later, where it is counted
            return b""
        return unpacked.body if isinstance(unpacked, Response) else b""

    def pause(self, key: str, seconds: float) -> None:
        """No request to this site within the next ``seconds``, nor before an earlier pause is over."""
        assert self.crawler.engine is not None
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot is None:
            return
        # Which clock a slot runs on differs between versions of Scrapy: seconds since 1970 are the larger
        # number.
        now = time.time() if slot.lastseen > 1e9 else time.monotonic()
        until = self.until[key] = max(self.until.get(key, 0.0), now + seconds)
        if until <= now:
            return
        slot.concurrency = 1  # else the others that may run side by side would follow at once
        slot.delay = max(slot.delay, 0.001)  # a slot without a delay does not look at its clock at all
        # Anew with every answer, because AutoThrottle may have changed the delay that the slot adds.
        slot.lastseen = max(slot.lastseen, until - slot.delay)


class RobotsOutOfReach:
    """Takes a robots.txt that the site fails to give for one that forbids everything (RFC 9309, 2.3.1.4).

    Scrapy takes it for one that allows everything.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsOutOfReach":
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if _asks_for_robots(request) and (response.status >= 500 or response.status == 429):
            return self._forbid(request, str(response.status))
        return response

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        if _asks_for_robots(request) and not isinstance(exception, IgnoreRequest):
            return self._forbid(request, type(exception).__name__)
        return None

    def _forbid(self, request: Request, reason: str) -> Response:
        if self.crawler.stats:
            self.crawler.stats.inc_value("robotstxt/out_of_reach")
        _log.warning("%s cannot be read (%s); taking everything as forbidden", request.url, reason)
        return Response(request.url, body=b"User-agent: *\nDisallow: /\n", request=request)


def _asks_for_robots(request: Request) -> bool:
    """Is this Scrapy's own request for a robots.txt, wherever redirects led it?"""
    return bool(request.meta.get("dont_obey_robotstxt"))
