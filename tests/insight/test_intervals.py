import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, poisson

from minebelief.insight.intervals import VISIBLE_MENTIONS, mean_of_shares, visible, wilson

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_the_interval_is_wilsons(count):
    mentions, reviews = count
    expected = binomtest(mentions, reviews).proportion_ci(method="wilson")
    low, high = wilson(np.array([mentions]), np.array([reviews]))
    assert low[0] == pytest.approx(expected.low, abs=1e-9)
    assert high[0] == pytest.approx(expected.high, abs=1e-9)


def test_no_reviews_tell_nothing():
    low, high = wilson(np.array([0]), np.array([0]))
    assert (low[0], high[0]) == (0, 1)


@given(st.lists(counts, min_size=1, max_size=8))
def test_the_mean_lies_in_its_interval(companies):
    mean, low, high = mean_of_shares(np.array([k for k, _ in companies]), np.array([n for _, n in companies]))
    assert 0 <= low <= mean <= high <= 1


def test_one_companys_mean_is_its_own_interval():
    mean, low, high = mean_of_shares(np.array([30]), np.array([600]))
    own_low, own_high = wilson(np.array([30]), np.array([600]))
    assert (mean, low, high) == (0.05, pytest.approx(own_low[0]), pytest.approx(own_high[0]))


def test_the_interval_of_a_mean_covers_the_truth_about_95_times_in_100():
    random = np.random.default_rng(1)
    truth, reviews = np.array([0.01, 0.03, 0.05, 0.1]), np.array([300, 900, 500, 150])
    inside = 0
    for _ in range(2000):
        _, low, high = mean_of_shares(random.binomial(reviews, truth), reviews)
        inside += low <= truth.mean() <= high
    assert 0.93 <= inside / 2000 <= 0.975


def test_a_complaint_at_the_visible_prevalence_is_seen_19_times_in_20():
    assert poisson.sf(VISIBLE_MENTIONS - 1, visible(1802) * 1802) == pytest.approx(0.95)
    assert round(visible(1802), 3) == 0.006
