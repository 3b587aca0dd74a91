"""``themes`` → ``opposites`` and ``links``: the praise that is the opposite of each belief, and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import logit

from minebelief.industry import Industry
from minebelief.insight.count import Field
from minebelief.insight.intervals import wilson
from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import GeneralHeads
from minebelief.mining.opposites import Opposites
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["find_opposites", "measure_satisfaction"]

VERSION = 3

MATTER = 0.7
"""Probability of the same matter from which a sentence counts as being on it."""

NEAREST = 2.0
"""How much less likely, in log odds, it may be on this belief's matter than on that of another belief."""

SIDE = 0.9
"""Probability of being the opposite from which praise counts as such."""

LEAST = 5
"""Sentences of praise from which there is an opposite at all: a few strays always lie near."""

LINKED = 0.2
"""The least similarity of a belief and a value that are opposites."""

BLOCK = 8192


@dataclass(frozen=True)
class _Reasons:
    """Customers' reasons by sentence id; ``vectors`` (n, d) have unit length."""

    ids: list[str]
    masked: list[str]
    negative: np.ndarray
    vectors: np.ndarray


@dataclass(frozen=True)
class _Theme:
    """A theme with its statement's row among the reasons, and the rows that say it."""

    theme_id: str
    statement: int
    rows: np.ndarray


def find_opposites(
    store: Store, industry: Industry, encoder: Encoder, heads: GeneralHeads, opposites: Opposites
) -> bool:
    """Write for each active belief the sentences on its matter, and the value that is its opposite.

    Praise on the matter that says the opposite is kept with ``opposite`` true, complaints beside the belief's own
    evidence with false. The value is the one whose evidence is the belief's opposite, and whose statement the belief's
    evidence contradicts: both ways are looked at, and the similarity is the geometric mean of the two shares.

    Returns:
        False where nothing has changed since the last time.
    """
    where = {"industry": industry.industry}
    state = store.rows(read_sql("steps/reasons_state.sql"), where)
    made = fingerprint("opposites", VERSION, encoder.name, state, opposites.side.sum(), heads.polarity.coef_.sum())
    if store.is_done(industry.industry, "opposites", made):
        return False
    reasons = _reasons(store, industry, encoder)
    themes = _themes(store, industry, reasons)
    beliefs, values = themes["belief"], themes["value"]
    rows, columns = _on_the_matter(opposites, reasons, [belief.statement for belief in beliefs])
    tone = np.zeros(len(reasons.ids), np.float32)
    needed = np.unique(np.concatenate([rows, *(belief.rows for belief in beliefs)]).astype(int))
    if len(needed):
        tone[needed] = heads.tone([reasons.masked[i] for i in needed], reasons.vectors[needed])
    found, linked = [], []
    for column, belief in enumerate(beliefs):
        own = columns == column
        at = rows[own]
        side = opposites.other_side(reasons.vectors[belief.statement], True, reasons.vectors[at], tone[at])
        praise = ~reasons.negative[at] & (side >= SIDE) & (tone[at] > 0)
        if praise.sum() < LEAST:
            praise[:] = False
        against = reasons.negative[at] & (side < 0.5) & ~np.isin(at, belief.rows)
        score = (_nearness(opposites, reasons, belief, at) * np.where(praise, side, 1 - side)).astype(float)
        for opposite, chosen in ((True, praise), (False, against)):
            order = np.lexsort((at[chosen], -score[chosen].round(6)))
            for rank, i in enumerate(order, 1):
                place, value = at[chosen][i], float(score[chosen][i])
                found.append((reasons.ids[place], belief.theme_id, round(value, 4), opposite, rank))
        linked.append(_nearest_value(opposites, reasons, belief, values, at[praise], tone))
    with store.transaction():
        for table in ("opposites", "value_links"):
            store.execute(f"delete from {table} where industry = ?", [industry.industry])
        names = ["sentence_id", "belief_id", "score", "opposite", "rank"]
        _insert(store, industry, "opposites", names, found)
        pairs = [
            (belief.theme_id, value, round(similarity, 4))
            for belief, (value, similarity) in zip(beliefs, linked, strict=True)
            if value is not None
        ]
        _insert(store, industry, "value_links", ["belief_id", "value_id", "similarity"], pairs)
        store.mark_done(industry.industry, "opposites", made)
    return True


def measure_satisfaction(store: Store, industry: Industry, field: Field) -> None:
    """Write for each belief and company how many speak well and how many ill of the matter: table ``links``.

    Satisfaction is the share of those who speak well among all who speak of it, with a Wilson interval; null where
    nobody does.
    """
    where = {"industry": industry.industry}
    counted = {
        (belief, company): (positive, negative)
        for belief, company, positive, negative in store.rows(
            read_sql("steps/satisfaction.sql"), {**where, **field.parameters}
        )
    }
    linked = {
        belief: (value, similarity)
        for belief, value, similarity in store.rows(
            "select belief_id, value_id, similarity from value_links where industry = ?", [industry.industry]
        )
    }
    beliefs = [theme for theme, kind in store.rows(read_sql("steps/active_themes.sql"), where) if kind == "belief"]
    companies = sorted(company for company, source in field.reviews if source == "*")
    rows = []
    for belief in beliefs:
        value, similarity = linked.get(belief, (None, 0.0))
        for company in companies:
            positive, negative = counted.get((belief, company), (0, 0))
            spoken = positive + negative
            low, high = wilson(np.array([positive]), np.array([spoken]))
            rows.append(
                {
                    "industry": industry.industry,
                    "belief_id": belief,
                    "company": company,
                    "value_id": value,
                    "similarity": similarity,
                    "reviews": field.total(company),
                    "positive": positive,
                    "negative": negative,
                    "satisfaction": positive / spoken if spoken else None,
                    "low": float(low[0]) if spoken else None,
                    "high": float(high[0]) if spoken else None,
                }
            )
    with store.transaction():
        store.execute("delete from links where industry = ?", [industry.industry])
        if rows:
            store.insert("links", pa.Table.from_pylist(rows))


