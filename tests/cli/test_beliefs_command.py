"""``minebelief beliefs``."""

import csv
import json
from pathlib import Path

import pytest


def test_the_help_begins_with_what_it_does(call) -> None:
    assert call("beliefs", "--help").out.split("\n\n")[1].strip() == "Summarize the clusters of an industry."


def test_the_common_beliefs_are_shown(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs")
    assert (done.code, done.err) == (0, "")
    assert "It takes weeks until a claim is paid." in done.out
    assert "30.0% [26.0–35.0]" in done.out
    assert "3/3" in done.out
    assert "“It takes weeks until a claim is paid, case 4.” — Figo, 10 Feb 2024" in done.out
    assert "●" in done.out
    assert "doubled" not in done.out
    assert "2 of 3 beliefs are common" in done.out


def test_a_made_up_industry_says_so(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs")
    assert "made up for demonstration" in done.out


def test_all_says_why_a_belief_is_not_common(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "pet-insurance", "--all")
    assert "not common: at 1 of 3 companies, 3 are needed" in done.out


def test_json_holds_numbers(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "--all", "--format", "json")
    records = json.loads(done.out)
    assert [record["theme_id"] for record in records] == ["b1", "b2", "b3"]
    assert records[0]["prevalence"] == pytest.approx(0.3)
    assert records[0]["keywords"] == ["claim", "weeks"]
    assert records[0]["quote_published_at"] == "2024-02-10T00:00:00"


def test_a_file_is_written_in_the_format_of_its_ending(call, published: Path, tmp_path: Path) -> None:
    path = tmp_path / "beliefs.csv"
    done = call("--workspace", str(published), "beliefs", "-o", str(path))
    assert (done.code, done.out) == (0, "")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert [row["theme_id"] for row in rows] == ["b1", "b2"]
    assert rows[0]["statement"] == "It takes weeks until a claim is paid."


def test_a_table_in_a_file_has_no_colours(call, published: Path, tmp_path: Path) -> None:
    path = tmp_path / "beliefs.txt"
    assert call("--workspace", str(published), "beliefs", "-o", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    assert "30.0% [26.0–35.0]" in text
    assert "\x1b" not in text


def test_markdown_is_a_table(call, published: Path) -> None:
    lines = call("--workspace", str(published), "beliefs", "--format", "md").out.splitlines()
    assert lines[0].startswith("| theme\\_id | kind |")
    assert len(lines) == 4


def test_a_company_has_its_own_figures(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "--company", "Trupanion")
    assert "34.0% [29.0–40.0]" in done.out
    assert "— Trupanion," in done.out
    done = call("--workspace", str(published), "beliefs", "--company", "Trupanio")
    assert done.code == 2
    assert "did you mean 'trupanion'?" in done.err


def test_values_can_be_asked_for(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "--kind", "value", "--all")
    assert "The agent was kind when my dog died." in done.out


def test_nothing_common_says_what_is_missing(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "--kind", "value")
    assert done.code == 0
    assert "No values are common enough" in done.out
    assert "at 1 of 3 companies, 3 are needed" in done.out
    assert "--all" in done.out


def test_limit_and_spread_narrow_the_list(call, published: Path) -> None:
    few = call("--workspace", str(published), "beliefs", "--limit", "1", "--format", "json")
    assert len(json.loads(few.out)) == 1
    wide = call("--workspace", str(published), "beliefs", "--all", "--min-spread", "2", "--format", "json")
    assert [record["theme_id"] for record in json.loads(wide.out)] == ["b1", "b2"]


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_the_table_fits_the_terminal(call, published: Path, width: int, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = call("--workspace", str(published), "beliefs", "--all")
    assert max(len(line) for line in done.out.splitlines()) <= width
    assert done.out.count("●") == 3 or width < 60


def test_an_unknown_industry_is_a_usage_error_on_one_line(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "pets")
    assert (done.code, done.out) == (2, "")
    assert done.err == "minebelief: no industry 'pets'; there is pet-insurance\n"


def test_nothing_published_says_what_to_run(call, tmp_path: Path) -> None:
    done = call("beliefs", "--workspace", str(tmp_path))
    assert done.code == 1
    assert "nothing is published here yet" in done.err
    assert "minebelief run FILE" in done.err
    assert len(done.err.splitlines()) == 1
