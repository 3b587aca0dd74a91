"""The spider for complaints to the US Consumer Financial Protection Bureau."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Request, Response

from .api_arguments import CfpbArguments
from .api_spider import ApiSpider
from .cfpb_answer import parse_complaints

__all__ = ["CfpbSpider"]

HOST = "www.consumerfinance.gov"
SEARCH = f"https://{HOST}/data-research/consumer-complaints/search/api/v1/"
SIZE = 100


class CfpbSpider(ApiSpider[CfpbArguments]):
    """Reads the complaints whose narrative is published (public domain), the newest first.

    Companies are told by their legal names, which the aliases of an industry file lead to its companies. The
    Bureau takes at most 20 requests a minute.

    ::

        scrapy crawl cfpb -a product='Vehicle loan or lease' -a companies='ALLY FINANCIAL INC.' -O complaints.jsonl
    """

    name = "cfpb"
    custom_settings = {"DOWNLOAD_DELAY": 3.1}  # noqa: RUF012 (Scrapy's type); 20 in any minute

    def hosts(self) -> set[str]:
        return {HOST}

    async def start(self) -> AsyncIterator[Request]:
        for request in self._search(1, None):
            yield request

    def parse(self, response: Response, page: int = 1, after: str | None = None, known: int = 0) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        answer = parse_complaints(payload, self.question(response), page)
        yield from self.records(answer)
        row = self.row_after(answer, known)
        if answer.following and answer.following != after and row is not None:
            yield from self._search(page + 1, answer.following, row)

    def _search(self, page: int, after: str | None, known: int = 0) -> Iterator[Request]:
        wanted: list[tuple[str, str]] = [
            ("has_narrative", "true"),
            ("no_aggs", "true"),
            ("no_highlight", "true"),
            ("size", str(SIZE)),
            ("sort", "created_date_desc"),
            *(("product", product) for product in self.args.product),
            *(("company", company) for company in self.args.companies),
        ]
        if self.args.search_term:
            wanted.append(("search_term", self.args.search_term))
        if self.args.since:
            wanted.append(("date_received_min", self.args.since.isoformat()))
        if after:
            wanted.append(("search_after", after))
        yield from self.ask(f"{SEARCH}?{urlencode(wanted)}", page=page, after=after, known=known)
