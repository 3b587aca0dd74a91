"""What stars teach about sentences, on made-up ones whose sides are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from minebelief.mining.estimates import estimate
from minebelief.mining.heads import LinearHead
from minebelief.mining.polarity import Learnt, learn_from_stars, with_help
from minebelief.mining.stars import StarModel, fit_star_model, level_of

GIVEN = np.array([[0.5, 0.2, 0.15, 0.1, 0.05], [0.02, 0.03, 0.05, 0.2, 0.7]])


def made_up(n: int = 20_000, sharpness: float = 1.0, seed: int = 0):
    """Log odds of being negative, stars, and whether each of n sentences is negative; 4 sentences to a review."""
    random = np.random.default_rng(seed)
    reviews = np.repeat(np.arange(n // 4), 4)
    level = random.choice(5, n // 4)[reviews]
    share = GIVEN[0] / GIVEN.sum(axis=0)
    negative = random.random(n) < share[level]
    truth = np.where(negative, 1.0, -1.0) * 1.6 + random.normal(0, 1.8, n)  # honest log odds up to a factor
    return truth * sharpness, level / 4, negative, [f"r{n}" for n in reviews]


def test_the_share_of_each_level_of_stars_is_found():
    odds, stars, negative, _ = made_up()
    model = fit_star_model(odds[:, None], stars, np.ones(len(odds)))
    for side, row in ((negative, 0), (~negative, 1)):
        true = np.bincount(level_of(stars)[side], minlength=5) / side.sum()
        assert model.given[row] == pytest.approx(true, abs=0.04)
    assert model.base == pytest.approx(negative.mean(), abs=0.04)


@pytest.mark.parametrize("sharpness", [0.3, 1.0, 4.0])
def test_odds_that_are_too_bold_or_too_shy_are_calibrated(sharpness):
    odds, stars, negative, reviews = made_up(sharpness=sharpness)
    model = fit_star_model(odds[:, None], stars, np.ones(len(odds)))
    read = model.alone(odds[:, None])
    for low in np.arange(0, 1, 0.2):
        within = (read >= low) & (read < low + 0.2)
        assert read[within].mean() == pytest.approx(negative[within].mean(), abs=0.06)
    found = estimate(model, odds[:, None], stars, reviews, np.ones(len(odds)))
    assert found.calibration_error < 0.03
    assert found.auc > 0.9
    assert 0.8 < found.accuracy < 1


def test_the_calibration_error_is_that_against_the_truth():
    odds, stars, negative, reviews = made_up()
    true = fit_star_model(odds[:, None], stars, np.ones(len(odds)))
    bold = StarModel(3 * true.weights, true.intercept, true.given, true.base)
    read = bold.alone(odds[:, None])
    places = np.minimum((read * 10).astype(int), 9)
    off = sum(
        abs(read[places == b].mean() - negative[places == b].mean()) * (places == b).mean()
        for b in range(10)
        if (places == b).any()
    )
    found = estimate(bold, odds[:, None], stars, reviews, np.ones(len(odds)))
    assert found.calibration_error == pytest.approx(off, abs=0.02)
    assert found.calibration_error > 0.04


def test_stars_shift_what_a_text_says_and_no_stars_leave_it_at_even_odds():
    model = StarModel(np.array([1.0]), 0.0, GIVEN, 0.5)
    odds = np.zeros((3, 1))
    bad, good, none = model.with_stars(odds, np.array([0.0, 1.0, np.nan]))
    assert bad > 0.9 > 0.5 > 0.1 > good
    assert none == pytest.approx(0.5)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-12, 12), st.sampled_from([0, 0.25, 0.5, 0.75, 1, 0.1, 0.9]), st.floats(0, 1)),
        min_size=1,
        max_size=40,
    )
)
def test_any_sentences_give_probabilities(rows):
    odds, stars, certain = (np.array(column, float) for column in zip(*rows, strict=True))
    model = fit_star_model(odds[:, None], stars, certain)
    read = model.with_stars(odds[:, None], stars)
    assert np.isfinite(read).all()
    assert ((read >= 0) & (read <= 1)).all()
    assert model.given.sum(axis=1) == pytest.approx([1, 1])


@pytest.fixture(scope="module")
def taught():
    odds, stars, negative, reviews = made_up(8_000)
    rows = np.column_stack([odds, np.random.default_rng(1).normal(size=(len(odds), 30))]).astype(np.float32)
    return rows, stars, negative, reviews, 0.5 * odds


def test_a_review_is_read_by_what_others_taught(taught):
    rows, stars, _, reviews, general = taught
    certain = np.ones(len(rows))
    _, before = learn_from_stars(rows, stars, reviews, general, certain)
    turned = stars.copy()
    one = np.array(reviews) == reviews[0]
    turned[one] = 1 - turned[one]
    _, after = learn_from_stars(rows, turned, reviews, general, certain)
    assert after[one] == pytest.approx(before[one], abs=0.02)  # its own stars moved only what it taught to others


def test_noise_learnt_by_heart_does_not_flatter_the_estimate():
    random = np.random.default_rng(3)
    reviews = [f"r{n // 2}" for n in range(1_000)]
    stars = np.repeat(random.choice([0.0, 1.0], 500), 2)
    rows = np.repeat(random.normal(size=(500, 400)), 2, axis=0).astype(np.float32)  # tells its review and nothing else
    learnt, odds = learn_from_stars(rows, stars, reviews, np.zeros(1_000), np.ones(1_000))
    by_heart = np.column_stack([-learnt.head.decision_function(rows), np.zeros(1_000)])
    assert estimate(learnt.model, by_heart, stars, reviews, np.ones(1_000)).auc > 0.7
    assert estimate(learnt.model, odds, stars, reviews, np.ones(1_000)).auc < 0.6


def test_what_was_learnt_is_stored_whole(taught):
    rows, stars, _, reviews, general = taught
    learnt, _ = learn_from_stars(rows, stars, reviews, general, np.ones(len(rows)))
    again = Learnt.of(learnt.arrays())
    odds = again.odds(rows, general)
    assert again.from_stars
    assert again.model.with_stars(odds, stars) == pytest.approx(
        learnt.model.with_stars(learnt.odds(rows, general), stars)
    )


def test_help_from_elsewhere_is_a_mean_and_knows_no_stars():
    heads = [LinearHead.of(np.array(["negative", "positive"]), np.full((1, 3), c), np.zeros(1)) for c in (1.0, 3.0)]
    learnt = with_help(heads)
    assert learnt.head.coef_.tolist() == [[2.0, 2.0, 2.0]]
    assert not learnt.from_stars
    odds = learnt.odds(np.ones((2, 3)), np.array([1.0, 1.0]))
    read = learnt.model.with_stars(odds, np.array([0.0, 1.0]))
    assert read[0] == read[1] == pytest.approx(float(expit(odds[0] @ learnt.model.weights)))
    assert with_help([]) is None
