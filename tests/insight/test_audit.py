"""Precision, recall and corrected prevalence from judged samples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minebelief.insight.audit import Tally, correct
from minebelief.insight.intervals import mean_of_shares

counts = st.integers(0, 60)
tallies = st.builds(Tally, counts, counts, counts, counts)
companies = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(1, 3000)), min_size=1, max_size=6)


@settings(deadline=None, max_examples=30)
@given(companies, tallies)
def test_a_corrected_share_lies_in_its_interval_and_is_one(rows: list[tuple[int, int, int]], tally: Tally) -> None:
    k, m, rest = np.array(rows).T
    done = correct(k, m, k + m + rest, tally)
    assert (done.low >= 0).all()
    assert (done.low <= done.share).all()
    assert (done.share <= done.high).all()
    assert (done.high <= 1).all()
    assert 0 <= done.mean[1] <= done.mean[0] <= done.mean[2] <= 1
    assert done.mean[0] == pytest.approx(done.share.mean())


@settings(deadline=None, max_examples=30)
@given(companies, tallies)
def test_a_worse_precision_lowers_and_more_that_is_missed_raises(
    rows: list[tuple[int, int, int]], tally: Tally
) -> None:
    k, m, rest = np.array(rows).T
    n = k + m + rest
    done = correct(k, m, n, tally).share
    worse = Tally(tally.says, tally.says_not + 20, tally.missed, tally.left)
    missing = Tally(tally.says, tally.says_not, tally.missed + 20, tally.left)
    assert (correct(k, m, n, worse).share <= done + 1e-12).all() or not tally.corrects
    assert (correct(k, m, n, missing).share >= done - 1e-12).all()


def test_a_perfect_audit_changes_next_to_nothing() -> None:
    k, n = np.array([30, 60, 45]), np.array([1000, 1000, 1000])
    done = correct(k, np.zeros(3, int), n, Tally(2000, 0, 0, 2000))
    assert done.mean[0] == pytest.approx(k.mean() / 1000)
    assert done.mean == pytest.approx(mean_of_shares(k, n), abs=0.001)


def test_few_judgements_make_the_interval_wider() -> None:
    k, m, n = np.array([50, 50]), np.array([50, 50]), np.array([1000, 1000])
    few, many = correct(k, m, n, Tally(8, 4, 1, 11)), correct(k, m, n, Tally(80, 40, 10, 110))
    assert few.mean[0] == pytest.approx(many.mean[0])
    assert few.mean[2] - few.mean[1] > 1.5 * (many.mean[2] - many.mean[1])


def test_the_share_is_what_the_strata_hold() -> None:
    done = correct(np.array([100]), np.array([200]), np.array([1000]), Tally(15, 5, 2, 18))
    assert done.share[0] == pytest.approx((100 * 0.75 + 200 * 0.1) / 1000)


def test_recall_is_corrected_for_only_once_enough_was_judged() -> None:
    assert Tally(9, 0, 5, 20).corrects is None
    assert Tally(9, 1, 2, 7).corrects == "precision"
    assert Tally(9, 1, 2, 8).corrects == "precision and recall"
    done = correct(np.array([100]), np.array([200]), np.array([1000]), Tally(9, 1, 2, 7))
    assert done.share[0] == pytest.approx(0.09)


def test_the_same_seed_gives_the_same() -> None:
    arguments = (np.array([3]), np.array([9]), np.array([200]), Tally(10, 5, 1, 30))
    first, again = correct(*arguments, seed=4), correct(*arguments, seed=4)
    assert (first.low, first.high, first.mean) == (again.low, again.high, again.mean)
