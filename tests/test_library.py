"""``import minebelief as mb``: what a program or a notebook gets."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from factory import fill, make_workspace

import minebelief as mb
from minebelief.errors import InputError, QueryError, UnknownNameError
from minebelief.library import Industry
from minebelief.publish import publish
from minebelief.rows import Rows
from minebelief.store import Store

HOSTILE = "<script>alert(1)</script> \x1b[2J \u202eesrever & \"'"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = make_workspace(tmp_path_factory.mktemp("library"))
    with Store(workspace.work) as store:
        fill(store)
        store.execute("update themes set statement = ? where theme_id = 'b2'", [HOSTILE])
        publish(store, workspace)
    return workspace.published


@pytest.fixture
def industry(path: Path) -> Industry:
    return mb.open(path)["pet-insurance"]


def test_industries_go_by_key(path: Path) -> None:
    database = mb.open(path)
    assert list(database) == ["pet-insurance"]
    assert "pet-insurance" in database
    assert "pets" not in database
    assert "Pet insurance, 36 reviews" in repr(database)
    with pytest.raises(UnknownNameError, match="did you mean 'pet-insurance'"):
        database["pet-insurence"]


def test_what_is_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing is published here yet"):
        mb.open(tmp_path / "minebelief.duckdb")
    with pytest.raises(InputError, match="is a folder; name the file"):
        mb.open(tmp_path)


def test_an_industry_tells_its_numbers(industry: Industry) -> None:
    assert repr(industry) == ("Pet insurance: 3 companies, 36 reviews, 3 beliefs of which 2 are common, 1 values")


def test_beliefs_are_rows(industry: Industry) -> None:
    found = industry.beliefs()
    assert [row["theme_id"] for row in found] == ["b1", "b2"]
    assert found[0]["prevalence"] == pytest.approx(0.3)
    assert found[:1].columns == found.columns
    assert [row["theme_id"] for row in industry.beliefs(common=False)] == ["b1", "b2", "b3"]
    assert industry.beliefs(company="Figo")[0]["quote_company"] == "Figo"
    assert {row["reviews"] for row in industry.beliefs(since=date(2024, 1, 11), until=date(2024, 1, 11))} == {3}
    assert industry.values()[0]["theme_id"] == "v1"


def test_rows_print_well(industry: Industry) -> None:
    lines = repr(industry.beliefs()).splitlines()
    assert lines[0].split()[:4] == ["theme_id", "statement", "prevalence", "low"]
    assert "It takes weeks until a claim is paid." in lines[1]
    assert lines[1].split()[-8:] == ["30.0%", "26.0%", "35.0%", "3", "3", "yes", "claims", "9"]
    assert lines[0].index("prevalence") + len("prevalence") == lines[1].index("30.0%") + len("30.0%")
    assert "\x1b" not in repr(industry.beliefs())
    assert repr(Rows([])) == "(no rows)"


def test_a_notebook_gets_escaped_html(industry: Industry) -> None:
    drawn = industry.beliefs()._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn
    assert "<script" not in drawn
    assert not set("\x1b\u202e") & set(drawn)
    assert '<td style="text-align: right">30.0%</td>' in drawn


def test_rows_become_arrow_and_what_reads_arrow(industry: Industry) -> None:
    found = industry.beliefs(common=False)
    arrow = found.to_arrow()
    assert arrow.num_rows == 3
    assert arrow["statement"].to_pylist()[1] == HOSTILE
    client = duckdb.connect()
    client.register("taken", arrow)
    assert client.execute("select max(prevalence) from taken").fetchone() == (pytest.approx(0.3),)
    assert pa.table(found).equals(arrow)
    assert industry.beliefs(min_spread=99).to_arrow().num_rows == 0


def test_rows_become_a_data_frame(industry: Industry) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed; nothing but to_pandas needs it")
    frame = industry.beliefs().to_pandas()
    assert list(frame["theme_id"]) == ["b1", "b2"]


def test_evidence_and_companies(industry: Industry) -> None:
    assert len(industry.evidence("b1", 4, company="figo")) == 4
    assert [row["company"] for row in industry.prevalence("b1")] == ["trupanion", "embrace", "figo"]
    with pytest.raises(UnknownNameError, match="no theme 'b7'"):
        industry.evidence("b7")


def test_sql_only_reads(path: Path) -> None:
    found = mb.open(path).sql("select theme_id, spread from top_beliefs('pet-insurance', n := 1)")
    assert [dict(row) for row in found] == [{"theme_id": "b1", "spread": 3}]
    with pytest.raises(QueryError):
        mb.open(path).sql("from read_text('/etc/hostname')")


def test_long_answers_are_cut_when_printed() -> None:
    many = Rows([{"n": n} for n in range(1000)])
    assert repr(many).endswith("… and 940 more rows")
    assert many._repr_html_().count("<tr>") == 61


def test_opening_imports_nothing_heavy(path: Path) -> None:
    code = (
        "import sys, minebelief as mb; repr(mb.open(sys.argv[1])['pet-insurance'].beliefs()); "
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"torch", "scrapy", "prefect", "sklearn", "scipy", "pandas", "pyarrow"}
