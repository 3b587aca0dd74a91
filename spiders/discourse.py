"""The spider for Discourse forums."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from .api_arguments import DiscourseArguments
from .api_spider import ApiSpider
from .discourse_answer import Topic, forum_base, parse_posts, parse_topic, parse_topics, unread_posts

__all__ = ["DiscourseSpider", "listing_address"]


#: Unchanged topics in a row, at the end of a page of the list, after which a later crawl reads no further page.
ENOUGH = 3
#: How far a forum's clock may be behind ours.
SLACK = timedelta(minutes=10)


class DiscourseSpider(ApiSpider[DiscourseArguments]):
    """Reads what people write in a forum, or in its categories, tags or topics.

    The topics written in last come first, one after the other, so that a crawl can end where nothing is new. A
    topic gives its first 20 posts; the others are asked for by their ids. A later crawl opens no topic whose newest
    post is known and that nothing lifted up the list since, and with ``since`` none that nobody has written in since
    then.

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
        base = forum_base(way["listing"])
        unchanged = [topic for topic in listed.topics if self._is_unchanged(topic, base)]
        self.count("reviews/known", sum(self.seen.reviews_at(topic.places(base)) for topic in unchanged))
        old = [*unchanged, *(topic for topic in listed.topics if self._is_quiet(topic))]
        topics = [topic.id for topic in listed.topics if topic not in old]
        running = [topic for topic in listed.topics if not topic.pinned]
        done = all(topic in unchanged for topic in running[-ENOUGH:]) or all(topic in old for topic in running)
        yield from self._next({**way, "topics": topics, "more": listed.more and not (running and done)})

    def parse_topic(self, response: Response, way: dict[str, Any] | None = None) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self._again_or_on(response, way)
            return
        answer = parse_posts(payload, self.question(response), staff=self.args.staff)
        yield from self.records(answer)
        topic = parse_topic(payload, self.question(response).fetched_at) if way is None else None
        if topic and self._is_unchanged(topic, forum_base(response.url)):
            return
        chunks = unread_posts(payload)
        for ids in chunks:
            query = urlencode([("post_ids[]", one) for one in ids])
            url = f"{forum_base(response.url)}/t/{payload.get('id')}/posts.json?{query}"
            yield from self.ask(url, self.parse_more, priority=1, way=way if ids is chunks[-1] else None)
        if way and not chunks:
            yield from self._next(way)

    def parse_more(self, response: Response, way: dict[str, Any] | None = None) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self._again_or_on(response, way)
            return
        answer = parse_posts(payload, self.question(response), staff=self.args.staff)
        yield from self.records(answer)
        if way:
            yield from self._next(way)

    def failed(self, failure: Failure) -> Iterable[Any]:
        """A topic that could not be had costs only itself."""
        super().failed(failure)
        request = getattr(failure, "request", None)
        way = request.cb_kwargs.get("way") if request is not None else None
        return self._next(way) if way and "topics" in way else ()

    def _again_or_on(self, response: Response, way: dict[str, Any] | None) -> Iterator[Any]:
        retries = list(self.again(response))
        yield from retries
        if way and not retries:
            yield from self._next(way)

    def _next(self, way: dict[str, Any]) -> Iterator[Any]:
        """The next topic of the page, else the next page of the list."""
        listing, page = way["listing"], way["page"]
        # New posts push topics from one page to the next while they are read.
        forum = forum_base(listing)
        topics = [topic for topic in way["topics"] if (forum, topic) not in self.opened_topics]
        if topics:
            topic, *rest = topics
            self.opened_topics.add((forum, topic))
            url = f"{forum}/t/{topic}.json"
            for request in self.ask(url, self.parse_topic, way={**way, "topics": rest}):
                yield request.replace(dont_filter=True)  # its way must go on
        elif way["more"]:
            yield from self.ask(listing_address(listing, page + 1), way={"listing": listing, "page": page + 1})

    def _is_unchanged(self, topic: Topic, base: str) -> bool:
        """Is all of a topic known, as of the last crawl that missed nothing?"""
        if self.whole_at is None or not self.args.stop_after_known or topic.bumped_at is None:
            return False
        place = topic.newest_place(base)
        return place is not None and self.seen.knows_place(place) and topic.bumped_at < self.whole_at - SLACK

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
