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
    for theme in found.themes_:
        assert {texts[row].split()[1] for row in theme.rows} == {texts[theme.statement].split()[1]}
        assert len(theme.rows) >= 50
        assert (np.diff(theme.scores) <= 1e-4).all()
        assert theme.scores.min() >= found.match


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


def test_what_says_a_voice_says_the_theme():
    texts = ["the line is bad", "poor line", *(f"so poor, that line {number}" for number in range(8))]
    angles = np.radians([0, 36, *np.linspace(50, 54, 8)])  # the first two say each other, the rest say the second
    vectors = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    candidates, voices = np.arange(10) < 1, np.arange(10) < 2
    alone = ThemeDiscovery().fit(texts, vectors, candidates=candidates)
    found = ThemeDiscovery().fit(texts, vectors, candidates=candidates, voices=voices)
    assert alone.themes_ == []
    assert [(texts[theme.statement], theme.voices) for theme in found.themes_] == [("the line is bad", (1,))]
    assert sorted(found.themes_[0].rows) == list(range(10))


def test_what_says_a_statement_is_for_the_judge_to_decide():
    texts, vectors = planted()

    def says(statements, rows):
        """Only texts of an even number say anything, and they say it fully."""
        same = np.array([[texts[r].split()[1] == texts[s].split()[1] for s in statements] for r in rows])
        even = np.array([int(texts[r][-1]) % 2 == 0 for r in rows])
        return (same & even[:, None]).astype(np.float32)

    found = ThemeDiscovery().fit(texts, vectors, says=says)
    assert len(found.themes_) == len(MATTERS)
    for theme in found.themes_:
        assert all(int(texts[row][-1]) % 2 == 0 for row in theme.rows)
        assert len(theme.rows) == 30


def test_two_statements_said_by_the_same_texts_are_one_theme():
    texts, vectors = planted()
    statement = np.zeros((len(texts), len(texts)), np.float32)
    found = ThemeDiscovery().fit(texts, vectors, says=lambda statements, rows: statement[np.ix_(rows, statements)] + 1)
    assert len(found.themes_) == 1


def test_where_a_part_is_drawn_the_rest_is_matched_too(monkeypatch):
    monkeypatch.setattr("minebelief.mining.discovery.FIT_ROWS", 150)
    texts, vectors = planted()
    found = fit(texts, vectors)
    assert len(found.themes_) == len(MATTERS)
    assert sum(len(theme.rows) for theme in found.themes_) >= 250


@pytest.mark.parametrize("n", [0, 1, 5])
def test_too_little_gives_no_theme(n):
    texts, vectors = planted()
    assert fit(texts[:n], vectors[:n]).themes_ == []


def test_it_keeps_scikit_learns_contract():
    discovery = ThemeDiscovery(match=0.7, random_state=3)
    assert clone(discovery).get_params() == discovery.get_params()
    assert discovery.get_params()["match"] == 0.7
