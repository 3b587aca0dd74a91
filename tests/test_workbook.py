"""Workbooks: whole tables that a spreadsheet opens, and that run nothing there."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hostile import HOSTILE

from minebelief.errors import WorkspaceError
from minebelief.workbook import LONGEST, Workbook


def test_a_long_table_goes_on_in_further_sheets(tmp_path: Path) -> None:
    with Workbook(tmp_path / "long.xlsx", most_rows=3) as book:
        assert book.add("numbers", ["n"], ([n] for n in range(7))) == 7
        assert book.add("none", ["n"], []) == 0
    opened = openpyxl.load_workbook(tmp_path / "long.xlsx")
    assert opened.sheetnames == ["numbers", "numbers 2", "numbers 3", "none"]
    assert [[row[0] for row in sheet.values] for sheet in opened] == [
        ["n", 0, 1, 2],
        ["n", 3, 4, 5],
        ["n", 6],
        ["n"],
    ]


def test_values_keep_their_kind(tmp_path: Path) -> None:
    noon, address = datetime(2025, 3, 9, 12), "https://a.example"
    row = [None, True, 3, 2**60, 0.25, float("nan"), noon, date(2025, 3, 9), address, ""]
    with Workbook(tmp_path / "kinds.xlsx") as book:
        book.add("kinds", [str(place) for place in range(len(row))], [row])
    read = list(openpyxl.load_workbook(tmp_path / "kinds.xlsx")["kinds"].values)[1]
    whole_day = datetime(2025, 3, 9)
    assert read[:9] == (None, True, 3, str(2**60), 0.25, None, noon, whole_day, address)
    assert not read[9]


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    texts = [
        *HOSTILE,
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@sum",
        " \t=1",
        "null\x00 and escape\x1b[2J",
        "_x0041_",
        "a" * 50_000,
    ]
    with Workbook(tmp_path / "hostile.xlsx") as book:
        book.add("texts", ["text"], ([text] for text in texts))
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "hostile.xlsx")["texts"].iter_rows(min_row=2)]
    assert len(cells) == len(texts)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert max(len(str(cell.value)) for cell in cells) == LONGEST
    starts = [cell for cell in cells if str(cell.value).lstrip()[:1] in set("=+-@")]
    assert len(starts) >= 5
    assert all(cell.quotePrefix for cell in starts)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match=r"cannot write .*folder"),
        Workbook(tmp_path / "folder" / "a.xlsx") as book,
    ):
        book.add("texts", ["text"], [["a"]])
    with pytest.raises(ZeroDivisionError), Workbook(tmp_path / "a.xlsx") as book:
        book.add("texts", ["text"], ([1 / 0] for _ in range(1)))
    assert list(tmp_path.iterdir()) == []
