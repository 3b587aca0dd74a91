"""What the mention of a matter goes with in stars."""

import numpy as np
import pytest

from minebelief.insight.impact import Voices, impact_of


def voices(penalty: float, reward: float, n: int = 4000, seed: int = 3) -> tuple[Voices, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    place = random.integers(0, 4, n)
    bad = random.random(n) < 0.1
    good = ~bad & (random.random(n) < 0.15)
    other = random.random((2, n)) < 0.3
    stars = 0.5 + 0.05 * place - penalty * bad + reward * good - 0.2 * other[0] + 0.1 * other[1]
    stars = np.clip(stars + random.normal(0, 0.1, n), 0, 1)
    complaints, praises = bad.astype(int), good.astype(int)
    return Voices(place, stars, complaints + other[0], praises + other[1]), complaints, praises


def test_planted_effects_are_found_beside_those_of_companies_and_of_other_matters():
    found = impact_of(*voices(0.2, 0.1))
    for estimate, planted in ((found.penalty, 0.2), (found.reward, 0.1)):
        value, low, high = estimate
        assert value == pytest.approx(planted, abs=0.02)
        assert low < value < high


@pytest.mark.parametrize(
    ("penalty", "reward", "kano"),
    [(0.3, 0.0, "must-be"), (0.2, 0.2, "linear"), (0.0, 0.3, "delighter"), (0.0, 0.0, "indifferent")],
)
def test_matters_are_of_the_kind_that_was_planted(penalty: float, reward: float, kano: str):
    assert impact_of(*voices(penalty, reward, 6000)).kano == kano


def test_few_mentions_tell_nothing():
    found = impact_of(*voices(0.3, 0.3, 60))
    assert (found.penalty, found.reward, found.kano, found.draws) == (None, None, "unclear", None)


def test_without_stars_nothing_is_told():
    empty = np.zeros(0)
    assert impact_of(Voices(empty, empty, empty, empty), empty, empty).kano == "unclear"


def test_the_same_voices_give_the_same_intervals():
    one, two = (impact_of(*voices(0.2, 0.1)) for _ in range(2))
    assert (one.penalty, one.reward) == (two.penalty, two.reward)
