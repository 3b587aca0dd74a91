"""Answers of the ratings API (version 5) of addons.mozilla.org. Pure: no network, no clock."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from .answers import Answer, Question, entries, sorted_out, text_at
from .dates import parse_date
from .identity import identify
from .items import Rejected, Review
from .normalise import author_name, clean_text, parse_rating

__all__ = ["parse_ratings"]

SITE = "https://addons.mozilla.org/firefox/addon/"


def parse_ratings(payload: Any, question: Question) -> Answer:
    """The ratings of one page; ``following`` is the address of the next one.

    A rating without text is kept. The company is the add-on's slug unless the question names one.
    """
    following = text_at(payload, "next")
    records = [record for record in entries(text_at(payload, "results")) if isinstance(record, dict)]
    return sorted_out(_reviews(records, question), following if isinstance(following, str) and following else None)


def _reviews(records: list[dict[str, Any]], question: Question) -> Iterator[Review | Rejected]:
    for place, record in enumerate(records):
        native = clean_text(record.get("id"))
        slug = clean_text(text_at(record, "addon", "slug"))
        url = f"{SITE}{quote(slug)}/reviews/{native}/" if slug and native else question.url
        body = clean_text(record.get("body"))
        rating = parse_rating(record.get("score"), 5, 1)
        if record.get("is_developer_reply"):
            yield Rejected(url, "a developer's reply, not a customer's review", (body or "")[:120])
        elif record.get("is_deleted"):
            yield Rejected(url, "deleted on the site", "")
        elif body is None and rating is None:
            yield Rejected(url, "neither text nor rating", "")
        else:
            review = Review(
                company=question.company or slug,
                url=url,
                kind=question.kind,
                rating=rating.value if rating else None,
                scale=rating.scale if rating else None,
                stars=rating.stars if rating else None,
                body=body,
                reply=clean_text(text_at(record, "reply", "body")),
                author=author_name(text_at(record, "user", "name")),
                published_at=parse_date(record.get("created"), question.fetched_at),
            )
            yield replace(review, native_id=identify(review, native, place=place))
