"""From what a site writes to what a review holds: text, author, rating, date, language. Pure functions."""

import calendar
import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

import dateparser

__all__ = [
    "Rating",
    "author_name",
    "clean_text",
    "day_order",
    "language_code",
    "parse_date",
    "parse_rating",
    "scalar",
]


def scalar(value: Any) -> Any:
    """The first plain value in ``value``: lists and ``{"@value": …}`` are opened."""
    while isinstance(value, list | dict):
        first = value[0] if isinstance(value, list) and value else None
        value = first if isinstance(value, list) else value.get("@value", value.get("value"))
    return value


# --- text -----------------------------------------------------------------------------------------

_HIDDEN = re.compile(r"<!--|<(script|style|template)\b", re.IGNORECASE)
_SHOWN_AGAIN: dict[str | None, re.Pattern[str]] = {
    None: re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "template")},
}
_LINE = re.compile(r"<br\b[^<>]*>|</?(?:li|tr|dt|dd)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|section|article)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\n{3,}")
_PLAIN = re.compile(r"[!-%'-;=-~]++(?: [!-%'-;=-~]++)*+")  # nothing in it that is to be cleaned


def _without_hidden(text: str) -> str:
    """The text without comments, scripts and the like, in one pass: a page may open a thousand and close none."""
    parts: list[str] = []
    never_closed: set[str | None] = set()
    at = 0
    while opened := _HIDDEN.search(text, at):
        kind = opened[1] and opened[1].lower()
        closed = None if kind in never_closed else _SHOWN_AGAIN[kind].search(text, opened.end())
        if closed is None:
            never_closed.add(kind)
            parts.append(text[at : opened.end()])
            at = opened.end()
        else:
            parts += [text[at : opened.start()], " "]
            at = closed.end()
    return "".join([*parts, text[at:]])


def clean_text(value: Any) -> str | None:
    """The text as a reader sees it: no tags, no entities, paragraphs kept. None where nothing is left."""
    value = scalar(value)
    if value is None or isinstance(value, bool):
        return None
    text = str(value)
    if _PLAIN.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _without_hidden(text)
        text = _TAG.sub("", _PARAGRAPH.sub("\n\n", _LINE.sub("\n", text)))
    if "&" in text:  # escaped twice, as feeds do
        text = html.unescape(text)
    text = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    text = _BREAKS.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
    return text or None


# --- author ---------------------------------------------------------------------------------------

# Not names: without this every anonymous review would count as one and the same person.
_NOBODY = re.compile(
    r"(?:an? )?(?:anonym\w*|guest|gast|unknown|customer|kunde|kundin|user|client\w*|cliente|utente|reviewer"
    r"|n/?a|none|null|undefined"
    r"|(?:verified|google|yelp|trustpilot) (?:\w+ )?(?:buyer|customer|user|purchaser?|reviewer)"
    r"|(?:verifizierte\S*|acheteur|comprador|acquirente) \S+)",
    re.IGNORECASE,
)


def author_name(value: Any) -> str | None:
    """The author's name from a string, an object or a list of either; None for anonymous ones."""
    if isinstance(value, list):
        names = [name for name in map(author_name, value) if name]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        named = value.get("name") or value.get("alternateName") or value.get("@value")
        given = [value.get("givenName"), value.get("familyName")]
        return author_name(named or " ".join(str(part) for part in given if part))
    name = clean_text(value)
    if name is None or _NOBODY.fullmatch(name) or name.startswith(("http://", "https://", "_:")):
        return None
    return " ".join(name.split())


# --- rating ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rating:
    """A site's own number, its best possible value, and the same from 0 (worst) to 1 (best)."""

    value: float
    scale: float
    stars: float


_FIGURE = r"(\d+(?:[.,]\d+)?)"
_OUT_OF = re.compile(rf"{_FIGURE}\s*(?:/|out of|of|von|sur|de|su|av|uit)\s*{_FIGURE}", re.IGNORECASE)
_SIGNED = re.compile(r"-?\d+(?:[.,]\d+)?")
_STARS = re.compile(r"[★⭐]+")


