"""The sentences of an industry as a discovery reads them."""

from dataclasses import dataclass

import numpy as np

from minebelief.industry import Industry
from minebelief.mining.areas import find_areas
from minebelief.mining.encoder import Encoder
from minebelief.mining.space import in_context
from minebelief.mining.themes import KINDS, Reasons
from minebelief.store import Store, read_sql

__all__ = ["Corpus", "load_corpus"]


@dataclass(frozen=True)
class Corpus:
    """n sentences in the order of review and position; every field has n rows.

    ``vectors`` (n, d) have unit length. ``kinds`` are the kinds of theme that a sentence may say, None for most.
    ``areas`` are those known before, None for what is new. ``newcomers`` tells what came after the last full discovery
    and was seen by another one, or is of the newest three months.
    """

    ids: list[str]
    reviews: list[str]
    positions: np.ndarray
    texts: list[str]
    masked: list[str]
    vectors: np.ndarray
    kinds: np.ndarray
    p_negative: np.ndarray
    p_positive: np.ndarray
    p_reason: np.ndarray
    wish: np.ndarray
    areas: np.ndarray
    newcomers: np.ndarray

    def rows(self, kind: str) -> np.ndarray:
        """The row numbers of the reasons of a kind."""
        return np.flatnonzero(self.kinds == kind)

    def clear(self, kind: str) -> np.ndarray:
        """How clearly each sentence is a reason of this kind, 0 to 1."""
        return self.p_reason * (self.p_negative if kind == "belief" else self.p_positive)

    def reasons(self, kind: str) -> Reasons:
        """The reasons of a kind."""
        rows = self.rows(kind)
        return Reasons(
            ids=[self.ids[i] for i in rows],
            reviews=[self.reviews[i] for i in rows],
            texts=[self.texts[i] for i in rows],
            masked=[self.masked[i] for i in rows],
            vectors=self.vectors[rows],
            clear=self.clear(kind)[rows],
            wish=self.wish[rows],
        )

    def areas_anew(self) -> dict[str, dict[str, np.ndarray]]:
        """Find the areas of all reasons, and put them into `areas`; by kind their names and centres."""
        context = in_context(self.vectors, self.reviews, self.positions)
        self.areas[:] = None
        models = {}
        for kind in KINDS:
            rows = self.rows(kind)
            names: list[str] = []
            centres = np.zeros((0, context.shape[1]), np.float32)
            if len(rows):
                self.areas[rows] = found = find_areas([self.masked[i] for i in rows], context[rows])
                names = sorted(set(found))
                centres = np.array([context[rows[found == name]].mean(axis=0) for name in names])
                centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
            models[kind] = {"names": np.array(names, "U200"), "centres": centres}
        return models

    def areas_added(self, models: dict[str, dict[str, np.ndarray]]) -> None:
        """Put what has no area yet into the nearest one."""
        new = self.new()
        if not new.any():
            return
        reviews = {self.reviews[i] for i in np.flatnonzero(new)}
        around = np.array([review in reviews for review in self.reviews], bool)
        rows = np.flatnonzero(around)
        context = in_context(self.vectors[rows], [self.reviews[i] for i in rows], self.positions[rows])
        for kind in KINDS:
            own = new[rows] & (self.kinds[rows] == kind)
            names, centres = models[kind]["names"], models[kind]["centres"]
            if own.any():
                nearest = (context[own] @ centres.T).argmax(axis=1) if len(names) else None
                self.areas[rows[own]] = names[nearest].astype(object) if nearest is not None else "other"

    def new(self) -> np.ndarray:
        """Which sentences are reasons that no discovery has seen."""
        return np.array(
            [kind is not None and area is None for kind, area in zip(self.kinds, self.areas, strict=True)], bool
        )


def load_corpus(store: Store, industry: Industry, encoder: Encoder) -> Corpus:
    """Read the sentences, their readings and their vectors."""
    where = {"industry": industry.industry}
    table = store.table(read_sql("steps/reasons_in_order.sql"), where)
    known = store.table(read_sql("steps/vectors.sql"), {**where, "encoder": encoder.name})
    vectors = known["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    vectors = vectors.reshape(known.num_rows, -1)
    row_of = {text_hash: row for row, text_hash in enumerate(known["text_hash"].to_pylist())}
    rows = np.array([row_of[text_hash] for text_hash in table["text_hash"].to_pylist()], int)
    return Corpus(
        ids=table["sentence_id"].to_pylist(),
        reviews=table["review_id"].to_pylist(),
        positions=table["position"].to_numpy(),
        texts=table["text"].to_pylist(),
        masked=table["masked"].to_pylist(),
        vectors=vectors[rows],
        kinds=np.array(table["kind"].to_pylist(), object),
        p_negative=table["p_negative"].to_numpy(),
        p_positive=table["p_positive"].to_numpy(),
        p_reason=table["p_reason"].to_numpy(),
        wish=table["wish"].to_numpy(zero_copy_only=False),
        areas=np.array(table["area"].to_pylist(), object),
        newcomers=table["newcomer"].to_numpy(zero_copy_only=False).astype(bool),
    )
