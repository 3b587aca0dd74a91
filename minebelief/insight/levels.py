"""Levels that can be compared: the quantities of a sentence brought to one unit for each measure."""

import re
from dataclasses import dataclass

from minebelief.insight.quantities import Quantity, find_quantities, role_of

__all__ = ["Level", "level_of", "levels_of"]

_SECONDS = {
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3_600.0,
    "days": 86_400.0,
    "weeks": 604_800.0,
    "months": 2_629_800.0,
    "years": 31_557_600.0,
}
_METRES = {"metres": 1.0, "kilometres": 1_000.0, "miles": 1_609.344, "feet": 0.3048, "blocks": 100.0}
_LASTING = re.compile(
    r"\b(?:first|for|stays?|fixed|guaranteed for|lasts?|next|warrant\w+|until|valid)\b[^,;.]{0,25}$", re.IGNORECASE
)
_BARE_PRICE = re.compile(
    r"(?:\b(?:for|at|of|pay(?:s|ed)?(?: you)?|paid|from|took|fee of|only|hand you|"
    r"costs?)\s+)?\b(?P<number>\d+(?:[.,]\d+)?)"
    r"(?:\s+(?:a|per|each|every)\s+(?:night|month|trip|day|year|week|order|visit)\b|\s+in cash\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b|\b(?P<noon>noon|midday)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Level:
    """A measurable level: ``amount`` in seconds, metres, or as counted; ``lasting`` where more of it is better."""

    measure: str
    amount: float
    phrase: str
    lasting: bool = False
    guarantee: bool = False


def levels_of(text: str) -> tuple[Level, ...]:
    """The levels in a sentence, from left to right; a guarantee is one with amount 0."""
    found = [_level(text, one) for one in find_quantities(text)]
    for match in _BARE_PRICE.finditer(text):
        if not any(level.phrase in match[0] for level in found):
            found.append(Level("price", float(match["number"].replace(",", ".")), match[0].strip()))
    for match in _CLOCK.finditer(text):
        hour = 12.0 if match["noon"] else int(match["hour"]) + int(match["minute"]) / 60
        found.append(Level("clock", hour, match[0]))
    return tuple(found)


def _level(text: str, one: Quantity) -> Level:
    if one.measure == "guarantee":
        return Level("guarantee", 0.0, one.phrase, guarantee=True)
    factor = _SECONDS.get(one.unit, _METRES.get(one.unit, 1.0))
    measure = one.measure if one.measure in ("time", "distance", "price") else one.unit
    lasting = measure == "time" and _LASTING.search(text[: one.start]) is not None
    return Level(measure, (one.value or 0.0) * factor, one.phrase, lasting)


def level_of(text: str, measure: str) -> Level | None:
    """The first level of a measure that a customer says to have got, None without one.

    What had been promised is no level that was reached, and "a week" without a number mostly none that was measured.
    """
    got = [
        level
        for one in find_quantities(text)
        if role_of(text, one, False) == "got" and not one.phrase.lower().startswith(("a ", "an "))
        for level in (_level(text, one),)
    ]
    got += [level for level in levels_of(text) if level.measure in ("price", "clock") and level not in got]
    return next((level for level in got if level.measure == measure and not level.guarantee), None)
