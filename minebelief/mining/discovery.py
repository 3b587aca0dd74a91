"""From reasons to themes: the statements that together say what most people say, and what says each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.base import BaseEstimator

from minebelief.mining.statements import content_words, fitness, judging_stems, keywords, stems_of

__all__ = ["Says", "Theme", "ThemeDiscovery", "Tried"]

FIT_ROWS = 15_000
"""Texts that statements are chosen over; with more, an evenly drawn part, and the rest is only matched."""

CANDIDATES = 1_500
"""Texts that are tried as statements: the best said of those that are fit for it."""

TRIED, VARIANT = 4, 0.88
"""How many times as many statements as are wanted are proposed by whole vectors, before each is matched word by word,
and the similarity from which two of these are variants of which one will do."""

HELD, TOGETHER = 0.12, 0.05
"""Share of the texts that say a statement which must hold each of its words that judge nothing, and which must hold
all of them: where fewer do, the statement is more special than what is said ("they won't cover medicine" over all that
was not covered, "the waiting period is too long" over all waiting)."""

TYPICAL = 1.5
"""Power of how usual a statement's words are near it, by which it is chosen."""

NEAR, MIDDLE, SHARPNESS = 0.67, 0.72, 16.0
"""Similarity of vectors from which a text may say a statement (below it one in ten of 1,550 blindly judged pairs of
three industries does), at which it is as likely as not, and how fast the chance rises there (logistic fit: 16)."""

VOICE, VOICES = 0.78, 5
"""Score from which two tried statements that say each other are voices of one theme, and how many it has at most beside
its own. On 1,500 judged pairs the best of a statement and its voices ranks better than the statement alone (average
precision .76 against .74 for pet insurance, .87 against .86 for food delivery); at .70 it ranks worse."""

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

    ``rows`` are the r texts by which it chose, as row numbers; ``scores`` (r, k) how fully each text says each
    statement, ``heard`` (r, k) how fully it says it or a voice of it; ``vectors`` (k, d) and ``worth`` (k) are of the
    statements; ``words`` (r, w) tells which words the texts hold, ``own`` (k, w) which of those that judge nothing the
    statements do.
    """

    statements: np.ndarray
    rows: np.ndarray
    scores: np.ndarray
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
            scores=self.scores[both],
            heard=self.heard[both],
            vectors=self.vectors[columns],
            worth=self.worth[columns],
            words=self.words[rows],
            own=self.own[columns],
        )


class ThemeDiscovery(BaseEstimator):
    """Chooses, among what people wrote, the statements that together account for most of it.

    Key point analysis (Bar-Haim et al., EMNLP 2020): greedily, the next statement is the one that says most of what no
    chosen one says yet, unless it says what a chosen one says already. Whole vectors propose the statements; matching
    word by word decides which sentences say them, and which statements say the same. The result does not depend on the
    order of the rows.

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
        clarity: np.ndarray | None = None,
        says: Says | None = None,
    ) -> ThemeDiscovery:
        """Find the themes and what says them.

        Args:
            texts: n distinct masked reasons.
            vectors: their unit vectors, shape (n, d).
            counts: how often each text was said, n positive numbers.
            candidates: n booleans, which texts may be a statement.
            clarity: how sure it is that each is a reason of this kind, n values from 0 to 1.
            says: judges whether texts say statements; the cosine of their vectors where it is left out.
        """
        n = len(texts)
        counts = np.ones(n) if counts is None else np.asarray(counts, float)
        candidates = np.ones(n, bool) if candidates is None else np.asarray(candidates, bool)
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
        choice = _Choice(
            self, [texts[i] for i in drawn], vectors[drawn], counts[drawn], candidates[drawn], clarity[drawn]
        )
        places, worth = choice.proposed()
        tried = drawn[places]
        scores = says(tried, drawn)
        voices = _voices(scores[places])
        heard = _heard(scores, voices)
        own = choice.neutral[places]
        self.tried_ = Tried(tried, drawn, scores, heard, vectors[tried], worth, choice.words, own)
        kept = self.distinct(self.tried_, counts[drawn])
        if len(rest):
            used = np.unique(np.concatenate([voices[one] for one in kept])) if len(kept) else kept
            more = np.zeros((len(rest), len(tried)), np.float32)
            more[:, used] = says(tried[used], rest)
            heard = np.vstack([heard, _heard(more, voices)])
        found = [(int(tried[one]), tuple(int(tried[other]) for other in voices[one][1:])) for one in kept]
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


def _voices(scores: np.ndarray) -> list[np.ndarray]:
    """For each of k statements its own number, then those of its voices, by how fully they say each other.

    Args:
        scores: how fully each statement, as a text, says each other one, shape (k, k).
    """
    mutual = np.minimum(scores, scores.T)
    np.fill_diagonal(mutual, 2.0)
    order = np.argsort(-np.round(mutual, 4), axis=1, kind="stable")[:, : 1 + VOICES]
    return [own[mutual[row, own] >= VOICE] for row, own in enumerate(order)]


def _heard(scores: np.ndarray, voices: Sequence[np.ndarray]) -> np.ndarray:
    """How fully each text says each statement or a voice of it, shape (r, k), from the scores of that shape."""
    return np.column_stack([scores[:, own].max(axis=1) for own in voices])


class _Choice:
    """One choice of statements over distinct texts in a fixed order."""

    def __init__(
        self,
        settings: ThemeDiscovery,
        texts: list[str],
        vectors: np.ndarray,
        counts: np.ndarray,
        candidates: np.ndarray,
        clarity: np.ndarray,
    ) -> None:
        self.settings = settings
        self.texts = texts
        self.counts = counts.astype(np.float32)
        tried = np.flatnonzero(candidates)
        worth = np.exp(fitness(texts)[tried]) * clarity[tried]
        best = np.argsort(-worth, kind="stable")[:CANDIDATES]
        self.candidates, self.worth = tried[best], worth[best]
        whole = np.ascontiguousarray(vectors, np.float32)
        self.similar = whole[self.candidates] @ whole.T
        self.near = (self.similar >= NEAR).astype(np.float32)
        self.words, self.neutral = _words(texts)
        self.worth *= (0.1 + self._typical()) ** TYPICAL

    def _typical(self) -> np.ndarray:
        """How usual each candidate's words are among the texts near it, 0 to 2: a statement says no more than they."""
        weighted = self.near * self.counts
        shares = np.asarray((self.words.T @ weighted.T).T) / np.maximum(weighted.sum(axis=1), 1)[:, None]
        values = np.zeros(len(self.candidates))
        for place, row in enumerate(self.candidates):
            own = shares[place, self.words[row].indices]
            values[place] = own.mean() + own.min() if len(own) else 0.0
        return values

    def proposed(self) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers of statements that together are near to most texts, and how well each is said, above 0."""
        settings = self.settings
        says = expit(SHARPNESS * (self.similar - MIDDLE))
        says[self.similar < NEAR] = 0
        free = (self.near @ self.counts) >= settings.min_mentions
        unsaid = np.ones(len(self.texts), np.float32)
        chosen: list[int] = []
        while free.any() and len(chosen) < TRIED * settings.max_themes:
            gain = says @ (self.counts * unsaid)
            best = int(np.where(free, gain * self.worth, -1.0).argmax())
            chosen.append(best)
            unsaid = np.minimum(unsaid, 1 - says[best] / 2)
            free &= self.similar[:, self.candidates[best]] < VARIANT
            free[best] = False
        return self.candidates[chosen], self.worth[chosen]
