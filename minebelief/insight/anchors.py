"""Measurable anchors: what people got, wanted and had been promised, in times, prices, counts and guarantees."""

import re

import numpy as np

from minebelief.insight.hearing import Hearing
from minebelief.insight.hunches import Judged
from minebelief.insight.quantities import Quantity, find_quantities

__all__ = ["find_anchors", "role_of"]

NEAR = 0.62
"""Nearness from which a wish, or a complaint that no belief holds, is about a belief."""

_PROMISED = re.compile(
    r"\b(?:promis\w+|told (?:me|us)|said|says|claim(?:s|ed)?|advertis\w+|quoted|supposed to|guarantee[sd]?|assured|"
    r"was to be|were to be|should have (?:been|taken|arrived|come))\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:should(?!n['’]?t have| have)|ought|wish|want|would like|['’]d (?:like|want|expect)|would (?:be nice|expect|"
    r"have been (?:enough|nice))|please|if only|why not|why can['’]?t|need to|all i want|expect(?:ed)?|it['’]?d be)\b",
    re.IGNORECASE,
)


def role_of(text: str, quantity: Quantity, wish: bool) -> str:
    """What a quantity is in its sentence: got, wanted or promised.

    >>> text = "They said 2 days, and it took 3 weeks"
    >>> [role_of(text, one, False) for one in find_quantities(text)]
    ['promised', 'got']
    """
    before = text[: quantity.start]
    clause = re.split(r"[,;.!?]|\b(?:but|and|instead of|yet|not)\b", before)[-1]
    if re.search(r"\binstead of\W*$", before):
        return "promised"
    if _PROMISED.search(clause):
        return "promised"
    if _WANTED.search(before) or wish:
        return "wanted"
    return "got"


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
