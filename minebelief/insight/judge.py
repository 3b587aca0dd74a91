"""The step ``judge``: ``prevalence`` → ``links``, ``impact`` and ``openings``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from minebelief.industry import Industry
from minebelief.insight.count import Field, field_of
from minebelief.insight.impact import Impact, Voices, impact_of
from minebelief.insight.links import find_opposites, measure_satisfaction
from minebelief.insight.openings import Belief, Opening, find_openings
from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import GeneralHeads, fit_general_heads, load_general_heads
from minebelief.mining.opposites import Opposites, fit_opposites, load_opposites
from minebelief.progress import Progress
from minebelief.store import Store, fingerprint, read_sql

__all__ = ["judge"]

VERSION = 2

FITS = 0.5
"""Probability that a value of the user's says a belief's opposite from which the belief's opening fits it."""


def judge(store: Store, industry: Industry, encoder: Encoder, progress: Progress) -> None:
    """Say what the counted themes mean: links, impact, openings. The same input is not judged again."""
    progress.start("judge", None)
    heads = (load_general_heads() if encoder.is_default else None) or fit_general_heads(encoder.encode)
    opposites = (load_opposites() if encoder.is_default else None) or fit_opposites(encoder.encode, heads)
    find_opposites(store, industry, encoder, heads, opposites)
    field = field_of(store, industry)
    made = _input(store, industry, encoder, field)
    if store.is_done(industry.industry, "judge", made):
        progress.finish("judge", "nothing new")
        return
    measure_satisfaction(store, industry, field)
    impacts = _impacts(store, industry)
    beliefs = _beliefs(store, industry, field, impacts, _fitting(store, industry, encoder, heads, opposites))
    open_to = _write_openings(store, industry, field, beliefs)
    store.mark_done(industry.industry, "judge", made)
    linked = store.value("select count(*) from value_links where industry = ?", [industry.industry])
    progress.finish("judge", f"{linked} beliefs have an opposite among the values, {open_to} are open to a newcomer")


def _input(store: Store, industry: Industry, encoder: Encoder, field: Field) -> str:
    """What the judgement is made from."""
    where = {"industry": industry.industry}
    state = [
        store.rows(read_sql("steps/reasons_state.sql"), where),
        store.rows(read_sql("steps/sentences_state.sql"), where),
        *(
            store.rows(f"select count(*), bit_xor(hash({table})) from {table} where industry = ?", [industry.industry])
            for table in ("opposites", "theme_counts", "prevalence", "anchors", "claims")
        ),
    ]
    settings = (industry.values, industry.purpose, industry.floor, sorted(industry.companies))
    return fingerprint("judge", VERSION, encoder.name, state, settings, field.companies, field.parameters)


def _impacts(store: Store, industry: Industry) -> dict[str, Impact]:
    """Penalty and reward of every belief's matter; writes table ``impact``."""
    where = {"industry": industry.industry}
    rated = store.rows(read_sql("steps/rated_voices.sql"), where)
    places = {place: i for i, place in enumerate(sorted({row[0] for row in rated}))}
    row_of = {row[1]: i for i, row in enumerate(rated)}
    voices = Voices(
        place=np.array([places[row[0]] for row in rated], int),
        stars=np.array([row[2] for row in rated], float),
        complaints=np.array([row[3] for row in rated], int),
        praises=np.array([row[4] for row in rated], int),
    )
    said: dict[str, list[tuple[int, int, int]]] = {}
    for belief, voice, complaints, praises in store.rows(read_sql("steps/rated_matters.sql"), where):
        if voice in row_of:
            said.setdefault(belief, []).append((row_of[voice], complaints, praises))
    impacts, written = {}, []
    kinds = store.rows(read_sql("steps/active_themes.sql"), where)
    for belief in (theme for theme, kind in kinds if kind == "belief"):
        complaints, praises = np.zeros((2, len(rated)), int)
        for row, bad, good in said.get(belief, []):
            complaints[row], praises[row] = bad, good
        impact = impacts[belief] = impact_of(voices, complaints, praises)
        penalty, reward = impact.penalty or (None,) * 3, impact.reward or (None,) * 3
        written.append((industry.industry, belief, len(rated), *penalty, *reward, impact.kano))
    with store.transaction():
        store.execute("delete from impact where industry = ?", [industry.industry])
        if written:
            store.connection.executemany(f"insert into impact values ({', '.join('?' * 10)})", written)
    return impacts


