"""Which reviews were met before, in this crawl or in an earlier one of its source."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from .identity import identify, text_key
from .items import Review

__all__ = ["Seen", "Standing"]

Standing = Literal["new", "changed", "known", "repeated"]
#: What a site may change about a review; when it was written is often told as "2 weeks ago".
_CHANGING = ("title", "body", "reply", "rating", "scale", "kind")


class Seen:
    """The reviews met so far: by id, and by author, day and text where there is a text.

    Those that earlier crawls landed are remembered with what they said, so that one that says something else
    now is told apart.
    """

    def __init__(self) -> None:
        self.keys: set[bytes] = set()
        self.landed: dict[bytes, bytes] = {}
        self.before: set[bytes] = set()
        self.holders: dict[bytes, _Traits] = {}
        self.places: dict[bytes, bool] = {}
        self._last: tuple[Review | None, list[bytes], _Traits] = (None, [], (b"", b"", b""))

    def settled(self, review: Review) -> Review:
        """The review, under a hash of its own where its id was met on a review of somebody else that says something
        else: many sites give the product's address as that of each review.
        """
        keys, traits = self._names(review)
        holder = self.holders.get(keys[0])
        if holder is None or not _contradict(holder, traits):
            return review
        return replace(review, native_id=identify(review, None))

    def add(self, review: Review) -> Standing:
        """Remember ``review`` and say how it stands: new, landed earlier but changed since, landed earlier, or
        met in this crawl already.
        """
        (name, *texts), traits = self._names(review)
        self.holders.setdefault(name, traits)
        keys = [name, *texts[:1]]
        standing: Standing = "new"
        if self.keys.intersection(keys):
            standing = "repeated"
        elif said := self.landed.get(name):
            standing = "known" if said == _said(review) else "changed"
        elif any(text in self.landed for text in texts):
            standing = "known"
        self.keys.update(keys)
        return standing

    def add_other(self, line: str) -> bool:
        """Remember a line that is no review; False where it was met or landed before."""
        key = _hash(line)
        new = key not in self.keys and key not in self.landed
        self.keys.add(key)
        return new

    def knows(self, review: Review) -> bool:
        """Was this review landed before this crawl began?"""
        return not self.before.isdisjoint(self._names(self.settled(review))[0])

    def _names(self, review: Review) -> tuple[list[bytes], "_Traits"]:
        """What a review is known by, and its traits; it is asked for them twice in a row."""
        if self._last[0] is not review:
            self._last = (review, _keys(review), _traits(review))
        return self._last[1:]

    def knows_place(self, url: str) -> bool:
        """Was what stands at this address landed, or rejected, before this crawl began?"""
        return _hash(url) in self.places

    def reviews_at(self, urls: Iterable[str]) -> int:
        """At how many of these addresses a review was landed before this crawl began."""
        return sum(self.places.get(_hash(url), False) for url in urls)

    def add_landed(self, files: Iterable[Path], began: str = "") -> int:
        """Remember what earlier crawls landed, and give the number of reviews that this crawl did.

        ``began`` is the moment at which this crawl, which may be continued now, began, as it is written in the
        names of its files; what was landed after it was landed by this crawl.
        """
        own = 0
        for path in sorted(files, key=_moment):
            before = not began or _moment(path) < began
            for review in _landed(path):
                if isinstance(review, dict):
                    self.landed[_hash(json.dumps(review, sort_keys=True))] = b""
                    if before and isinstance(rejected := review.get("reject"), dict):
                        self.places.setdefault(_hash(str(rejected.get("url"))), False)
                    continue
                keys = _keys(review)
                self.holders.setdefault(keys[0], _traits(review))
                self.landed.update(dict.fromkeys(keys, _said(review)))
                if before:
                    self.before.update(keys)
                    self.places[_hash(review.url)] = True
                else:
                    own += 1
        return own


def _moment(path: Path) -> str:
    return path.name.partition(".")[2]


def _landed(path: Path) -> Iterator[Review | dict[str, Any]]:
    """The reviews of a landing file, as far as it can be read, and its other lines as they are."""
    names = set(Review.__dataclass_fields__)
    with suppress(OSError, EOFError, zlib.error), gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, TypeError, AttributeError):
                told = json.loads(line)
                if len(told) == 1:
                    yield told
                    continue
                values = {name: value for name, value in told.items() if name in names}
                if "published_at" in values:
                    values["published_at"] = datetime.fromisoformat(values["published_at"])
                if "url" in values:
                    yield Review(**{"company": None, **values})


def _keys(review: Review) -> list[bytes]:
    """What a review is known by: its id; author, day and text; and where the site gives no id, these without the
    day, which shifts from crawl to crawl where it only says "2 weeks ago". A text without an author is no second name
    of a review with an id of its own: many people send the same letter.
    """
    names = [f"id\x1f{review.native_id}"]
    body, author = text_key(review.body), text_key(review.author)
    hashed = str(review.native_id).startswith("h:")
    if body and (author or (hashed and len(body) >= 40)):
        day = review.published_at.date() if review.published_at else ""
        names.append(f"text\x1f{author}\x1f{day}\x1f{body}")
        if author and len(body) >= 40 and hashed:
            names.append(f"words\x1f{author}\x1f{body}")
    return [_hash(f"{review.company}\x1f{name}") for name in names]


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()


#: Author, day, and how the text begins, each as a short key; empty where the review has none.
_Traits = tuple[bytes, bytes, bytes]


def _traits(review: Review) -> _Traits:
    day = review.published_at.date().isoformat() if review.published_at else ""
    told = (text_key(review.author), day, text_key(review.body or review.title)[:24])
    author, written, text = (_hash(one) if one else b"" for one in told)
    return author, written, text


def _contradict(one: _Traits, other: _Traits) -> bool:
    """Are these two people's reviews? Who wrote it and what it says must both differ; where nobody is named, the day
    stands for the author, and where nothing is said, the author alone tells.
    """
    (author, day, text), (other_author, other_day, other_text) = one, other
    if author and other_author:
        return author != other_author and (text != other_text or not text)
    return author == other_author and bool(
        text and other_text and day and other_day and text != other_text and day != other_day
    )


def _said(review: Review) -> bytes:
    return _hash(repr([getattr(review, name) for name in _CHANGING]))
