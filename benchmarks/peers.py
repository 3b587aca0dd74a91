"""Other ways from texts and their vectors to groups: each gives a label for each text, -1 for none.

BERTopic and EVoC are in the extra 'peers': ``pip install -c constraints.txt -e '.[peers]'``.
"""

import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from minebelief.mining.space import smooth_space

__all__ = [
    "available",
    "evoc",
    "k_means",
    "recipe",
    "representative",
    "supervised",
    "topics",
    "warm_up",
    "without_outliers",
]

WARM = 4_500
"""Texts on which code that compiles itself at its first use is made to do so: UMAP goes other ways below 4,096."""


def available(package: str) -> bool:
    """Whether a peer is installed."""
    return importlib.util.find_spec(package) is not None


def _model() -> Any:
    from bertopic import BERTopic

    return BERTopic()


def warm_up(texts: Sequence[str], vectors: np.ndarray) -> None:
    """Let what compiles itself do so, so that no peer is charged for it."""
    if available("bertopic"):
        _model().fit(list(texts[:WARM]), vectors[:WARM])
    if available("evoc"):
        evoc(vectors[:WARM])


def topics(texts: Sequence[str], vectors: np.ndarray) -> Any:
    """BERTopic with its defaults, fitted: ``topics_`` are the labels."""
    return _model().fit(list(texts), vectors)


def without_outliers(model: Any, texts: Sequence[str]) -> np.ndarray:
    """The labels of a fitted BERTopic, with each outlier in the topic nearest to it."""
    labels = list(model.topics_)
    return np.array(model.reduce_outliers(list(texts), labels) if -1 in labels else labels)


def representative(model: Any) -> dict[int, str]:
    """The text that speaks best for each topic of a fitted BERTopic."""
    return {topic: docs[0] for topic, docs in model.get_representative_docs().items() if topic >= 0 and docs}


def evoc(vectors: np.ndarray) -> np.ndarray:
    """EVoC with its defaults."""
    from evoc import EVoC

    return np.asarray(EVoC().fit_predict(vectors))


def k_means(vectors: np.ndarray, groups: int, seed: int = 0) -> np.ndarray:
    """Plain k-means."""
    return np.asarray(KMeans(groups, random_state=seed, n_init=3).fit_predict(vectors))


def recipe(texts: Sequence[str], vectors: np.ndarray, groups: int) -> np.ndarray:
    """The best clustering recipe: vectors beside words (SVD of TF-IDF), averaged with neighbours, then k-means."""
    return k_means(smooth_space(texts, vectors, 0), groups)


def supervised(vectors: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """The ceiling of the vectors, no competitor: what logistic regression says of each fifth, taught on the others."""
    return np.asarray(cross_val_predict(LogisticRegression(max_iter=2000), vectors, labels, cv=5))
