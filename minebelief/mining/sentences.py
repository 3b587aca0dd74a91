"""From a review's title and body to sentences, with their place in it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from sentencex import get_sentence_boundaries

__all__ = ["TITLE", "Sentence", "split_review", "split_text"]

TITLE = -1
"""The position of a title's first sentence; later ones count down. Those of the body count up from 0."""

MIN_WORDS = 3
"""Shorter pieces ('Seriously?', 'That's fine.') say nothing alone and join the sentence before them."""

_MISSING_BLANK = re.compile(r"(?<=[a-z\d)][.!?])(?=[A-Z][a-z']|I\b)")
_WORD = re.compile(r"\w[\w'’]*")
_PARAGRAPH = re.compile(r"\n+")

_SUBJECT = (
    r"(?:i|we|you|they|it|he|she|there|this|that|these|those|the|my|our|your|their|its|his|her|no one|nobody|nothing|"
    r"none|everyone|everything|everybody|every|all|some|someone|each|any|most|customer|when|if|once|after|now|then|"
    r"i'(?:m|ve|d|ll)|i’(?:m|ve|d|ll)|it's|it’s|they're|they’re|you're|you’re|we're|we’re|that's|that’s|don't|don’t|"
    r"never|still|unfortunately)"
)
_CONTRAST = re.compile(
    rf"[\s,;:–—-]+(?:but|however|although|even though|though|yet|whereas)[\s,]+(?={_SUBJECT}\b)"
    rf"|\s*;\s*(?={_SUBJECT}\b)"
    r"|,?\s+(?:and|so)\s+(?=(?:i|we|they|it|he|she|you|there|no one|nobody|nothing)\b)",
    re.IGNORECASE,
)
"""Where one clause ends and another that has a subject of its own begins, beside or against the first."""

CLAUSE_WORDS = 4
"""Words that either side of such a place needs to stand alone."""
_ADDRESS = re.compile(r"(?:\s*\.?@\w+:?)*\s*")
_CUT = re.compile(r"(\.{2,}|…)\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its character offsets in the title (position below 0) or body it stands in."""

    position: int
    start: int
    end: int
    text: str


def split_text(text: str) -> list[tuple[int, int]]:
    """The offsets of the sentences of a text, in order, without surrounding blanks.

    A blank that is missing after a full stop ('money.I got') ends a sentence too, and so does a word of contrast or
    joining before a clause that has its own subject ('Nice people, but they never call back').
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in _pieces(text):
        at = text.index(piece, at)
        for boundary in get_sentence_boundaries("en", piece):
            start, end = at + boundary["start_index"], at + boundary["end_index"]
            for left, right in (clause for whole in _split_at(text, start, end) for clause in _clauses(text, *whole)):
                stripped = text[left:right].strip()
                if stripped:
                    left = text.index(stripped, left)
                    spans.append((left, left + len(stripped)))
        at += len(piece)
    return spans


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PARAGRAPH.split(text) if piece.strip()]


def _split_at(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [match.start() for match in _MISSING_BLANK.finditer(text, start, end)]
    edges = [start, *cuts, end]
    return list(pairwise(edges))


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut where a clause of its own follows, as far as both sides stand alone; the link word is left out."""
    found, at = [], start
    for match in _CONTRAST.finditer(text, start, end):
        sides = (len(_WORD.findall(text, at, match.start())), len(_WORD.findall(text, match.end(), end)))
        if min(sides) >= CLAUSE_WORDS:
            found.append((at, match.start()))
            at = match.end()
    return [*found, (at, end)]


def _join_short(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        short = len(_WORD.findall(text, start, end)) < MIN_WORDS
        if short and joined and "\n" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def split_review(title: str | None, body: str | None, kind: str = "review") -> list[Sentence]:
    """The sentences of a review, those of its title first.

    A title that only repeats how the body begins is left out, and so are the handles that a mention begins with:
    they are its address and no part of it.

    Args:
        title: the review's title, or None.
        body: its text, or None.
        kind: one of ``minebelief.gather.record.KINDS``.
    """
    sentences: list[Sentence] = []
    start_of_body = " ".join((body or "").lower().split())
    shown = _CUT.sub("", " ".join((title or "").lower().split())).rstrip(".!? ")
    if title and shown and not start_of_body.startswith(shown):
        sentences += _numbered(title, _join_short(title, split_text(title)), TITLE, -1)
    if body:
        spans = _join_short(body, split_text(body))
        if kind == "mention" and spans:
            start = spans[0][0]
            address = _ADDRESS.match(body, start)
            after = address.end() if address else start
            spans = [(after, spans[0][1]), *spans[1:]] if after < spans[0][1] else spans[1:]
        sentences += _numbered(body, spans, 0, 1)
    return [sentence for sentence in sentences if _WORD.search(sentence.text)]


def _numbered(text: str, spans: list[tuple[int, int]], first: int, step: int) -> list[Sentence]:
    return [
        Sentence(first + step * n, start, end, " ".join(text[start:end].split()))
        for n, (start, end) in enumerate(spans)
    ]
