"""When a review was written, however its site says so. Pure functions."""

import calendar
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

import dateparser

from .normalise import language_code, scalar

__all__ = ["DayOrder", "day_order", "parse_date"]

DayOrder = Literal["DMY", "MDY"]
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_ISO_WEEK = re.compile(r"\d{4}-?W\d\d(?:-?[1-7])?\Z")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(Z|[-+]\d\d:?\d\d)?)?\Z", re.IGNORECASE)
_SINCE_1970 = re.compile(r"(?:/Date\()?(\d{10})(?:\d{3})?(?:\.\d+)?(?:[-+]\d{4})?(?:\)/)?\Z")
# "[UTC]" behind a time, as Java writes it; the offset before it says the same.
_ZONE_NAME = re.compile(r"\[[\w/+-]+\]\Z")
# Words before a date that say no more than that it is one.
_ABOUT = re.compile(
    r"(?:(?:posted|reviewed|written|published|updated|submitted|added|date)\b(?:\s+on\b)?|on\b)[\s:]+", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[\sT,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?\Z",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: (?:GMT|UTC)([-+]\d{4})?)?"
)
# The commonest dates in words, for speed: dateparser reads some 300 a second.
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_OF_MONTH = re.compile(
    rf"(?:([A-Z][a-z]{{2,8}})\.? {_NTH},? (\d{{4}})|{_NTH} ([A-Z][a-z]{{2,8}})\.?,? (\d{{4}}))\Z"
)
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2}(?:\d{2})?\b")  # with the day first, wherever it is written
_AGO = re.compile(r"(\d{1,3}|an?)\+? (minute|hour|day|week)s? ago\Z", re.IGNORECASE)
_SHORT_AGO = re.compile(r"(\d{1,3})\s?(h|d|w|y)(?:\s+ago)?\Z", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"(?:over|more than|about|around|almost|nearly|mehr als|über|etwa|fast|plus d['’]|plus de|environ|más de|casi|"
    r"oltre|più di|quasi|circa|meer dan|bijna)\s*(?=\S)|(?<=\d)\+(?=\s)",
    re.IGNORECASE,
)
# "vor einem Monat", "un mese fa", "een jaar geleden": most of which dateparser reads with a number only.
_ONE = re.compile(
    r"(?<!y )\b(?:an?|ein(?:e[mnr]?)?|une?|una|uno|um|uma|een|en|ett|et|bir|один|jeden)\b(?=\s)", re.IGNORECASE
)
_ONE_BEFORE = re.compile(r"\A(?:miesiąc|rok|tydzień|dzień|godzinę|неделю|месяц|год|день)\b", re.IGNORECASE)
# What a date begins with, behind other words: a month before a number, or a number.
_BEGINS = re.compile(r"(?:\b[A-Z][a-z]{2,8}\.? )?\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNITS = {"h": "hours", "d": "days", "w": "weeks", "y": "years"}
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_name) if name} | {"Sept": 9}
_EARLIEST = datetime(1995, 1, 1)  # before that nobody reviewed anything on the web
# Languages in which a date is understood whatever the page says of itself.
_COMMON = ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "pl", "cs", "ru", "uk", "tr", "ja", "zh", "ko"]


def day_order(dates: Iterable[Any], language: str | None) -> DayOrder:
    """Whether ``04-05-2021`` has the day or the month first, from all dates of a page and its language
    tag.
    """
    for text in dates:
        if (match := _NUMERIC.match(str(scalar(text) or "").strip())) and match.group(2) != ".":
            if int(match.group(1)) > 12:
                return "DMY"
            if int(match.group(3)) > 12:
                return "MDY"
    tag = (language or "").lower().replace("_", "-")
    return "MDY" if tag in ("", "en", "en-us", "en-ph") else "DMY"


def parse_date(
    value: Any, fetched_at: datetime, language: str | None = None, order: DayOrder = "MDY"
) -> datetime | None:
    """When a review was written, in UTC without a zone; None for what is no date or an impossible one.

    ``fetched_at`` (UTC, no zone) is what "2 weeks ago" counts from; a date more than a day after it, or
    before 1995, is impossible. A time without a zone is taken for UTC.
    """
    value = scalar(value)
    if isinstance(value, bool) or value is None:
        return None
    text = " ".join(str(value).replace("\u200e", "").replace("\u2212", "-").split())
    try:
        found = _at_once(text) or _parse(text, fetched_at, language, order)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    if found.tzinfo is not None:
        found = found.astimezone(UTC).replace(tzinfo=None)
    if found.microsecond:
        found = found.replace(microsecond=0)
    return found if _EARLIEST <= found <= fetched_at + timedelta(days=1) else None


def _at_once(text: str) -> datetime | None:
    """An ISO date as most sites write it."""
    if text[4:5] == "-" and text[7:8] == "-":
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    return None


