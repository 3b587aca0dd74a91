"""The spider for any site that marks its reviews up."""

import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from scrapy.http import Request, Response, TextResponse

from .arguments import SchemaOrgArguments
from .charset import page_text
from .items import Rejected, Review
from .nodes import parse_html
from .paging import next_pages
from .source_spider import SourceSpider
from .structured_data import Extraction, Page, extract_from_tree

__all__ = ["SchemaOrgSpider"]

#: Pages in a row without a review after which a chain of pages is given up.
EMPTY_PAGES = 5


class SchemaOrgSpider(SourceSpider[SchemaOrgArguments]):
    """Reads reviews marked up as JSON-LD, microdata, microformats or RDFa, and follows their pages.

    The next page is where the page says (``rel="next"``) or where ``page_pattern`` points. A chain ends at a
    page that repeats an earlier one, after ``EMPTY_PAGES`` pages without a review (for a pattern at the
    first), and for a later crawl at what it knows already.

    ::

        scrapy crawl schema_org -a urls=https://shop.example/reviews -a company=shop -O reviews.jsonl
    """

    name = "schema_org"

    def __init__(self, *_: object, **given: object) -> None:
        super().__init__(**given)
        self.seen_pages: defaultdict[str, set[bytes]] = defaultdict(set)

    async def start(self) -> AsyncIterator[Request]:
        for url in self.args.urls:
            for request in self._ask(url, first=url, number=1, empty=0, known=0):
                yield request

    def parse(
        self, response: Response, first: str = "", number: int = 1, empty: int = 0, known: int = 0
    ) -> Iterator[Review | Rejected | Request]:
        if not isinstance(response, TextResponse):
            self.count("pages/not_text")
            return
        self.count("pages/read")
        text = page_text(response)
        tree = parse_html(text)
        fetched_at = datetime.now(UTC).replace(tzinfo=None)
        page = Page(text, response.url, fetched_at, self.args.company, self.args.kind)
        found = extract_from_tree(tree, page, self.check_time)
        repeats = self._repeats(found, first)
        # On a page that was read already, ratings that nothing tells apart are no new ones.
        yield from (one for one in found.reviews if not repeats or one.title or one.body or one.author)
        yield from found.rejected
        self.count("reviews/found", found.found)
        self.count("pages/with_reviews", bool(found.reviews))

        empty = 0 if found.reviews else empty + 1
        if repeats:
            self.count("pages/repeated")
            return
        row = self.row_of_known(found.reviews, known)
        if row is None:
            return
        onwards = {"first": first, "number": number + 1, "empty": empty, "known": row}
        if empty < EMPTY_PAGES:
            for url in next_pages(tree, response.url):
                yield from self._ask(url, **onwards)
        if self.args.page_pattern and not empty:
            pattern = self.args.page_pattern.replace("{page}", str(number + 1))
            yield from self._ask(urljoin(first, pattern), **onwards)

    def _repeats(self, found: Extraction, first: str) -> bool:
        """Does this page show exactly the reviews of an earlier page of its chain?"""
        if not found.reviews:
            return False
        names = "\n".join(sorted(_shown(review) for review in found.reviews))
        key = hashlib.blake2b(names.encode(), digest_size=16).digest()
        known = key in self.seen_pages[first]
        self.seen_pages[first].add(key)
        return known

    def _ask(self, url: str, **state: Any) -> Iterator[Request]:
        if url.startswith(("http://", "https://")):
            yield Request(url, self.parse, errback=self.failed, cb_kwargs=state)


def _shown(review: Review) -> str:
    """What names a review wherever it stands, and whatever "2 weeks ago" means at the moment."""
    return repr((review.company, review.author, review.title, review.body, review.rating))
