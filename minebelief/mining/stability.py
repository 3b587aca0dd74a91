"""Stability: whether a theme comes back when other customers had written."""

from collections.abc import Collection, Sequence
from hashlib import blake2b

import numpy as np

from minebelief.mining.discovery import ThemeDiscovery, Tried
from minebelief.mining.scores import belonging
from minebelief.mining.themes import Reasons

__all__ = ["RESAMPLES", "SHARE", "STABLE", "overlaps", "resamples", "stability"]

RESAMPLES, SHARE = 20, 0.8
"""How many resamples are drawn, and the share of the reviews in each."""

STABLE = 0.6
"""Stability from which a theme is stable. The manual of Hennig's ``fpc::clusterboot`` says that groups with a mean
Jaccard overlap below 0.6 should not be trusted."""


def resamples(reviews: Sequence[str], random_state: int = 0) -> np.ndarray:
    """Which reviews are in which resample.

    Each review is drawn by itself, by a hash of its id: so their order does not matter, and a new review
    changes nothing for the others.

    Args:
        reviews: n ids.
        random_state: seed.

    Returns:
        booleans of shape (n, RESAMPLES).
    """
    seed = random_state.to_bytes(8, "little", signed=True)
    names = sorted(set(reviews))
    drawn = b"".join(blake2b(name.encode(), digest_size=2 * RESAMPLES, salt=seed).digest() for name in names)
    inside = np.frombuffer(drawn, "<u2").reshape(len(names), RESAMPLES) < SHARE * 2**16
    place = {name: row for row, name in enumerate(names)}
    return np.asarray(inside[[place[review] for review in reviews]])


def stability(
    discovery: ThemeDiscovery, texts: Sequence[str], reasons: Reasons, members: Sequence[Collection[str]]
) -> list[float | None]:
    """Mean over the resamples of `overlaps`, whose arguments it takes: for each theme 0 to 1, or None.

    Source: Hennig, Cluster-wise assessment of cluster stability, Computational Statistics & Data Analysis 2007.
    """
    means = overlaps(discovery, texts, reasons, members).mean(axis=0)
    return [None if np.isnan(mean) else round(float(mean), 4) for mean in means]


def overlaps(
    discovery: ThemeDiscovery, texts: Sequence[str], reasons: Reasons, members: Sequence[Collection[str]]
) -> np.ndarray:
    """How alike each theme is to the most similar theme of each resample: the Jaccard overlap of their sentences.

    In each resample themes are chosen again, by the scores that the discovery has worked out, among those statements
    that it tried and that are said there; a statement keeps the voices that it has among all. What else might have been
    tried is left out. That costs next to nothing and flatters: ``benchmarks/stability.py`` holds it against whole
    discoveries.

    Args:
        discovery: fitted to the texts.
        texts: the distinct masked texts that it was fitted to.
        reasons: the reasons that say them.
        members: for each of t themes the ids of its sentences.

    Returns:
        shape (RESAMPLES, t), 0 to 1; NaN for a theme none of whose sentences is among what the discovery chose by.
    """
    tried = discovery.tried_
    if tried is None:
        return np.full((RESAMPLES, len(members)), np.nan)
    row_of = {text: row for row, text in enumerate(texts)}
    row = np.array([row_of[text] for text in reasons.masked], int)
    counts = np.zeros((len(texts), RESAMPLES), np.float32)
    np.add.at(counts, row, resamples(reasons.reviews, discovery.random_state))
    whole = np.zeros((len(texts), len(members)), np.float32)
    text_of = dict(zip(reasons.ids, row, strict=True))
    for column, own in enumerate(members):
        whole[[text_of[name] for name in own if name in text_of], column] = 1
    said = (tried.heard >= discovery.match).any(axis=1) | whole[tried.rows].any(axis=1)
    tried = tried.part(np.flatnonzero(said), np.arange(len(tried.statements)))
    whole = whole[tried.rows]
    found = [
        _overlaps(discovery, tried, whole, counts[tried.rows, number], counts[tried.statements, number] > 0)
        for number in range(RESAMPLES)
    ]
    return np.where(whole.any(axis=0), np.array(found), np.nan)


def _overlaps(
    discovery: ThemeDiscovery, tried: Tried, whole: np.ndarray, counts: np.ndarray, free: np.ndarray
) -> np.ndarray:
    """The largest Jaccard overlap of each theme with a theme of one resample.

    Args:
        tried: k statements and r texts.
        whole: which texts say which of t themes, shape (r, t).
        counts: how often each text is said in the resample, r numbers.
        free: which statements are said in it, k booleans.
    """
    here = np.flatnonzero(counts)
    tried, whole, counts = tried.part(here, np.flatnonzero(free)), whole[here], counts[here]
    kept = discovery.distinct(tried, counts)
    found = belonging(tried.heard[:, kept], discovery.match, discovery.also).astype(np.float32)
    found = found[:, counts @ found >= discovery.min_mentions]
    shared = (whole * counts[:, None]).T @ found
    either = (counts @ whole)[:, None] + (counts @ found)[None] - shared
    return np.asarray((shared / np.maximum(either, 1)).max(axis=1, initial=0))
