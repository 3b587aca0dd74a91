"""Answers of Steam's review APIs, the store's and the Web API's, which differ in their envelope only. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .answers import Answer, Question, entries, sorted_out, text_at
from .dates import parse_date
from .identity import identify
from .items import Rejected, Review
from .normalise import clean_text, language_code, parse_rating
from .steam_languages import LANGUAGES

__all__ = ["is_answer", "parse_steam_reviews", "strip_bbcode"]

_SHOWN = re.compile(r"\[(img|previewyoutube)\b[^\]\n]*\].*?\[/\1\]", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(r"\[(?:/?(?:h[1-6]|p|list|olist|table|tr|quote|code)|\*|hr)(?:=[^\]\n]*)?\]", re.IGNORECASE)
_CELL = re.compile(r"\[/?t[dh]\]", re.IGNORECASE)
_INLINE = re.compile(
    r"\[/?(?:b|i|u|s|strike|spoiler|noparse|url|img|previewyoutube|emoticon|expand|color|size)(?:=[^\]\n]*)?\]"
    r"|\[/\*\]",
    re.IGNORECASE,
)
# Reviewers paste questionnaires and tick them: what is not ticked was not said.
_TICKED = re.compile(r"^[ \t]*(?:[☑☒✅✔🗹]\ufe0f?|\[[xX✓✔]\])[ \t]*", re.MULTILINE)
_UNTICKED = re.compile(r"^[ \t]*(?:[☐🔲⬜◻❏]\ufe0f?|\[[ _]?\])[^\n]*\n?", re.MULTILINE)


def strip_bbcode(text: str) -> str:
    """A review without Steam's markup; square brackets of the writer's own stay.

    Of a questionnaire that was pasted and ticked, only what is ticked is left.

    >>> strip_bbcode("[h1]Fun[/h1]Buy it [b]now[/b] [original]")
    'Fun\\nBuy it now [original]'
    """
    text = _SHOWN.sub(" ", text)
    text = _INLINE.sub("", _CELL.sub(" ", _LINE.sub("\n", text)))
    if _TICKED.search(text):
        text = _TICKED.sub("", _UNTICKED.sub("", text))
    return text.strip()


def is_answer(payload: Any) -> bool:
    """Is this an answer of either API, be it an empty one, and not something else in JSON?"""
    told = _opened(payload)
    return any(key in told for key in ("reviews", "query_summary", "cursor")) or told.get("success") == 1


def parse_steam_reviews(payload: Any, question: Question, app: int) -> Answer:
    """The reviews of one page. ``following`` is the next page's cursor, None where the page is empty.

    A short page is no last page: Steam leaves out what it filters after counting. Whether a cursor repeats is
    for the caller to see.
    """
    told = _opened(payload)
    listed = told.get("reviews")
    if isinstance(listed, dict) and "recommendationid" not in listed:
        listed = list(listed.values())  # as collectors save them: by id
    records = [record for record in entries(listed) if isinstance(record, dict)]
    cursor = told.get("cursor")
    following = cursor if records and isinstance(cursor, str) and cursor else None
    return sorted_out(_reviews(records, question, app), following)


def _opened(payload: Any) -> dict[str, Any]:
    told = text_at(payload, "response")
    told = told if isinstance(told, dict) else payload
    return told if isinstance(told, dict) else {}


def _reviews(records: list[dict[str, Any]], question: Question, app: int) -> Iterator[Review | Rejected]:
    # The review's own address would name its author's account.
    url = f"https://steamcommunity.com/app/{app}/reviews/"
    for place, record in enumerate(records):
        body = _text(record.get("review"))
        voted = record.get("voted_up")
        rating = parse_rating(int(voted), 1, 0) if isinstance(voted, bool | int) else None
        if body is None and rating is None:
            yield Rejected(url, "neither text nor rating", str(record.get("recommendationid", "")))
            continue
        tag = str(record.get("language") or "").lower()
        review = Review(
            company=question.company or str(app),
            url=url,
            kind=question.kind,
            rating=rating.value if rating else None,
            scale=rating.scale if rating else None,
            stars=rating.stars if rating else None,
            body=body,
            reply=_text(record.get("developer_response")),
            author=clean_text(text_at(record, "author", "steamid")),
            language=LANGUAGES.get(tag) or language_code(tag),
            published_at=parse_date(record.get("timestamp_created"), question.fetched_at),
        )
        native = clean_text(record.get("recommendationid"))
        yield replace(review, native_id=identify(review, native, place=place))


def _text(value: Any) -> str | None:
    return clean_text(strip_bbcode(value)) if isinstance(value, str) else None
