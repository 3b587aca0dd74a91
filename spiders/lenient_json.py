"""JSON as web pages really carry it.

Shops write JSON-LD with templates, so it arrives with raw line breaks in strings, comments, a trailing comma
or semicolon, wrapped in CDATA, without its outer braces, with bare words for values, or cut off.
:func:`loads` reads all of that and gives for valid JSON exactly what :mod:`json` gives.
"""

import html
import json
import re
from typing import Any

__all__ = ["loads"]

_MAX_DEPTH = 100
_WRAPPER = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*$")
_BLANK = re.compile(r"(?:[\s\ufeff;]|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_KEY = re.compile(r"[^\s:,{}\[\]\"']+(?=\s*:)")
_LITERAL = re.compile(r"(true|false|null|-?\d[\d.eE+-]*)(?=\s*(?:[,}\];]|//|/\*|\Z|\n))")
_WORD = re.compile(r"(?:(?!/\*|\s//)[^,{}\[\]\n\r])*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?\Z")
_PLAIN = {'"': re.compile(r'[^"\\]*'), "'": re.compile(r"[^'\\]*")}
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_UNICODE = re.compile(r"[0-9a-fA-F]{4}")
# What may follow the quote that closes a string; any other quote was meant as a character.
_COLON = re.compile(r"\s*:")
_AFTER_KEY = re.compile(r"\s*(?::|//|/\*)")
_AFTER_MEMBER = re.compile(r"\s*(?:[}\];]|\Z|//|/\*|,\s*(?:[\"'}/]|\Z|[A-Za-z_@$][\w@$]*\s*:)|\n\s*[\"'])", re.DOTALL)
_AFTER_ELEMENT = re.compile(r"\s*(?:[\]};]|\Z|//|/\*|,\s*(?:[\"'{\[\]/\-\d]|\Z|(?:true|false|null)\b))", re.DOTALL)
_AFTER_VALUE = re.compile(r"\s*(?:[;,:]|\Z|//|/\*|[\"'{\[])")


def loads(text: str) -> Any:
    """Parse ``text``, strictly first.

    Several values behind one another come back as a list. Raises ``ValueError`` where there is no value at
    all.

    >>> loads('"@type": "Review", "itemReviewed": Product,')
    {'@type': 'Review', 'itemReviewed': 'Product'}
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    text = _WRAPPER.sub("", text.strip().strip("\ufeff")).strip()
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _Reader(text).document()


class _Reader:
    """A reader over one text; every method starts at ``self.at`` and moves it forward."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def document(self) -> Any:
        values = []
        while self._peek():
            if self._peek() in ",:}]":  # left over from a brace too many
                self.at += 1
                continue
            start = self.at
            values.append(self._members() if self._starts_member() else self._value(_AFTER_VALUE, 0))
            if self.at == start:
                self.at += 1
        values = [value for value in values if value != ""]
        if not values:
            raise ValueError("no JSON value found")
        return values[0] if len(values) == 1 else values

    def _peek(self) -> str:
        """The next character that is neither blank nor comment; empty at the end."""
        match = _BLANK.match(self.text, self.at)
        if match:
            self.at = match.end()
        return self.text[self.at : self.at + 1]

    def _starts_member(self) -> bool:
        """Is what follows a key and a colon, that is, an object whose brace is missing?"""
        quote = self.text[self.at]
        if quote in "\"'":
            end = self.text.find(quote, self.at + 1)
            return end > 0 and bool(_COLON.match(self.text, end + 1))
        return bool(_KEY.match(self.text, self.at))

    def _value(self, closes: re.Pattern[str], depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise ValueError(f"nested deeper than {_MAX_DEPTH} levels")
        first = self._peek()
        if first == "{":
            self.at += 1
            return self._members(depth + 1)
        if first == "[":
            self.at += 1
            return self._elements(depth + 1)
        if first and first in "\"'":
            return self._string(closes)
        return self._word()

    def _members(self, depth: int = 1) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while first := self._peek():
            if first == "}":
                self.at += 1
                break
            if first in ",:]":
                self.at += 1
                continue
            if first in "\"'":
                key = self._string(_AFTER_KEY)
            elif match := _KEY.match(self.text, self.at):
                key = match.group()
                self.at = match.end()
            else:  # something without a key: step over it
                start = self.at
                self._value(_AFTER_ELEMENT, depth)
                self.at = max(self.at, start + 1)
                continue
            if self._peek() != ":":
                continue
            self.at += 1
            members[key] = None if self._peek() in ("", ",", "}", "]") else self._value(_AFTER_MEMBER, depth)
        return members

    def _elements(self, depth: int) -> list[Any]:
        elements: list[Any] = []
        while first := self._peek():
            if first == "]":
                self.at += 1
                break
            if first in ",:}":
                self.at += 1
                continue
            start = self.at
            elements.append(self._value(_AFTER_ELEMENT, depth))
            self.at = max(self.at, start + 1)
        return elements

    def _string(self, closes: re.Pattern[str]) -> str:
        text, quote = self.text, self.text[self.at]
        self.at += 1
        parts: list[str] = []
        plain = _PLAIN[quote]
        while True:
            match = plain.match(text, self.at)
            assert match is not None
            parts.append(match.group())
            self.at = match.end()
            if self.at >= len(text):
                break
            if text[self.at] == "\\":
                parts.append(self._escape())
            elif closes.match(text, self.at + 1):
                self.at += 1
                break
            else:
                parts.append(quote)
                self.at += 1
        return "".join(parts)

    def _escape(self) -> str:
        letter = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if letter != "u":
            return _ESCAPES.get(letter, letter)
        match = _UNICODE.match(self.text, self.at)
        if not match:
            return "u"
        self.at = match.end()
        code = int(match.group(), 16)
        low = self.text[self.at + 2 : self.at + 6]
        if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at) and _UNICODE.fullmatch(low):
            second = int(low, 16)
            if 0xDC00 <= second < 0xE000:
                self.at += 6
                code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00)
        return chr(code)

    def _word(self) -> Any:
        match = _LITERAL.match(self.text, self.at) or _WORD.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        word = match.group().strip().rstrip(";").rstrip()
        if word in ("true", "false", "null"):
            return json.loads(word)
        if number := _NUMBER.match(word):
            return float(word) if number.group(1) or number.group(2) else int(word)
        return word
