import csv
import io

import numpy as np
import pytest

from minebelief.language import LABELS, language_set, language_set_hash, statement_pairs
from minebelief.mining.encoder import Encoder
from minebelief.mining.features import SURFACE, is_wish, lexicon, surface
from minebelief.mining.heads import LinearHead, load_general_heads, save_general_heads
from minebelief.mining.polarity import read_sentences


def test_the_shipped_heads_were_fitted_from_this_language_set():
    assert load_general_heads() is not None, "run: make heads"


def test_stored_heads_are_no_pickle_and_name_their_language_set():
    stored = save_general_heads(load_general_heads())
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        assert str(arrays["language_set"]) == language_set_hash()


def test_the_language_set_is_well_formed():
    sentences = language_set()
    assert len(sentences) >= 10_000
    assert sum(item.rough for item in sentences) >= 3000
    assert len({item.industry for item in sentences}) >= 40
    assert {item.polarity for item in sentences} == {"negative", "neutral", "positive"}
    assert {item.role for item in sentences} == {"reason", "verdict", "story"}
    for item in sentences:
        assert item.sentence == item.sentence.strip() != ""
        assert bool(item.group) == bool(item.area), item
        assert item.role == "reason" or not item.group, item
        assert item.group or item.rough or item.role != "reason", item
        assert item.role != "reason" or item.polarity != "neutral", item
    folded = [" ".join(item.sentence.lower().split()) for item in sentences]
    assert len(set(folded)) == len(folded)
    scored_on = ("pet insurance", "airline", "airlines", "food delivery")
    assert not {item.industry for item in sentences} & set(scored_on)
    assert csv.QUOTE_NONE == 3


def test_the_pairs_are_well_formed():
    pairs = statement_pairs()
    assert len(pairs) >= 15_000
    assert sum(pair.rough for pair in pairs) >= 6000
    assert len({pair.industry for pair in pairs}) >= 40
    for pair in pairs:
        assert pair.label in LABELS, pair
        assert pair.kind in ("negative", "positive"), pair
        assert 3 <= len(pair.statement.split()) <= 10, pair
        assert all(value == value.strip() != "" for value in (pair.industry, pair.area, pair.sentence)), pair
    assert len({(pair.industry, pair.statement, pair.sentence.casefold()) for pair in pairs}) == len(pairs)
    says = {pair.statement for pair in pairs if pair.label == "says"}
    assert all(pair.statement in says for pair in pairs)


@pytest.fixture(scope="module")
def reading():
    texts = [
        "On hold for 40 minutes before anyone answered.",
        "They charged my card twice.",
        "Staff were friendly and helpful.",
        "Stay away from this company.",
        "I signed up in May with my brother.",
        "They should add a chat to the app.",
    ]
    vectors = Encoder().encode(texts)
    return read_sentences(texts, vectors, np.full(len(texts), np.nan), load_general_heads())


def test_a_complaint_is_a_negative_reason(reading):
    assert list(zip(reading.polarity[:2], reading.role[:2], strict=True)) == [("negative", "reason")] * 2


def test_praise_is_positive(reading):
    assert (reading.polarity[2], reading.role[2]) == ("positive", "reason")


def test_a_warning_is_a_verdict_and_a_beginning_is_a_story(reading):
    assert (reading.polarity[3], reading.role[3]) == ("negative", "verdict")
    assert (reading.polarity[4], reading.role[4]) == ("neutral", "story")


def test_a_wish_counts_as_negative(reading):
    assert reading.wish.tolist() == [False] * 5 + [True]
    assert reading.polarity[5] == "negative"


def test_without_stars_nothing_is_learnt_from_them(reading):
    assert reading.learnt is None
    assert reading.estimate is None


@pytest.mark.parametrize("text", ["I wish they had a shop", "would be nice if it worked", "please fix the app"])
def test_wishes_are_seen(text):
    assert is_wish(text)


def test_facts_are_no_wishes():
    assert not is_wish("I was on hold for an hour")


def test_features_have_a_row_for_each_text_even_for_none():
    assert lexicon([]).shape == (0, 3)
    assert surface([]).shape == (0, SURFACE)
    assert surface(["Never again!"]).shape == (1, SURFACE)


def test_a_linear_head_gives_probabilities_and_learns():
    random = np.random.default_rng(0)
    rows = random.normal(size=(300, 4))
    labels = np.select([rows[:, 0] > 0.5, rows[:, 1] > 0.5], ["a", "b"], "c")
    head = LinearHead(C=10).fit(rows, labels)
    assert head.predict_proba(rows).sum(axis=1) == pytest.approx(np.ones(300))
    assert head.score(rows, labels) > 0.8
