"""Which newly found theme is which known one: a theme keeps its id from run to run."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["give_ids"]

SAME = 0.3
"""Jaccard overlap of their sentences from which a found theme is the known one."""


def give_ids(prefix: str, found: Sequence[set[str]], known: Mapping[str, set[str]], taken: Sequence[str]) -> list[str]:
    """The ids of found themes: a known one's where they share sentences, else a number never used before.

    Args:
        prefix: 'b' for beliefs, 'v' for values.
        found: sentence ids of each found theme.
        known: sentence ids of each active theme, by its id.
        taken: every id ever given in the industry.

    Returns:
        One id for each found theme, in the same order.
    """
    names = sorted(known, key=lambda name: (len(name), name))
    overlap = np.zeros((len(found), len(names)))
    for row, sentences in enumerate(found):
        for column, name in enumerate(names):
            shared = len(sentences & known[name])
            overlap[row, column] = shared / max(len(sentences | known[name]), 1)
    ids: list[str | None] = [None] * len(found)
    for row, column in zip(*linear_sum_assignment(-overlap), strict=True):
        if overlap[row, column] >= SAME:
            ids[row] = names[column]
    number = max((int(name[1:]) for name in taken if name.startswith(prefix)), default=0)
    result = []
    for known_id in ids:
        number += known_id is None
        result.append(known_id or f"{prefix}{number}")
    return result
