import numpy as np
import pytest

from minebelief.mining.encoder import Encoder
from minebelief.mining.matching import Matcher

STATEMENTS = ["Nobody answers the phone.", "The price keeps going up."]
SENTENCES = [
    "I was on hold for an hour and no one ever picked up the phone.",
    "They raise the price every single year.",
    "We moved house in May.",
    "The food was fine and the room was clean, we had two nice evenings by the lake, my sister liked the spa, "
    "but nobody answers the phone when you want to book again for next summer.",
]


@pytest.fixture(scope="module")
def matcher():
    return Matcher(Encoder(), [*STATEMENTS, *SENTENCES])


@pytest.fixture(scope="module")
def scores(matcher):
    return matcher.scores(STATEMENTS, SENTENCES)


def test_a_sentence_scores_highest_at_what_it_says(scores):
    assert scores.shape == (4, 2)
    assert scores[0, 0] > scores[0, 1] + 0.15
    assert scores[1, 1] > scores[1, 0] + 0.15
    assert scores[2].max() < min(scores[0, 0], scores[1, 1])


def test_a_complaint_is_seen_also_where_it_is_one_part_of_a_long_sentence(scores):
    assert scores[3, 0] > scores[2, 0] + 0.2


def test_a_statement_says_itself(matcher):
    assert np.diag(matcher.scores(STATEMENTS, STATEMENTS)) == pytest.approx(np.ones(2), abs=0.1)


def test_scores_do_not_depend_on_what_else_is_scored(matcher, scores):
    alone = np.vstack([matcher.scores(STATEMENTS, [sentence]) for sentence in SENTENCES])
    assert alone == pytest.approx(scores, abs=0.02)


def test_nothing_to_score_is_no_mistake(matcher):
    assert matcher.scores([], SENTENCES).shape == (4, 0)
    assert matcher.scores(STATEMENTS, []).shape == (0, 2)
    assert matcher.scores(STATEMENTS, ["?!"]).shape == (1, 2)
