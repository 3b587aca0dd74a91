import numpy as np
import pytest

from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.stability import RESAMPLES, SHARE, resamples, stability
from minebelief.mining.themes import Reasons

MATTERS = ("line", "bill", "shop", "data", "menu")


def planted(voices=6, each=40, spread=0.05):
    """Reasons of five matters, each tight around its own direction; every text is said by so many customers."""
    random = np.random.default_rng(0)
    centres = np.linalg.qr(random.normal(size=(32, 32)))[0][: len(MATTERS)]
    texts = [f"the {matter} is bad in way {number:03d}" for matter in MATTERS for number in range(each)]
    vectors = np.repeat(centres, each, axis=0) + random.normal(scale=spread, size=(len(texts), 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    said = [text for text in texts for _ in range(voices)]
    n = len(said)
    names = [f"r{i}" for i in range(n)]
    rows = np.repeat(np.arange(len(texts)), voices)
    return Reasons(names, names, said, said, vectors[rows], np.ones(n), np.zeros(n, bool))


def found(reasons):
    """The discovery, its texts, and the sentences of its themes."""
    texts = sorted(set(reasons.masked))
    first = [reasons.masked.index(text) for text in texts]
    counts = np.array([reasons.masked.count(text) for text in texts])
    discovery = ThemeDiscovery().fit(texts, reasons.vectors[first], counts=counts)
    own = [{texts[row] for row in theme.rows} for theme in discovery.themes_]
    pairs = list(zip(reasons.ids, reasons.masked, strict=True))
    return discovery, texts, [{name for name, text in pairs if text in theme} for theme in own]


def test_what_many_customers_say_comes_back():
    reasons = planted()
    discovery, texts, members = found(reasons)
    values = stability(discovery, texts, reasons, members)
    assert len(values) == len(MATTERS)
    assert min(values) > 0.98


def test_a_theme_is_as_stable_as_it_is_like_what_comes_back():
    reasons = planted()
    discovery, texts, members = found(reasons)
    half = set(sorted(members[0])[: len(members[0]) // 2])
    values = stability(discovery, texts, reasons, [half, members[0] | members[1]])
    assert values == pytest.approx([0.5, 0.5], abs=0.05)


def test_where_a_statement_is_not_drawn_another_sentence_that_says_it_speaks():
    reasons = planted(voices=1)
    discovery, texts, members = found(reasons)
    drawn = resamples(reasons.reviews)
    spoken = [drawn[reasons.masked.index(texts[theme.statement])].mean() for theme in discovery.themes_]
    assert min(spoken) < 0.9
    assert min(stability(discovery, texts, reasons, members)) > 0.98


def test_a_theme_that_the_discovery_knows_nothing_of_has_no_stability():
    reasons = planted()
    discovery, texts, members = found(reasons)
    assert stability(discovery, texts, reasons, [{"elsewhere"}]) == [None]
    nothing = ThemeDiscovery().fit(texts[:2], reasons.vectors[:2])
    assert stability(nothing, texts, reasons, members) == [None] * len(members)


def test_the_order_of_the_rows_does_not_matter():
    reasons = planted(voices=1, spread=0.14)
    order = np.random.default_rng(1).permutation(len(reasons.ids))
    names = ("ids", "reviews", "texts", "masked")
    shuffled = Reasons(
        *([getattr(reasons, name)[i] for i in order] for name in names),
        reasons.vectors[order],
        reasons.clear,
        reasons.wish,
    )
    discovery, texts, members = found(reasons)
    values = stability(discovery, texts, reasons, members)
    again, same, _ = found(shuffled)
    assert len(set(values)) > 1
    assert stability(again, same, shuffled, members) == values


def test_resamples_are_drawn_review_by_review():
    reviews = [f"review {number}" for number in range(5_000)]
    drawn = resamples(reviews)
    assert drawn.shape == (5_000, RESAMPLES)
    assert drawn.mean(axis=0) == pytest.approx(np.full(RESAMPLES, SHARE), abs=0.03)
    assert np.abs(np.corrcoef(drawn.T) - np.eye(RESAMPLES)).max() < 0.06
    some = reviews[100:0:-7]
    assert (resamples(some) == drawn[100:0:-7]).all()
    assert (resamples(["a", "b", "a"])[0] == resamples(["a"])[0]).all()
    assert (resamples(reviews, random_state=1) != drawn).any()
