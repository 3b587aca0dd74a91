"""The spider for Discourse forums."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapy.http import Request, Response

from .api_arguments import DiscourseArguments
from .api_spider import ApiSpider
from .discourse_answer import Topic, forum_base, parse_posts, parse_topics, unread_posts

__all__ = ["DiscourseSpider", "listing_address"]


class DiscourseSpider(ApiSpider[DiscourseArguments]):
    """Reads what people write in a forum, or in its categories, tags or topics.

    The topics written in last come first. A topic gives its first 20 posts; the others are asked for by their
    ids. With ``since``, topics that nobody has written in since then are not opened.

    ::

        scrapy crawl discourse -a urls=https://forum.example/c/support/5 -a company=acme -O mentions.jsonl
    """

    name = "discourse"

    async def start(self) -> AsyncIterator[Request]:
        for url in self.args.urls:
            if topic := topic_of(url):
                requests = self.ask(f"{forum_base(url)}/t/{topic}.json", self.parse_topic)
            else:
                requests = self.ask(listing_address(url, 0), listing=url, page=0)
            for request in requests:
                yield request

    def parse(self, response: Response, listing: str = "", page: int = 0) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        listed = parse_topics(payload, self.question(response).fetched_at)
        wanted = [topic for topic in listed.topics if not self._is_old(topic)]
        for topic in wanted:
            # Topics of one page before the next page: the newest posts come first whatever the limits are.
            yield from self.ask(f"{forum_base(listing)}/t/{topic.id}.json", self.parse_topic, priority=1)
        running = [topic for topic in listed.topics if not topic.pinned]
        if listed.more and not (running and all(self._is_old(topic) for topic in running)):
            yield from self.ask(listing_address(listing, page + 1), listing=listing, page=page + 1)

    def parse_topic(self, response: Response) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        yield from self.records(parse_posts(payload, self.question(response), staff=self.args.staff))
        for ids in unread_posts(payload):
            query = urlencode([("post_ids[]", one) for one in ids])
            url = f"{forum_base(response.url)}/t/{payload.get('id')}/posts.json?{query}"
            yield from self.ask(url, self.parse_more, priority=2)

    def parse_more(self, response: Response) -> Iterator[Any]:
        payload = self.opened(response)
        if payload is None:
            yield from self.again(response)
            return
        yield from self.records(parse_posts(payload, self.question(response), staff=self.args.staff))

    def _is_old(self, topic: Topic) -> bool:
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
