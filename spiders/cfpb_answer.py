"""Answers of the US consumer complaint search API. Pure: no network, no clock.

The narratives are the consumers' own words, published with their consent by the Consumer Financial Protection
Bureau, which blacks out what identifies a person.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .answers import Answer, Question, entries, sorted_out, text_at
from .dates import parse_date
from .identity import identify
from .items import Rejected, Review
from .normalise import clean_text

__all__ = ["BLANK", "clean_narrative", "parse_complaints"]

BLANK = "___"
"""Stands for what was blacked out: reads like a blank in a form, and ends no sentence as dots would."""

DETAIL = "https://www.consumerfinance.gov/data-research/consumer-complaints/search/detail/"

# XXXX for a word, XX/XX/XXXX and its broken kin (XX/XX/2024, XX/XX/year>) for a date; a row of them is one blank.
# Four and more are a redaction also where the blank before or behind them was lost.
_ONE = r"(?:(?<![A-Za-z0-9])X{2,3}(?![A-Za-z0-9])|X{4,})(?:/(?:X+|\d{1,4}|year>?))*>?"
_REDACTED = re.compile(rf"{_ONE}(?:\s+{_ONE})*")
_MONEY = re.compile(r"\{\s*(\$\s?[\d.,]*\d)\s*\}")
# The Bureau's scrubber sets blanks around punctuation that nobody typed.
_BEFORE = re.compile(r"[^\S\n]+(?=[,;.)])(?!\.\.)")
_AFTER = re.compile(r"(?<=\()[^\S\n]+")


def clean_narrative(value: Any) -> str | None:
    """A narrative without the marks of redaction.

    >>> clean_narrative("On XX/XX/XXXX I paid {$340.00} to XXXX XXXX , late .")
    'On ___ I paid $340.00 to ___, late.'
    """
    text = clean_text(value)
    if text is None:
        return None
    text = _REDACTED.sub(_blank, _MONEY.sub(r"\1", text))
    text = _AFTER.sub("", _BEFORE.sub("", text)).strip()
    return text if re.search(r"[^\W_]", text) else None


def _blank(match: re.Match[str]) -> str:
    text = match.string
    before = " " if text[match.start() - 1 : match.start()].isalnum() else ""
    return f"{before}{BLANK}{' ' if text[match.end() : match.end() + 1].isalnum() else ''}"


def parse_complaints(payload: Any, question: Question, page: int = 1) -> Answer:
    """The complaints of a search's ``page``-th answer (counted from 1).

    The company is the legal name that the Bureau writes unless the question names one. ``following`` is the
    value of ``search_after`` for the next page: the break point that the answer names, else the place of its last
    hit; None where the answer is empty.
    """
    hits = [hit for hit in entries(text_at(payload, "hits", "hits")) if isinstance(hit, dict)]
    points = text_at(payload, "_meta", "break_points")
    place = points.get(str(page + 1)) if isinstance(points, dict) else None
    if hits and not place:
        place = hits[-1].get("sort")
    following = "_".join(str(part) for part in place) if isinstance(place, list) and len(place) == 2 else None
    return sorted_out(_complaints(hits, question), following if hits else None)


def _complaints(hits: list[dict[str, Any]], question: Question) -> Iterator[Review | Rejected]:
    for place, hit in enumerate(hits):
        told = hit.get("_source")
        told = told if isinstance(told, dict) else {}
        native = clean_text(told.get("complaint_id") or hit.get("_id"))
        url = f"{DETAIL}{native}" if native else question.url
        body = clean_narrative(told.get("complaint_what_happened"))
        if body is None:
            yield Rejected(url, "complaint without a narrative", clean_text(told.get("issue")) or "")
            continue
        review = Review(
            company=question.company or clean_text(told.get("company")),
            url=url,
            kind=question.kind,
            body=body,
            reply=clean_text(told.get("company_public_response")),
            published_at=parse_date(told.get("date_received"), question.fetched_at),
        )
        yield replace(review, native_id=identify(review, native, place=place))