def _reasons(store: Store, industry: Industry, encoder: Encoder) -> _Reasons:
    where = {"industry": industry.industry}
    table = store.table(read_sql("steps/reasons.sql"), where)
    known = store.table(read_sql("steps/vectors.sql"), {**where, "encoder": encoder.name})
    flat = known["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    row_of = {text_hash: row for row, text_hash in enumerate(known["text_hash"].to_pylist())}
    rows = np.array([row_of[text_hash] for text_hash in table["text_hash"].to_pylist()], int)
    return _Reasons(
        ids=table["sentence_id"].to_pylist(),
        masked=table["masked"].to_pylist(),
        negative=table["negative"].to_numpy(zero_copy_only=False).astype(bool),
        vectors=flat.reshape(known.num_rows, -1)[rows] if known.num_rows else np.zeros((0, 1), np.float32),
    )


def _themes(store: Store, industry: Industry, reasons: _Reasons) -> dict[str, list[_Theme]]:
    place = {sentence: row for row, sentence in enumerate(reasons.ids)}
    held: dict[str, list[int]] = {}
    for theme, sentence in store.rows(read_sql("steps/active_theme_sentences.sql"), [industry.industry]):
        if sentence in place:
            held.setdefault(theme, []).append(place[sentence])
    themes: dict[str, list[_Theme]] = {"belief": [], "value": []}
    for theme, kind, statement in store.rows(
        read_sql("steps/statements_of_themes.sql"), {"industry": industry.industry}
    ):
        rows = sorted(held.get(theme, []))
        spoken = place.get(statement, rows[0] if rows else None)
        if spoken is not None:
            themes[kind].append(_Theme(theme, spoken, np.array(rows, int)))
    return themes


def _on_the_matter(opposites: Opposites, reasons: _Reasons, statements: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns (sentences and statements) on one matter.

    A sentence is on a statement's matter only if no other statement is much nearer to it.
    """
    rows, columns = [], []
    for start in range(0, len(reasons.ids) if statements else 0, BLOCK):
        part = opposites.same_matter(reasons.vectors[statements], reasons.vectors[start : start + BLOCK])
        odds = logit(np.clip(part, 1e-9, 1 - 1e-9))
        at, column = np.nonzero((part >= MATTER) & (odds >= odds.max(axis=1, keepdims=True) - NEAREST))
        rows.append(at + start)
        columns.append(column)
    if not rows:
        return np.zeros(0, int), np.zeros(0, int)
    return np.concatenate(rows), np.concatenate(columns)


def _nearness(opposites: Opposites, reasons: _Reasons, belief: _Theme, rows: np.ndarray) -> np.ndarray:
    """Mean of the cosines with a belief's statement and with the middle of its evidence, sides removed, from 0 to 1."""
    matter = opposites.without_sides(reasons.vectors[rows])
    statement = opposites.without_sides(reasons.vectors[[belief.statement]])[0]
    middle = opposites.without_sides(reasons.vectors[belief.rows]).mean(axis=0) if len(belief.rows) else statement
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    return np.clip((matter @ statement + matter @ middle) / 2, 0, 1)


def _nearest_value(
    opposites: Opposites,
    reasons: _Reasons,
    belief: _Theme,
    values: list[_Theme],
    praise: np.ndarray,
    tone: np.ndarray,
) -> tuple[str | None, float]:
    """The value that is a belief's opposite both ways, and how similar it is; none if there is none."""
    best: tuple[str | None, float] = (None, 0.0)
    for value in values:
        if not len(value.rows) or not len(belief.rows):
            continue
        forward = np.isin(value.rows, praise).mean()
        if forward < LINKED**2:
            continue
        statement = reasons.vectors[value.statement]
        evidence = reasons.vectors[belief.rows]
        same = opposites.same_matter(statement[None], evidence)[:, 0]
        other = opposites.other_side(statement, False, evidence, tone[belief.rows])
        backward = ((same >= 0.5) & (other >= 0.5)).mean()
        similarity = float(np.sqrt(forward * backward))
        if similarity >= max(LINKED, best[1]):
            best = (value.theme_id, similarity)
    return best


def _insert(store: Store, industry: Industry, table: str, names: list[str], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        columns = [pa.array(column) for column in zip(*rows, strict=True)]
        whole = pa.table(columns, names=names)
        store.insert(table, whole.append_column("industry", pa.array([industry.industry] * len(rows))))
