"""Ratings as sources write them, and what they are in stars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minebelief.gather.ratings import Rating, parse_rating, to_stars


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (4, Rating(4)),
        ("4", Rating(4)),
        (" 4.5 ", Rating(4.5)),
        ("4,5", Rating(4.5)),
        ("4 / 5", Rating(4, 5)),
        ("8/10", Rating(8, 10)),
        ("4 out of 5", Rating(4, 5)),
        ("Rated 4.0 out of 5 stars", Rating(4, 5)),
        ("5-star", Rating(5)),
        ("80%", Rating(80, 100)),
        ("★★★★☆", Rating(4, 5)),
        ("★★★½☆", Rating(3.5, 5)),
        ("⭐️⭐️⭐️", Rating(3)),
        (True, Rating(1)),
    ],
)
def test_a_rating_is_read_however_it_is_written(written, meant):
    assert parse_rating(written) == meant


@pytest.mark.parametrize(
    "written", ["", "nan", "inf", float("nan"), None, "good", "1,000", "4/0", "4 of my 5 dogs", "½ price"]
)
def test_what_is_no_rating_is_none(written):
    assert parse_rating(written) is None


@pytest.mark.parametrize(
    ("rating", "scale", "worst", "stars"),
    [
        *((1, 5, None, 0), (5, 5, None, 1), (4, 5, None, 0.75), (0, 5, None, 0), (5, 10, 0, 0.5)),
        *((1, 1, None, 1), (0, 1, None, 0), (1, 2, None, 0)),
    ],
)
def test_stars_run_from_the_worst_rating_to_the_best(rating, scale, worst, stars):
    assert to_stars(rating, scale, worst) == stars


@given(st.floats(0, 100), st.sampled_from([5, 10, 100]))
def test_every_number_is_read_back_and_stars_stay_within_0_and_1(number, scale):
    assert parse_rating(str(number)) == Rating(number)
    assert 0 <= to_stars(min(number, scale), scale) <= 1


@given(st.integers(0, 20), st.integers(1, 20))
def test_a_rating_out_of_a_best_one_keeps_both(value, best):
    assert parse_rating(f"{value}/{best}") == parse_rating(f"{value} out of {best}") == Rating(value, best)


@given(st.text(max_size=50))
def test_no_text_breaks_the_parser(text):
    parse_rating(text)
