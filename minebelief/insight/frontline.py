"""The second voice: what employees say about the beliefs of customers."""

import numpy as np

from minebelief.insight.hearing import Hearing
from minebelief.insight.hunches import Judged
from minebelief.insight.intervals import wilson
from minebelief.store import Store, read_sql

__all__ = ["judge_frontline"]

NEAR = 0.55
"""Cosine without polarity from which an employee's sentence is about a belief. They see a matter from the other side
and word it differently, so it lies lower than among customers."""

LEAST = 3


def judge_frontline(store: Store, hearing: Hearing) -> Judged:
    """For each belief, how many employees' reviews say the same and how many say the opposite.

    An employee's sentence counts for the one belief that it is nearest to.
    """
    rows, evidence = [], []
    total = int(store.value(read_sql("steps/employee_voices.sql"), {"industry": hearing.industry.industry}) or 0)
    among = np.flatnonzero(hearing.employee)
    beliefs = [j for j, theme in enumerate(hearing.themes) if theme.kind == "belief"]
    if not total or not beliefs:
        return Judged({"frontline": [], "heard": []})
    near = hearing.nearness(hearing.vectors[among])[:, beliefs] if len(among) else np.zeros((0, len(beliefs)))
    best = near.argmax(axis=1) if len(among) else np.array([], int)
    for column, j in enumerate(beliefs):
        theme = hearing.themes[j]
        own = (best == column) & (near[:, column] >= NEAR)
        stances = {"says": among[own & ~hearing.positive[among]], "opposes": among[own & hearing.positive[among]]}
        counts = {s: len({(hearing.companies[r], hearing.voices[r]) for r in said}) for s, said in stances.items()}
        low, high = wilson(np.array(list(counts.values())), np.array([total, total]))
        verdict, because = _verdict(counts["says"], counts["opposes"], total, low, high, theme.prevalence)
        rows.append(
            {
                "industry": hearing.industry.industry,
                "theme_id": theme.theme_id,
                "reviews": total,
                "mentions": counts["says"],
                "prevalence": counts["says"] / total,
                "low": float(low[0]),
                "high": float(high[0]),
                "dissenting": counts["opposes"],
                "dissent": counts["opposes"] / total,
                "dissent_low": float(low[1]),
                "dissent_high": float(high[1]),
                "customers": theme.prevalence,
                "verdict": verdict,
                "because": because,
            }
        )
        score = dict(zip(among.tolist(), near[:, column].tolist(), strict=True))
        for stance, said in stances.items():
            ranked = sorted(said.tolist(), key=lambda r: (-round(score[r], 4), hearing.sentence_ids[r]))
            evidence += [
                {
                    "industry": hearing.industry.industry,
                    "kind": "frontline",
                    "subject": theme.theme_id,
                    "company": "*",
                    "sentence_id": hearing.sentence_ids[row],
                    "stance": stance,
                    "similarity": round(score[row], 4),
                    "rank": rank,
                }
                for rank, row in enumerate(ranked, start=1)
            ]
    return Judged({"frontline": rows, "heard": evidence})


def _verdict(
    says: int, opposes: int, total: int, low: np.ndarray, high: np.ndarray, customers: float | None
) -> tuple[str, str]:
    if says + opposes < LEAST:
        return "silent", f"{says + opposes or 'none'} of {total:,} employees' reviews mention it"
    told = f"{says:,} of {total:,} employees' reviews say the same, {opposes:,} the opposite"
    if opposes >= LEAST and opposes > says:
        return "dissent", told
    if customers is None:
        return "alike", told
    if low[0] > customers:
        return "more", f"{told}; among customers {customers:.1%} say it"
    if high[0] < customers:
        return "less", f"{told}; among customers {customers:.1%} say it"
    return "alike", f"{told}; among customers {customers:.1%} say it"
