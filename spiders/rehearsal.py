"""Says what a crawl would ask for first, without asking for anything."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request

__all__ = ["Rehearsal"]


class Rehearsal:
    """Writes the spider's arguments and first addresses as JSON to ``MINEBELIEF_REHEARSAL``, and ends there."""

    def __init__(self, crawler: Crawler, path: Path) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Rehearsal":
        if not (path := crawler.settings.get("MINEBELIEF_REHEARSAL")):
            raise NotConfigured
        return cls(crawler, Path(path))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        urls = [entry.url async for entry in start if isinstance(entry, Request)]
        arguments = getattr(self.crawler.spider, "args", None)
        told = arguments.model_dump(mode="json") if arguments is not None else {}
        self.path.write_text(json.dumps({"urls": urls, "arguments": told}), encoding="utf-8")
        return
        yield
