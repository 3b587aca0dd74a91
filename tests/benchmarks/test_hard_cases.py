"""The hard cases are fifty of each kind, and the heads have never seen one of them."""

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


CASES = read(ROOT / "benchmarks" / "labels" / "hard_cases.tsv")


def test_there_are_fifty_of_each_kind() -> None:
    assert Counter(case["kind"] for case in CASES) == dict.fromkeys(("negation", "sarcasm", "contrast", "wish"), 50)
    assert {case["polarity"] for case in CASES} == {"negative", "neutral", "positive"}


def test_none_is_in_the_language_set() -> None:
    folder = ROOT / "minebelief" / "language"
    known = {row["sentence"].strip().lower() for path in sorted(folder.glob("*.tsv")) for row in read(path)}
    assert len(known) > 10_000
    assert [case["sentence"] for case in CASES if case["sentence"].strip().lower() in known] == []
