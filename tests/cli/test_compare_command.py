"""``minebelief compare`` and ``minebelief values``."""

import json
from pathlib import Path


def compare(call, published: Path, *more: str) -> list[dict]:
    done = call("--workspace", str(published), "compare", "pet-insurance", *more, "--format", "json")
    assert done.code == 0
    return json.loads(done.out)


def test_few_reviews_show_no_difference_and_that_is_said(call, published: Path) -> None:
    done = call("--workspace", str(published), "compare", "pet-insurance", "figo", "Embrace")
    assert done.code == 0
    assert "Figo, Embrace, over files" in done.out
    assert "0 differences are beyond chance, 4 comparisons show none" in done.out


def test_all_shows_also_where_companies_are_alike(call, published: Path) -> None:
    rows = compare(call, published, "figo", "embrace", "trupanion", "--all")
    assert len(rows) == 12
    assert {(row["a"], row["b"]) for row in rows} == {
        ("figo", "embrace"), ("figo", "trupanion"), ("embrace", "trupanion"),
    }  # fmt: skip
    assert all(row["low"] <= row["difference"] <= row["high"] for row in rows)
    assert not any(row["apart"] for row in rows)


def test_one_kind_can_be_asked_for(call, published: Path) -> None:
    rows = compare(call, published, "figo", "embrace", "--all", "--kind", "value")
    assert [row["theme_id"] for row in rows] == ["v1"]


def test_one_company_is_no_comparison(call, published: Path) -> None:
    done = call("--workspace", str(published), "compare", "pet-insurance", "figo", "figo")
    assert done.code == 1
    assert "two or more different companies" in done.err


def test_values_are_what_beliefs_of_that_kind_are(call, published: Path) -> None:
    there = call("--workspace", str(published), "beliefs", "--kind", "value", "--all")
    assert call("--workspace", str(published), "values", "--all") == there
    assert "The agent was kind" in there.out


def test_the_industry_may_be_left_out(call, published: Path) -> None:
    with_name = call("--workspace", str(published), "compare", "pet-insurance", "figo", "embrace")
    assert call("--workspace", str(published), "compare", "figo", "embrace") == with_name
    wrong = call("--workspace", str(published), "compare", "pet-insurrance", "figo")
    assert wrong.code == 2
    assert "no company 'pet-insurrance'" in wrong.err


def test_values_take_the_options_of_beliefs(call, published: Path) -> None:
    asked = ("--all", "--since", "2024-01-01", "--min-spread", "1", "--format", "json")
    values = call("--workspace", str(published), "values", *asked)
    assert values.code == 0
    assert values == call("--workspace", str(published), "beliefs", "--kind", "value", *asked)
    assert [row["theme_id"] for row in json.loads(values.out)] == ["v1"]
