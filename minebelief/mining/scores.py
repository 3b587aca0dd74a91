"""How fully sentences say statements, worked out once for each pair, and which sentences belong to which theme then."""

from collections.abc import Sequence

import numpy as np

from minebelief.mining.themes import Scorer

__all__ = ["ScoreBook", "belonging"]


class ScoreBook:
    """Passes a matcher's scores on and remembers them.

    Embedding the words of sentences is what costs; so statements that will be asked for later are scored beside those
    that are asked for first.

    Args:
        matcher: scores.
        texts: n distinct sentences.
        beside: statements that will be asked for.
    """

    def __init__(self, matcher: Scorer, texts: Sequence[str], beside: Sequence[str] = ()) -> None:
        self.matcher = matcher
        self.texts = list(texts)
        self._place = {text: row for row, text in enumerate(self.texts)}
        self._beside = list(dict.fromkeys(beside))
        self._known: dict[str, np.ndarray] = {}

    def scores(self, statements: Sequence[str], sentences: Sequence[str]) -> np.ndarray:
        """As the matcher gives them, shape (sentences, statements)."""
        rows = np.array([self._place[text] for text in sentences], int)
        wanted = list(dict.fromkeys([*statements, *self._beside]))
        missing = [one for one in wanted if np.isnan(self._column(one)[rows]).any()]
        found = self.matcher.scores(missing, sentences)
        for place, statement in enumerate(missing):
            self._known[statement][rows] = found[:, place]
        result = np.zeros((len(rows), len(statements)), np.float32)
        for place, statement in enumerate(statements):
            result[:, place] = self._known[statement][rows]
        return result

    def columns(self, statements: Sequence[str]) -> np.ndarray:
        """The scores of all texts, shape (n, statements); what is not known yet is worked out."""
        unknown = np.zeros(len(self.texts), bool)
        for statement in statements:
            unknown |= np.isnan(self._column(statement))
        rows = np.flatnonzero(unknown)
        if len(rows):
            self.scores(statements, [self.texts[row] for row in rows])
        result = np.zeros((len(self.texts), len(statements)), np.float32)
        for place, statement in enumerate(statements):
            result[:, place] = self._known[statement]
        return result

    def forget(self, kept: Sequence[str]) -> None:
        """Let go of all other statements' scores."""
        self._known = {one: column for one, column in self._known.items() if one in set(kept)}

    def _column(self, statement: str) -> np.ndarray:
        return self._known.setdefault(statement, np.full(len(self.texts), np.nan, np.float32))


def belonging(columns: np.ndarray, match: float, also: float) -> np.ndarray:
    """Which sentence belongs to which theme: it says it, and no other one much more.

    Args:
        columns: how fully each sentence says each theme, shape (n, themes).
        match: score from which a sentence says a theme.
        also: how near to its best score another one must be to count too.

    Returns:
        booleans of the same shape.
    """
    if not columns.size:
        return np.zeros(columns.shape, bool)
    best = columns.max(axis=1, keepdims=True)
    return np.asarray((columns >= match) & (columns >= best - also))
