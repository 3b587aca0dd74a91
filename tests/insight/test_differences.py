"""Where companies differ beyond chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from minebelief.insight.differences import adjusted, difference, two_sided


def test_large_counts_agree_with_the_chi_squared_test():
    ours = two_sided([(100, 1000, 140, 1000)])
    table = [[100, 900], [140, 860]]
    assert ours == pytest.approx(chi2_contingency(table, correction=False).pvalue, rel=0.02)


def test_small_counts_are_tested_exactly():
    exact = fisher_exact([[1, 19], [6, 14]]).pvalue
    mid = two_sided([(1, 20, 6, 20)])
    assert 0.5 * exact < mid < exact


def test_a_harsher_source_makes_no_company_look_worse():
    apart = two_sided([(40, 100, 360, 900), (90, 900, 10, 100)])
    pooled = two_sided([(130, 1000, 370, 1000)])
    assert apart == pytest.approx(1.0, abs=0.01)
    assert pooled < 0.001


@pytest.mark.parametrize("counts", [(0, 10, 0, 10), (10, 10, 10, 10), (0, 0, 5, 10)])
def test_nothing_to_tell_apart_is_no_difference(counts: tuple[int, int, int, int]):
    assert two_sided([counts]) == 1.0


def test_q_values_are_those_of_benjamini_and_hochberg():
    assert adjusted([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert adjusted([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_is_never_below_p_and_keeps_the_order(values: list[float]):
    q = adjusted(values)
    assert all(b >= a - 1e-12 for a, b in zip(values, q, strict=True))
    order = np.argsort(values, kind="stable")
    assert (np.diff(np.array(q)[order]) >= -1e-12).all()


@given(st.integers(0, 40), st.integers(40, 400), st.integers(0, 40), st.integers(40, 400))
def test_the_interval_of_a_difference_turns_with_the_companies(k1: int, n1: int, k2: int, n2: int):
    there, low, high = difference(k1, n1, k2, n2)
    back = difference(k2, n2, k1, n1)
    assert low <= there <= high
    assert back == pytest.approx((-there, -high, -low))