def _number(value: Any) -> float | None:
    value = scalar(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if value == value and abs(value) < 1e6 else None
    match = _SIGNED.search(str(value).replace("\u2212", "-"))
    return float(match.group().replace(",", ".")) if match and len(match.group()) < 12 else None


def parse_rating(value: Any, best: Any = None, worst: Any = None) -> Rating | None:
    """A rating with its scale. schema.org's defaults (best 5, worst 1) hold where the site gives none.

    A value above a scale that nobody stated is read as out of 10 or 100. What lies outside its own scale,
    and a 0 where the scale does not begin at 0 ("not rated yet"), is None.

    >>> parse_rating("4,5")
    Rating(value=4.5, scale=5.0, stars=0.875)
    """
    top, bottom = _number(best), _number(worst)
    text = str(scalar(value) or "")
    if pair := _OUT_OF.search(text):
        number, top = _number(pair.group(1)), _number(pair.group(2))
    elif text.rstrip().endswith("%"):
        number, top, bottom = _number(text), 100.0, 0.0
    elif stars := _STARS.match(text):
        number = float(len(stars.group()))
    else:
        number = _number(scalar(value))
    if number is None:
        return None
    if top is None or top <= 0:
        top = next((scale for scale in (5.0, 10.0, 100.0) if number <= scale), 0.0)
    if bottom is None or bottom >= top:  # absent, or a template that repeats the rating
        bottom = 1.0 if top > 1 else 0.0
        if 0 < number < bottom:
            bottom = 0.0
    if not bottom <= number <= top:
        return None
    return Rating(number, top, (number - bottom) / (top - bottom))


# --- language -------------------------------------------------------------------------------------

# Country codes that sites write where a language belongs; the language of that code is read by next to
# nobody.
_COUNTRIES = {
    "se": "sv",
    "dk": "da",
    "cz": "cs",
    "jp": "ja",
    "gr": "el",
    "cn": "zh",
    "ua": "uk",
    "us": "en",
    "gb": "en",
}


def language_code(*values: Any) -> str | None:
    """The first usable language among ``values`` as two or three lower-case letters (``en-US`` gives
    ``en``).
    """
    for value in values:
        if isinstance(value, dict):
            value = value.get("alternateName") or value.get("name")
        code = re.split(r"[-_]", str(scalar(value) or "").strip().lower())[0]
        if re.fullmatch(r"[a-z]{2,3}", code) and code not in ("und", "mul", "zxx"):
            return _COUNTRIES.get(code, code)
    return None


# --- dates ----------------------------------------------------------------------------------------

DayOrder = Literal["DMY", "MDY"]
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(Z|[-+]\d\d:?\d\d)?)?\Z", re.IGNORECASE)
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
_AT_LEAST = re.compile(r"^(?:over |more than |about |almost )?(\d{1,3})\+(?=\s)", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_name) if name} | {"Sept": 9}
_EARLIEST = datetime(1995, 1, 1)  # before that nobody reviewed anything on the web


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
    try:
        found = _parse(str(value).strip(), fetched_at, language, order)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    if found.tzinfo is not None:
        found = found.astimezone(UTC).replace(tzinfo=None)
    found = found.replace(microsecond=0)
    return found if _EARLIEST <= found <= fetched_at + timedelta(days=1) else None


def _parse(text: str, fetched_at: datetime, language: str | None, order: DayOrder) -> datetime | None:
    text = _ZONE_NAME.sub("", _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text)
    if _ISO.match(text):
        return _iso(text)
    if match := _COMPACT.match(text):
        parts, zone = match.groups(default="")[:6], match.group(7) or ""
        return _iso(f"{'-'.join(parts[:3])} {':'.join(filter(None, parts[3:]))}{zone}".strip())
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
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
    if not 3 < len(text) < 60:
        return None
    if match := _DAY_OF_MONTH.match(text):
        name, nth, year_told = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
        if name in _MONTHS:
            return datetime(int(year_told), _MONTHS[name], int(nth))
    if match := _AGO.match(text):
        count = int(match.group(1)) if match.group(1).isdigit() else 1
        return fetched_at - timedelta(**{match.group(2).lower() + "s": count})
    text = _AT_LEAST.sub(r"\1", text)
    if _DOTTED.match(text):
        order = "DMY"
    # To the minute, so that the pages of one minute share what was read already.
    return _in_words(text, fetched_at.replace(second=0, microsecond=0), language, order)


def _iso(text: str) -> datetime:
    """An ISO date; where its time is broken the day still counts, where the day is broken nothing does."""
    day, rest = re.split(r"(?<=\d)(?!\d|-)", text, maxsplit=1)
    date = datetime(*(int(part) for part in day.split("-")))  # type: ignore[arg-type]
    rest = re.sub(r"\s+(?=[-+Zz])|\s*UTC$", "", rest.strip(" T"))
    try:
        return datetime.fromisoformat(f"{date:%Y-%m-%d}T{rest}") if rest else date
    except ValueError:
        return date


@lru_cache(maxsize=4096)
def _in_words(text: str, fetched_at: datetime, language: str | None, order: DayOrder) -> datetime | None:
    settings = {
        "DATE_ORDER": order,
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "RELATIVE_BASE": fetched_at,
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    choices: list[list[str] | None] = [list(dict.fromkeys(filter(None, (language_code(language), "en"))))]
    if any(letter.isdigit() for letter in text):  # to try every language costs a tenth of a second
        choices.append(None)
    for choice in choices:
        try:
            found = dateparser.parse(text, languages=choice, settings=settings)
        except ValueError:  # a language that dateparser does not know
            continue
        if found is not None:
            return found
    return None
