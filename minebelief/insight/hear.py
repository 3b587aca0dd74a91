"""The step ``hear``: what the industry file says, held against what customers and employees say."""

from collections import defaultdict

import pyarrow as pa

from minebelief.industry import Industry
from minebelief.insight.anchors import find_anchors
from minebelief.insight.claims import judge_claims
from minebelief.insight.count import Field
from minebelief.insight.frontline import judge_frontline
from minebelief.insight.hearing import Hearing
from minebelief.insight.hunches import Judged, judge_hunches, judge_purposes, judge_values
from minebelief.mining.encoder import Encoder
from minebelief.progress import Progress
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["hear"]

VERSION = 1
"""Raise it when a part gives other results for the same input."""

STEP = "hear"
TABLES = ("hunches", "blind_spots", "own_values", "purposes", "claims", "frontline", "anchors", "heard")


def hear(store: Store, industry: Industry, encoder: Encoder, progress: Progress, field: Field | None = None) -> None:
    """Guesses, values, purpose, claims, anchors and the front line: all that is said in words.

    Args:
        store: the work database; its themes are counted.
        industry: whose words are held against its customers'.
        encoder: the one that the reviews were embedded with.
        progress: told about the step.
        field: the companies compared, where they are known already.
    """
    made = _state(store, industry, encoder)
    if store.is_done(industry.industry, STEP, made):
        progress.start("hear", 0)
        progress.finish("hear", "nothing new")
        return
    progress.start("hear", 6)
    hearing = Hearing(store, industry, encoder, field)
    parts: list[Judged] = []
    for part in (
        lambda: judge_hunches(hearing),
        lambda: judge_values(hearing),
        lambda: judge_purposes(hearing),
        lambda: judge_claims(store, hearing),
        lambda: judge_frontline(store, hearing),
        lambda: find_anchors(hearing),
    ):
        parts.append(part())
        progress.advance("hear", 1)
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for judged in parts:
        for table, some in judged.rows.items():
            rows[table] += some
    with store.transaction():
        for table in TABLES:
            store.execute(f"delete from {table} where industry = ?", [industry.industry])
            if rows[table]:
                store.insert(table, pa.Table.from_pylist(rows[table]))
        store.mark_done(industry.industry, STEP, made)
    confirmed = sum(row["verdict"] == "confirmed" for row in rows["hunches"])
    progress.finish(
        "hear",
        f"{confirmed} of {len(rows['hunches'])} hunches confirmed, {len(rows['blind_spots'])} blind spots, "
        f"{len(rows['claims'])} claims judged",
    )


def _state(store: Store, industry: Industry, encoder: Encoder) -> str:
    """What the judgements are made from, so that the same is not judged again."""
    said = industry.model_dump(mode="json", exclude={"path", "sources"})
    where = {"industry": industry.industry}
    counted = store.rows(read_sql("steps/counted_themes.sql"), where)
    pages = store.rows(read_sql("steps/claims_on_pages.sql"), where)
    known = store.rows(read_sql("steps/other_steps.sql"), {**where, "step": STEP})
    return fingerprint(VERSION, encoder.name, said, counted, pages, known)
