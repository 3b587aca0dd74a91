"""What several commands have in common: slices of the reviews, and what a shell completes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def records(call, published: Path, *arguments: str) -> list[dict]:
    done = call("--workspace", str(published), *arguments, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_beliefs_are_counted_anew_within_days(call, published: Path) -> None:
    # every company has a review every tenth day from 1 January; b1 is said in all but one of four
    found = records(call, published, "beliefs", "--since", "2024-01", "--until", "2024-01-31")
    by_id = {one["theme_id"]: one for one in found}
    assert by_id["b1"]["reviews"] == 9
    assert by_id["b1"]["prevalence"] == pytest.approx(3 / 4)
    assert 0.4 < by_id["b1"]["low"] < 3 / 4 < by_id["b1"]["high"] < 1
    assert by_id["b1"]["quote_published_at"] < "2024-02"


def test_days_are_included_at_both_ends(call, published: Path) -> None:
    one_day = ("--since", "2024-01-11", "--until", "2024-01-11")
    found = records(call, published, "beliefs", "--all", *one_day)
    assert {one["reviews"] for one in found} == {3}


def test_a_slice_of_a_company_has_its_figures(call, published: Path) -> None:
    found = records(call, published, "beliefs", "--company", "Figo", "--until", "2024-01-31", "--source", "files")
    assert found[0]["reviews"] == 3
    assert found[0]["quote_company"] == "Figo"


def test_the_page_says_what_was_counted(call, published: Path) -> None:
    done = call("--workspace", str(published), "beliefs", "--since", "2024-02", "--language", "EN")
    assert "Counted since 2024-02-01, language" in done.out


def test_quotes_can_be_chosen(call, published: Path) -> None:
    done = call("--workspace", str(published), "show", "b1", "--since", "2024-04", "--format", "json")
    said = [quote["published_at"] for quote in json.loads(done.out)["evidence"]]
    assert said
    assert min(said) >= "2024-04"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "2024-13"), "'2024-13' is no day; write 2025, 2025-03 or 2025-03-31"),
        (("--since", "2024-02", "--until", "2024-01"), "is after --until 2024-01-31"),
        (("--source", "file"), "no source 'file' (did you mean 'files'?); there is files"),
        (("--language", "xx"), "no language 'xx'; there is en"),
    ],
)
def test_a_slice_that_cannot_be_is_a_usage_error(call, published: Path, arguments: tuple, message: str) -> None:
    done = call("--workspace", str(published), "beliefs", *arguments)
    assert done.code == 2
    assert message in done.err
    assert len(done.err.splitlines()) == 1


def completions(published: Path, line: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from minebelief.cli import main; main()"],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "_MINEBELIEF_COMPLETE": "bash_complete",
            "COMP_WORDS": f"minebelief --workspace {published} {line}",
            "COMP_CWORD": str(len(words) + 2),
        },
    )
    assert done.stderr == ""
    return [entry.partition(",")[2] for entry in done.stdout.split()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("bel", ["beliefs"]),
        ("beliefs ", ["pet-insurance"]),
        ("beliefs --company e", ["embrace"]),
        ("beliefs --source ", ["files"]),
        ("beliefs --language ", ["en"]),
        ("show ", ["pet-insurance", "b1", "b2", "b3", "v1"]),
        ("show pet-insurance b", ["b1", "b2", "b3"]),
        ("show nothing b", []),
        ("values --company f", ["figo"]),
        ("openings pet-insurance --company t", ["trupanion"]),
        ("compare fi", ["figo"]),
        ("compare figo ", ["embrace", "trupanion"]),
        ("compare pet-insurance figo e", ["embrace"]),
        ("rename b", ["b1", "b2", "b3"]),
        ("claims ", ["pet-insurance"]),
        ("check ", ["pet-insurance"]),
    ],
)
def test_a_shell_completes_names(published: Path, line: str, offered: list[str]) -> None:
    assert completions(published, line) == offered


def test_completion_is_silent_where_nothing_is_published(tmp_path: Path) -> None:
    assert completions(tmp_path, "beliefs ") == []
