"""The spider for a company's own pages: what it promises."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy.http import Request, Response, TextResponse

from .api_arguments import PagesArguments
from .api_spider import ApiSpider
from .charset import page_text
from .items import Claim
from .nodes import parse_html
from .promises import find_promises, page_language, page_links

__all__ = ["PagesSpider"]


class PagesSpider(ApiSpider[PagesArguments]):
    """Reads the sentences with which a company promises something, as candidate claims.

    ::

        scrapy crawl pages -a company=acme -a urls=https://www.acme.example/why-us -O claims.jsonl
    """

    name = "pages"

    def __init__(self, *_: Any, **given: Any) -> None:
        super().__init__(**given)
        self.met: set[str] = set()
        self.linked: set[str] = set(self.args.urls)

    async def start(self) -> AsyncIterator[Request]:
        for url in self.args.urls:
            for request in self.ask(url, away=0):
                yield request

    def parse(self, response: Response, away: int = 0) -> Iterator[Any]:
        if not isinstance(response, TextResponse):
            self.count("pages/not_text")
            return
        self.count("pages/read")
        page = page_text(response)
        language = page_language(page)
        today = datetime.now(UTC).date()
        for text in find_promises(page):
            key = text.casefold()
            if key not in self.met:  # what stands on every page is one claim
                self.met.add(key)
                yield Claim(self.args.company, response.url, text, today, language)
        if away < self.args.links:
            for url in page_links(parse_html(page), response.url):
                if url not in self.linked:
                    self.linked.add(url)
                    yield from self.ask(url, away=away + 1)
