"""The spider for reviews of games on Steam."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Request, Response

from .api_arguments import SteamArguments
from .api_spider import ApiSpider
from .steam_answer import is_answer, parse_steam_reviews

__all__ = ["SteamSpider"]

STORE = "store.steampowered.com"
WEB = "api.steampowered.com"
SIZE = 100
FIRST = "*"
#: What the store answers where its own API is switched off: it redirects to its front page, or has nothing there.
_GONE = (301, 302, 303, 307, 308, 403, 404, 410)


class SteamSpider(ApiSpider[SteamArguments]):
    """Reads what players write of games, the newest first, and the developers' responses.

    The store's ``appreviews`` is asked first; where it is switched off, the Web API's ``GetAppReviews``, which
    holds the same. A game's pages end with an empty one or with a cursor that was used before.

    ::

        scrapy crawl steam -a apps=252490,346110 -O reviews.jsonl
    """

    name = "steam"

    def hosts(self) -> set[str]:
        return {STORE, WEB}

    async def start(self) -> AsyncIterator[Request]:
        for app in self.args.apps:
            for request in self._page(app, FIRST, (), STORE):
                yield request

    def parse(
        self,
        response: Response,
        app: int = 0,
        cursor: str = FIRST,
        used: tuple[str, ...] = (),
        host: str = STORE,
        known: int = 0,
    ) -> Iterator[Any]:
        payload = self.opened(response) if response.status == 200 else None
        if not is_answer(payload):
            if host == STORE and cursor == FIRST and (response.status != 200 or payload is None):
                self.logger.info("Steam's store gives no reviews of %s any more; asking its Web API", app)
                yield from self._page(app, FIRST, (), WEB)
            else:
                yield from self.again(response)
            return
        answer = parse_steam_reviews(payload, self.question(response), app)
        yield from self.records(answer)
        following = answer.following
        row = self.row_after(answer, known)
        if following and following != cursor and following not in used and row is not None:
            yield from self._page(app, following, (*used, cursor), host, row)

    def _page(self, app: int, cursor: str, used: tuple[str, ...], host: str, known: int = 0) -> Iterator[Request]:
        if host == STORE:
            wanted: dict[str, Any] = {
                "json": 1,
                "filter": "recent",
                "language": self.args.language,
                "purchase_type": "all",
                "num_per_page": SIZE,
                "cursor": cursor,
            }
            url = f"https://{STORE}/appreviews/{app}?{urlencode(wanted)}"
        else:
            wanted = {
                "appid": app,
                "filter": 1,  # recent
                "languages": [self.args.language],
                "purchase_type": 1,  # all
                "num_per_page": SIZE,
                "cursor": cursor,
            }
            url = f"https://{WEB}/IUserReviewsService/GetAppReviews/v1/?{urlencode({'input_json': json.dumps(wanted)})}"
        for request in self.ask(url, app=app, cursor=cursor, used=used, host=host, known=known):
            if host == STORE and cursor == FIRST:
                request.meta.update(dont_redirect=True, handle_httpstatus_list=_GONE)
            yield request
