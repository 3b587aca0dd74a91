"""On which scale a review's rating is, where its page has several. Pure functions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .finding import Found, first_of
from .normalise import Rating, parse_rating, scalar

__all__ = ["rating_of", "unstated_scales"]

_PLAIN = re.compile(r"\s*\d+(?:[.,]\d+)?\s*")


def rating_of(found: Found, unstated: Mapping[int, float]) -> Rating | None:
    """The rating, on its own scale, else on that of the ratings of the same thing taken together, else on the one
    that its best reviews need (``unstated``, as :func:`unstated_scales` gives it).
    """
    value, best, worst = _told(found)
    return parse_rating(value, unstated.get(id(found.about)) if best is None else best, worst)


def unstated_scales(found: Iterable[Found]) -> dict[int, float]:
    """For each thing, by the ``id`` of its node, the scale that the best of those of its ratings needs that state none:
    where one is 9, a 4 is no 4 out of 5.
    """
    scales: dict[int, float] = defaultdict(float)
    for entry in found:
        value, best, worst = _told(entry)
        if best is None and _PLAIN.fullmatch(str(scalar(value))) and (rating := parse_rating(value, None, worst)):
            scales[id(entry.about)] = max(scales[id(entry.about)], rating.scale)
    return dict(scales)


def _told(found: Found) -> tuple[Any, Any, Any]:
    """What is said of value, best and worst."""
    node = found.node
    told = first_of(node, "reviewRating", "rating")
    if isinstance(told, list):
        told = next((entry for entry in told if not _is_aspect(entry)), told[0])
    if not isinstance(told, dict):
        told = {**node, "ratingValue": first_of(node, "ratingValue") or told}
    value = first_of(told, "ratingValue", "value", "average")
    best, worst = first_of(told, "bestRating", "best"), first_of(told, "worstRating", "worst")
    for owner in (found.about, found.owner):
        if best is not None:
            break
        together = (owner or {}).get("aggregateRating")
        together = together[0] if isinstance(together, list) and together else together
        if isinstance(together, dict):
            best = first_of(together, "bestRating", "best")
            worst = first_of(together, "worstRating", "worst") if worst is None else worst
    return value, best, worst


def _is_aspect(rating: Any) -> bool:
    return isinstance(rating, dict) and bool(rating.get("reviewAspect"))
