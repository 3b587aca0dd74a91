"""What a look at a site found, as a report for ``minebelief probe``."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from .items import Review
from .politeness import Politeness

__all__ = ["Sample", "newest_first", "write_report"]

_FIELDS = [field.name for field in fields(Review)]
_REJECTED = "reviews/rejected/"


class Sample:
    """Reports what the spider of an API found, as JSON to ``MINEBELIEF_PROBE``."""

    def __init__(self, crawler: Crawler, path: Path) -> None:
        self.crawler = crawler
        self.path = path
        self.pages: dict[str, dict[str, Any]] = {}
        self.reviews: list[Review] = []
        crawler.signals.connect(self.response_received, signal=signals.response_received)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Sample":
        path = crawler.settings.get("MINEBELIEF_PROBE")
        if not path or crawler.spider is None or crawler.spider.name == "probe":  # which reports by itself
            raise NotConfigured
        return cls(crawler, Path(path))

    def response_received(self, response: Response, request: Request) -> None:
        if urlsplit(request.url).path == "/robots.txt":
            return
        page: dict[str, Any] = {"url": response.url, "reviews": 0, "new": 0, "text": True}
        if response.status != 200:
            page |= {"status": response.status, "because": f"HTTP status {response.status}"}
        self.pages[response.url] = page

    def item_scraped(self, item: Any, response: Response) -> None:
        if isinstance(item, Review):
            self.reviews.append(item)
            for figure in ("reviews", "new"):
                self.pages[response.url][figure] += 1

    def spider_closed(self, spider: Spider, reason: str) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        told = {
            "pages": list(self.pages.values()),
            "rejected": {
                name.removeprefix(_REJECTED): count for name, count in stats.items() if name.startswith(_REJECTED)
            },
            "newest_first": newest_first(self.reviews),
        }
        write_report(self.path, self.crawler, reason, self.reviews, told)


def write_report(path: Path, crawler: Crawler, reason: str, reviews: Sequence[Review], more: Mapping[str, Any]) -> None:
    """Write what these reviews have, how the site asks to be treated, and ``more``."""
    politeness = crawler.get_extension(Politeness)
    stats = crawler.stats.get_stats() if crawler.stats else {}
    dates = sorted(review.published_at for review in reviews if review.published_at)
    scales = Counter(review.scale for review in reviews if review.scale)
    report = {
        **more,
        "reason": reason,
        "delay": max(politeness.crawl_delays.values(), default=0.0) if politeness else 0.0,
        "robots_forbid": bool(stats.get("robotstxt/forbidden")),
        "robots_out_of_reach": bool(stats.get("robotstxt/out_of_reach")),
        "reviews": len(reviews),
        "fields": {name: sum(getattr(review, name) is not None for review in reviews) for name in _FIELDS},
        "companies": [name for name, _ in Counter(r.company for r in reviews if r.company).most_common(5)],
        "scales": [scale for scale, _ in scales.most_common()],
        "first": dates[0].date().isoformat() if dates else None,
        "last": dates[-1].date().isoformat() if dates else None,
        "example": next((review.body for review in reviews if review.body), None),
    }
    path.write_text(json.dumps(report), encoding="utf-8")


def newest_first(reviews: Sequence[Review]) -> bool | None:
    """Are reviews listed newest first? None where there are too few dates to tell."""
    dates = [review.published_at.date() for review in reviews if review.published_at]
    if len(set(dates)) < 2:
        return None
    return all(earlier >= later for earlier, later in pairwise(dates))
