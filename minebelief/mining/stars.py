"""What the stars of reviews say about their sentences: a model of two sides with stars as noisy witnesses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

__all__ = ["LEVELS", "StarModel", "fit_star_model", "level_of"]

LEVELS = 5
"""Stars are told apart as finely as this; other scales go to the nearest of five."""

SHARES = (0.72, 0.65, 0.43, 0.11, 0.03)
"""What share of the sentences is negative where nothing is learnt yet, by stars: Angelidis and Lapata, TACL 2018 (SPOT,
Yelp 2013), with their 1% for five stars raised to 3%, since not everyone is as picky."""

STEPS = 60
UNSEEN = 5.0
"""Sentences of each side that every level of stars is given beforehand, shared as SHARES has it."""

FIRM = 1.0
"""How firmly the weights of the heads are held to an even mean; the more sentences, the less it matters."""


@dataclass(frozen=True)
class StarModel:
    """How heads and stars together tell whether a sentence is negative.

    ``weights`` (k,) and ``intercept`` make one log odds of those of k heads, calibrated for the reviews at hand;
    ``given`` (2, LEVELS) is how likely each level of stars is for a negative and for a positive sentence; ``base`` the
    share of negatives among sentences that are either.
    """

    weights: np.ndarray
    intercept: float
    given: np.ndarray
    base: float

    def alone(self, odds: np.ndarray) -> np.ndarray:
        """P(negative) of sentences by their text, shape (n,), from log odds of shape (n, k)."""
        return expit(odds @ self.weights + self.intercept)

    def with_stars(self, odds: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """P(negative) given also the stars of their reviews; where there are none (NaN), at even odds."""
        level = level_of(stars)
        negative, positive = np.log(self.given)
        known = level >= 0
        told = np.where(known, negative[level] - positive[level], -logit(self.base))
        return expit(odds @ self.weights + self.intercept + told)


def level_of(stars: np.ndarray) -> np.ndarray:
    """The level of stars on 0 to 1 (0 to LEVELS - 1), -1 where there are none (NaN)."""
    return np.where(np.isnan(stars), -1, np.rint(np.nan_to_num(stars) * (LEVELS - 1))).astype(int)


def fit_star_model(odds: np.ndarray, stars: np.ndarray, certain: np.ndarray) -> StarModel:
    """Fit by expectation-maximisation: stars depend on what a sentence says only through its side.

    So the star levels of the clearest sentences show how often customers who complain give which stars, and these in
    turn how far the log odds of the heads can be trusted. Source of the method: Dempster, Laird and Rubin, JRSS B 1977;
    with one noisy witness, Raykar et al., JMLR 2010.

    Args:
        odds: log odds of being negative by k heads that have not seen these sentences' stars, shape (n, k).
        stars: of their reviews on 0 to 1, shape (n,), none of them NaN.
        certain: how certain it is that a sentence is one of the two at all, 0 to 1, shape (n,).
    """
    level = level_of(stars)
    k = odds.shape[1]
    rows = np.column_stack([odds, np.ones(len(odds))])
    even = np.append(np.full(k, 1 / k), 0.0)
    mix = even.copy()
    shares = np.array(SHARES)
    posterior = expit(odds.mean(axis=1) + logit(shares)[level])
    firm = np.diag(np.append(np.full(k, FIRM), 1e-6))
    for _ in range(STEPS):
        given = np.stack(
            [
                np.bincount(level, certain * side, LEVELS) + UNSEEN * first / first.sum()
                for side, first in ((posterior, shares), (1 - posterior, 1 - shares))
            ]
        )
        given /= given.sum(axis=1, keepdims=True)
        read = expit(rows @ mix)
        bend = (rows * (certain * read * (1 - read))[:, None]).T @ rows + firm
        mix = mix + np.linalg.solve(bend, rows.T @ (certain * (posterior - read)) - firm @ (mix - even))
        before, posterior = posterior, expit(rows @ mix + np.log(given[0] / given[1])[level])
        if np.abs(posterior - before).max(initial=0) < 1e-3:
            break
    base = float(np.clip((certain * posterior).sum() / max(certain.sum(), 1e-9), 0.01, 0.99))
    return StarModel(mix[:-1], float(mix[-1]), given, base)
