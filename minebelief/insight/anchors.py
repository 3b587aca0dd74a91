"""Measurable anchors: what people got, wanted and had been promised, in times, prices, counts and guarantees."""

import numpy as np

from minebelief.insight.hearing import Hearing
from minebelief.insight.hunches import Judged
from minebelief.insight.quantities import find_quantities, role_of

__all__ = ["find_anchors"]

NEAR = 0.62
"""Nearness from which a wish, or a complaint that no belief holds, is about a belief."""


def find_anchors(hearing: Hearing) -> Judged:
    """The quantities in the sentences of each belief, and in wishes and complaints near to it."""
    beliefs = [j for j, theme in enumerate(hearing.themes) if theme.kind == "belief"]
    customers = np.flatnonzero(~hearing.employee & ~hearing.positive)
    told = {int(row): found for row in customers if (found := find_quantities(hearing.texts[row]))}
    if not beliefs or not told:
        return Judged({"anchors": []})
    about: dict[int, set[str]] = {row: set() for row in told}
    for j in beliefs:
        for row in hearing.held[hearing.themes[j].theme_id].tolist():
            if row in about:
                about[row].add(hearing.themes[j].theme_id)
    loose = np.array([row for row, themes in about.items() if not themes], int)
    if len(loose):
        near = hearing.nearness(hearing.vectors[loose])[:, beliefs]
        for row, column, score in zip(loose.tolist(), near.argmax(axis=1), near.max(axis=1), strict=True):
            if score >= NEAR:
                about[row].add(hearing.themes[beliefs[column]].theme_id)
    rows: list[dict[str, object]] = [
        {
            "industry": hearing.industry.industry,
            "belief_id": theme_id,
            "sentence_id": hearing.sentence_ids[row],
            "role": role_of(hearing.texts[row], one, bool(hearing.wish[row])),
            "quantity": one.value,
            "unit": one.unit,
            "measure": one.measure,
            "phrase": one.phrase,
            "position": one.start,
        }
        for row, themes in about.items()
        for theme_id in sorted(themes)
        for one in told[row]
    ]
    return Judged({"anchors": rows})
