"""From reasons to themes: the statements that together say what most people say, and what says each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator

from minebelief.mining.statements import content_words, fitness, judging_stems, keywords, stems_of

__all__ = ["Says", "Theme", "ThemeDiscovery", "Tried"]

FIT_ROWS = 15_000
"""Texts that statements are chosen over; with more, an evenly drawn part, and the rest is only matched."""

CANDIDATES = 1_000
"""Texts that are tried, as statements or as voices: the best said of those that are fit for it."""

HELD, TOGETHER = 0.2, 0.05
"""Share of the texts that say a statement which must hold each of its words that judge nothing, and which must hold
all of them: where fewer do, the statement is more special than what is said ("they won't cover medicine" over all that
was not covered, "the waiting period is too long" over all waiting)."""

TYPICAL = 1.5
"""Power of how usual a statement's words are near it, by which it is chosen."""

NEAR = 0.67
"""Similarity of vectors from which a text may say a statement: below it one in ten of 1,550 blindly judged pairs of
three industries does."""

VOICE, VOICES = 0.78, 40
"""Score from which two tried texts that say each other are voices of one theme, and how many it has at most beside its
statement. At the matching border the best of a statement and its voices finds 43% of what 1,500 judged pairs stand for
where the statement alone finds 34% (pet insurance; food delivery 54% and 43%), and is as often right (86%, 77%); with
voices that say each other less fully, .74, it is right in 63% for food delivery."""

