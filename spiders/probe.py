"""The spider behind ``minebelief probe``: looks at a few pages and writes down what it finds."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.http import Request, Response, TextResponse
from twisted.python.failure import Failure

from .arguments import SchemaOrgArguments
from .charset import page_text
from .items import Review
from .nodes import READERS, Tree, parse_html
from .paging import next_pages, page_patterns
from .sample import newest_first, write_report
from .source_spider import SourceSpider
from .structured_data import Extraction, Page, extract_from_tree

__all__ = ["ProbeSpider"]

_PAGES = 3


class ProbeSpider(SourceSpider[SchemaOrgArguments]):
    """Reads one address, and up to two pages that follow it, and writes a report as JSON to ``MINEBELIEF_PROBE``.

    A pattern for further pages that links suggest counts only if its second page shows other reviews.
    """

    name = "probe"

    def __init__(self, *_: object, **given: object) -> None:
        super().__init__(**given)
        self.report: dict[str, Any] = {"pages": [], "page_pattern": None, "rel_next": False}
        self.reviews: list[Review] = []

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.args.urls[0], self.parse, errback=self.failed, cb_kwargs={"pattern": None, "patterns": []})

    def parse(self, response: Response, pattern: str | None, patterns: list[str]) -> Iterator[Request]:
        self.count("pages/read")
        if not isinstance(response, TextResponse):
            self.report["pages"].append({"url": response.url, "reviews": 0, "new": 0, "text": False})
            return
        if _is_forum(response):
            self.report |= {"forum": True, "pages": [{"url": response.url, "reviews": 0, "new": 0, "text": True}]}
            return
        text = page_text(response)
        tree = parse_html(text)
        now = datetime.now(UTC).replace(tzinfo=None)
        found = extract_from_tree(tree, Page(text, response.url, now, self.args.company, self.args.kind))
        known = {review.native_id for review in self.reviews}
        new = [review for review in found.reviews if review.native_id not in known]
        self.reviews += new
        page = {"url": response.url, "reviews": len(found.reviews), "new": len(new), "text": True}
        self.report["pages"].append(page)
        if len(self.report["pages"]) == 1:
            self._describe(tree, found, text)
        elif pattern and new:
            self.report["page_pattern"] = pattern
        elif pattern and not new:
            yield from self._try(patterns)
            return
        yield from self._further(tree, response, found, pattern)

    def _further(self, tree: Tree, response: Response, found: Extraction, pattern: str | None) -> Iterator[Request]:
        if len(self.report["pages"]) >= _PAGES or pattern:
            return
        following = [url for url in next_pages(tree, response.url) if url != response.url]
        if following:
            self.report["rel_next"] = True
            yield Request(following[0], self.parse, errback=self.failed, cb_kwargs={"pattern": None, "patterns": []})
        elif found.reviews and len(self.report["pages"]) == 1:
            yield from self._try(page_patterns(tree, response.url)[: _PAGES - 1])

    def _try(self, patterns: list[str]) -> Iterator[Request]:
        if patterns and len(self.report["pages"]) < _PAGES:
            first, *others = patterns
            state = {"pattern": first, "patterns": others}
            yield Request(first.replace("{page}", "2"), self.parse, errback=self.failed, cb_kwargs=state)

    def _describe(self, tree: Tree, found: Extraction, text: str) -> None:
        lower = text.lower()
        syntaxes = [reader.syntax for reader in READERS if any(word in lower for word in reader.words)]
        self.report |= {
            "title": " ".join(tree.xpath("string(//title)").split())[:200],
            "syntaxes": syntaxes,
            "rejected": dict(Counter(entry.reason for entry in found.rejected)),
            "newest_first": newest_first(found.reviews),
        }

    def failed(self, failure: Failure) -> Iterable[Request]:
        """Notes why a page could not be had, and tries another pattern where this was one."""
        super().failed(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        response = getattr(failure.value, "response", None)
        status = response.status if response is not None else None
        self.report["pages"].append({"url": request.url, "status": status, "because": str(failure.value)[:300]})
        return self._try(request.cb_kwargs["patterns"])

    def closed(self, reason: str) -> None:
        if path := self.settings.get("MINEBELIEF_PROBE"):
            write_report(Path(path), self.crawler, reason, self.reviews, self.report)


def _is_forum(response: TextResponse) -> bool:
    """Is this a page of a Discourse forum, for people or in JSON?"""
    if "json" not in (response.headers.get("Content-Type") or b"").decode("latin-1"):
        generator = response.xpath("string(//meta[@name='generator']/@content)").get("")
        return generator.lower().startswith("discourse")
    try:
        payload = response.json()
    except ValueError:
        return False
    return isinstance(payload, dict) and not {"topic_list", "post_stream", "category_list"}.isdisjoint(payload)
