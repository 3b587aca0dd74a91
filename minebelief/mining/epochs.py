"""Epochs: from one full discovery to the next, what was learnt at the first reads everything new."""

import io
from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np

from minebelief.industry import Industry
from minebelief.mining.estimates import Estimate
from minebelief.mining.heads import LinearHead
from minebelief.mining.polarity import Learnt
from minebelief.store import Store

__all__ = [
    "DUE",
    "Epoch",
    "epoch_of",
    "load_estimate",
    "load_model",
    "load_polarity",
    "save_estimate",
    "save_model",
    "save_polarity",
    "taught_elsewhere",
]

DUE = 0.2
"""Share of the sentences that are new since the last full discovery from which another is due."""

POLARITY = "polarity"


@dataclass(frozen=True)
class Epoch:
    """Where an industry stands: how many sentences there are, and were at the last full discovery (0: none yet).

    ``same`` says whether models and settings are those of that discovery.
    """

    sentences: int
    before: int
    same: bool

    @property
    def is_due(self) -> bool:
        """Whether a full discovery is due."""
        return not self.same or self.has_grown

    @property
    def has_grown(self) -> bool:
        """Whether a fifth of the sentences, or all of them, came after that discovery."""
        return self.sentences - self.before >= DUE * self.sentences

    @property
    def why(self) -> str:
        """Why it is due, in words."""
        if not self.before:
            return "the first"
        return "a fifth of the sentences is new" if self.same else "the models or settings are others"


def epoch_of(store: Store, industry: Industry, made: str) -> Epoch:
    """The epoch that an industry is in, for models and settings with the fingerprint ``made``."""
    sentences = int(store.value("select count(*) from sentences where industry = ?", [industry.industry]))
    rows = store.rows("select made, sentences from epochs where industry = ?", [industry.industry])
    known, before = rows[0] if rows else ("", 0)
    return Epoch(sentences, before, known == made)


def save_model(store: Store, industry: str, name: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Keep arrays under a name, in place of what was kept there."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    store.execute("insert or replace into models values (?, ?, ?)", [industry, name, buffer.getvalue()])


def load_model(store: Store, industry: str, name: str) -> dict[str, np.ndarray] | None:
    """The arrays under a name, None where there are none."""
    data = store.value("select data from models where industry = ? and name = ?", [industry, name])
    if data is None:
        return None
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}


def save_polarity(store: Store, industry: str, learnt: Learnt | None, encoder: str) -> None:
    """Keep what was learnt about polarity, on vectors of an encoder; None where nothing was."""
    arrays = {} if learnt is None else {**learnt.arrays(), "encoder": np.array(encoder)}
    save_model(store, industry, POLARITY, arrays)


def load_polarity(store: Store, industry: str) -> Learnt | None:
    """What was learnt about polarity, None where nothing was."""
    arrays = load_model(store, industry, POLARITY)
    return Learnt.of(arrays) if arrays else None


def taught_elsewhere(store: Store, industry: str, encoder: str) -> list[LinearHead]:
    """What stars taught in the other industries of the workspace, on vectors of the same encoder."""
    found = []
    sql = "select industry from models where name = ? and industry <> ? order by industry"
    for (other,) in store.rows(sql, [POLARITY, industry]):
        arrays = load_model(store, other, POLARITY)
        if arrays and str(arrays.get("encoder")) == encoder:
            learnt = Learnt.of(arrays)
            found += [learnt.head] if learnt.from_stars else []
    return found


def save_estimate(store: Store, industry: str, found: Estimate | None) -> None:
    """Keep how well a full reading reads; None where no stars can tell."""
    store.execute("delete from estimates where industry = ?", [industry])
    if found is not None:
        store.execute("insert into estimates values (?, ?, ?, ?, ?)", [industry, *astuple(found)])


def load_estimate(store: Store, industry: str) -> Estimate | None:
    """How well the last full reading reads, None where no stars can tell."""
    sql = "select reviews, accuracy, auc, calibration_error from estimates where industry = ?"
    rows = store.rows(sql, [industry])
    return Estimate(*rows[0]) if rows else None
