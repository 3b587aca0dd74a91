"""When two records are the same review.

A review is known by the site's own id where it has one, else by its own address, else by a hash of what does
not change: company, author, day and text.
"""

import hashlib
import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin

from w3lib.url import canonicalize_url, url_query_cleaner

from .items import Review

__all__ = ["canonical", "identify", "own_id", "same_review", "text_key"]

_TRACKING: tuple[str, ...] = ("fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref")
_TRACKING += tuple("utm_" + name for name in ("campaign", "content", "id", "medium", "source", "term"))
# What tells an id of the site's database from "the third on this page".
_LASTING = re.compile(r"\d{4,}|[0-9a-f]{8,}|(?=\w*\d)(?=\w*[a-zA-Z])\w{8,}")
# "review-1", "comment 12": a place on a page or in a list, counted anew on the next one.
_PLACE = re.compile(r"[a-z]*[\W_]*\d{1,3}", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def canonical(url: str, *, fragment: bool = False) -> str:
    """The address without what varies from visit to visit."""
    return canonicalize_url(
        url_query_cleaner(url, _TRACKING, remove=True, keep_fragments=True), keep_fragments=fragment
    )


def own_id(raw: Any, page_url: str) -> str | None:
    """A site's id from ``identifier``, ``@id`` or ``itemid``; None where it only counts places on a page."""
    if raw is None:
        return None
    if isinstance(raw, list):
        return next((found for entry in raw if (found := own_id(entry, page_url))), None)
    if isinstance(raw, dict):
        return own_id(raw.get("value", raw.get("@id")), page_url)
    text = str(raw or "").strip()
    if not text or isinstance(raw, bool) or text.startswith("_:"):
        return None
    if text.startswith(("#", "/", "?", "http://", "https://")):
        address, fragment = urldefrag(urljoin(page_url, text))
        if fragment:
            lasting = _LASTING.search(fragment) and not _PLACE.fullmatch(fragment)
            return f"{canonical(address)}#{fragment}" if lasting else None
        listing = (canonical(page_url), canonical(page_url.partition("?")[0]))
        return None if canonical(address) in listing else canonical(address)
    if _PLACE.fullmatch(text):
        return None
    return text if _LASTING.search(text) or len(text) > 3 else None


def text_key(text: str | None) -> str:
    """The letters and digits of a text: equal for the same text in two syntaxes."""
    if not text:
        return ""
    return _short_key(text) if len(text) < _SHORT else _key(text)


def _key(text: str) -> str:
    return _LETTERS.sub("", text.casefold())


#: Asked for several times for each review of a page.
_short_key = lru_cache(maxsize=4096)(_key)
_SHORT = 2000


def identify(review: Review, native: str | None, *, place: int = 0) -> str:
    """The lasting id of a review. ``place`` tells apart ratings without text that are alike otherwise; those
    without an author are told apart by their page, too.
    """
    if native:
        return native
    day = review.published_at.date().isoformat() if review.published_at else ""
    text = text_key(review.title) + "|" + text_key(review.body)
    parts = [review.company or "", text_key(review.author), day, text]
    if text == "|":
        parts += [str(review.rating), str(place), "" if review.author else canonical(review.url)]
    return "h:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def same_review(one: Review, other: Review) -> bool:
    """Do two records of one page, in two syntaxes, tell of the same review?

    One of them may lack a field or hold a cut text; they may not contradict one another.
    """
    if one.author and other.author and text_key(one.author) != text_key(other.author):
        return False
    if one.published_at and other.published_at and _apart(one.published_at, other.published_at) > 1:
        return False
    left, right = sorted((text_key(one.body or one.title), text_key(other.body or other.title)), key=len)
    if left == right:
        return bool(left) or (one.author is not None and one.author == other.author and one.stars == other.stars)
    return len(left) >= (15 if one.author and other.author else 40) and right.startswith(left)


def _apart(one: datetime, other: datetime) -> int:
    return abs((one.date() - other.date()).days)
