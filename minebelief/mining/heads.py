"""Linear heads on sentence features: fitted from the language set, or from stars, and stored without pickle."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from minebelief.language import language_set, language_set_hash, statement_pairs
from minebelief.mining.features import lexicon, surface
from minebelief.mining.words import Words

__all__ = [
    "GeneralHeads",
    "LinearHead",
    "features",
    "fit_general_heads",
    "load_general_heads",
    "save_general_heads",
]

FILE = "heads.npz"
POLARITY_C = 0.1
ROLE_C = 0.5
"""Inverse regularisation. Polarity: macro F1 on 3,000 airline tweets .89 at 0.1, .87 at 0.3, .83 at 1, measured on the
encoder's own vectors. Role: over industries of the language set .80 at 0.5 and .82 at 2; the stronger one carries over
better."""

ROUGH = 3.0
"""Weight of a rough sentence of the language set, a tidy one's being 1: with words, macro F1 of polarity against blind
labels of pet insurance and food delivery is .89 and .84 at 1, .89 and .87 at 3."""

Embed = Callable[[Sequence[str]], np.ndarray]


def features(texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
    """Everything a head sees: the embedding, the lexicon's scores and the surface.

    Args:
        texts: n sentences, masked.
        vectors: their unit vectors, shape (n, dimensions).

    Returns:
        float32 array of shape (n, dimensions + 3 + SURFACE).
    """
    return np.hstack([vectors, lexicon(texts), surface(texts)]).astype(np.float32)


class LinearHead(ClassifierMixin, BaseEstimator):
    """Multinomial logistic regression whose fitted state is three arrays.

    Args:
        C: inverse of the L2 regularisation's strength.
        class_weight: as in scikit-learn's LogisticRegression.

    Attributes:
        classes_: the labels, sorted, shape (k,).
        coef_: weights, shape (k, features), or (1, features) for two classes.
        intercept_: shape (k,), or (1,).
    """

    def __init__(self, C: float = 1.0, class_weight: str | None = None) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C
        self.class_weight = class_weight

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> LinearHead:  # noqa: N803
        """Fit from features of shape (n, features) and n labels."""
        inner = LogisticRegression(C=self.C, class_weight=self.class_weight, max_iter=1000)
        inner.fit(X, y, sample_weight=sample_weight)
        self.classes_, self.coef_, self.intercept_ = inner.classes_, inner.coef_, inner.intercept_
        self.n_features_in_ = X.shape[1]
        return self

    @classmethod
    def of(cls, classes: np.ndarray, coef: np.ndarray, intercept: np.ndarray) -> LinearHead:
        """A fitted head from its three arrays."""
        head = cls()
        head.classes_, head.coef_, head.intercept_ = classes, coef, intercept
        head.n_features_in_ = coef.shape[1]
        return head

    def decision_function(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Log odds, shape (n,) for two classes (of the second), else (n, k)."""
        scores = X @ self.coef_.T.astype(X.dtype) + self.intercept_  # a wider type would copy all of X
        return scores[:, 0] if len(self.classes_) == 2 else scores

    def predict_proba(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Probabilities in the order of `classes_`, shape (n, k), rows sum to 1."""
        scores = self.decision_function(X)
        if scores.ndim == 1:
            scores = np.stack([np.zeros_like(scores), scores], axis=1)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def predict(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """The likeliest label of each row."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


@dataclass(frozen=True)
class GeneralHeads:
    """What the language set teaches about reading a sentence of any industry.

    ``polarity`` tells 'negative' from 'positive' and has seen no neutral sentence; ``role`` tells 'reason',
    'story' and 'verdict'. Both see the features of a sentence and after these its ``words``.
    """

    polarity: LinearHead
    role: LinearHead
    words: Words

    def odds(self, texts: Sequence[str], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Log odds of sentences to be positive, shape (n,), and of each role as in ``role.classes_``, shape (n, 3).

        Args:
            texts: n sentences, masked.
            rows: what `features` gives for them.
        """
        words = self.words.transform(texts)
        return _odds(self.polarity, rows, words)[:, 0], _odds(self.role, rows, words)

    def tone(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Log odds of n sentences to be positive, from the texts and their unit vectors, shape (n,)."""
        return self.odds(texts, features(texts, vectors))[0]


def _odds(head: LinearHead, rows: np.ndarray, words: csr_matrix) -> np.ndarray:
    seen = rows.shape[1]
    coef = head.coef_.astype(np.float32)
    scores: np.ndarray = rows @ coef[:, :seen].T + words @ coef[:, seen:].T + head.intercept_
    return scores


def fit_general_heads(embed: Embed) -> GeneralHeads:
    """Fit both heads from the language set with the vectors that ``embed`` gives for its sentences.

    Of the pairs count the sentences whose reading is certain: those that say a statement or its opposite, and stories.
    """
    labelled = [(item.sentence, item.role, item.polarity, ROUGH if item.rough else 1.0) for item in language_set()]
    for pair in statement_pairs():
        weight = ROUGH if pair.rough else 1.0
        if pair.label == "story":
            labelled.append((pair.sentence, "story", "neutral", weight))
        elif pair.label in ("says", "opposite"):
            negative = (pair.kind == "negative") == (pair.label == "says")
            labelled.append((pair.sentence, "reason", "negative" if negative else "positive", weight))
    texts, roles, polarities, weights = (list(column) for column in zip(*labelled, strict=True))
    words = Words.of(texts)
    rows = hstack([csr_matrix(features(texts, embed(texts))), words.transform(texts)]).tocsr()
    polarity, worth = np.array(polarities), np.array(weights)
    judged = np.flatnonzero(polarity != "neutral")
    return GeneralHeads(
        polarity=LinearHead(POLARITY_C, "balanced").fit(rows[judged], polarity[judged], worth[judged]),
        role=LinearHead(ROLE_C, "balanced").fit(rows, np.array(roles), worth),
        words=words,
    )


def save_general_heads(heads: GeneralHeads) -> bytes:
    """The heads as an .npz file's bytes, with the hash of the language set that they were fitted from."""
    arrays: dict[str, np.ndarray] = {"language_set": np.array(language_set_hash())}
    for name, head in (("polarity", heads.polarity), ("role", heads.role)):
        arrays[f"{name}_classes"] = head.classes_.astype("U8")
        arrays[f"{name}_coef"] = head.coef_.astype(np.float16)
        arrays[f"{name}_intercept"] = head.intercept_.astype(np.float32)
    arrays["terms"] = np.frombuffer("\n".join(heads.words.terms).encode(), np.uint8)
    arrays["idf"] = heads.words.idf.astype(np.float16)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def load_general_heads() -> GeneralHeads | None:
    """The shipped heads for the default encoder, or None when they were fitted from another language set."""
    file = importlib.resources.files("minebelief.language").joinpath(FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        if str(arrays["language_set"]) != language_set_hash() or "terms" not in arrays:
            return None
        words = Words(arrays["terms"].tobytes().decode().split("\n"), arrays["idf"])
        return GeneralHeads(_head(arrays, "polarity"), _head(arrays, "role"), words)


def _head(arrays: np.lib.npyio.NpzFile, name: str) -> LinearHead:
    return LinearHead.of(*(arrays[f"{name}_{part}"] for part in ("classes", "coef", "intercept")))
