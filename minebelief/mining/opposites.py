"""Whether a sentence is on the matter of a statement, and whether it is its opposite."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from minebelief.language import StatementPair, language_set_hash, statement_pairs
from minebelief.mining.heads import GeneralHeads

__all__ = ["FILE", "Opposites", "fit_opposites", "load_opposites", "save_opposites"]

FILE = "opposites.npz"

DIRECTIONS = 3
"""Directions in which a statement and its opposite differ that are removed. Over industries of the language set left
out, a statement's own opposite is nearest of 702 in 40% of cases with none removed, 50% with one, 56% with three and
58% with eight; of its industry's it is in 91, 95, 97 and 96%."""

SAME = ("says", "near", "opposite")
"""Labels of the language set's pairs that are on the statement's matter."""

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Opposites:
    """Tells for a statement and a sentence whether they are about the same matter, and on which side the sentence is.

    The matter is compared without the directions in which opposites differ; the side is read from those directions
    and from the general polarity head. Both are logistic models with few weights, fitted on pairs of the language set.

    ``directions`` (r, d) are orthonormal; ``matter`` holds slope and intercept over the cosine; ``side`` r weights for
    the directions, one for the polarity head and the intercept.
    """

    directions: np.ndarray
    matter: np.ndarray
    side: np.ndarray

    def without_sides(self, vectors: np.ndarray) -> np.ndarray:
        """Unit vectors, shape (n, d), with the directions in which opposites differ removed."""
        rest = vectors - (vectors @ self.directions.T) @ self.directions
        return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9), np.float32)

    def same_matter(self, statements: np.ndarray, sentences: np.ndarray) -> np.ndarray:
        """Probability that each sentence is about the matter of each statement.

        Args:
            statements: unit vectors, shape (k, d).
            sentences: unit vectors, shape (n, d).

        Returns:
            float array of shape (n, k), from 0 to 1.
        """
        cosine = self.without_sides(sentences) @ self.without_sides(statements).T
        return np.asarray(expit(self.matter[0] * cosine + self.matter[1]))

    def other_side(self, statement: np.ndarray, negative: bool, sentences: np.ndarray, tone: np.ndarray) -> np.ndarray:
        """Probability that sentences on a statement's matter say its opposite.

        Args:
            statement: its unit vector, shape (d,).
            negative: whether the statement is a complaint.
            sentences: unit vectors, shape (n, d).
            tone: the general polarity head's log odds that they are positive, shape (n,).

        Returns:
            float array of shape (n,), from 0 to 1.
        """
        sign = 1.0 if negative else -1.0
        moved = (sentences - statement) @ self.directions.T
        return np.asarray(expit(sign * (np.column_stack([moved, tone]) @ self.side[:-1]) + self.side[-1]))


def fit_opposites(embed: Embed, heads: GeneralHeads, pairs: Sequence[StatementPair] | None = None) -> Opposites:
    """Fit from pairs of a statement and a sentence, with the vectors that ``embed`` gives.

    Args:
        embed: gives unit vectors of texts.
        heads: the general heads.
        pairs: the language set's by default; some of them must be opposites.
    """
    used = [pair for pair in pairs or statement_pairs() if pair.label in SAME]
    texts = sorted({text for pair in used for text in (pair.statement, pair.sentence)})
    row = {text: i for i, text in enumerate(texts)}
    vectors = embed(texts)
    statements = vectors[[row[pair.statement] for pair in used]]
    sentences = vectors[[row[pair.sentence] for pair in used]]
    sign = np.array([1.0 if pair.kind == "negative" else -1.0 for pair in used])[:, None]
    opposite = np.array([pair.label == "opposite" for pair in used])
    moved = (sentences - statements) * sign
    _, _, directions = np.linalg.svd(moved[opposite], full_matrices=False)
    directions = directions[:DIRECTIONS]
    tone = heads.tone([pair.sentence for pair in used], sentences)
    side = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced").fit(
        np.column_stack([moved @ directions.T, sign[:, 0] * tone]), opposite
    )
    bare = Opposites(directions.astype(np.float32), np.zeros(2), np.zeros(len(side.coef_[0]) + 1))
    cosines, same = _opposites_of_one_industry(bare, used, statements, sentences, opposite)
    matter = LogisticRegression(C=1000.0, max_iter=1000).fit(cosines[:, None], same)
    return Opposites(
        bare.directions,
        np.array([matter.coef_[0, 0], matter.intercept_[0]]),
        np.append(side.coef_[0], side.intercept_[0]),
    )


def _opposites_of_one_industry(
    bare: Opposites, pairs: Sequence[StatementPair], statements: np.ndarray, sentences: np.ndarray, opposite: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Cosines of statements with their own opposites and with those of their industry's others, and which is which."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i in np.flatnonzero(opposite).tolist():
        groups.setdefault((pairs[i].industry, pairs[i].kind), []).append(i)
    cosines, same = [], []
    for rows in groups.values():
        near = bare.without_sides(statements[rows]) @ bare.without_sides(sentences[rows]).T
        names = np.array([pairs[i].statement for i in rows])
        cosines.append(near.ravel())
        same.append((names[:, None] == names[None, :]).ravel())
    return np.concatenate(cosines), np.concatenate(same)


def save_opposites(opposites: Opposites) -> bytes:
    """As an .npz file's bytes, with the hash of the language set that it was fitted from."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        language_set=np.array(language_set_hash()),
        directions=opposites.directions.astype(np.float32),
        matter=opposites.matter,
        side=opposites.side,
    )
    return buffer.getvalue()


def load_opposites() -> Opposites | None:
    """What is shipped for the default encoder, or None when it was fitted from another language set."""
    file = importlib.resources.files("minebelief.language").joinpath(FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        if str(arrays["language_set"]) != language_set_hash():
            return None
        return Opposites(arrays["directions"], arrays["matter"], arrays["side"])
