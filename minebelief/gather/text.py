"""Text as a person wrote it, without what machines add: markup, entities, mojibake, control characters."""

import ast
import html
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

__all__ = ["clean_line", "clean_text", "excerpt", "reply_text"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Only what is really HTML is removed: "<3", "a < b" and "<sarcasm>" are the writer's own.
_INLINE = "a|abbr|b|big|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup|time|tt|u|wbr"
_BLOCK = (
    "article|blockquote|body|br|button|center|dd|div|dl|dt|figure|footer|form|h[1-6]|head|header|hr|html|iframe|"
    "img|input|li|link|main|meta|nav|ol|p|picture|pre|section|source|svg|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:@][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+)"""
_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|{_BLOCK})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_NEWLINE = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    # Joiners hold emoji and Persian words together; elsewhere they are only invisible.
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_C1 = re.compile("[\x80-\x9f]")
_PLAIN_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")  # but no single space, which is as it should be
_PARAGRAPHS = re.compile(r" ?\n ?")
_GAP = re.compile(r"\n{3,}")
_REPLY_KEYS = ("body", "text", "message", "content", "reply", "response", "comment")


def clean_text(value: object) -> str | None:
    """`value` as text: paragraphs kept, other white space folded, NFC; None where nothing is left."""
    text = _as_str(value)
    if not text:
        return None
    if not text.isascii() or "&" in text or "<" in text or _PLAIN_CONTROL.search(text):
        text = _repair(text)
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _GAP.sub("\n\n", _PARAGRAPHS.sub("\n", text))
    return text.strip() or None


def clean_line(value: object) -> str | None:
    """`value` as one line (an id, a name, an address), without invisible characters."""
    text = _as_str(value)
    if text and not (text.isascii() and text.isprintable()):
        text = _CONTROL.sub("", _NEWLINE.sub(" ", _join_surrogates(text)))
    return " ".join(text.split()) or None if text else None


def reply_text(value: object) -> str | None:
    """The text of a company's reply; some exports hold it as a record, ``{'id': 7, 'body': 'Hello'}``."""
    if isinstance(value, str) and value.lstrip()[:1] == "{" and value.rstrip()[-1:] == "}":
        value = _record(value)
    if isinstance(value, Mapping):
        value = next((value[key] for key in _REPLY_KEYS if isinstance(value.get(key), str)), None)
    return clean_text(value)


def excerpt(value: object) -> str:
    """How `value` begins: at most 80 characters on one line."""
    text = clean_line(_as_str(value)[:400]) or ""
    return text if len(text) <= 80 else text[:79] + "…"


def _as_str(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:  # NaN is a table's way to say None
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))  # a column of ids with gaps is read as floats
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _repair(text: str) -> str:
    text = _join_surrogates(text)
    for _ in range(3):  # some exports escape twice
        if "&" not in text or (unescaped := _ENTITY.sub(_unescape, text)) == text:
            break
        text = unescaped
    if "<" in text:
        if "-->" in text or "</s" in text.lower():
            text = _HIDDEN.sub(" ", text)
        text = _TAG.sub(_untag, text)
    if not text.isascii():
        text = _mended(text)
    text = _CONTROL.sub("", _NEWLINE.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _mended(text: str) -> str:
    is_bad, mend = _mender()
    # Else all that ftfy would do is done here.
    return mend(text) if is_bad(text) or _C1.search(text) else text


@cache
def _mender() -> tuple[Callable[[str], bool], Callable[[str], str]]:
    """What tells garbled text, and what mends it; loaded late, since crawls read no text here."""
    import ftfy
    from ftfy.badness import is_bad

    config = ftfy.TextFixerConfig(
        unescape_html=False,  # done here, entities with a semicolon only
        uncurl_quotes=False,  # the writer's own
        fix_character_width=False,
        fix_latin_ligatures=False,
    )
    return is_bad, lambda text: ftfy.fix_text(text, config)


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _untag(match: re.Match[str]) -> str:
    return "" if match["inline"] else "\n"


def _join_surrogates(text: str) -> str:
    """Halves of a character that belong together joined, others dropped."""
    if text.isascii() or not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _record(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return text
