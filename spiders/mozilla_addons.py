"""The spider for ratings of Firefox add-ons."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

from scrapy.http import Request, Response

from .api_arguments import MozillaAddonsArguments
from .api_spider import ApiSpider
from .mozilla_addons_answer import parse_ratings

__all__ = ["MozillaAddonsSpider"]

HOST = "addons.mozilla.org"
RATINGS = f"https://{HOST}/api/v5/ratings/rating/"
SIZE = 50


class MozillaAddonsSpider(ApiSpider[MozillaAddonsArguments]):
    """Reads the ratings of add-ons at addons.mozilla.org, the newest first, and the developers' replies.

    ::

        scrapy crawl mozilla_addons -a addons=bitwarden-password-manager -O ratings.jsonl
    """

    name = "mozilla_addons"

    def hosts(self) -> set[str]:
        return {HOST}

    async def start(self) -> AsyncIterator[Request]:
        for addon in self.args.addons:
            for request in self.ask(f"{RATINGS}?{urlencode({'addon': addon, 'page_size': SIZE})}"):
                yield request

    def parse(self, response: Response, known: int = 0) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        answer = parse_ratings(payload, self.question(response))
        yield from self.records(answer)
        row = self.row_after(answer, known)
        if answer.following and answer.found and row is not None:
            yield from self.ask(urljoin(response.url, answer.following), known=row)
