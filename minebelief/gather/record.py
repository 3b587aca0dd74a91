"""What a source yields: a review as it was found, or the reason why a record could not be used."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["KINDS", "Reject", "ReviewRecord"]

KINDS = ("review", "complaint", "mention", "employee")


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One person's text about one company, cleaned of markup but otherwise verbatim.

    ``rating`` is the source's own number and ``scale`` its best possible value; ``stars`` is the same on 0 to
    1, or None where the source has no rating. ``published_at`` is in UTC and has no time zone attached.
    ``locator`` says where the record stands (``data/figo.csv.gz:17``, or a page's address).
    """

    company: str
    locator: str
    kind: str = "review"
    native_id: str | None = None
    rating: float | None = None
    scale: float | None = None
    stars: float | None = None
    title: str | None = None
    body: str | None = None
    reply: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be used: where it stands, why, and how it begins."""

    locator: str
    reason: str
    excerpt: str = ""
