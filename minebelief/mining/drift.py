"""Drift: how far the sentences that say a theme now are from those that it was born with."""

import numpy as np

__all__ = ["DRIFTED", "drift_between"]

DRIFTED = 0.15
"""Drift from which a theme is named in a warning and in the report: three times the most that any theme of pet
insurance drifted in sixteen months (half of them drifted less than 0.003)."""


def drift_between(first: np.ndarray, now: np.ndarray) -> float:
    """1 less the cosine between the means of two sets of vectors: 0 the same, 1 unrelated.

    Args:
        first: the sentences that a theme was born with, of shape (n, dimensions), n at least 1.
        now: those that say it now, of shape (m, dimensions), m at least 1.

    >>> drift_between(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]))
    1.0
    """
    a, b = first.mean(axis=0), now.mean(axis=0)
    return round(1 - float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-9)), 4)