def _parse(text: str, fetched_at: datetime, language: str | None, order: DayOrder) -> datetime | None:
    text = _ZONE_NAME.sub("", _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text)
    if _ISO.match(text):
        return _iso(text)
    if match := _COMPACT.match(text):
        parts, zone = match.groups(default="")[:6], match.group(7) or ""
        return _iso(f"{'-'.join(parts[:3])} {':'.join(filter(None, parts[3:]))}{zone}".strip())
    if _ISO_WEEK.match(text):
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    if match := _SINCE_1970.match(text):
        return datetime.fromtimestamp(int(match.group(1)), UTC)
    if match := _NUMERIC.match(text):
        first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
        day, month = (first, second) if order == "DMY" or match.group(2) == "." else (second, first)
        if month > 12 >= day:
            day, month = month, day
        hour = int(match.group(5) or 0)
        if match.group(8):
            hour = hour % 12 + (12 if match.group(8).lower() == "pm" else 0)
        return datetime(year, month, day, hour, int(match.group(6) or 0), int(match.group(7) or 0))
    if (match := _SCRIPTED.match(text)) and match.group(1) in _MONTHS:
        month_name, *rest, zone = match.groups()
        day, year, hour, minute, second = map(int, rest)
        found = datetime(year, _MONTHS[month_name], day, hour, minute, second)
        return datetime.strptime(f"{found:%Y-%m-%d %H:%M:%S} {zone}", "%Y-%m-%d %H:%M:%S %z") if zone else found
    if match := _SHORT_AGO.match(text):
        text = f"{match.group(1)} {_UNITS[match.group(2).lower()]} ago"
    if not 2 < len(text) < 80 and text.isascii():
        return None
    if match := _DAY_OF_MONTH.match(text):
        name, nth, year_told = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
        if name in _MONTHS:
            return datetime(int(year_told), _MONTHS[name], int(nth))
    if match := _AGO.match(text):
        count = int(match.group(1)) if match.group(1).isdigit() else 1
        return fetched_at - timedelta(**{match.group(2).lower() + "s": count})
    # To the minute, so that the pages of one minute share what was read already.
    return _in_words(text, fetched_at.replace(second=0, microsecond=0), language, order)


def _iso(text: str) -> datetime:
    """An ISO date; where its time is broken the day still counts, where the day is broken nothing does."""
    day, rest = re.split(r"(?<=\d)(?!\d|-)", text, maxsplit=1)
    found = datetime(*(int(part) for part in day.split("-")))  # type: ignore[arg-type]
    rest = re.sub(r"\s+(?=[-+Zz])|\s*UTC$", "", rest.strip(" T"))
    with suppress(ValueError):
        return datetime.fromisoformat(f"{found:%Y-%m-%d}T{rest}") if rest else found
    for clock in ("%I:%M %p", "%I:%M:%S %p"):
        with suppress(ValueError):
            return datetime.combine(found, datetime.strptime(rest, clock).time())
    return found


@lru_cache(maxsize=4096)
def _in_words(text: str, fetched_at: datetime, language: str | None, order: DayOrder) -> datetime | None:
    # "Reviewed in Canada on May 6, 2022", "Bewertet vor 2 Wochen": as a whole, else where the date begins
    begins = _BEGINS.search(text)
    texts = list(dict.fromkeys([text, text[begins.start() :] if begins else text]))
    for part in texts:
        dated = part == text or _YEAR.search(part)
        found = _ago(part, fetched_at, language)
        if found is None and dated:
            found = _absolute(part, fetched_at, order, _languages(language))
        if found is not None:
            return found
    for languages in (_COMMON, None):  # to load every language takes seconds
        for part in filter(_YEAR.search, texts):
            if found := _absolute(part, fetched_at, order, languages):
                return found
    return None


def _ago(text: str, fetched_at: datetime, language: str | None) -> datetime | None:
    """What counts from the time of fetching: "2 weeks ago", "gestern", "il y a un mois"."""
    text = _ROUGHLY.sub("", text)
    text = _ONE.sub("1", text)
    text = _ONE_BEFORE.sub(r"1 \g<0>", text)
    settings = {"RELATIVE_BASE": fetched_at, "PREFER_DATES_FROM": "past", "PARSERS": ["relative-time"]}
    return _read(text, [_languages(language), _COMMON], settings)


def _absolute(text: str, fetched_at: datetime, order: DayOrder, languages: list[str] | None) -> datetime | None:
    settings = {
        "DATE_ORDER": "DMY" if _DOTTED.match(text) else order,
        "PARSERS": ["absolute-time"],
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "RELATIVE_BASE": fetched_at,
    }
    return _read(text, [languages], settings)


def _languages(language: str | None) -> list[str]:
    return list(dict.fromkeys(filter(None, (language_code(language), "en"))))


def _read(text: str, choices: Iterable[list[str] | None], settings: dict[str, Any]) -> datetime | None:
    zone = {"TIMEZONE": "UTC", "TO_TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": False}
    for choice in choices:
        try:
            found = dateparser.parse(text, languages=choice, settings={**zone, **settings})
        except ValueError:  # a language that dateparser does not know
            continue
        if found is not None:
            return found
    return None
