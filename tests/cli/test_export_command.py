"""``minebelief export``."""

import csv
import json
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest


def test_every_table_becomes_a_file_with_a_dictionary(call, published: Path, tmp_path: Path) -> None:
    done = call("--workspace", str(published), "export", "--to", str(tmp_path / "out"))
    assert (done.code, done.err) == (0, "")
    assert {"beliefs.parquet", "reviews.parquet", "dictionary.csv"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }
    reviews = duckdb.sql(f"select count(*) from '{tmp_path}/out/reviews.parquet'").fetchall()
    assert reviews == [(36,)]
    meanings = list(csv.DictReader((tmp_path / "out" / "dictionary.csv").open(encoding="utf-8")))
    assert all(row["meaning"] for row in meanings)
    assert {row["table_name"] for row in meanings} >= {"beliefs", "reviews", "prevalence"}


def test_spreadsheets_run_nothing(call, published: Path, tmp_path: Path) -> None:
    done = call(
        "--workspace", str(published), "export", "--to", str(tmp_path), "--format", "csv", "--table", "sentences",
        "--table", "themes",
    )  # fmt: skip
    assert done.code == 0
    rows = list(csv.DictReader((tmp_path / "sentences.csv").open(encoding="utf-8", newline="")))
    assert next(row["text"] for row in rows if "cmd" in row["text"]).startswith("'=cmd()")
    themes = list(csv.DictReader((tmp_path / "themes.csv").open(encoding="utf-8")))
    assert themes[0]["keywords"] == "claim; weeks"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dictionary.csv", "sentences.csv", "themes.csv"]


def test_json_is_a_list_of_objects(call, published: Path, tmp_path: Path) -> None:
    assert call(
        "--workspace", str(published), "export", "--to", str(tmp_path), "--format", "json", "--table", "beliefs"
    ).code == 0  # fmt: skip
    records = json.loads((tmp_path / "beliefs.json").read_text(encoding="utf-8"))
    assert [record["theme_id"] for record in records] == ["b1", "b2", "b3"]
    assert records[0]["keywords"] == ["claim", "weeks"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--table", "belief"), "did you mean 'beliefs'?"), (("pets",), "no industry 'pets'; there is pet-insurance")],
)
def test_what_is_not_there_is_a_usage_error(
    call, published: Path, tmp_path: Path, arguments: tuple, message: str
) -> None:
    done = call("--workspace", str(published), "export", *arguments, "--to", str(tmp_path / "out"))
    assert done.code == 2
    assert message in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_on_one_line(call, published: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = call("--workspace", str(published), "export", "--to", str(tmp_path / "file" / "below"))
    assert done.code == 1
    assert "cannot write to" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_workbook_has_a_sheet_for_each_and_runs_nothing(call, published: Path, tmp_path: Path) -> None:
    done = call("--workspace", str(published), "export", "--to", str(tmp_path), "--format", "xlsx")
    assert (done.code, done.err) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["pet-insurance.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "pet-insurance.xlsx")
    assert book.sheetnames[0] == "dictionary"
    assert {"beliefs", "reviews", "sentences", "prevalence", "meta"} <= set(book.sheetnames)
    assert all(cell.value for row in book["dictionary"].iter_rows() for cell in row)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}
    assert not any(sheet._hyperlinks for sheet in book)
    header, *rows = book["sentences"].iter_rows()
    place = [cell.value for cell in header].index("text")
    hostile = next(row[place] for row in rows if "cmd" in row[place].value)
    assert hostile.value.startswith("=cmd()")
    assert hostile.quotePrefix, "a text stays one when somebody edits it"
    with duckdb.connect(str(published / "minebelief.duckdb"), read_only=True) as client:
        assert client.execute("select count(*) from sentences").fetchall() == [(len(rows),)]
    reviews = [cell.value for cell in next(book["reviews"].iter_rows())]
    first = [cell.value for cell in next(book["reviews"].iter_rows(min_row=2))]
    assert isinstance(first[reviews.index("published_at")], datetime)


def test_a_workbook_holds_chosen_tables(call, published: Path, tmp_path: Path) -> None:
    done = call(
        "--workspace", str(published), "export", "--to", str(tmp_path), "--format", "xlsx", "--table", "beliefs"
    )  # fmt: skip
    assert done.code == 0
    book = openpyxl.load_workbook(tmp_path / "pet-insurance.xlsx", read_only=True)
    assert book.sheetnames == ["dictionary", "beliefs"]
    beliefs = list(book["beliefs"].values)
    assert [row[beliefs[0].index("theme_id")] for row in beliefs[1:]] == ["b1", "b2", "b3"]
    assert beliefs[1][beliefs[0].index("keywords")] == "claim; weeks"
