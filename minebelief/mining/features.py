"""What is read off a sentence beside its embedding: the sentiment lexicon and its surface."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

__all__ = ["SURFACE", "is_wish", "lexicon", "surface", "valences"]

_WORD = re.compile(r"\w[\w'’]*")
_WISH = re.compile(
    r"\b(?:(?:they|you|it|we|there|this|that|which|company|app|staff|drivers?|agents?|customers?)\s+(?:really\s+|"
    r"seriously\s+|definitely\s+)?(?:should|shouldn'?t|ought to|need to|needs to|must|could at least|could do)\b"
    r"|would be (?:nice|great|good|better|helpful|useful|appreciated)|would (?:like|love|prefer) "
    r"(?:to see|it if|a|an|more)"
    r"|i (?:just |really |only )?wish|wish (?:they|you|it|there)|if only|hope(?:fully)? (?:they|you|it)\b"
    r"|(?:please|pls|plz) (?:add|fix|improve|bring|make|consider|allow|provide|change|update|let)"
    r"|could (?:be|use) (?:improved|better|more|some|an?\b)|needs? (?:improvement|improving|an? )"
    r"|room for improvement)",
    re.IGNORECASE,
)


def _patterns() -> tuple[re.Pattern[str], ...]:
    sources = (
        r"\?",
        r"!",
        r"\d",
        r"^(?:i|we|my|our)\b",
        r"\b(?:not|no|never|none|nobody|nothing|cannot|without|nor)\b|n['’]t\b",
        r"\byou\b",
        r"\b(?:recommend|avoid|stay away|worst|best|love|hate|awful|terrible|horrible|great|amazing|excellent|thank|"
        r"happy|disappointed)",
        r"\b(?:called|signed|ordered|bought|went|decided|started|submitted|received|tried|asked|contacted|used)\b",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


_PATTERNS = _patterns()
SURFACE = 2 + len(_PATTERNS)
"""Columns that `surface` gives."""


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def lexicon(texts: Sequence[str]) -> np.ndarray:
    """VADER's compound score (-1 to 1) and shares of negative and positive words (0 to 1).

    Source: Hutto and Gilbert, VADER, ICWSM 2014.

    Returns:
        float32 array of shape (n, 3).
    """
    scores = (_analyzer().polarity_scores(text) for text in texts)
    rows = [(score["compound"], score["neg"], score["pos"]) for score in scores]
    return np.array(rows, np.float32).reshape(len(texts), 3)


def valences() -> dict[str, float]:
    """How good or bad the words of the sentiment lexicon are, from -4 to 4."""
    return dict(_analyzer().lexicon)


def surface(texts: Sequence[str]) -> np.ndarray:
    """Length in words (40 or more is 1), whether under four words, and which kinds of word occur (0 or 1).

    Returns:
        float32 array of shape (n, SURFACE).
    """
    rows = np.zeros((len(texts), SURFACE), np.float32)
    for row, text in zip(rows, texts, strict=True):
        words = len(_WORD.findall(text))
        row[0] = min(words, 40) / 40
        row[1] = words < 4
        row[2:] = [pattern.search(text) is not None for pattern in _PATTERNS]
    return rows


def is_wish(text: str) -> bool:
    """Whether the sentence says what should be ('they should…', 'I wish…', 'please add…')."""
    return _WISH.search(text) is not None
