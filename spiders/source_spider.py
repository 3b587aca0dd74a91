"""What all spiders share: checked arguments, their own site, and a contact address."""

import glob
import logging
import math
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy_spider_metadata import Args
from twisted.python.failure import Failure

from minebelief.errors import UsageError
from minebelief.gather.crawl_files import moment_of

from .arguments import LimitArguments, SourceArguments
from .contact import require_contact
from .ending import OutOfTime
from .frontier import page_finished
from .guard import AddressRefused, open_hosts
from .items import Review
from .report import tell_mistakes_in_one_line
from .seen import Seen

__all__ = ["SourceSpider"]

Arguments = TypeVar("Arguments", bound=SourceArguments)


class SourceSpider(Args[Arguments], Spider, Generic[Arguments]):
    """A spider for one source.

    A subclass names its arguments' model in brackets and says in :meth:`hosts` where its site lies; it never
    leaves these hosts and those below them. Wrong arguments are refused before the first request.

    ``whole_at`` is when the last crawl that missed no page began, in UTC; None where there was none, and then
    nothing that is known ends this one.
    """

    def __init__(self, *_: Any, **given: Any) -> None:
        logging.getLogger("scrapy_spider_metadata").setLevel(logging.CRITICAL)  # it is told here, in one line
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise UsageError(f"{self.name}: {_in_one_line(error, self.get_param_schema())}") from None
        self.seen = Seen()
        self.taken = 0
        self.whole_at: datetime | None = None
        self.deadline = math.inf
        self.allowed_domains = sorted({host.removeprefix("www.") for host in self.hosts()})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        tell_mistakes_in_one_line()
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.args.allow_local:
            open_hosts(spider.hosts())
        else:
            open_hosts(set())
            require_contact(crawler.settings)
        if isinstance(spider.args, LimitArguments):
            _limit(crawler.settings, spider.args)
        if seconds := crawler.settings.getfloat("CLOSESPIDER_TIMEOUT"):
            spider.deadline = time.monotonic() + seconds
        spider._recall(crawler.settings)
        return spider

    def _recall(self, settings: BaseSettings) -> None:
        """Learn what earlier crawls of this source landed: the files that ``MINEBELIEF_LANDED`` matches."""
        if pattern := settings.get("MINEBELIEF_LANDED"):
            files = [Path(name) for name in glob.glob(pattern)]
            self.taken = self.seen.add_landed(files, settings.get("MINEBELIEF_BEGAN", ""))
            if moment := settings.get("MINEBELIEF_WHOLE"):
                self.whole_at = moment_of(moment)

    def hosts(self) -> set[str]:
        """The hosts of this source's site."""
        return {host for url in getattr(self.args, "urls", []) if (host := urlsplit(url).hostname)}

    def row_of_known(self, reviews: Sequence[Review], before: int = 0) -> int | None:
        """How many reviews in a row are old after a page with these reviews, on a site that lists its newest reviews
        first; None where there are enough of them to read no further. ``before`` is the row of the page before.

        Old are those landed by an earlier crawl that read the site to its end, and those from before ``since``.
        Where nobody said how many are enough, a page of nothing else is, too.
        """
        enough = getattr(self.args, "stop_after_known", 0)
        if not enough or not reviews:
            return before
        row = sum(1 for _ in takewhile(self._is_old, reversed(reviews)))
        if "stop_after_known" not in self.args.model_fields_set:
            enough = min(enough, len(reviews))
        if row == len(reviews):
            row += before
        if row < enough:
            return row
        self.count("pages/known")
        return None

    def _is_old(self, review: Review) -> bool:
        since, published = getattr(self.args, "since", None), review.published_at
        if since and published and published.date() < since:
            return True
        return self.whole_at is not None and self.seen.knows(review)

    def check_time(self) -> None:
        """Stop reading a page once the crawl's time is up: Scrapy itself looks at the clock only between pages.

        Raises
        ------
        OutOfTime
            It is up.
        """
        if time.monotonic() > self.deadline:
            raise OutOfTime

    def failed(self, failure: Failure) -> Iterable[Any]:
        """Errback of every request: a page that could not be had is counted with its reason. Gives what is to be
        asked for instead.
        """
        error = failure.value
        refused = isinstance(error, AddressRefused) or str(error) == "Forbidden by robots.txt"
        if request := getattr(failure, "request", None):
            self.crawler.signals.send_catch_log(page_finished, request=request, failed=not refused, led_to=0)
        if refused:
            return ()  # counted where it was refused
        reason = str(error.response.status) if isinstance(error, HttpError) else _reason(error)
        self.count("pages/failed")
        self.count(f"pages/failed/{reason}")
        self.logger.warning("%s failed: %s", getattr(failure, "request", "a page"), reason)
        return ()

    def count(self, figure: str, by: int = 1) -> None:
        """Add to a figure of the crawl's report."""
        if by and self.crawler.stats:
            self.crawler.stats.inc_value(figure, by)


def _limit(settings: BaseSettings, args: LimitArguments) -> None:
    """A source's own limits; what was given on the command line stays, but for a longer time."""
    settings.set("DOWNLOAD_MAXSIZE", args.max_bytes, priority="spider")
    settings.set("DEPTH_LIMIT", args.max_depth, priority="spider")
    seconds = args.max_minutes * 60
    given = settings.getfloat("CLOSESPIDER_TIMEOUT")
    settings.set("CLOSESPIDER_TIMEOUT", min(given or seconds, seconds), priority="cmdline")


def _reason(error: BaseException | None) -> str:
    if "max redirections" in str(error):
        return "redirected in a circle"
    return type(error).__name__


#: What is accepted where pydantic says it in words for programmers, by the type of the mistake.
_ACCEPTED = {
    **dict.fromkeys(("bool_parsing", "bool_type"), "true or false"),
    **dict.fromkeys(
        ("date_from_datetime_inexact", "date_from_datetime_parsing", "date_parsing"), "a day, as 2024-05-06"
    ),
    **dict.fromkeys(("float_parsing", "float_type"), "a number"),
    **dict.fromkeys(("int_from_float", "int_parsing", "int_type"), "a whole number"),
    **dict.fromkeys(("string_too_short", "too_short"), "at least one"),
}


def _in_one_line(error: ValidationError, schema: dict[str, Any]) -> str:
    """What was found and what is accepted; ``schema`` is that of the spider's arguments."""
    known: dict[str, Any] = schema["properties"]
    mistakes = []
    for mistake in error.errors():
        name = ".".join(str(part) for part in mistake["loc"]) or "arguments"
        if mistake["type"] == "extra_forbidden":
            mistakes.append(f"unknown argument {name!r} (accepted: {', '.join(known)})")
        elif mistake["type"] == "missing":
            mistakes.append(f"argument {name!r} is missing: {known[name]['description']}")
        else:
            accepted = mistake["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            accepted = _ACCEPTED.get(mistake["type"], accepted.partition(", unable to parse")[0])
            found = f"found {mistake['input']!r}; accepted: " if mistake["loc"] else ""
            mistakes.append(f"argument {name!r}: {found}{accepted}" if mistake["loc"] else accepted)
    return "; ".join(mistakes)
