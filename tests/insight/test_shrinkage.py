"""Small numbers are drawn towards the industry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minebelief.insight.shrinkage import shrink

COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 500)), min_size=1, max_size=12)


def test_few_reviews_are_drawn_further_than_many():
    drawn = shrink(np.array([3, 300, 20, 30]), np.array([5, 1000, 1000, 1000]))
    assert abs(drawn.share[0] - 0.6) > 0.1
    assert drawn.share[1] == pytest.approx(0.3, abs=0.01)


def test_companies_that_are_alike_are_drawn_together():
    drawn = shrink(np.array([50, 51, 49, 2]), np.array([1000, 1000, 1000, 20]))
    assert drawn.share[3] == pytest.approx(0.05, abs=0.005)
    assert drawn.strength > 500


def test_without_any_review_nothing_is_known():
    drawn = shrink(np.array([0]), np.array([0]))
    assert (drawn.low[0], drawn.high[0]) == (0, 1)


@given(COUNTS)
def test_a_share_lies_in_its_interval_and_between_the_company_and_the_mean(counts: list[tuple[int, int]]):
    k = np.array([min(mentions, reviews) for mentions, reviews in counts])
    n = np.array([reviews for _, reviews in counts])
    drawn = shrink(k, n)
    assert ((drawn.low <= drawn.share) & (drawn.share <= drawn.high)).all()
    assert ((drawn.share >= 0) & (drawn.share <= 1)).all()
    if n.sum():
        mean = (k.sum() + 0.5) / (n.sum() + 1)
        own = np.where(n > 0, k / np.maximum(n, 1), mean)
        assert (np.abs(drawn.share - own) <= np.abs(mean - own) + 1e-9).all()
