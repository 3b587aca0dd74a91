"""Whatever bytes stand in a file, its rows can be asked for."""

import csv
import gzip
import io
from contextlib import nullcontext, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minebelief.errors import InputError
from minebelief.gather.record import Reject
from minebelief.gather.tables import Row, Table

UNTIDY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = [
    '"',
    "\r",
    ",",
    "\n",
    "\r\n",
    "\0",
    "[",
    "]",
    "{",
    "}",
    ":",
    "a",
    "1",
    "é",
    '{"a": 1}',
    "\ufeff",
    "null",
]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.parquet"])
@UNTIDY
@given(
    data=st.binary(max_size=200) | st.lists(st.sampled_from(PIECES)).map(lambda parts: "".join(parts).encode()),
    packed=st.booleans(),
    lost=st.integers(0, 12),
)
def test_no_content_breaks_a_table(tmp_path, name, data, packed, lost):
    if packed:
        data = gzip.compress(data)
        data = data[: len(data) - lost]
    (tmp_path / name).write_bytes(data)
    table = Table(tmp_path / name, name)
    with suppress(InputError) if name == "a.parquet" else nullcontext():
        table.columns()
        list(table.rows())


@UNTIDY
@given(st.lists(st.tuples(*[st.text("ab,\"\n\r;' ", max_size=8)] * 3), min_size=1, max_size=8))
def test_what_csv_writes_is_read_back(tmp_path, rows):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("x", "y", "z"), *rows])
    (tmp_path / "a.csv").write_text(written.getvalue(), newline="")
    items = list(Table(tmp_path / "a.csv", "a.csv").rows())
    assert not [item for item in items if isinstance(item, Reject)]
    assert [tuple(item.values.values()) for item in items if isinstance(item, Row)] == rows


def test_rows_that_end_in_bare_carriage_returns_are_told_apart(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x,y\r1,a\r2,b\r")
    items = list(Table(tmp_path / "a.csv", "a.csv").rows())
    assert items == [Row("a.csv:2", {"x": "1", "y": "a"}), Row("a.csv:3", {"x": "2", "y": "b"})]


def test_a_line_number_is_that_of_the_first_line_of_its_row_even_after_a_stray_quote(tmp_path):
    (tmp_path / "a.csv").write_text('x,y\n1,"two\nlines"\n2,"open\n3,c\n4,d\n')
    items = list(Table(tmp_path / "a.csv", "a.csv").rows())
    assert [item.locator for item in items] == ["a.csv:2", "a.csv:4", "a.csv:5", "a.csv:6"]
    assert [type(item) for item in items] == [Row, Reject, Row, Row]
