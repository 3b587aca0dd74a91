"""The mining steps of a run: each brings one table up to date with the one before it."""

import numpy as np
import pyarrow as pa

from minebelief.industry import Industry
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.epochs import epoch_of, load_polarity, save_estimate, save_polarity, taught_elsewhere
from minebelief.mining.heads import GeneralHeads, fit_general_heads, load_general_heads
from minebelief.mining.learnt_names import hash_of, masker_of, renew_names
from minebelief.mining.polarity import read_sentences
from minebelief.mining.sentences import split_review
from minebelief.progress import Progress
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["embed", "general_heads", "made_with", "read", "split", "state_of", "vectors_of"]

VERSION = 4
"""Raise it when a step gives other results for the same input, so that stored ones are made again."""

REVIEWS_AT_ONCE = 5_000
TEXTS_AT_ONCE = 8_192
HELPED = "the general one is used, with what stars taught in other industries of this workspace"


def split(store: Store, industry: Industry, progress: Progress) -> None:
    """``reviews`` → ``sentences``: of reviews in a language that is mined that repeat no other.

    Names are learnt when a fifth of the sentences is new, and so a full discovery is due.
    """
    masker = masker_of(store, industry)
    made = fingerprint("split", VERSION, masker.names, industry.never_mask)
    where = {"industry": industry.industry, "language": industry.mined_language}
    with store.transaction():
        if not store.is_done(industry.industry, "split", made):
            for table in ("sentences", "epochs"):  # what was mined from other sentences is mined anew
                store.execute(f"delete from {table} where industry = ?", [industry.industry])
            store.mark_done(industry.industry, "split", made)
        store.run_file("steps/drop_unmined_sentences.sql", **where)
    reviews = store.rows(read_sql("steps/reviews_to_split.sql"), where)
    progress.start("split", len(reviews))
    count = 0
    for start in range(0, len(reviews), REVIEWS_AT_ONCE):
        batch = reviews[start : start + REVIEWS_AT_ONCE]
        rows = [
            (industry.industry, f"{review_id}.{s.position}", review_id, s.position, s.start, s.end, s.text, masked)
            for review_id, kind, title, body in batch
            for s in split_review(title, body, kind)
            if (masked := masker.mask(s.text))
        ]
        count += len(rows)
        names = ["industry", "sentence_id", "review_id", "position", "start_at", "end_at", "text", "masked"]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
        table = pa.table(dict(zip(names, columns, strict=True)))
        hashes = [hash_of(text) for text in columns[-1]]
        with store.transaction():
            store.insert("sentences", table.append_column("text_hash", pa.array(hashes, pa.string())))
        progress.advance("split", len(batch))
    if epoch_of(store, industry, "").has_grown:
        renew_names(store, industry)
    with store.transaction():
        for table in ("readings", "areas", "newcomers", "theme_sentences", "arrivals"):
            store.run_file(f"steps/drop_lost_{table}.sql", industry=industry.industry)
    progress.finish("split", f"{count:,} new sentences")


def embed(store: Store, industry: Industry, encoder: Encoder, progress: Progress) -> None:
    """``sentences`` → ``embeddings``: every masked text once for each encoder."""
    where = {"industry": industry.industry, "encoder": encoder.name}
    texts = store.rows(read_sql("steps/texts_to_embed.sql"), where)
    progress.start("embed", len(texts))
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        batch = texts[start : start + TEXTS_AT_ONCE]
        vectors = encoder.encode([text for _, text in batch], lambda n: progress.advance("embed", n))
        flat = pa.array(vectors.ravel(), pa.float32())
        table = pa.table(
            {
                "encoder": pa.array([encoder.name] * len(batch)),
                "text_hash": pa.array([text_hash for text_hash, _ in batch]),
                "vector": pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1]).cast(pa.list_(pa.float32())),
            }
        )
        with store.transaction():
            store.insert("embeddings", table)
    progress.finish("embed", f"{len(texts):,} new texts")


def general_heads(encoder: Encoder) -> GeneralHeads:
    """The shipped heads for the default encoder; for another one they are fitted now."""
    heads = load_general_heads() if encoder.is_default else None
    return heads or fit_general_heads(encoder.encode)


def state_of(store: Store, industry: Industry, encoder: Encoder) -> str:
    """What the sentences are now, so that later steps know whether anything has changed."""
    state = store.rows(read_sql("steps/sentences_state.sql"), {"industry": industry.industry})
    return fingerprint(VERSION, encoder.name, state)


def made_with(encoder: Encoder, heads: GeneralHeads, settings: ThemeDiscovery) -> str:
    """A fingerprint of all that bears on what a full discovery makes of its sentences."""
    weights = (heads.role.coef_.sum(), heads.polarity.coef_.sum())
    return fingerprint(VERSION, encoder.name, settings.get_params(), weights)


def read(
    store: Store,
    industry: Industry,
    encoder: Encoder,
    heads: GeneralHeads,
    progress: Progress,
    *,
    rediscover: bool = False,
) -> None:
    """``sentences`` and stars → ``readings``: polarity, role and wish of each sentence.

    What stars teach is learnt when a full discovery is due, and then all sentences are read anew; between two of these
    only new sentences are read, as the others were.
    """
    where = {"industry": industry.industry}
    models = made_with(encoder, heads, ThemeDiscovery())
    whole = rediscover or epoch_of(store, industry, models).is_due
    made = fingerprint("read", whole, state_of(store, industry, encoder), models)
    unread = None
    if not whole or not store.is_done(industry.industry, "read", made):
        which = "all" if whole else "new"
        unread = store.table(
            read_sql("steps/sentences_to_read.sql"), {**where, "encoder": encoder.name, "which": which}
        )
    if unread is None or unread.num_rows == 0:
        progress.start("read", 0)
        progress.finish("read", "nothing new")
        return
    ids = unread["sentence_id"].to_pylist()
    progress.start("read", len(ids))
    reading = read_sentences(
        unread["masked"].to_pylist(),
        vectors_of(unread),
        unread["stars"].to_numpy(zero_copy_only=False).astype(float),
        heads,
        reviews=unread["review_id"].to_pylist() if whole else None,
        learnt=None if whole else load_polarity(store, industry.industry),
        elsewhere=taught_elsewhere(store, industry.industry, encoder.name) if whole else (),
    )
    table = pa.table(
        {
            "industry": pa.array([industry.industry] * len(ids)),
            "sentence_id": pa.array(ids),
            "polarity": pa.array(reading.polarity.tolist()),
            "p_negative": pa.array(reading.p_negative),
            "role": pa.array(reading.role.tolist()),
            "p_reason": pa.array(reading.p_reason),
            "wish": pa.array(reading.wish),
        }
    )
    with store.transaction():
        if whole:
            store.execute("delete from readings where industry = ?", [industry.industry])
            save_polarity(store, industry.industry, reading.learnt, encoder.name)
            save_estimate(store, industry.industry, reading.estimate)
        store.insert("readings", table)
        store.mark_done(industry.industry, "read", made)
    if reading.learnt is None or not reading.learnt.from_stars:
        helped = "the general one is used" if reading.learnt is None else HELPED
        progress.warn(f"too few reviews with good and with bad stars to learn polarity from: {helped}")
    progress.advance("read", len(ids))
    progress.finish("read", f"{int((reading.polarity == 'negative').sum()):,} negative")


def vectors_of(table: pa.Table) -> np.ndarray:
    """The column ``vector`` of n rows, as a float32 array of shape (n, dimensions)."""
    flat = table["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    return flat.reshape(table.num_rows, -1)
