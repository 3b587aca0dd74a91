"""What the mention of a matter goes with in stars: penalty, reward and kind (Kano). It is association, not cause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["DRAWS", "Impact", "Voices", "impact_of"]

DRAWS = 400
"""Bootstrap samples."""

LEAST = 20
"""Mentions from which an effect is estimated."""

MUST_BE, DELIGHTER = 2 / 3, 1 / 3
"""The share of the penalty in penalty and reward together above which a matter is a must-be, and below which a
delighter."""


@dataclass(frozen=True)
class Voices:
    """n customers with stars. ``place`` numbers company and source from 0; ``stars`` go from 0 to 1; ``complaints`` and
    ``praises`` count their bad and good reasons. All of shape (n,)."""

    place: np.ndarray
    stars: np.ndarray
    complaints: np.ndarray
    praises: np.ndarray


@dataclass(frozen=True)
class Impact:
    """Stars, on 0 to 1, that go with complaining of a matter (``penalty``) and with praising it (``reward``).

    Each is (estimate, low, high) of a 95% interval, or None where too few say so. ``draws`` are the penalties of the
    bootstrap samples, shape (DRAWS,), or None. ``kano`` is must-be, linear, delighter, indifferent or unclear.
    """

    penalty: tuple[float, float, float] | None
    reward: tuple[float, float, float] | None
    kano: str
    draws: np.ndarray | None


def impact_of(voices: Voices, complaints: np.ndarray, praises: np.ndarray, random_state: int = 0) -> Impact:
    """Regress stars on whether a matter is complained of and praised.

    Least squares with an effect for every company and source, and for whether the customer also complains of, and
    whether they also praise, anything else. Intervals are percentiles of a bootstrap of customers.

    Args:
        voices: n customers.
        complaints, praises: how many of their reasons are about the matter, shape (n,).
        random_state: seed of the bootstrap.
    """
    bad, good = complaints > 0, praises > 0
    if len(voices.stars) == 0 or max(bad.sum(), good.sum()) < LEAST:
        return Impact(None, None, "unclear", None)
    design = np.column_stack(
        [voices.place, bad, good, voices.complaints > complaints, voices.praises > praises, voices.stars.round(3)]
    )
    cells, counts = np.unique(design, axis=0, return_counts=True)
    places = np.eye(int(voices.place.max()) + 1)[cells[:, 0].astype(int)]
    effects = np.hstack([cells[:, 1:5], places[:, places.any(axis=0)]])
    estimate, draws = _least_squares(effects, cells[:, 5], counts, random_state)
    penalty = -draws[:, 0] if bad.sum() >= LEAST else None
    reward = draws[:, 1] if good.sum() >= LEAST else None
    return Impact(
        penalty=_interval(-float(estimate[0]), penalty),
        reward=_interval(float(estimate[1]), reward),
        kano=_kano(penalty, reward),
        draws=penalty,
    )


def _least_squares(x: np.ndarray, y: np.ndarray, counts: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients over cells of equal customers, and those of bootstrap samples of them, shape (DRAWS, effects)."""
    total = int(counts.sum())
    weights = np.random.default_rng(seed).multinomial(total, counts / total, DRAWS)
    weights = np.vstack([counts, weights]).astype(float)
    effects = x.shape[1]
    products = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    gram = (weights @ products).reshape(-1, effects, effects)
    gram += 1e-6 * np.eye(effects)  # a sample may lack an effect
    solved = np.linalg.solve(gram, (weights @ (x * y[:, None]))[:, :, None])[:, :, 0]
    return solved[0], solved[1:]


def _interval(estimate: float, draws: np.ndarray | None) -> tuple[float, float, float] | None:
    if draws is None:
        return None
    low, high = np.quantile(draws, [0.025, 0.975])
    return estimate, float(low), float(high)


def _kano(penalty: np.ndarray | None, reward: np.ndarray | None) -> str:
    """Which kind of matter it is, where 95% of the samples agree."""
    if penalty is None or reward is None:
        return "unclear"
    hurts, pleases = (penalty > 0).mean() >= 0.975, (reward > 0).mean() >= 0.975
    if not hurts and not pleases:
        small = max(np.quantile(np.abs(penalty), 0.975), np.quantile(np.abs(reward), 0.975)) < 0.05
        return "indifferent" if small else "unclear"
    penalty, reward = np.maximum(penalty, 0), np.maximum(reward, 0)
    low, high = np.quantile(penalty / np.maximum(penalty + reward, 1e-9), [0.025, 0.975])
    if low > MUST_BE:
        return "must-be"
    if high < DELIGHTER:
        return "delighter"
    return "linear" if hurts and pleases and (low + high) / 2 < MUST_BE and (low + high) / 2 > DELIGHTER else "unclear"
