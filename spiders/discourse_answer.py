"""Answers of a Discourse forum: lists of topics, topics, and posts by id. Pure: no network, no clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import lxml.html  # type: ignore[import-untyped]

from .answers import Answer, Question, entries, sorted_out, text_at
from .dates import parse_date
from .identity import identify
from .items import Rejected, Review
from .nodes import parse_html
from .normalise import clean_text

__all__ = [
    "Topic",
    "TopicList",
    "cooked_text",
    "forum_base",
    "parse_posts",
    "parse_topic",
    "parse_topics",
    "unread_posts",
]

#: Posts that a forum gives at once, in a topic and by id.
CHUNK = 20
#: Topics on a page of a list, where the forum does not say.
_PER_PAGE = 30
_REGULAR = 1
#: Where forums close a topic and go on in another one.
_MOST = 10_000
# Where a list or a topic begins in the path; what stands before is the forum's own folder.
_PLACE = re.compile(r"/(?:c|t|tag|tags|latest|top|new|categories|u|g)(?:/|\.|$)")
# The words of others, and what stands for a file or a picture.
_NOT_ONES_OWN = (
    "//aside[contains(@class, 'quote') or contains(@class, 'onebox')] | //blockquote | //pre"
    " | //div[contains(@class, 'lightbox-wrapper')] | //div[@class='meta'] | //a[contains(@class, 'attachment')]"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as a list shows it. ``newest`` is the number of its last post; ``bumped_at`` is when something last
    lifted it up the list: a post, or an edit of the last one.
    """

    id: int
    slug: str
    pinned: bool
    newest: int | None
    bumped_at: datetime | None
    last_posted_at: datetime | None

    def is_before(self, day: date) -> bool:
        """Was the last post written before ``day``? Where the list does not say: no."""
        return self.last_posted_at is not None and self.last_posted_at.date() < day

    def newest_place(self, base: str) -> str | None:
        """Where its newest post stands; None where the list does not say."""
        return None if self.newest is None else post_address(base, self.slug, self.id, self.newest)

    def places(self, base: str) -> Iterator[str]:
        """Where its posts stand, those of a topic without end up to a bound."""
        return (post_address(base, self.slug, self.id, number + 1) for number in range(min(self.newest or 0, _MOST)))


@dataclass(frozen=True, slots=True)
class TopicList:
    """One page of a list of topics; ``more`` says whether there is another."""

    topics: tuple[Topic, ...]
    more: bool


def forum_base(url: str) -> str:
    """Where the forum of an address begins, without a final slash.

    >>> forum_base("https://example.org/forum/c/support/5")
    'https://example.org/forum'
    """
    parts = urlsplit(url)
    place = _PLACE.search(parts.path)
    folder = parts.path[: place.start()] if place else parts.path
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}"


def parse_topics(payload: Any, fetched_at: datetime) -> TopicList:
    """The topics of one page of a list.

    Newer forums name the next page (``more_topics_url``) on all but the last; where that is missing, only a full
    page is taken to have another behind it.
    """
    listed = text_at(payload, "topic_list")
    records = entries(text_at(listed, "topics"))
    topics = tuple(
        topic for record in records if isinstance(record, dict) and (topic := parse_topic(record, fetched_at))
    )
    per_page = text_at(listed, "per_page")
    full = len(topics) >= (per_page if isinstance(per_page, int) and per_page > 0 else _PER_PAGE)
    return TopicList(topics, bool(topics) and (bool(text_at(listed, "more_topics_url")) or full))


def parse_topic(record: dict[str, Any], fetched_at: datetime) -> Topic | None:
    """A topic, as a list gives it or as it gives itself; None where it has no id."""
    if not isinstance(record.get("id"), int):
        return None
    newest = record.get("highest_post_number")
    last_posted_at = parse_date(record.get("last_posted_at"), fetched_at)
    return Topic(
        record["id"],
        str(record.get("slug") or "-"),
        bool(record.get("pinned") or record.get("pinned_globally")),
        newest if isinstance(newest, int) else None,
        parse_date(record.get("bumped_at"), fetched_at) or last_posted_at,
        last_posted_at,
    )


def post_address(base: str, slug: Any, topic: Any, number: Any) -> str:
    """Where a post of a topic stands.

    >>> post_address("https://forum.example", "late-again", 1148, 7)
    'https://forum.example/t/late-again/1148/7'
    """
    return f"{base}/t/{slug or '-'}/{topic}/{number}"


def unread_posts(payload: Any) -> list[list[int]]:
    """The ids of a topic's posts behind those that the answer holds, in chunks that may be asked for at once."""
    held = [post.get("id") for post in entries(text_at(payload, "post_stream", "posts")) if isinstance(post, dict)]
    stream = text_at(payload, "post_stream", "stream")
    behind = stream[len(held) :] if isinstance(stream, list) else []
    ids = [one for one in behind if isinstance(one, int) and one not in held]
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]


def parse_posts(payload: Any, question: Question, *, title: str | None = None, staff: bool = False) -> Answer:
    """The posts that an answer holds, of a topic or of posts asked for by id.

    A topic's first post carries its title (``title``, unless the answer has it). Posts by the forum's staff are
    customers' only where ``staff`` says so.
    """
    posts = entries(text_at(payload, "post_stream", "posts"))
    title = clean_text(text_at(payload, "title")) or title
    return sorted_out(_mentions([post for post in posts if isinstance(post, dict)], question, title, staff))


def _mentions(
    posts: list[dict[str, Any]], question: Question, title: str | None, staff: bool
) -> Iterator[Review | Rejected]:
    base = forum_base(question.url)
    for place, post in enumerate(posts):
        number = post.get("post_number")
        url = post_address(base, post.get("topic_slug"), post.get("topic_id"), number)
        cooked = str(post.get("cooked") or "")
        if reason := _no_mention(post, staff):
            yield Rejected(url, reason, (cooked_text(cooked) or "")[:120])
            continue
        body = cooked_text(cooked)
        if body is None:
            yield Rejected(url, "no words of the writer's own", (clean_text(cooked) or "")[:120])
            continue
        review = Review(
            company=question.company,
            url=url,
            kind=question.kind,
            title=title if number == 1 else None,
            body=body,
            author=clean_text(post.get("username")),
            published_at=parse_date(post.get("created_at"), question.fetched_at),
        )
        # Ids count up in every forum: the address tells two forums of one source apart.
        native = f"{base}/p/{post['id']}" if isinstance(post.get("id"), int) else None
        yield replace(review, native_id=identify(review, native, place=place))


def _no_mention(post: dict[str, Any], staff: bool) -> str | None:
    if post.get("post_type", _REGULAR) != _REGULAR:
        return "a note of the forum's, not a post"
    if post.get("deleted_at") or post.get("user_deleted") or post.get("hidden"):
        return "deleted or hidden on the site"
    by_staff = post.get("staff") or post.get("admin") or post.get("moderator")
    return "written by the forum's staff" if by_staff and not staff else None


def cooked_text(cooked: str) -> str | None:
    """A post's own words from its HTML: without quotations, previews of links, pictures and blocks of code."""
    if "<" not in cooked:
        return clean_text(cooked)
    tree = parse_html(f"<html><body>{cooked}</body></html>")
    for element in tree.xpath(_NOT_ONES_OWN):
        if element.getparent() is not None:
            element.drop_tree()
    return clean_text(lxml.html.tostring(tree, encoding="unicode"))
