"""Pages of Apple's customer-review feed in JSON. Pure: no network, no clock."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .answers import Answer, Question, entries, sorted_out, text_at
from .dates import parse_date
from .identity import identify
from .items import Rejected, Review
from .normalise import author_name, clean_text, parse_rating

__all__ = ["parse_feed"]


def parse_feed(payload: Any, question: Question, app: int, country: str) -> Answer:
    """The reviews of one page of the feed.

    ``entry`` is a list or, for a single review, one object. Older feeds begin with the app itself, which is no
    review and counts as nothing. The feed's own links are not followed (its last ``next`` points to itself), so
    ``following`` is None.
    """
    return sorted_out(_reviews(payload, question, app, country))


def _reviews(payload: Any, question: Question, app: int, country: str) -> Iterator[Review | Rejected]:
    url = f"https://apps.apple.com/{country}/app/id{app}?see-all=reviews"
    for place, entry in enumerate(entries(text_at(payload, "feed", "entry"))):
        if not isinstance(entry, dict):
            yield Rejected(url, "no record of a review", str(entry)[:120])
            continue
        if "im:name" in entry or "im:artist" in entry:
            continue  # the app
        body, title = _label(entry, "content"), _label(entry, "title")
        native = _label(entry, "id")
        rating = parse_rating(text_at(entry, "im:rating", "label"), 5, 1)
        if body is None and title is None and rating is None:
            yield Rejected(url, "neither text nor rating", native or "")
            continue
        review = Review(
            company=question.company or str(app),
            url=url,
            kind=question.kind,
            rating=rating.value if rating else None,
            scale=rating.scale if rating else None,
            stars=rating.stars if rating else None,
            title=title if title != body else None,
            body=body,
            author=author_name(text_at(entry, "author", "name", "label")),
            published_at=parse_date(text_at(entry, "updated", "label"), question.fetched_at),
        )
        yield replace(review, native_id=identify(review, native, place=place))


def _label(entry: dict[str, Any], name: str) -> str | None:
    return clean_text(text_at(entry, name, "label"))
