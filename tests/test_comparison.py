"""Two shares compared like with like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from minebelief.comparison import Stratum, adjusted, exact_p, weighted_shares


@st.composite
def stratum(draw: st.DrawFn) -> Stratum:
    before, after = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    return Stratum(before, draw(st.integers(0, before)), after, draw(st.integers(0, after)))


@given(stratum())
def test_one_stratum_is_fishers_test(one: Stratum) -> None:
    table = [[one.said_after, one.after - one.said_after], [one.said_before, one.before - one.said_before]]
    for side, name in (("less", "less"), ("more", "greater")):
        assert exact_p([one], side) == pytest.approx(fisher_exact(table, name).pvalue, abs=1e-9)


@given(st.lists(stratum(), max_size=4))
def test_p_is_a_probability_and_the_order_of_strata_does_not_matter(some: list[Stratum]) -> None:
    p = exact_p(some)
    assert 0 <= p <= 1
    assert exact_p(some[::-1]) == pytest.approx(p)


def test_another_mix_is_no_change() -> None:
    # each company says it as often as before; that with many mentions has more reviews now
    some = [Stratum(1000, 100, 100, 10), Stratum(100, 1, 1000, 10)]
    assert exact_p(some) > 0.5
    before, after, low, high = weighted_shares(some)
    assert before == pytest.approx(after)
    assert low < 0 < high


def test_strata_without_reviews_on_both_sides_say_nothing() -> None:
    new_source = Stratum(0, 0, 500, 100)
    one = Stratum(300, 10, 300, 30)
    assert exact_p([one, new_source]) == exact_p([one])
    assert weighted_shares([one, new_source]) == weighted_shares([one])
    assert exact_p([new_source]) == 1
    assert weighted_shares([new_source]) == (0, 0, 0, 0)


def test_differences_have_intervals_that_hold_them() -> None:
    draw = np.random.default_rng(1)
    inside = 0
    for _ in range(500):
        some = [Stratum(200, int(draw.binomial(200, 0.05)), 100, int(draw.binomial(100, 0.09))) for _ in range(3)]
        _, _, low, high = weighted_shares(some)
        inside += low <= 0.04 <= high
    assert inside >= 465  # 93%


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_keeps_the_order_and_never_makes_surer(p: list[float]) -> None:
    q = adjusted(p)
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p)]) >= -1e-12).all()


def test_where_nothing_moves_any_call_is_rare() -> None:
    draw = np.random.default_rng(2)
    any_call = [bool((adjusted(draw.uniform(size=100)) <= 0.05).any()) for _ in range(1000)]
    assert np.mean(any_call) <= 0.07
