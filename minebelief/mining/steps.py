"""The mining steps of a run: each brings one table up to date with the one before it."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from minebelief.industry import Industry
from minebelief.mining.areas import find_areas
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import GeneralHeads, fit_general_heads, load_general_heads
from minebelief.mining.masking import Masker
from minebelief.mining.polarity import read_sentences
from minebelief.mining.registry import give_ids
from minebelief.mining.sentences import split_review
from minebelief.mining.space import in_context
from minebelief.mining.themes import KINDS, FoundTheme, Reasons, find_themes
from minebelief.progress import Progress
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["discover", "embed", "read", "split"]

VERSION = 2
"""Raise it when a step gives other results for the same input, so that stored ones are made again."""

REVIEWS_AT_ONCE = 5_000
TEXTS_AT_ONCE = 8_192


def split(store: Store, industry: Industry, progress: Progress) -> None:
    """``reviews`` → ``sentences``: of reviews in the industry's language that repeat no other."""
    masker = Masker(industry)
    made = fingerprint("split", VERSION, masker.names)
    where = {"industry": industry.industry, "language": industry.language}
    with store.transaction():
        if not store.is_done(industry.industry, "split", made):
            store.execute("delete from sentences where industry = ?", [industry.industry])
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
        hashes = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in columns[-1]]
        with store.transaction():
            store.insert("sentences", table.append_column("text_hash", pa.array(hashes, pa.string())))
        progress.advance("split", len(batch))
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


@dataclass(frozen=True)
class _Sentences:
    """The sentences of an industry in the order of review and position, with their vectors."""

    ids: list[str]
    reviews: list[str]
    positions: np.ndarray
    texts: list[str]
    masked: list[str]
    stars: np.ndarray
    vectors: np.ndarray


