"""From what a site writes to what a review holds: text, author, rating, language. Pure functions."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

__all__ = [
    "Rating",
    "author_name",
    "clean_text",
    "language_code",
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
    value = scalar(value)
    return _name(str(value)) if value is not None and not isinstance(value, bool) else None


@lru_cache(maxsize=8192)  # asked for several times for each review
def _name(text: str) -> str | None:
    name = clean_text(text)
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
    told = (scalar(value), scalar(best), scalar(worst))
    return _rating(*told)


@lru_cache(maxsize=8192, typed=True)  # a site's reviews have few ratings
def _rating(value: Any, best: Any, worst: Any) -> Rating | None:
    top, bottom = _number(best), _number(worst)
    text = str(value or "")
    if pair := _OUT_OF.search(text):
        number, top = _number(pair.group(1)), _number(pair.group(2))
    elif text.rstrip().endswith("%"):
        number, top, bottom = _number(text), 100.0, 0.0
    elif stars := _STARS.match(text):
        number = float(len(stars.group()))
    else:
        number = _number(value)
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
