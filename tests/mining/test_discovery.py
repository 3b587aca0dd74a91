import numpy as np
import pytest
from sklearn.base import clone

from minebelief.mining.discovery import ThemeDiscovery

MATTERS = ("line", "bill", "shop", "data", "menu")


def planted(seed=0, each=60, spread=0.05):
    """Texts and vectors of five matters, each tight around its own direction."""
    random = np.random.default_rng(seed)
    centres = np.linalg.qr(random.normal(size=(32, 32)))[0][: len(MATTERS)]
    texts, vectors = [], []
    for matter, centre in zip(MATTERS, centres, strict=True):
        for number in range(each):
            texts.append(f"the {matter} is bad in way {number:03d}")
            vectors.append(centre + random.normal(scale=spread, size=32))
    vectors = np.array(vectors, np.float32)
    return texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def fit(texts, vectors, **settings):
    return ThemeDiscovery(**settings).fit(texts, vectors)


def statements(discovery, texts):
    return {texts[theme.statement] for theme in discovery.themes_}


def test_every_planted_matter_becomes_one_theme():
    texts, vectors = planted()
    found = fit(texts, vectors)
    assert sorted(texts[theme.statement].split()[1] for theme in found.themes_) == sorted(MATTERS)


def test_a_theme_holds_the_sentences_of_its_matter_and_no_others():
    texts, vectors = planted()
    found = fit(texts, vectors)
    matched = found.similarity(vectors, vectors) >= found.match
    for column, theme in enumerate(found.themes_):
        matter = texts[theme.statement].split()[1]
        held = {texts[row].split()[1] for row in np.flatnonzero(matched[:, column])}
        assert held == {matter}
        assert matched[:, column].sum() >= 50


def test_the_order_of_the_rows_does_not_matter():
    texts, vectors = planted()
    order = np.random.default_rng(5).permutation(len(texts))
    shuffled = [texts[i] for i in order]
    assert statements(fit(texts, vectors), texts) == statements(fit(shuffled, vectors[order]), shuffled)


def test_only_candidates_become_statements():
    texts, vectors = planted()
    allowed = np.array([text.endswith(("7", "8")) for text in texts])
    found = ThemeDiscovery().fit(texts, vectors, candidates=allowed)
    assert found.themes_
    assert all(allowed[theme.statement] for theme in found.themes_)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_too_little_gives_no_theme(n):
    texts, vectors = planted()
    assert fit(texts[:n], vectors[:n]).themes_ == []


def test_it_keeps_scikit_learns_contract():
    discovery = ThemeDiscovery(match=0.7, random_state=3)
    assert clone(discovery).get_params() == discovery.get_params()
    assert discovery.get_params()["match"] == 0.7
