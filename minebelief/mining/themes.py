"""Themes of one industry: from how its sentences are read to what they say, for beliefs and for values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from minebelief.industry import Industry
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.masking import Masker
from minebelief.mining.matching import Matcher
from minebelief.mining.statements import fits_as_statement, fits_as_voice

__all__ = ["KINDS", "FoundTheme", "Reasons", "Scorer", "find_themes"]

KINDS = {"belief": ("b", "negative"), "value": ("v", "positive")}
"""The kinds of theme: the letter that their ids begin with, and the polarity of the reasons that they are found in."""

NEIGHBOURS = 25
SAME = 0.9999
"""Similarity from which two sentences are the very same."""

CLEAR = 0.55
"""How clearly a sentence must be a reason of its kind, its neighbours' reading included, to speak for a theme."""


class Scorer(Protocol):
    """Scores how fully n sentences say k statements: an array of shape (n, k), at most 1."""

    def scores(self, statements: Sequence[str], sentences: Sequence[str]) -> np.ndarray:
        """As `minebelief.mining.matching.Matcher.scores`."""
        ...


@dataclass(frozen=True)
class Reasons:
    """The reasons of one kind: for each its id, review, texts, unit vector, how clearly it is one, and wish."""

    ids: list[str]
    reviews: list[str]
    texts: list[str]
    masked: list[str]
    vectors: np.ndarray
    clear: np.ndarray
    wish: np.ndarray


@dataclass(frozen=True)
class FoundTheme:
    """A theme with its matches: row numbers of the reasons, best first, and their similarity, 0 to 1.

    ``statement`` and ``voices``, other wordings of it, are row numbers too.
    """

    statement: int
    voices: tuple[int, ...]
    keywords: tuple[str, ...]
    rows: np.ndarray
    similarity: np.ndarray


def find_themes(
    settings: ThemeDiscovery,
    industry: Industry,
    encoder: Encoder,
    reasons: Reasons,
    everything: np.ndarray,
    clear: np.ndarray,
    matcher: Scorer | None = None,
) -> list[FoundTheme]:
    """What the reasons say, and which of them say it.

    Args:
        settings: the estimator; it is fitted.
        industry: whose names no statement may hold.
        encoder: judges which sentence says which statement.
        reasons: n reasons of one kind.
        everything: unit vectors of all m sentences of the industry, shape (m, d).
        clear: how clearly each of these is a reason of this kind, m values from 0 to 1.
        matcher: judges in the encoder's place, where there is one already.
    """
    said: dict[str, list[int]] = {}
    for row, text in enumerate(reasons.masked):
        said.setdefault(text, []).append(row)
    texts = sorted(said)
    first = np.array([min(said[text], key=lambda row: reasons.ids[row]) for text in texts], int)
    masker = Masker(industry)

    def named(row: int) -> bool:
        text = reasons.texts[row]  # masked in more places than the given names: what was learnt to be a name is there
        return masker.names_in(text) or masker.mask(text) != reasons.masked[row]

    voices = np.array([not reasons.wish[row] and fits_as_voice(reasons.texts[row], named(row)) for row in first], bool)
    clarity = _clarity(reasons, first, voices, everything, clear)
    voices &= clarity >= CLEAR
    subject = industry.industry.replace("-", " ")
    candidates = voices & np.array([fits_as_statement(reasons.texts[row], subject) for row in first], bool)
    judge: Scorer = matcher or Matcher(encoder, texts)

    def says(statements: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return judge.scores([texts[i] for i in statements], [texts[i] for i in rows])

    settings.fit(
        texts,
        reasons.vectors[first],
        counts=np.array([len(said[text]) for text in texts]),
        candidates=candidates,
        voices=voices,
        clarity=clarity,
        says=says,
    )
    found = []
    for theme in settings.themes_:
        rows = np.array([row for text in theme.rows for row in said[texts[text]]], int)
        scores = np.repeat(theme.scores, [len(said[texts[text]]) for text in theme.rows])
        order = sorted(range(len(rows)), key=lambda i: (-round(float(scores[i]), 4), reasons.ids[rows[i]]))
        others = tuple(int(first[voice]) for voice in theme.voices)
        found.append(FoundTheme(int(first[theme.statement]), others, theme.keywords, rows[order], scores[order]))
    return found


def _clarity(
    reasons: Reasons, rows: np.ndarray, candidates: np.ndarray, everything: np.ndarray, clear: np.ndarray
) -> np.ndarray:
    """How clearly each candidate is a reason of its kind, judged by itself and the sentences nearest to it.

    A single reading errs; its neighbours among all sentences, of either polarity and any role, rarely all do. So half
    of it is its own reading, the mean over all reviews that say the very same, half the mean of theirs; 0 for texts
    that are no candidates.
    """
    base = np.arange(len(everything))
    if len(base) > 40_000:
        base = np.sort(np.random.default_rng(0).permutation(base)[:40_000])
    k = min(NEIGHBOURS, len(base))
    result = np.zeros(len(rows))
    places = np.flatnonzero(candidates)
    for part in np.array_split(places, max(1, len(places) // 512)):
        similarity = reasons.vectors[rows[part]] @ everything[base].T
        near = np.argpartition(-similarity, k - 1, axis=1)[:, :k]
        same = (similarity >= SAME).astype(np.float64)
        said = same.sum(axis=1)
        own = np.where(said > 0, same @ clear[base] / np.maximum(said, 1), reasons.clear[rows[part]])
        result[part] = (clear[base][near].mean(axis=1) + own) / 2
    return result