Says = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Scores how fully each of some texts says each of some statements, both given by their row numbers among the texts:
``says(statements, rows)`` gives an array of shape (rows, statements), at most 1."""


@dataclass(frozen=True)
class Theme:
    """A theme: its statement, other wordings of it (its voices), and what says any of these, best first, as row numbers
    with their scores; and its marking words."""

    statement: int
    voices: tuple[int, ...]
    rows: np.ndarray
    scores: np.ndarray
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """The k statements of which a fit chose, as row numbers, and what it knew of them.

    ``rows`` are the r texts by which it chose, as row numbers; ``heard`` (r, k) how fully each text says each statement
    or a voice of it; ``vectors`` (k, d) and ``worth`` (k) are of the statements; ``words`` (r, w) tells which words the
    texts hold, ``own`` (k, w) which of those that judge nothing the statements do.
    """

    statements: np.ndarray
    rows: np.ndarray
    heard: np.ndarray
    vectors: np.ndarray
    worth: np.ndarray
    words: csr_matrix
    own: csr_matrix

    def part(self, rows: np.ndarray, columns: np.ndarray) -> Tried:
        """The same of some of the texts and some of the statements, both given by their places here."""
        both = np.ix_(rows, columns)
        return Tried(
            statements=self.statements[columns],
            rows=self.rows[rows],
            heard=self.heard[both],
            vectors=self.vectors[columns],
            worth=self.worth[columns],
            words=self.words[rows],
            own=self.own[columns],
        )


class ThemeDiscovery(BaseEstimator):
    """Chooses, among what people wrote, the statements that together account for most of it.

    Key point analysis (Bar-Haim et al., EMNLP 2020): greedily, the next statement is the one that says most of what no
    chosen one says yet, unless it says what a chosen one says already. Matching word by word decides which sentences
    say a statement, and which plain sentences say the same and so are its voices: what says one of them says it too.
    The result does not depend on the order of the rows.

    Args:
        match: score from which a text says a statement, 0 to 1.
        same: similarity of two statements' vectors from which they say the same, 0 to 1.
        overlap: share of the smaller theme's texts that say the larger one too, from which they are one.
        also: a text says a second theme too where its score there is this near to its best.
        max_themes: at most so many themes.
        min_mentions: texts that a theme needs at least.
        random_state: seed of the part that is drawn where there are too many rows.

    Attributes:
        themes_: list of `Theme`, largest first.
        tried_: `Tried`, all that was matched as a statement; None where there was too little to try.
    """

    def __init__(
        self,
        match: float = 0.70,
        same: float = 0.70,
        overlap: float = 0.5,
        also: float = 0.04,
        max_themes: int = 120,
        min_mentions: int = 6,
        random_state: int = 0,
    ) -> None:
        self.match = match
        self.same = same
        self.overlap = overlap
        self.also = also
        self.max_themes = max_themes
        self.min_mentions = min_mentions
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        vectors: np.ndarray,
        *,
        counts: np.ndarray | None = None,
        candidates: np.ndarray | None = None,
        voices: np.ndarray | None = None,
        clarity: np.ndarray | None = None,
        says: Says | None = None,
    ) -> ThemeDiscovery:
        """Find the themes and what says them.

        Args:
            texts: n distinct masked reasons.
            vectors: their unit vectors, shape (n, d).
            counts: how often each text was said, n positive numbers.
            candidates: n booleans, which texts may be a statement.
            voices: n booleans, which others may be a voice of one; candidates may.
            clarity: how sure it is that each is a reason of this kind, n values from 0 to 1.
            says: judges whether texts say statements; the cosine of their vectors where it is left out.
        """
        n = len(texts)
        counts = np.ones(n) if counts is None else np.asarray(counts, float)
        candidates = np.ones(n, bool) if candidates is None else np.asarray(candidates, bool)
        voices = candidates if voices is None else candidates | np.asarray(voices, bool)
        clarity = np.ones(n) if clarity is None else np.asarray(clarity, float)
        says = says or (lambda statements, rows: vectors[rows] @ vectors[statements].T)
        self.themes_: list[Theme] = []
        self.tried_: Tried | None = None
        order = np.array(sorted(range(n), key=lambda i: texts[i]), int)
        drawn, rest = order, order[:0]
        if n > FIT_ROWS:
            chosen = np.zeros(n, bool)
            chosen[np.random.default_rng(self.random_state).permutation(n)[:FIT_ROWS]] = True
            drawn, rest = order[chosen], order[~chosen]
        if counts[drawn].sum() < self.min_mentions or not candidates[drawn].any():
            return self
        tried = _Tried([texts[i] for i in drawn], vectors[drawn], counts[drawn], voices[drawn], clarity[drawn])
        plain = drawn[tried.places]
        fit = np.flatnonzero(candidates[plain])
        scores = says(plain, drawn)
        speak = _voices(scores[tried.places], fit)
        statements, own = plain[fit], tried.neutral[tried.places[fit]]
        heard = _heard(scores, speak)
        self.tried_ = Tried(statements, drawn, heard, vectors[statements], tried.worth[fit], tried.words, own)
        kept = self.distinct(self.tried_, counts[drawn])
        if len(rest):
            used = np.unique(np.concatenate([speak[one] for one in kept])) if len(kept) else kept
            more = np.zeros((len(rest), len(plain)), np.float32)
            more[:, used] = says(plain[used], rest)
            heard = np.vstack([heard, _heard(more, speak)])
        found = [(int(statements[one]), tuple(int(plain[other]) for other in speak[one][1:])) for one in kept]
        self._keep(texts, found, np.concatenate([drawn, rest]), heard[:, kept], counts)
        return self

    def distinct(self, tried: Tried, counts: np.ndarray) -> np.ndarray:
        """Which of the tried statements stay, chosen again by what is said word by word.

        Args:
            tried: k statements and r texts.
            counts: how often each text was said, r numbers.

        Returns:
            column numbers, in the order in which they were chosen.
        """
        said = (tried.heard >= self.match).astype(np.float32)
        weighted = said * counts[:, None].astype(np.float32)
        sizes = weighted.sum(axis=0)
        shared = weighted.T @ said
        alike = tried.vectors @ tried.vectors.T
        unsaid = np.ones(len(said), np.float32)
        free = (sizes >= self.min_mentions) & _is_held(tried, weighted)
        kept: list[int] = []
        while free.any() and len(kept) < self.max_themes:
            gain = weighted.T @ unsaid
            best = int(np.where(free, gain * tried.worth, -1.0).argmax())
            if gain[best] < self.min_mentions:
                free[best] = False
                continue
            kept.append(best)
            unsaid = np.minimum(unsaid, 1 - said[:, best])
            free &= (alike[best] < self.same) & (shared[best] < self.overlap * np.minimum(sizes, sizes[best]))
            free[best] = False
        return np.array(kept, int)

    def _keep(
        self,
        texts: Sequence[str],
        statements: Sequence[tuple[int, tuple[int, ...]]],
        rows: np.ndarray,
        scores: np.ndarray,
        counts: np.ndarray,
    ) -> None:
        best = scores.max(axis=1, initial=0)
        rank = np.empty(len(texts), int)
        rank[sorted(range(len(texts)), key=lambda i: texts[i])] = np.arange(len(texts))
        words = Counter(word for text in texts for word in set(content_words(text)))
        found = []
        for column, (statement, voices) in enumerate(statements):
            score = scores[:, column]
            own = np.flatnonzero((score >= self.match) & (score >= best - self.also))
            mentions = counts[rows[own]].sum()
            if mentions < self.min_mentions:
                continue
            own = own[np.lexsort((rank[rows[own]], -np.round(score[own], 4)))]
            marks = keywords([texts[i] for i in rows[own]], words, len(texts))
            found.append((mentions, Theme(statement, voices, rows[own], score[own], tuple(marks))))
        found.sort(key=lambda item: (-item[0], texts[item[1].statement]))
        self.themes_ = [theme for _, theme in found]


def _words(texts: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
    """Which of w words, by their stems, each of n texts holds, and which of those that judge nothing: shapes (n, w)."""
    stems = [sorted(stems_of(text)) for text in texts]
    names = {stem: place for place, stem in enumerate(sorted({stem for own in stems for stem in own}))}
    judging = judging_stems()
    return _presence(stems, names), _presence([[one for one in own if one not in judging] for own in stems], names)


def _presence(stems: Sequence[Sequence[str]], names: dict[str, int]) -> csr_matrix:
    rows = np.repeat(np.arange(len(stems)), [len(own) for own in stems])
    columns = np.array([names[stem] for own in stems for stem in own], int)
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(stems), len(names)))


def _is_held(tried: Tried, weighted: np.ndarray) -> np.ndarray:
    """Whether enough of what says each of k statements holds its words that judge nothing, each and together.

    Args:
        weighted: how often each of r texts says each statement, shape (r, k).
    """
    if not len(tried.statements):
        return np.zeros(0, bool)
    sizes = np.maximum(weighted.sum(axis=0), 1)
    each = np.asarray(tried.words.T @ weighted) / sizes
    least = [
        each[words, one].min(initial=1.0)
        for one, words in enumerate(np.split(tried.own.indices, tried.own.indptr[1:-1]))
    ]
    whole = (tried.words @ tried.own.T).toarray() >= np.diff(tried.own.indptr)
    together = (weighted * whole).sum(axis=0) / sizes
    return np.asarray((np.array(least) >= HELD) & (together >= TOGETHER))


def _voices(scores: np.ndarray, statements: np.ndarray) -> list[np.ndarray]:
    """For each of m statements its own number, then those of its voices, by how fully they say each other.

    Args:
        scores: how fully each of k plain texts says each other one, shape (k, k).
        statements: the numbers of those that may be a statement.
    """
    mutual = np.minimum(scores, scores.T)
    np.fill_diagonal(mutual, 2.0)
    mutual = mutual[statements]
    order = np.argsort(-np.round(mutual, 4), axis=1, kind="stable")[:, : 1 + VOICES]
    return [own[mutual[row, own] >= VOICE] for row, own in enumerate(order)]


def _heard(scores: np.ndarray, voices: Sequence[np.ndarray]) -> np.ndarray:
    """How fully each text says each of m statements or a voice of it, shape (r, m), from scores of shape (r, k)."""
    heard = np.zeros((len(scores), len(voices)), np.float32)
    for column, own in enumerate(voices):
        heard[:, column] = scores[:, own].max(axis=1)
    return heard


class _Tried:
    """What is tried of distinct texts in a fixed order: ``places`` are row numbers, ``worth`` how well each is said."""

    def __init__(
        self, texts: list[str], vectors: np.ndarray, counts: np.ndarray, voices: np.ndarray, clarity: np.ndarray
    ) -> None:
        plain = np.flatnonzero(voices)
        worth = np.exp(fitness(texts)[plain]) * clarity[plain]
        best = np.argsort(-worth, kind="stable")[:CANDIDATES]
        self.places = plain[best]
        self.words, self.neutral = _words(texts)
        self.worth = worth[best] * (0.1 + self._typical(vectors, counts)) ** TYPICAL

    def _typical(self, vectors: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """How usual each one's words are among the texts near it, 0 to 2: a statement says no more than they."""
        whole = np.ascontiguousarray(vectors, np.float32)
        near = (whole[self.places] @ whole.T >= NEAR) * counts.astype(np.float32)
        shares = np.asarray((self.words.T @ near.T).T) / np.maximum(near.sum(axis=1), 1)[:, None]
        values = np.zeros(len(self.places))
        for place, row in enumerate(self.places):
            own = shares[place, self.words[row].indices]
            values[place] = own.mean() + own.min() if len(own) else 0.0
        return values
