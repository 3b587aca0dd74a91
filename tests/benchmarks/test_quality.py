import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def quality(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import quality

    yield quality
    for name in ("quality", "peers"):
        sys.modules.pop(name, None)


def tweets(*reasons, sure="1.0"):
    companies = ("United", "Delta")
    return [
        {"negativereason": reason, "negativereason_confidence": sure, "company": companies[n % 2]}
        for n, reason in enumerate(reasons)
    ]


def test_labels_that_say_what_people_said_agree_fully_and_leak_nothing(quality):
    said = tweets("Late", "Late", "Rude", "Rude", "Lost", "Lost")
    row = quality.figures(quality.Grouping("x", list("aabbcc"), 2.4), said)
    assert row[:6] == ["x", "3", "100%", "1.000", "1.000", "1.000"]
    assert float(row[6]) <= 0
    assert row[7] == "2"


def test_what_has_no_label_is_one_cluster_and_what_people_were_unsure_of_is_not_scored(quality):
    said = [*tweets("Late", "Late", "Rude", "Rude", "Can't Tell"), *tweets("Late", sure="0.6")]
    whole = quality.figures(quality.Grouping("x", ["a", "a", "none", "none", "b", "c"]), said)
    assert whole[1:6] == ["3", "50%", "1.000", "1.000", "1.000"]
    assert whole[-1] == ""


def test_a_part_takes_the_place_of_the_one_before_and_leaves_the_rest(quality, tmp_path):
    path = tmp_path / "RESULTS.md"
    path.write_text("# Results\n\n## One\n\nkept\n\n## Two\n\nkept too\n")
    quality.put(path, {"speed": "first"})
    quality.put(path, {"airlines": "other"})
    before = path.read_text()
    quality.put(path, {"speed": "second"})
    after = path.read_text()
    assert before.replace("first", "second") == after
    assert after.startswith("# Results\n\n## One\n\nkept\n\n## Two\n\nkept too\n\n")
    assert after.count(quality.HEADING) == after.count("### speed") == after.count("### airlines") == 1
