"""Dates, however a source writes them, as naive UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["DateReader"]

_EARLIEST = datetime(1990, 1, 1)
_CLOCK = r"(?:[T,\s]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?)?"
_ZONE = r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?"
_NUMERIC = re.compile(rf"(\d{{1,4}})([-/.])(\d{{1,2}})\2(\d{{1,4}}){_CLOCK}{_ZONE}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
# Seconds, milliseconds, microseconds and nanoseconds since 1970 differ by more than the years that count.
_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
# The commonest dates in words, for speed: dateparser reads some 300 a second.
_IN_WORDS = (
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M %p",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a %b %d %H:%M:%S %z %Y",  # Twitter's, which dateparser does not read
)
_LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pt"]
_CACHED = 50_000


class DateReader:
    """Reads the dates of one source.

    `order` (``DMY``, ``MDY`` or ``YMD``) settles what ``06/05/2022`` means; without it such a date is read
    only where one of its numbers can be no month. A date that no review can have is none: before 1990, or
    more than a day after `now` (UTC, naive; the present unless given).
    """

    def __init__(self, order: str | None = None, now: datetime | None = None) -> None:
        self.order = order
        self.latest = (now or datetime.now(UTC).replace(tzinfo=None)) + timedelta(days=1)
        self._cache: dict[str, datetime | None] = {}

    def parse(self, value: object) -> datetime | None:
        """`value` (text, number, date or datetime) in naive UTC, or None where it is no plausible date."""
        if isinstance(value, str):
            text = value.strip()
            if text not in self._cache:
                if len(self._cache) >= _CACHED:
                    self._cache.clear()
                self._cache[text] = self._plausible(self._parse_text(text))
            return self._cache[text]
        if isinstance(value, datetime):
            return self._plausible(value)
        if isinstance(value, date):
            return self._plausible(datetime(value.year, value.month, value.day))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._plausible(_since_1970(float(value)))
        return None

    def _plausible(self, moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        try:
            if moment.tzinfo is not None:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:  # at the ends of the calendar
            return None
        return moment if _EARLIEST <= moment <= self.latest else None

    def _parse_text(self, text: str) -> datetime | None:
        if not text.isascii():
            text = text.replace("\u202f", " ").replace("\xa0", " ").replace("\u200e", "")
        if not 6 <= len(text) <= 64 or not any(c.isdigit() for c in text):
            return None
        if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) and text.count(".") <= 1:
            return _digits(text)
        if text[:4].isdigit() and text[4:5] == "-":
            try:
                return datetime.fromisoformat(text)
            except ValueError:
                pass
        if match := _NUMERIC.fullmatch(text):
            return self._numeric(match)
        return _in_words(text, self.order)

    def _numeric(self, match: re.Match[str]) -> datetime | None:
        first, _, second, third, hour, minute, second_, fraction, half, zone = match.groups()
        day = self._day(first, second, third)
        if day is None:
            return None
        hours = int(hour or 0)
        if half:
            if not 1 <= hours <= 12:
                return None
            hours = hours % 12 + (12 if half[0] in "pP" else 0)
        try:
            return datetime(
                *day,
                hours,
                int(minute or 0),
                int(second_ or 0),
                int((fraction or "0")[:6].ljust(6, "0")),
                _zone(zone),
            )
        except ValueError:
            return None

    def _day(self, first: str, second: str, third: str) -> tuple[int, int, int] | None:
        """Year, month and day of three numbers, where it is clear which is which."""
        a, b, c = int(first), int(second), int(third)
        if len(first) == 4:
            return (a, b, c)
        if len(first) > 2 or len(third) not in (2, 4):
            return None
        if self.order == "YMD" and len(third) == 2:
            return (_century(a), b, c)
        year = c if len(third) == 4 else _century(c)
        if self.order in ("DMY", "MDY"):
            return (year, b, a) if self.order == "DMY" else (year, a, b)
        if len(third) == 4 and (a > 12 or a == b):
            return (year, b, a)
        if len(third) == 4 and b > 12:
            return (year, a, b)
        return None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _digits(text: str) -> datetime | None:
    if match := _COMPACT.fullmatch(text):
        try:
            moment = datetime(*(int(part) for part in match.groups(default="0")))  # type: ignore[arg-type]
        except ValueError:
            pass
        else:
            if moment.year >= _EARLIEST.year:
                return moment
    return _since_1970(float(text))


def _since_1970(number: float) -> datetime | None:
    """The moment `number` seconds (or thousandths of them, and so on: its size tells) after 1970 began."""
    if not number >= 1e8:  # also NaN
        return None
    for limit, unit in _UNITS:
        if number < limit:
            return datetime(1970, 1, 1) + timedelta(seconds=number / unit)
    return None


def _in_words(text: str, order: str | None) -> datetime | None:
    """A date with a month in words, in the languages of `_LANGUAGES`; it must name day, month and year."""
    if not re.search(r"[^\W\d_]{3}", text) or not re.search(r"\d\D+\d", text):
        return None  # no month in words (and which number is which was not said), or not both day and year
    for pattern in _IN_WORDS:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    import dateparser  # a third of a second: only where it is needed

    settings = {
        "PARSERS": ["absolute-time"],  # "3 days ago" means nothing once a file has been lying about
        "REQUIRE_PARTS": ["day", "month", "year"],
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "DATE_ORDER": order or "MDY",
    }
    for languages in (_LANGUAGES[:1], _LANGUAGES[1:]):
        try:
            moment = dateparser.parse(text, languages=languages, settings=settings)
        except Exception:  # it raises many kinds of error on odd text; all mean that this is no date
            moment = None
        if isinstance(moment, datetime):
            return moment
    return None
