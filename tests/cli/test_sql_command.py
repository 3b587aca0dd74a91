"""``minebelief sql``."""

import json
from pathlib import Path

import pytest


def test_a_query_is_answered(call, published: Path) -> None:
    query = "select theme_id, prevalence from top_beliefs('pet-insurance', n := 2)"
    done = call("--workspace", str(published), "sql", query)
    assert done.code == 0
    assert done.out.split() == ["theme_id", "prevalence", "─" * 21, "b1", "0.3", "b2", "0.25"]


def test_what_is_too_wide_for_the_screen_stands_one_below_the_other(
    call, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = call("--workspace", str(published), "sql", "from top_beliefs('pet-insurance', n := 2)")
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0].split() == ["theme_id", "b1"]
    assert lines[1].split(maxsplit=1) == ["statement", "It takes weeks until a claim is paid."]
    assert "theme_id    b2" in lines
    assert "─" not in done.out


def test_every_kind_of_value_has_a_form_in_json(call, published: Path) -> None:
    query = (
        "select 1.5 as a, [1, null] as b, {'k': 'v'} as c, date '2024-01-02' as d, 'nan'::double as e, "
        "'x'::blob as f, interval 1 day as g, 2 as a"
    )
    done = call("--workspace", str(published), "sql", query, "--format", "json")
    (record,) = json.loads(done.out)
    assert record["a"] == 1.5
    assert record["b"] == [1, None]
    assert record["c"] == {"k": "v"}
    assert record["d"] == "2024-01-02"
    assert record["e"] is None
    assert record["a_2"] == 2


def test_numbers_are_aligned_to_the_right(call, published: Path) -> None:
    done = call("--workspace", str(published), "sql", "from (values (1, 'a'), (1000, 'b')) as t (n, letter)")
    assert [line.rstrip() for line in done.out.splitlines() if line.strip()][2:] == ["    1   a", " 1000   b"]


def test_a_query_that_takes_too_long_is_stopped(call, published: Path) -> None:
    endless = "select count(*) from range(1000000000000) a where a.range % 7 = 3"
    done = call("--workspace", str(published), "sql", endless, "--seconds", "0.2")
    assert done.code == 2
    assert done.err == "minebelief: the query took longer than 0.2 seconds and was stopped\n"


def test_a_mistake_is_told_on_one_line(call, published: Path) -> None:
    done = call("--workspace", str(published), "sql", "select nothing from beliefs")
    assert done.code == 2
    assert "nothing" in done.err
    assert len(done.err.splitlines()) == 1


def test_no_other_file_can_be_read(call, published: Path) -> None:
    done = call("--workspace", str(published), "sql", "from read_text('/etc/passwd')")
    assert done.code == 2
    assert "root:" not in done.out + done.err


def test_no_rows_are_no_error(call, published: Path) -> None:
    for form in ("table", "json", "csv", "md"):
        assert call("--workspace", str(published), "sql", "from beliefs where false", "--format", form).code == 0
