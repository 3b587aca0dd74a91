"""Proposed differentiators, graded as a stranger expected before `check` was written."""

import csv
import json
from functools import cache
from pathlib import Path

from minebelief.insight.check import Checker, Graded
from minebelief.insight.evidence import evidence_from
from minebelief.mining.encoder import Encoder

FOLDER = Path(__file__).parent / "check_sentences"
GATES = ("specific", "beyond_expected", "not_copied")


@cache
def checker(context: str) -> Checker:
    contexts = json.loads((FOLDER / "contexts.json").read_text(encoding="utf-8"))
    return Checker(evidence_from(contexts[context]), Encoder())


def graded(row: dict[str, str]) -> Graded:
    return checker(row["context"]).check(row["sentence"], row["company"] or None)


def test_most_gates_are_as_a_consultant_expected():
    with (FOLDER / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 60
    for untouched, bar in (("0", 0.9), ("1", 0.8)):
        part = [row for row in rows if row["untouched"] == untouched]
        right = sum(getattr(graded(row), gate).result == row[gate] for row in part for gate in GATES)
        assert right / (len(part) * len(GATES)) >= bar, (untouched, right, len(part) * len(GATES))


def test_a_platitude_fails_with_the_word_that_cannot_be_checked():
    found = checker("food-delivery").check("Great customer service", None)
    assert found.specific.result == "fail"
    assert "Great" in found.specific.because


def test_what_everybody_gets_is_no_differentiator():
    found = checker("food-delivery").check("Your food arrives hot", None)
    assert found.verdict in ("table stake", "too vague")


def test_a_level_with_a_guarantee_is_specific():
    found = checker("phone-companies").check("We answer every call within 30 seconds or the month is free", None)
    assert found.specific.result == "pass"
