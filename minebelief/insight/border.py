"""``theme_sentences`` → ``border``: the reasons that do not say a theme and are nearest to its statement."""

import numpy as np
import pyarrow as pa

from minebelief.industry import Industry
from minebelief.mining.encoder import Encoder
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["LEAST", "mark_border"]

LEAST = 50
"""Sentences on the far side of a theme's border, where as many do not say it anyway; else as many as say it."""

_COLUMNS = pa.schema(
    [
        *[(name, pa.string()) for name in ("industry", "theme_id", "sentence_id")],
        ("similarity", pa.float64()),
        ("rank", pa.int32()),
    ]
)


def mark_border(store: Store, industry: Industry, encoder: Encoder) -> None:
    """Bring ``border`` up to date: where a theme's missed sentences would be found, if it has any.

    For each active theme these are the reasons of its kind, in reviews none of whose sentences says it, that are
    nearest to its statement by the cosine of their vectors: as many as say it, at least `LEAST`.
    """
    key = industry.industry
    where = {"industry": key}
    state = fingerprint("border", LEAST, encoder.name, store.rows(read_sql("steps/state_of_themes.sql"), where))
    if store.is_done(key, "border", state):
        return
    found = _nearest(store, where, encoder)
    with store.transaction():
        store.execute("delete from border where industry = ?", [key])
        store.insert("border", pa.Table.from_pylist(found, schema=_COLUMNS))
        store.mark_done(key, "border", state)


def _nearest(store: Store, where: dict[str, str], encoder: Encoder) -> list[dict[str, object]]:
    statements = store.rows(read_sql("steps/vectors_of_themes.sql"), where)
    reasons = store.table(read_sql("steps/reasons.sql"), where)
    known = store.table(read_sql("steps/vectors.sql"), {**where, "encoder": encoder.name})
    if not statements or not reasons.num_rows:
        return []
    vectors = known["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    vectors = vectors.reshape(known.num_rows, -1)
    row_of = {text_hash: row for row, text_hash in enumerate(known["text_hash"].to_pylist())}
    ids, reviews = reasons["sentence_id"].to_pylist(), np.array(reasons["review_id"].to_pylist())
    place = {name: row for row, name in enumerate(ids)}
    own = vectors[[row_of[text_hash] for text_hash in reasons["text_hash"].to_pylist()]]
    negative = reasons["negative"].to_numpy(zero_copy_only=False).astype(bool)
    says: dict[str, list[int]] = {}
    for theme, sentence in store.rows(
        "select theme_id, sentence_id from theme_sentences where industry = $industry", where
    ):
        if sentence in place:
            says.setdefault(theme, []).append(place[sentence])
    _, review = np.unique(reviews, return_inverse=True)
    spoken: dict[tuple[str, str], list[int]] = {}
    for theme, kind, text_hash in statements:
        spoken.setdefault((theme, kind), []).append(row_of[text_hash])
    found: list[dict[str, object]] = []
    for (theme, kind), rows in spoken.items():
        matched = says.get(theme, [])
        silent = np.ones(review.max() + 1, bool)
        silent[review[matched]] = False
        free = np.flatnonzero((negative == (kind == "belief")) & silent[review])
        near = (own[free] @ vectors[rows].T).max(axis=1)
        best = np.lexsort((free, -np.round(near, 4)))[: max(LEAST, len(matched))]
        found += [
            {**where, "theme_id": theme, "sentence_id": ids[free[row]], "similarity": float(near[row]), "rank": rank}
            for rank, row in enumerate(best, start=1)
        ]
    return found