def _fitting(
    store: Store, industry: Industry, encoder: Encoder, heads: GeneralHeads, opposites: Opposites
) -> dict[str, str] | None:
    """For each belief the value or purpose of the user that is its opposite, None where the user named none."""
    texts = [*industry.values, *([industry.purpose] if industry.purpose else [])]
    if not texts:
        return None
    beliefs = store.rows(read_sql("steps/statements_masked.sql"), {"industry": industry.industry})
    if not beliefs:
        return {}
    wanted = _vectors(store, encoder, texts)
    statements = _vectors(store, encoder, [text for _, text in beliefs])
    tone = heads.tone(texts, wanted)
    same = opposites.same_matter(statements, wanted)
    fits = {}
    for column, (belief, _) in enumerate(beliefs):
        near = same[:, column] * opposites.other_side(statements[column], True, wanted, tone)
        fits[belief] = texts[int(near.argmax())] if near.max() >= FITS else ""
    return fits


def _vectors(store: Store, encoder: Encoder, texts: Sequence[str]) -> np.ndarray:
    """Vectors of a few texts, kept like those of sentences, so that the encoder is loaded once only."""
    hashes = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    sql = "select text_hash, vector from embeddings where encoder = ? and list_contains(?, text_hash)"
    known = dict(store.rows(sql, [encoder.name, hashes]))
    missing = {name: text for name, text in zip(hashes, texts, strict=True) if name not in known}
    if missing:
        for name, vector in zip(missing, encoder.encode(list(missing.values())), strict=True):
            known[name] = vector.tolist()
            store.execute("insert into embeddings values (?, ?, ?)", [encoder.name, name, known[name]])
    return np.array([known[name] for name in hashes], np.float32)


def _beliefs(
    store: Store, industry: Industry, field: Field, impacts: dict[str, Impact], fits: dict[str, str] | None
) -> list[Belief]:
    where = {"industry": industry.industry}
    companies = _companies(field)
    counts: dict[str, dict[str, tuple[int, ...]]] = {}
    for belief, company, *numbers in store.rows(read_sql("steps/counts_on_matters.sql"), where):
        counts.setdefault(belief, {})[company] = tuple(numbers)
    anchors, example = _anchors(store, industry)
    claimed = _claimed(store, industry)
    sql = "select theme_id, common, because from theme_counts where industry = $industry order by theme_id"
    beliefs = []
    for belief, common, because in store.rows(sql, where):
        if belief in counts:
            table = np.array([counts[belief][company] for company in companies], int)
            beliefs.append(
                Belief(
                    belief_id=belief,
                    common=common,
                    because=because,
                    mentions=table[:, 0],
                    reviews=table[:, 1],
                    positive=table[:, 2],
                    negative=table[:, 3],
                    impact=impacts[belief],
                    claimed_by=claimed.get(belief, ()),
                    anchors=None if anchors is None else anchors.get(belief, 0),
                    anchor=example.get(belief, ""),
                    fits=None if fits is None else fits.get(belief, ""),
                )
            )
    return beliefs


def _companies(field: Field) -> list[str]:
    return sorted(company for company, source in field.reviews if source == "*")


def _anchors(store: Store, industry: Industry) -> tuple[dict[str, int] | None, dict[str, str]]:
    """How many sentences of each belief hold a measurable anchor, None where there is no anchor at all; and one."""
    rows = store.rows(read_sql("steps/anchors_of_beliefs.sql"), {"industry": industry.industry})
    return ({row[0]: row[1] for row in rows} or None), {row[0]: f"“{row[2]}”" for row in rows}


def _claimed(store: Store, industry: Industry) -> dict[str, tuple[str, ...]]:
    """Companies that claim the opposite of a belief: a claim names the belief itself, or the value linked to it."""
    rows = store.rows(read_sql("steps/claimed_opposites.sql"), {"industry": industry.industry})
    return {row[0]: tuple(row[1]) for row in rows}


def _write_openings(store: Store, industry: Industry, field: Field, beliefs: list[Belief]) -> int:
    """Openings of every company and of a new entrant; how many are open to the latter."""
    companies = _companies(field)
    names = {key: company.name for key, company in industry.companies.items()}
    in_field = [company in field.companies for company in companies]
    rows, open_to = [], 0
    for company in (None, *companies):
        openings = find_openings(beliefs, companies, names, in_field, company, industry.floor)
        rows += [_row(industry, company, opening) for opening in openings]
        if company is None:
            open_to = sum(opening.verdict == "open" for opening in openings)
    with store.transaction():
        store.execute("delete from openings where industry = ?", [industry.industry])
        if rows:
            store.insert("openings", pa.Table.from_pylist(rows))
    return open_to


def _row(industry: Industry, company: str | None, opening: Opening) -> dict[str, object]:
    numbers = {name: value for name, value in vars(opening).items() if name != "gates"}
    return {"industry": industry.industry, "company": company, **numbers, **opening.gates}
