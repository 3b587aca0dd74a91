"""``minebelief audit``: one key each, and a sheet that goes out and comes back."""

import csv
import json
import shutil
from pathlib import Path

import pytest

INDUSTRY = "pet-insurance"


@pytest.fixture
def own(published: Path, tmp_path: Path) -> str:
    return str(shutil.copytree(published, tmp_path / "own"))


def lines(own: str) -> list[dict[str, str]]:
    path = Path(own) / "decisions" / f"{INDUSTRY}.judgements.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def exported(call, own: str, tmp_path: Path) -> tuple[Path, list[dict[str, str]]]:
    sheet = tmp_path / "b1.csv"
    done = call("--workspace", own, "audit", "b1", "--export", str(sheet))
    assert (done.code, done.err) == (0, "")
    return sheet, list(csv.DictReader(sheet.open()))


def write(sheet: Path, rows: list[dict[str, str]]) -> None:
    with sheet.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_sheet_goes_out_and_comes_back_once(call, own: str, tmp_path: Path) -> None:
    sheet, rows = exported(call, own, tmp_path)
    for row, verdict in zip(rows, ("yes", "N", "u"), strict=False):
        row["verdict"] = verdict
    write(sheet, rows)
    words = ("--workspace", own, "audit", "b1", "--import", str(sheet), "--by", "Ann")
    assert "3 judgements on b1 taken in" in call(*words).out
    assert [(one["verdict"], one["who"]) for one in lines(own)] == [("yes", "Ann"), ("no", "Ann"), ("unsure", "Ann")]
    assert "0 judgements on b1 taken in, 3 were known" in call(*words).out
    assert len(lines(own)) == 3


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("verdict", "perhaps", "line 3: 'perhaps' is no verdict"),
        ("sentence_id", "none", "line 3: no sentence 'none'"),
        ("sentence", "Something else.", "line 3: the text of sentence"),
        ("theme_id", "b2", "line 3 is about pet-insurance b2"),
    ],
)
def test_a_sheet_with_a_mistake_is_not_taken_in(
    call, own: str, tmp_path: Path, column: str, value: str, said: str
) -> None:
    sheet, rows = exported(call, own, tmp_path)
    rows[0]["verdict"] = rows[1]["verdict"] = "yes"
    rows[1][column] = value
    write(sheet, rows)
    done = call("--workspace", own, "audit", "b1", "--import", str(sheet))
    assert done.code == 1
    assert said in done.err
    assert lines(own) == []


def test_without_a_terminal_a_sheet_is_advised(call, own: str) -> None:
    done = call("--workspace", own, "audit", "b1")
    assert done.code == 1
    assert "--export FILE.csv" in done.err
