"""The spider for reviews in Apple's App Store."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy.http import Request, Response

from .api_arguments import AppStoreArguments
from .api_spider import ApiSpider
from .app_store_answer import parse_feed

__all__ = ["AppStoreSpider"]

HOST = "itunes.apple.com"
#: All that the feed holds: 10 pages of 50 reviews.
PAGES = 10


class AppStoreSpider(ApiSpider[AppStoreArguments]):
    """Reads the newest 500 reviews of apps, of each storefront.

    The addresses of the pages are built here: the feed's own lead astray, and its last one points to itself.

    ::

        scrapy crawl app_store -a apps=595068606 -a countries=us,gb -O reviews.jsonl
    """

    name = "app_store"

    def hosts(self) -> set[str]:
        return {HOST}

    async def start(self) -> AsyncIterator[Request]:
        for country in self.args.countries:
            for app in self.args.apps:
                for request in self._page(app, country, 1):
                    yield request

    def parse(
        self, response: Response, app: int = 0, country: str = "us", page: int = 1, known: int = 0
    ) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        answer = parse_feed(payload, self.question(response), app, country)
        yield from self.records(answer)
        row = self.row_after(answer, known)
        if answer.found and page < PAGES and row is not None:
            yield from self._page(app, country, page + 1, row)

    def _page(self, app: int, country: str, page: int, known: int = 0) -> Iterator[Request]:
        url = f"https://{HOST}/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/json"
        yield from self.ask(url, app=app, country=country, page=page, known=known)
