"""The benchmark judges by the truth: what is said, what a theme is about, and where its interval lies."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def demo_truth() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "demo_truth.py"
    spec = importlib.util.spec_from_file_location("demo_truth", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def planted(matter: str, sentence: str) -> dict[str, str | None]:
    return {"matter": matter, "sentence": sentence, "role": "reason", "stance": None}


def test_a_sentence_says_what_was_planted_in_its_own_review(demo_truth: ModuleType) -> None:
    review = [planted("hold", "I waited, and waited."), planted("bill", "The bill is wrong.")]
    assert demo_truth.matters_said("i waited AND waited", review) == {"hold"}
    assert demo_truth.matters_said("and waited.", review) == {"hold"}
    assert demo_truth.matters_said("I waited, and waited. Awful!", review) == {"hold"}
    assert demo_truth.matters_said("I waited, and waited, the bill is wrong", review) == {"hold", "bill"}
    assert demo_truth.matters_said("Never again.", review) == set()
    assert demo_truth.matters_said("I waited, and waited.", ()) == set()


def theme(demo_truth: ModuleType, name: str, common: bool, says: dict[str, int], *intervals: tuple[float, float]):
    return demo_truth.Theme(name, "…", common, Counter(says), dict(zip("abc", intervals, strict=False)))


def test_a_theme_is_about_what_half_of_its_sentences_say(demo_truth: ModuleType) -> None:
    assert theme(demo_truth, "b1", True, {"hold": 5, "": 5}).matter == "hold"
    assert theme(demo_truth, "b1", True, {"hold": 4, "": 3, "bill": 2}).matter == ""
    assert theme(demo_truth, "b1", True, {"": 9, "hold": 1}).matter == ""
    assert theme(demo_truth, "b1", True, {}).matter == ""


TRUTH = {
    "matters": [
        {"id": "hold", "kind": "belief", "classic": True, "prevalence": {"a": 0.1, "b": 0.05, "c": 0.0}},
        {"id": "bill", "kind": "belief", "classic": False, "prevalence": {"a": 0.1, "b": 0.1, "c": 0.1}},
        {"id": "app", "kind": "one-company", "classic": False, "prevalence": {"a": 0.1, "b": 0.0, "c": 0.0}},
        {"id": "kind", "kind": "value", "classic": False, "prevalence": {"a": 0.1, "b": 0.0, "c": 0.0}},
    ],
    "reviews": {"r1": [planted("hold", "I waited.")], "r2": [planted("hold", "A wait."), planted("bill", "Wrong.")]},
}


def test_every_company_counts_and_of_several_themes_the_largest(demo_truth: ModuleType) -> None:
    themes = [
        theme(demo_truth, "b1", False, {"hold": 3, "": 1}, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)),
        theme(demo_truth, "b2", True, {"hold": 8}, (0.08, 0.12), (0.06, 0.09), (0.0, 0.02)),
        theme(demo_truth, "b3", True, {"app": 4}, (0.1, 0.2), (0.0, 0.1), (0.0, 0.1)),
    ]
    score = demo_truth.score(themes, {("r1", "hold"), ("r9", "hold")}, TRUTH)
    assert (score.classic, score.classic_found, score.classic_common) == (1, 1, 1)
    assert (score.classic_cells, score.classic_inside) == (3, 2)
    assert (score.beliefs, score.beliefs_found, score.cells, score.inside) == (2, 1, 3, 2)
    assert score.one_company_common == 1
    assert (score.right, score.evidence) == (11, 12)
    assert (score.recognised, score.mentions) == (1, 3)


def test_scores_add_up_over_seeds(demo_truth: ModuleType) -> None:
    two = demo_truth.Score(classic=5, classic_common=4) + demo_truth.Score(classic=5, classic_common=5)
    assert "the five classic beliefs found and called common: 9 of 10 (90%)" in demo_truth.report(two)
