"""Which way a sentence points, learnt from stars where there are any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, softmax

from minebelief.mining.features import is_wish
from minebelief.mining.heads import GeneralHeads, LinearHead, features

__all__ = ["Reading", "StarPolarity", "read_sentences"]

LOW, HIGH = 0.25, 1.0
"""Stars (0 to 1) at or below which a review counts as bad, and from which as good: 1 to 2 and 5 of five."""

SHARES = ((0.0, 0.25, 0.5, 0.75, 1.0), (0.72, 0.65, 0.43, 0.11, 0.03))
"""Stars, and what share of their sentences is negative: Angelidis and Lapata, TACL 2018 (SPOT, Yelp 2013), with
their 1% for five stars raised to 3%, since not everyone is as picky."""

FIT_ROWS = 30_000
"""Sentences of bad and good reviews that stars teach with; with more, an evenly drawn part."""

STORY = 0.3
"""How much likelier, in log odds, a sentence of a review is a story than the language set would have it. On 200
sentences each of pet insurance and food delivery that were read as negative, labelled blind, the macro F1 of roles is
.68 and .61 with it, .67 and .60 without."""

MIN_EACH = 200
"""Sentences of bad and of good reviews, each, below which stars teach too little and the general head decides."""


class StarPolarity(LinearHead):
    """The polarity head of one industry: sentences of bad against sentences of good reviews.

    A sentence of a bad review is only more likely negative than not, so a sentence whose general polarity
    contradicts its stars is given to the other side with that certainty (one step of expectation-maximisation
    with the stars as the prior).
    """

    def fit_stars(self, X: np.ndarray, stars: np.ndarray, general: np.ndarray) -> StarPolarity:  # noqa: N803
        """Fit from features, stars on 0 to 1 (NaN without) and the general head's p(negative), each of n rows."""
        used = np.flatnonzero((stars <= LOW) | (stars >= HIGH))
        if len(used) > FIT_ROWS:
            used = np.sort(np.random.default_rng(0).permutation(used)[:FIT_ROWS])
        p_negative = with_stars(np.clip(general[used], 0.02, 0.98), stars[used])
        rows = np.vstack([X[used], X[used]])
        labels = np.repeat(["negative", "positive"], len(used))
        weights = np.concatenate([p_negative / p_negative.sum(), (1 - p_negative) / (1 - p_negative).sum()])
        self.fit(rows, labels, sample_weight=weights * len(used) / 2)
        return self


def with_stars(p_negative: np.ndarray, stars: np.ndarray) -> np.ndarray:
    """p(negative) of sentences, read alone at even odds, given also the stars of their reviews (NaN: none)."""
    prior = np.where(np.isnan(stars), 0.5, np.interp(np.nan_to_num(stars), *SHARES))
    return expit(logit(np.clip(p_negative, 1e-6, 1 - 1e-6)) + logit(prior))


@dataclass(frozen=True)
class Reading:
    """How n sentences are read; every field has n rows, probabilities are between 0 and 1."""

    polarity: np.ndarray
    p_negative: np.ndarray
    role: np.ndarray
    p_reason: np.ndarray
    wish: np.ndarray
    learnt_from_stars: bool
    learnt: StarPolarity | None = None


def read_sentences(
    texts: list[str],
    vectors: np.ndarray,
    stars: np.ndarray,
    heads: GeneralHeads,
    learnt: StarPolarity | None = None,
    *,
    learn: bool = True,
) -> Reading:
    """Polarity, role and wish of each sentence.

    Where stars teach, a sentence's probability combines what it says with its review's stars, which shift the
    odds but do not decide. A story is neutral; a wish is a negative reason unless it is plain praise.

    Args:
        texts: n masked sentences.
        vectors: their unit vectors, shape (n, dimensions).
        stars: stars of the sentences' reviews on 0 to 1, NaN where there are none.
        heads: the general heads.
        learnt: what stars have taught before; with it these stars teach nothing.
        learn: whether these stars may teach where nothing was learnt before.
    """
    rows = features(texts, vectors)
    column = {str(name): n for n, name in enumerate(heads.role.classes_)}
    odds = heads.role.decision_function(rows)
    odds[:, column["story"]] += STORY
    roles = softmax(odds, axis=1)
    negative = heads.polarity.predict_proba(rows)[:, 0]
    if learn and learnt is None and min((stars <= LOW).sum(), (stars >= HIGH).sum()) >= MIN_EACH:
        learnt = StarPolarity(C=0.3).fit_stars(rows, stars, negative)
    if learnt is not None:
        own = learnt.predict_proba(rows)[:, 0]
        negative = expit((logit(np.clip(own, 1e-6, 1 - 1e-6)) + logit(np.clip(negative, 1e-6, 1 - 1e-6))) / 2)
        negative = with_stars(negative, stars)
    wish = np.array([is_wish(text) for text in texts], bool).reshape(len(texts))
    story = roles[:, column["story"]]
    p_negative = (1 - story) * negative
    p_positive = (1 - story) * (1 - negative)
    polarity = np.select(
        [story > np.maximum(p_negative, p_positive), negative >= 0.5], ["neutral", "negative"], "positive"
    )
    role = heads.role.classes_[roles.argmax(axis=1)].astype(object)
    wished = wish & (p_positive < 0.7)
    polarity[wished] = "negative"
    role[wished & (role == "story")] = "reason"
    return Reading(
        polarity=polarity.astype(object),
        p_negative=np.round(p_negative, 4),
        role=role,
        p_reason=np.round(roles[:, column["reason"]], 4),
        wish=wished,
        learnt_from_stars=learnt is not None,
        learnt=learnt,
    )
