"""Areas: the dozen matters under which an industry's reasons fall, the upper level of reading."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.preprocessing import normalize

from minebelief.mining.space import group, smooth_space
from minebelief.mining.statements import content_words, keywords

__all__ = ["find_areas"]

AREAS = 12
FIT_ROWS = 15_000


def find_areas(texts: Sequence[str], vectors: np.ndarray, random_state: int = 0) -> np.ndarray:
    """Put every reason into one of at most twelve areas, named by two of its words ('claim · denied').

    Args:
        texts: n masked reasons in an order that depends on nothing but what they are.
        vectors: their unit vectors in context, shape (n, d).
        random_state: seed.

    Returns:
        array of n names.
    """
    n = len(texts)
    chosen = np.sort(np.random.default_rng(random_state).permutation(n)[:FIT_ROWS])
    own = [texts[int(i)] for i in chosen]
    space = smooth_space(own, vectors[chosen], random_state)
    fitted = group(space, max(1, min(AREAS, n // 20)), random_state=random_state)
    labels = fitted
    if n > FIT_ROWS:
        centres = normalize(np.array([vectors[chosen[fitted == a]].mean(axis=0) for a in range(fitted.max() + 1)]))
        labels = (vectors @ centres.T).argmax(axis=1)
        labels[chosen] = fitted
    words = Counter(word for text in own for word in set(content_words(text)))
    names: list[str] = []
    for area in range(fitted.max() + 1):
        inside = [own[i] for i in np.flatnonzero(fitted == area)]
        marks = keywords(inside, words, len(own), n=6, share=0.02)
        names.append(_name(marks, names))
    return np.array(names, object)[labels]


def _name(marks: list[str], taken: list[str]) -> str:
    """Two words that are no forms of one word, not taken by another area."""
    first = marks[0] if marks else "other"
    for second in marks[1:]:
        name = f"{first} · {second}"
        if second[:4] != first[:4] and name not in taken:
            return name
    return first if first not in taken else f"{first} {sum(name.startswith(first) for name in taken) + 1}"
