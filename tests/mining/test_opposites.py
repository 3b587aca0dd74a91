"""Whether a sentence is on a statement's matter, and on which side."""

import io

import numpy as np
import pytest

from minebelief.language import language_set_hash, statement_pairs
from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import load_general_heads
from minebelief.mining.opposites import Opposites, fit_opposites, load_opposites, save_opposites

STATEMENT = "Nobody ever answers the phone."
OPPOSITES = ["They picked up the phone right away.", "I can always reach a real person by phone."]
SAME = ["I called six times and nobody picked up.", "You can never get anyone on the phone."]
ELSEWHERE = ["The app is easy to use.", "The price went up again this year."]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def opposites() -> Opposites:
    found = load_opposites()
    assert found is not None, "run: make heads"
    return found


def probabilities(encoder: Encoder, opposites: Opposites, sentences: list[str]) -> tuple[np.ndarray, np.ndarray]:
    statement, vectors = encoder.encode([STATEMENT])[0], encoder.encode(sentences)
    tone = load_general_heads().tone(sentences, vectors)
    return (
        opposites.same_matter(statement[None], vectors)[:, 0],
        opposites.other_side(statement, True, vectors, tone),
    )


def test_the_matter_is_the_same_on_both_sides_of_it(encoder: Encoder, opposites: Opposites):
    same, _ = probabilities(encoder, opposites, [*OPPOSITES, *SAME, *ELSEWHERE])
    assert (same[:4] > 0.5).all()
    assert (same[4:] < 0.1).all()


def test_the_opposite_is_told_from_what_says_the_same(encoder: Encoder, opposites: Opposites):
    _, other = probabilities(encoder, opposites, [*OPPOSITES, *SAME])
    assert (other[:2] > 0.9).all()
    assert (other[2:] < 0.2).all()


def test_directions_are_removed_and_lengths_kept(opposites: Opposites):
    vectors = np.random.default_rng(0).normal(size=(5, opposites.directions.shape[1]))
    rest = opposites.without_sides(vectors)
    assert np.abs(rest @ opposites.directions.T).max() < 1e-5
    assert np.linalg.norm(rest, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_what_is_stored_is_no_pickle_and_names_its_language_set(opposites: Opposites):
    with np.load(io.BytesIO(save_opposites(opposites)), allow_pickle=False) as arrays:
        assert str(arrays["language_set"]) == language_set_hash()


def test_fitted_on_some_industries_it_finds_opposites_in_others(encoder: Encoder):
    pairs = [pair for pair in statement_pairs() if pair.kind == "negative" and not pair.rough]
    names = sorted({pair.industry for pair in pairs})
    known = [pair for pair in pairs if pair.industry in names[:8]]
    fresh = [pair for pair in pairs if pair.industry in names[8:10] and pair.label in ("says", "opposite")]
    fitted = fit_opposites(encoder.encode, load_general_heads(), known)
    statements = encoder.encode([pair.statement for pair in fresh])
    texts = [pair.sentence for pair in fresh]
    vectors = encoder.encode(texts)
    tone = load_general_heads().tone(texts, vectors)
    other = np.array(
        [fitted.other_side(statement, True, vectors[[i]], tone[[i]])[0] for i, statement in enumerate(statements)]
    )
    right = (other > 0.5) == np.array([pair.label == "opposite" for pair in fresh])
    assert right.mean() > 0.9
