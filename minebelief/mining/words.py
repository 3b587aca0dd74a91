"""The words and pairs of words of a sentence as numbers: embeddings hardly see a 'not', these do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

__all__ = ["Words"]

_TOKEN = r"(?u)\b\w[\w']*\b|[?!]"

LEAST = 4
"""Sentences of the language set that a word or pair of words is in, at least."""

SCALE = 2.0
"""Length of a sentence's row, beside unit vectors. Macro F1 over industries of the language set left out, rough part,
and against blind labels of pet insurance and food delivery: of roles .73, .69, .68 without words, .75, .71, .73 at 1.5
and .74, .72, .71 at 2.5; of polarity .79, .89 and .83 without, .80, .89 and .87 at 3."""


class Words:
    """TF-IDF of words and pairs of words that are known beforehand.

    Args:
        terms: the m words and pairs.
        idf: their inverse document frequencies, shape (m,).
    """

    def __init__(self, terms: Sequence[str], idf: np.ndarray) -> None:
        self.terms = tuple(terms)
        self.idf = np.asarray(idf, np.float32)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        """The words and pairs that are in at least LEAST of the texts."""
        fitted = _vectorizer(min_df=LEAST).fit(texts)
        return cls(fitted.get_feature_names_out().tolist(), fitted.idf_)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Rows of length SCALE, or empty ones where nothing is known, shape (n, m)."""
        return SCALE * self._fitted.transform(texts)

    @cached_property
    def _fitted(self) -> TfidfVectorizer:
        vectorizer = _vectorizer(vocabulary=self.terms)
        vectorizer.idf_ = self.idf
        return vectorizer


def _vectorizer(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_TOKEN, dtype=np.float32, **settings)
