"""Epochs: from one full discovery to the next, what was learnt at the first reads everything new."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from minebelief.industry import Industry
from minebelief.mining.polarity import StarPolarity
from minebelief.store import Store

__all__ = ["DUE", "Epoch", "epoch_of", "load_model", "load_polarity", "save_model", "save_polarity"]

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
        return not self.same or self.sentences - self.before >= DUE * self.sentences

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


def save_polarity(store: Store, industry: str, head: StarPolarity | None) -> None:
    """Keep what stars taught about polarity; None where they taught nothing."""
    arrays: dict[str, np.ndarray] = {}
    if head is not None:
        arrays = {"classes": head.classes_.astype("U8"), "coef": head.coef_, "intercept": head.intercept_}
    save_model(store, industry, POLARITY, arrays)


def load_polarity(store: Store, industry: str) -> StarPolarity | None:
    """What stars taught about polarity, None where they taught nothing."""
    arrays = load_model(store, industry, POLARITY)
    if not arrays:
        return None
    head = StarPolarity()
    head.classes_, head.coef_, head.intercept_ = arrays["classes"], arrays["coef"], arrays["intercept"]
    head.n_features_in_ = head.coef_.shape[1]
    return head
