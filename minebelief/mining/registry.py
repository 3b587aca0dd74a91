"""Which newly found theme is which known one: a theme keeps its id from run to run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["Ties", "reconcile"]

SAME = 0.3
"""Jaccard overlap of their sentences from which a found theme is the known one."""

PART = 0.5
"""Share of a theme's sentences that lie in another from which it is a part of it."""

TIE = 1e-3
"""Weight of the likeness of meanings beside overlaps: it decides only where these are alike."""


@dataclass(frozen=True)
class Ties:
    """How found themes and known ones belong together, each with the overlap, 0 to 1.

    ``same`` gives for a found theme's number the known one that it is, ``part_of`` the known one that it came off,
    ``gone_into`` for a known theme's id the known one that holds its sentences now.
    """

    same: dict[int, tuple[str, float]] = field(default_factory=dict)
    part_of: dict[int, tuple[str, float]] = field(default_factory=dict)
    gone_into: dict[str, tuple[str, float]] = field(default_factory=dict)


def reconcile(
    found: Sequence[set[str]],
    known: Mapping[str, set[str]],
    likeness: np.ndarray | None = None,
    fixed: Collection[str] = (),
) -> Ties:
    """Match found themes to known ones by the sentences that they share, one to one and best over all together.

    Args:
        found: sentence ids of each found theme.
        known: sentence ids of each known theme, by its id.
        likeness: how near their meanings are, shape (found, known) in the order of ``known``, -1 to 1; breaks ties.
        fixed: known themes that go into no other.

    Returns:
        Overlaps of ``same`` are Jaccard's, those of ``part_of`` and ``gone_into`` the share of the smaller part.

    Source: Kuhn's assignment method ("Hungarian"), Naval Research Logistics 1955.
    """
    names = list(known)
    place = {sentence: [] for own in known.values() for sentence in own}  # type: dict[str, list[int]]
    for column, name in enumerate(names):
        for sentence in known[name]:
            place[sentence].append(column)
    shared = np.zeros((len(found), len(names)))
    for row, sentences in enumerate(found):
        for sentence in sentences:
            shared[row, place.get(sentence, [])] += 1
    sizes = np.array([len(sentences) for sentences in found])[:, None]
    known_sizes = np.array([len(known[name]) for name in names])[None, :]
    overlap = shared / np.maximum(sizes + known_sizes - shared, 1)
    ties = Ties()
    worth = overlap if likeness is None else overlap + TIE * likeness
    for row, column in zip(*linear_sum_assignment(-worth), strict=True):
        if overlap[row, column] >= SAME:
            ties.same[int(row)] = (names[column], round(float(overlap[row, column]), 4))
    kept = {name: row for row, (name, _) in ties.same.items()}
    of_found, of_known = shared / np.maximum(sizes, 1), shared / np.maximum(known_sizes, 1)
    for row in range(len(found)):
        if row in ties.same or not names:
            continue
        column = int(of_found[row].argmax())
        if of_found[row, column] >= PART and names[column] in kept:
            ties.part_of[row] = (names[column], round(float(of_found[row, column]), 4))
    for column, name in enumerate(names):
        if name in kept or name in fixed or not ties.same:
            continue
        rows = sorted(ties.same)
        row = rows[int(of_known[rows, column].argmax())]
        if of_known[row, column] >= PART:
            ties.gone_into[name] = (ties.same[row][0], round(float(of_known[row, column]), 4))
    return ties