def _sentences(store: Store, industry: Industry, encoder: Encoder) -> _Sentences:
    where = {"industry": industry.industry}
    table = store.table(read_sql("steps/sentences_in_order.sql"), where)
    known = store.table(read_sql("steps/vectors.sql"), {**where, "encoder": encoder.name})
    vectors = known["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    vectors = vectors.reshape(known.num_rows, -1)
    row_of = {text_hash: row for row, text_hash in enumerate(known["text_hash"].to_pylist())}
    rows = np.array([row_of[text_hash] for text_hash in table["text_hash"].to_pylist()], int)
    return _Sentences(
        ids=table["sentence_id"].to_pylist(),
        reviews=table["review_id"].to_pylist(),
        positions=table["position"].to_numpy(),
        texts=table["text"].to_pylist(),
        masked=table["masked"].to_pylist(),
        stars=table["stars"].to_numpy(zero_copy_only=False).astype(float),
        vectors=vectors[rows],
    )


def _state(store: Store, industry: Industry, encoder: Encoder) -> str:
    """What the sentences are now, so that later steps know whether anything has changed."""
    state = store.rows(read_sql("steps/sentences_state.sql"), {"industry": industry.industry})
    return fingerprint(VERSION, encoder.name, state)


def general_heads(encoder: Encoder) -> GeneralHeads:
    """The shipped heads for the default encoder; for another one they are fitted now."""
    heads = load_general_heads() if encoder.is_default else None
    return heads or fit_general_heads(encoder.encode)


def read(store: Store, industry: Industry, encoder: Encoder, heads: GeneralHeads, progress: Progress) -> None:
    """``sentences`` and stars → ``readings``: polarity, role and wish of each sentence."""
    made = fingerprint("read", _state(store, industry, encoder), heads.role.coef_.sum(), heads.polarity.coef_.sum())
    if store.is_done(industry.industry, "read", made):
        progress.start("read", 0)
        progress.finish("read", "nothing new")
        return
    sentences = _sentences(store, industry, encoder)
    progress.start("read", len(sentences.ids))
    reading = read_sentences(sentences.masked, sentences.vectors, sentences.stars, heads)
    table = pa.table(
        {
            "industry": pa.array([industry.industry] * len(sentences.ids)),
            "sentence_id": pa.array(sentences.ids),
            "polarity": pa.array(reading.polarity.tolist()),
            "p_negative": pa.array(reading.p_negative),
            "role": pa.array(reading.role.tolist()),
            "p_reason": pa.array(reading.p_reason),
            "wish": pa.array(reading.wish),
        }
    )
    with store.transaction():
        store.execute("delete from readings where industry = ?", [industry.industry])
        store.insert("readings", table)
        store.mark_done(industry.industry, "read", made)
    if not reading.learnt_from_stars:
        progress.warn("too few reviews with good and with bad stars to learn polarity from: the general one is used")
    progress.advance("read", len(sentences.ids))
    progress.finish("read", f"{int((reading.polarity == 'negative').sum()):,} negative")


def discover(store: Store, industry: Industry, encoder: Encoder, heads: GeneralHeads, progress: Progress) -> None:
    """``readings`` → ``themes``, ``theme_sentences`` and ``areas``: what customers' reasons say, bad and good."""
    settings = ThemeDiscovery()
    heads_used = (heads.role.coef_.sum(), heads.polarity.coef_.sum())
    made = fingerprint("discover", _state(store, industry, encoder), settings.get_params(), heads_used)
    if store.is_done(industry.industry, "discover", made):
        progress.start("discover", 0)
        progress.finish("discover", "nothing new")
        return
    sentences = _sentences(store, industry, encoder)
    known = store.table(read_sql("steps/readings_in_order.sql"), {"industry": industry.industry})
    kinds = np.array(known["kind"].to_pylist(), object)
    progress.start("discover", int((kinds != None).sum()))  # noqa: E711 (an array of objects)
    areas = _areas(sentences, kinds)
    p_negative, p_reason = known["p_negative"].to_numpy(), known["p_reason"].to_numpy()
    wishes = known["wish"].to_numpy(zero_copy_only=False)
    told = []
    held: dict[str, set[str]] = {}
    for theme_id, sentence_id in store.rows(read_sql("steps/active_theme_sentences.sql"), [industry.industry]):
        held.setdefault(theme_id, set()).add(sentence_id)
    with store.transaction():
        for table in ("areas", "theme_sentences"):
            store.execute(f"delete from {table} where industry = ?", [industry.industry])
        for kind in KINDS:
            rows = np.flatnonzero(kinds == kind)
            clear = p_reason * (p_negative if kind == "belief" else known["p_positive"].to_numpy())
            reasons = Reasons(
                ids=[sentences.ids[i] for i in rows],
                texts=[sentences.texts[i] for i in rows],
                masked=[sentences.masked[i] for i in rows],
                vectors=sentences.vectors[rows],
                clear=clear[rows],
                wish=wishes[rows],
            )
            themes = find_themes(settings, industry, encoder, reasons, sentences.vectors, clear) if len(rows) else []
            _write_areas(store, industry, reasons.ids, areas[kind])
            _write_themes(store, industry, kind, reasons, areas[kind], themes, held)
            progress.advance("discover", len(rows))
            said = {row for theme in themes for row in theme.rows.tolist()}
            told.append(f"{len(themes)} {kind}s hold {len(said):,} of {len(rows):,} {KINDS[kind][1]} reasons")
        store.mark_done(industry.industry, "discover", made)
    progress.finish("discover", ", ".join(told))


def _areas(sentences: _Sentences, kinds: np.ndarray) -> dict[str, np.ndarray]:
    """The area of each reason, by kind of theme; their vectors in context are needed here only."""
    context = in_context(sentences.vectors, sentences.reviews, sentences.positions)
    found = {}
    for kind in KINDS:
        rows = np.flatnonzero(kinds == kind)
        masked = [sentences.masked[i] for i in rows]
        found[kind] = find_areas(masked, context[rows]) if len(rows) else np.array([], object)
    return found


def _write_areas(store: Store, industry: Industry, ids: list[str], areas: np.ndarray) -> None:
    table = {"industry": pa.array([industry.industry] * len(ids)), "sentence_id": ids, "area": areas.tolist()}
    store.insert("areas", pa.table(table))


def _write_themes(
    store: Store,
    industry: Industry,
    kind: str,
    reasons: Reasons,
    areas: np.ndarray,
    themes: list[FoundTheme],
    held: dict[str, set[str]],
) -> None:
    """Themes and what says them; ``held`` are the sentences that each known theme held before, by which it is known."""
    prefix, _ = KINDS[kind]
    where = [industry.industry]
    taken = [row[0] for row in store.rows("select theme_id from themes where industry = ?", where)]
    found = [{reasons.ids[row] for row in theme.rows} for theme in themes]
    known = {name: sentences for name, sentences in held.items() if name.startswith(prefix)}
    ids = give_ids(prefix, found, known, taken)
    store.execute("update themes set status = 'retired' where industry = ? and kind = ?", [*where, kind])
    rows, matches = [], []
    for theme_id, theme in zip(ids, themes, strict=True):
        names, counts = np.unique(areas[theme.rows].astype(str), return_counts=True)
        rows.append(
            {
                "industry": industry.industry,
                "theme_id": theme_id,
                "kind": kind,
                "area": str(names[counts.argmax()]),
                "statement": reasons.texts[theme.statement],
                "statement_sentence_id": reasons.ids[theme.statement],
                "keywords": list(theme.keywords),
                "status": "active",
            }
        )
        matches += [
            (industry.industry, theme_id, reasons.ids[row], round(float(score), 4), rank)
            for rank, (row, score) in enumerate(zip(theme.rows, theme.similarity, strict=True), start=1)
        ]
    if rows:
        store.insert("themes", pa.Table.from_pylist(rows), replace=True)
        columns = [pa.array(column) for column in zip(*matches, strict=True)]
        fields = ["industry", "theme_id", "sentence_id", "similarity", "rank"]
        store.insert("theme_sentences", pa.table(columns, names=fields))
