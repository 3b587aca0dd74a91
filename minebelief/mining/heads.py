"""Linear heads on sentence features: fitted from the language set, or from stars, and stored without pickle."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from minebelief.language import language_set, language_set_hash
from minebelief.mining.features import lexicon, surface

__all__ = [
    "GeneralHeads",
    "LinearHead",
    "features",
    "fit_general_heads",
    "fit_matter",
    "load_general_heads",
    "save_general_heads",
]

FILE = "heads.npz"
POLARITY_C = 0.1
ROLE_C = 0.5
"""Inverse regularisation. Polarity: macro F1 on 3,000 airline tweets .89 at 0.1, .87 at 0.3, .83 at 1. Role: over
industries of the language set .80 at 0.5 and .82 at 2; the stronger one carries over better."""

MATTER_SHRINKAGE = 0.001
MATTER_DIMENSIONS = 128
"""Of the projection onto matter. Telling the pairs of one group from the others inside industries that the fit has
not seen (five folds over 43 industries, negative reasons): average precision .31 and AUC .76 on the encoder's own
vectors, .37 and .80 centred on the industry's mean, .43 and .84 so projected."""

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

    def decision_function(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Log odds, shape (n,) for two classes (of the second), else (n, k)."""
        scores = X @ self.coef_.T + self.intercept_
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
    """What the language set teaches about any industry.

    ``polarity`` tells 'negative' from 'positive' and has seen no neutral sentence; ``role`` tells 'reason',
    'story' and 'verdict'. ``matter`` projects centred vectors, shape (dimensions, MATTER_DIMENSIONS), so that
    sentences of the same matter are near and the manner of speaking counts less.
    """

    polarity: LinearHead
    role: LinearHead
    matter: np.ndarray

    def matters(self, vectors: np.ndarray) -> np.ndarray:
        """Unit vectors of an industry's reasons, centred on their mean and projected onto their matter.

        Args:
            vectors: shape (n, dimensions), all reasons of one kind in one industry.

        Returns:
            float32 array of shape (n, MATTER_DIMENSIONS).
        """
        return normalize((vectors - vectors.mean(axis=0)) @ self.matter).astype(np.float32)


def fit_matter(vectors: np.ndarray, groups: Sequence[str], industries: Sequence[str]) -> np.ndarray:
    """The projection that brings sentences of one group together and holds groups of one industry apart.

    Linear discriminant analysis with a shrunk within-group covariance, over vectors centred by industry, so that
    what all sentences of an industry share (dogs, flights, parcels) tells nothing.

    Args:
        vectors: unit vectors of n reasons, shape (n, dimensions).
        groups: what each says, n names; industries: where each belongs, n names.

    Returns:
        float32 array of shape (dimensions, MATTER_DIMENSIONS).
    """
    centred = vectors.astype(np.float64)
    place = np.asarray(industries)
    for industry in sorted(set(industries)):
        centred[place == industry] -= centred[place == industry].mean(axis=0)
    group = np.asarray(groups)
    means, within = [], []
    for name in sorted(set(groups)):
        rows = centred[group == name]
        if len(rows) >= 4:
            means.append(rows.mean(axis=0))
            within.append(rows - rows.mean(axis=0))
    between, inside = np.vstack(means), np.vstack(within)
    shrunk = inside.T @ inside / len(inside) + MATTER_SHRINKAGE * np.eye(vectors.shape[1])
    weights, directions = eigh(between.T @ between / len(between), shrunk)
    kept = slice(-min(MATTER_DIMENSIONS, vectors.shape[1]), None)
    return (directions[:, kept] * np.sqrt(np.maximum(weights[kept], 0))).astype(np.float32)


def fit_general_heads(embed: Embed) -> GeneralHeads:
    """Fit both heads from the language set with the vectors that ``embed`` gives for its sentences."""
    labelled = language_set()
    texts = [item.sentence for item in labelled]
    vectors = embed(texts)
    rows = features(texts, vectors)
    reasons = np.array([item.role == "reason" for item in labelled])
    polarity = np.array([item.polarity for item in labelled])
    judged = polarity != "neutral"
    return GeneralHeads(
        polarity=LinearHead(POLARITY_C, "balanced").fit(rows[judged], polarity[judged]),
        role=LinearHead(ROLE_C).fit(rows, np.array([item.role for item in labelled])),
        matter=fit_matter(
            vectors[reasons],
            [item.group for item in labelled if item.role == "reason"],
            [item.industry for item in labelled if item.role == "reason"],
        ),
    )


def save_general_heads(heads: GeneralHeads) -> bytes:
    """The heads as an .npz file's bytes, with the hash of the language set that they were fitted from."""
    arrays: dict[str, np.ndarray] = {"language_set": np.array(language_set_hash())}
    for name, head in (("polarity", heads.polarity), ("role", heads.role)):
        arrays[f"{name}_classes"] = head.classes_.astype("U8")
        arrays[f"{name}_coef"] = head.coef_.astype(np.float32)
        arrays[f"{name}_intercept"] = head.intercept_.astype(np.float32)
    arrays["matter"] = heads.matter.astype(np.float16)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def load_general_heads() -> GeneralHeads | None:
    """The shipped heads for the default encoder, or None when they were fitted from another language set."""
    file = importlib.resources.files("minebelief.language").joinpath(FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        if str(arrays["language_set"]) != language_set_hash():
            return None
        return GeneralHeads(_head(arrays, "polarity"), _head(arrays, "role"), arrays["matter"].astype(np.float32))


def _head(arrays: np.lib.npyio.NpzFile, name: str) -> LinearHead:
    head = LinearHead()
    head.classes_ = arrays[f"{name}_classes"]
    head.coef_ = arrays[f"{name}_coef"]
    head.intercept_ = arrays[f"{name}_intercept"]
    head.n_features_in_ = head.coef_.shape[1]
    return head
