"""From reasons to themes: what people say again and again, each spoken for by one of its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.preprocessing import normalize

from minebelief.mining.space import group, smooth_space
from minebelief.mining.statements import content_words, fitness, keywords

__all__ = ["Theme", "ThemeDiscovery"]

FIT_ROWS = 30_000
"""Texts that the grouping is fitted on; with more, an evenly drawn part, and the rest is only matched."""

EXEMPLARS, NEAR = 20, 0.55
"""How many texts, the statement among them, say what a theme says, and how near they must be to it."""


@dataclass(frozen=True)
class Theme:
    """A theme: its statement and exemplars as row numbers, and the words that mark it."""

    statement: int
    exemplars: tuple[int, ...]
    keywords: tuple[str, ...]


class ThemeDiscovery(BaseEstimator):
    """Groups reasons, finds the sentence that speaks for each group, and joins groups that say the same.

    Grouping (k-means in the smoothed space) proposes, and is generous; matching against a group's statement and
    exemplars decides, and is strict. The result does not depend on the order of the rows.

    Args:
        match: similarity from which a sentence says what a theme says, 0 to 1.
        same: similarity of two statements from which their groups are one, 0 to 1.
        overlap: share of the smaller theme's texts that match the larger one too, from which they are one.
        max_groups: at most so many groups are made of n texts, and fewer where the square root of n is less.
        min_mentions: texts that a theme needs at least.
        random_state: seed.

    Attributes:
        themes_: list of `Theme`, largest first.
    """

    def __init__(
        self,
        match: float = 0.55,
        same: float = 0.6,
        overlap: float = 0.4,
        max_groups: int = 80,
        min_mentions: int = 6,
        random_state: int = 0,
    ) -> None:
        self.match = match
        self.same = same
        self.overlap = overlap
        self.max_groups = max_groups
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
    ) -> ThemeDiscovery:
        """Find the themes.

        Args:
            texts: n distinct masked reasons.
            vectors: their unit vectors, shape (n, d).
            counts: how often each text was said, n positive numbers.
            candidates: n booleans, which texts may be a statement.
            clarity: how sure it is that each is a reason of this kind, n values from 0 to 1.
        """
        n = len(texts)
        counts = np.ones(n) if counts is None else np.asarray(counts, float)
        candidates = np.ones(n, bool) if candidates is None else np.asarray(candidates, bool)
        clarity = np.ones(n) if clarity is None else np.asarray(clarity, float)
        self.themes_: list[Theme] = []
        order = np.array(sorted(range(n), key=lambda i: texts[i]), int)
        if n > FIT_ROWS:
            order = np.sort(np.random.default_rng(self.random_state).permutation(order)[:FIT_ROWS])
            order = order[np.argsort(np.array([texts[i] for i in order]))]
        if len(order) < self.min_mentions:
            return self
        own = [texts[i] for i in order]
        inner = _Fit(self, own, vectors[order], counts[order], candidates[order], clarity[order])
        themes = inner.themes()
        self.themes_ = [
            Theme(int(order[t.statement]), tuple(int(order[e]) for e in t.exemplars), t.keywords) for t in themes
        ]
        return self

    def similarity(self, vectors: np.ndarray, fitted_vectors: np.ndarray) -> np.ndarray:
        """How nearly each sentence says what each theme says, shape (m, themes), at most 1.

        Half of it is the similarity to the statement, half the mean similarity to the three nearest of the
        theme's exemplars.

        Args:
            vectors: unit vectors of m sentences.
            fitted_vectors: the vectors given to `fit`, of which themes keep only row numbers.
        """
        scores = np.zeros((len(vectors), len(self.themes_)), np.float32)
        for column, theme in enumerate(self.themes_):
            scores[:, column] = _match(vectors, fitted_vectors[theme.statement], fitted_vectors[list(theme.exemplars)])
        return scores


def _match(vectors: np.ndarray, statement: np.ndarray, exemplars: np.ndarray) -> np.ndarray:
    to_exemplars = np.sort(vectors @ exemplars.T, axis=1)[:, -3:].mean(axis=1)
    return (vectors @ statement + to_exemplars) / 2


class _Fit:
    """One fit over distinct texts in a fixed order."""

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
        self.vectors = np.ascontiguousarray(vectors, np.float32)
        self.counts = counts
        self.candidates = candidates
        self.plain = fitness(texts) + 1.2 * clarity
        self.words = [frozenset(content_words(text)) for text in texts]

    def themes(self) -> list[Theme]:
        settings = self.settings
        space = smooth_space(self.texts, self.vectors, settings.random_state)
        count = int(np.clip(np.sqrt(len(self.texts)), 4, settings.max_groups))
        groups = group(space, count, np.sqrt(self.counts), settings.random_state)
        members = [np.flatnonzero(groups == g) for g in range(groups.max() + 1)]
        spoken = [(rows, self._statement(rows, members)) for rows in members]
        kept = [(rows, statement) for rows, statement in spoken if statement is not None]
        kept = self._join(kept, members)
        words = Counter(word for own in self.words for word in own)
        found = []
        for _, statement in kept:
            exemplars = self._exemplars(statement)
            matched = np.flatnonzero(self._matched(statement))
            mentions = self.counts[matched].sum()
            if mentions < settings.min_mentions:
                continue
            marks = keywords([self.texts[i] for i in matched], words, len(self.texts))
            found.append((mentions, Theme(statement, exemplars, tuple(marks))))
        found.sort(key=lambda item: (-item[0], item[1].statement))
        return [theme for _, theme in found]

    def _statement(self, rows: np.ndarray, members: list[np.ndarray]) -> int | None:
        """The candidate that covers most of its group and is nearer to it than to any other."""
        candidates = rows[self.candidates[rows]]
        if len(candidates) == 0:
            return None
        similarity = self.vectors[candidates] @ self.vectors[rows].T
        weights = self.counts[rows] / self.counts[rows].sum()
        covered = np.maximum(similarity - 0.45, 0) @ weights
        centre = normalize((self.vectors[rows] * weights[:, None]).sum(axis=0, keepdims=True))
        others = [m for m in members if len(m) and m[0] != rows[0]]
        rivals = normalize(np.array([self.vectors[m].mean(axis=0) for m in others])) if others else centre
        contrast = (self.vectors[candidates] @ centre.T)[:, 0] - (self.vectors[candidates] @ rivals.T).max(axis=1)
        score = covered / max(covered.max(), 1e-6) + 0.5 * contrast / max(np.abs(contrast).max(), 1e-6)
        score += self.plain[candidates] + 0.6 * self._typical(candidates, rows)
        return int(candidates[score.argmax()])

    def _typical(self, candidates: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """How usual each candidate's words are in its group: the mean share of texts with them, the best is 1."""
        shares = Counter(word for row in rows for word in self.words[row])
        means = np.array(
            [np.mean([shares[word] for word in self.words[row]]) if self.words[row] else 0.0 for row in candidates]
        )
        return means / max(means.max(), 1e-6)

    def _join(self, kept: list[tuple[np.ndarray, int]], members: list[np.ndarray]) -> list[tuple[np.ndarray, int]]:
        """Join the two groups that say most nearly the same, until none do.

        Two groups say the same when their statements are near, or when most of what matches the smaller one
        matches the other too.
        """
        kept = sorted(kept, key=lambda item: item[1])
        matched = [self._matched(statement) for _, statement in kept]
        while len(kept) > 1:
            vectors = self.vectors[[statement for _, statement in kept]]
            near = vectors @ vectors.T / self.settings.same
            said = np.array(matched, np.float32)
            sizes = np.maximum(said @ np.ones(said.shape[1]), 1)
            shared = (said @ said.T) / np.minimum(sizes[:, None], sizes[None, :]) / self.settings.overlap
            nearness = np.triu(np.maximum(near, shared), 1)
            a, b = np.unravel_index(nearness.argmax(), nearness.shape)
            if nearness[a, b] < 1:
                break
            rows = np.union1d(kept[a][0], kept[b][0])
            statement = self._statement(rows, [m for m in members if not np.isin(m[:1], rows).any()])
            for index in (b, a):
                del kept[index], matched[index]
            if statement is not None:
                kept.append((rows, statement))
                matched.append(self._matched(statement))
        return kept

    def _matched(self, statement: int) -> np.ndarray:
        exemplars = list(self._exemplars(statement))
        return _match(self.vectors, self.vectors[statement], self.vectors[exemplars]) >= self.settings.match

    def _exemplars(self, statement: int) -> tuple[int, ...]:
        """The statement and the texts nearest to it, as far as they are near."""
        similarity = self.vectors @ self.vectors[statement]
        nearest = np.argsort(-similarity, kind="stable")[:EXEMPLARS]
        return tuple(int(i) for i in nearest if similarity[i] >= NEAR or i == statement)
