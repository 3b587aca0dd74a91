"""The spider for Discourse forums."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from .answers import Answer
from .api_arguments import DiscourseArguments
from .api_spider import ApiSpider
from .discourse_answer import Topic, forum_base, parse_posts, parse_topics, unread_posts

__all__ = ["DiscourseSpider", "listing_address"]


#: Topics in a row without anything new after which a later crawl opens no more: an edit lifts a topic up the list
#: as well as a post does, so one alone says nothing.
ENOUGH = 3


class DiscourseSpider(ApiSpider[DiscourseArguments]):
    """Reads what people write in a forum, or in its categories, tags or topics.

    The topics written in last come first, one after the other, so that a crawl can end where nothing is new. A
    topic gives its first 20 posts; the others are asked for by their ids. With ``since``, topics that nobody has
    written in since then are not opened.

    ::

        scrapy crawl discourse -a urls=https://forum.example/c/support/5 -a company=acme -O mentions.jsonl
    """

    name = "discourse"

    def __init__(self, *_: Any, **given: Any) -> None:
        super().__init__(**given)
        self.opened_topics: set[tuple[str, int]] = set()  # by forum: each counts from one

    async def start(self) -> AsyncIterator[Request]:
        for url in self.args.urls:
            if topic := topic_of(url):
                requests = self.ask(f"{forum_base(url)}/t/{topic}.json", self.parse_topic)
            else:
                requests = self.ask(listing_address(url, 0), way={"listing": url, "page": 0})
            for request in requests:
                yield request

    def parse(self, response: Response, way: dict[str, Any]) -> Iterator[Any]:
        """A page of a list. ``way`` says what is to be read afterwards; it goes along with every request."""
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        listed = parse_topics(payload, self.question(response).fetched_at)
        topics = [[topic.id, topic.pinned] for topic in listed.topics if not self._is_quiet(topic)]
        running = [topic for topic in listed.topics if not topic.pinned]
        more = listed.more and not (running and all(self._is_quiet(topic) for topic in running))
        yield from self._next({**way, "topics": topics, "more": more})

    def parse_topic(self, response: Response, way: dict[str, Any] | None = None, pinned: bool = False) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self._again_or_on(response, way)
            return
        answer = parse_posts(payload, self.question(response), staff=self.args.staff)
        yield from self.records(answer)
        chunks = unread_posts(payload)
        for ids in chunks:
            query = urlencode([("post_ids[]", one) for one in ids])
            url = f"{forum_base(response.url)}/t/{payload.get('id')}/posts.json?{query}"
            onwards = {"way": way, "pinned": pinned} if ids is chunks[-1] else {}
            yield from self.ask(url, self.parse_more, priority=1, **onwards)
        if not chunks:
            yield from self._after(answer, way, pinned)

    def parse_more(self, response: Response, way: dict[str, Any] | None = None, pinned: bool = False) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self._again_or_on(response, way)
            return
        answer = parse_posts(payload, self.question(response), staff=self.args.staff)
        yield from self.records(answer)
        yield from self._after(answer, way, pinned)

    def lost(self, failure: Failure) -> Iterator[Any]:
        """A page that could not be had costs only itself."""
        self.failed(failure)
        request = getattr(failure, "request", None)
        way = request.cb_kwargs.get("way") if request is not None else None
        if way and "topics" in way:
            yield from self._next(way)

    def ask(self, url: str, callback: Any = None, *, priority: int = 0, **known: Any) -> Iterator[Request]:
        for request in super().ask(url, callback, priority=priority, **known):
            request.errback = self.lost
            yield request

    def _again_or_on(self, response: Response, way: dict[str, Any] | None) -> Iterator[Any]:
        retries = list(self.again(response))
        yield from retries
        if way and not retries:
            yield from self._next(way)

    def _after(self, answer: Answer, way: dict[str, Any] | None, pinned: bool) -> Iterator[Any]:
        """What follows a topic whose newest posts are in ``answer``."""
        if way is None:
            return
        known = 0 if pinned or self.row_after(answer) is not None else way.get("known", 0) + 1
        if known < ENOUGH:
            yield from self._next({**way, "known": known})

    def _next(self, way: dict[str, Any]) -> Iterator[Any]:
        """The next topic of the page, else the next page of the list."""
        listing, page = way["listing"], way["page"]
        # New posts push topics from one page to the next while they are read.
        forum = forum_base(listing)
        topics = [entry for entry in way["topics"] if (forum, entry[0]) not in self.opened_topics]
        if topics:
            (topic, pinned), *rest = topics
            self.opened_topics.add((forum, topic))
            url = f"{forum}/t/{topic}.json"
            for request in self.ask(url, self.parse_topic, way={**way, "topics": rest}, pinned=pinned):
                yield request.replace(dont_filter=True)  # its way must go on
        elif way["more"]:
            onwards = {"listing": listing, "page": page + 1, "known": way.get("known", 0)}
            yield from self.ask(listing_address(listing, page + 1), way=onwards)

    def _is_quiet(self, topic: Topic) -> bool:
        return self.args.since is not None and topic.is_before(self.args.since)


def topic_of(url: str) -> str | None:
    """The number of the topic that an address leads to, if any.

    >>> topic_of("https://forum.example/t/late-again/1148/7")
    '1148'
    """
    place = urlsplit(url).path.removeprefix(urlsplit(forum_base(url)).path)
    parts = place.removesuffix(".json").strip("/").split("/")
    if parts[0] != "t":
        return None
    return next((part for part in parts[1:3] if part.isdecimal()), None)


def listing_address(url: str, page: int) -> str:
    """A page (counted from 0) of the list of topics at an address, in JSON.

    >>> listing_address("https://forum.example/c/support/5", 2)
    'https://forum.example/c/support/5.json?page=2'
    """
    parts = urlsplit(url)
    base = forum_base(url)
    place = parts.path.removeprefix(urlsplit(base).path).removesuffix(".json").strip("/") or "latest"
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"] + [("page", str(page))]
    return f"{base}/{place}.json?{urlencode(query)}"
