"""What a spider asks an API for, and what came of the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .items import Rejected, Review

__all__ = ["Answer", "Question", "entries", "sorted_out", "text_at"]


@dataclass(frozen=True, slots=True)
class Question:
    """The request behind an answer. ``fetched_at`` is in UTC without a zone.

    ``company`` is None where the answer itself has to say whose reviews these are.
    """

    url: str
    fetched_at: datetime
    company: str | None = None
    kind: str = "review"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reviews of one page of an API, the records that are none, and where the next page is.

    ``following`` is what the API calls it: a cursor or an address; None on the last page.
    """

    reviews: tuple[Review, ...]
    rejected: tuple[Rejected, ...] = ()
    following: str | None = None

    @property
    def found(self) -> int:
        """How many records the page holds."""
        return len(self.reviews) + len(self.rejected)


def entries(value: Any) -> list[Any]:
    """A list as it is, one object as a list of one, anything else as an empty list."""
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else []


def text_at(value: Any, *path: str) -> Any:
    """What stands at ``path`` in nested objects, None where the way ends."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def sorted_out(told: Iterator[Review | Rejected], following: str | None = None) -> Answer:
    """An answer of records that were read one by one."""
    records = list(told)
    return Answer(
        tuple(one for one in records if isinstance(one, Review)),
        tuple(one for one in records if isinstance(one, Rejected)),
        following,
    )
