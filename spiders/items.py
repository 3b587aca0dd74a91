"""What a spider yields: a customer's review, the reason why a record is none, or a company's own claim."""

from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["Claim", "Rejected", "Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """One person's text about one company, as the site shows it, free of markup.

    The fields are those of ``minebelief.gather.record.ReviewRecord``; ``url`` is the review's own address,
    else its page's. ``native_id`` is always set: the site's own id where it has one, else a hash of what
    does not change (see ``identity``). ``published_at`` is in UTC and has no time zone attached.
    """

    company: str | None
    url: str
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


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record marked up as a review that is no customer's review: where, why, and how it begins."""

    url: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence on a company's own page that promises something: a candidate, to be checked against what
    customers say. ``url`` is the page's address, ``language`` what the page says of itself; ``read_on`` makes it
    land again on another day, and so tells a promise that still stands from one that was taken down.
    """

    company: str
    url: str
    text: str
    read_on: date
    language: str | None = None
