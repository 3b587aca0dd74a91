"""Ratings, however a source writes them: ``4``, ``4,5``, ``4 out of 5``, ``8/10``, ``★★★★☆``."""

import math
import re
from dataclasses import dataclass

__all__ = ["Rating", "parse_rating", "to_stars"]

_NUMBER = r"[+-]?\d+(?:\.\d+|,\d{1,2})?"
_WRITTEN = re.compile(
    rf"(?:rated|rating|score)?\s*:?\s*({_NUMBER})\s*(?:(?:/|out\s+of|of)\s*({_NUMBER}))?[\s-]*(?:stars?|points?)?",
    re.IGNORECASE,
)
_FULL, _EMPTY = "★⭐", "☆✩"
_DRAWN = re.compile(rf"[{_FULL}]*½?[{_EMPTY}]*")


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating, and the best one that could have been given where the text itself says so."""

    value: float
    best: float | None = None


def parse_rating(value: object) -> Rating | None:
    """`value` as a rating; None where it is not one (empty, ``nan``, infinite, words)."""
    if isinstance(value, bool):
        return Rating(float(value))
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        return None
    except (TypeError, ValueError):
        return _parse_text(value) if isinstance(value, str) else None
    return Rating(number) if math.isfinite(number) else None


def _parse_text(text: str) -> Rating | None:
    text = text.replace("\ufe0f", "").strip()
    if len(text) > 40:
        return None
    if text and _DRAWN.fullmatch(text):
        full = sum(text.count(star) for star in _FULL)
        empty = sum(text.count(star) for star in _EMPTY)
        half = "½" in text
        return Rating(full + half / 2, float(full + half + empty) if half or empty else None)
    if text.endswith("%"):
        text = text[:-1].rstrip() + "/100"
    if match := _WRITTEN.fullmatch(text):
        value, best = (float(part.replace(",", ".")) if part else None for part in match.groups())
        if value is not None and best != 0:
            return Rating(value, best)
    return None


def to_stars(rating: float, scale: float, worst: float | None = None) -> float:
    """`rating` on 0 (worst possible) to 1 (best possible); ratings below `worst` count as worst.

    `worst` is 1 unless given, and 0 on a scale that ends at 1.
    """
    low = worst if worst is not None and worst < scale else (1.0 if scale > 1 else 0.0)
    return min(max((rating - low) / (scale - low), 0.0), 1.0)
