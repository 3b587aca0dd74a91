"""``minebelief show``."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest


def test_a_theme_is_shown_with_its_companies_and_quotes(call, published: Path) -> None:
    done = call("--workspace", str(published), "show", "pet-insurance", "b1")
    assert done.code == 0
    assert "b1  It takes weeks until a claim is paid." in done.out
    assert "30.0% [26.0–35.0] of the reviews" in done.out
    assert "common: at 3 of 3 companies" in done.out
    assert "Figo (ours)" in done.out
    assert "34.0% [29.0–40.0]" in done.out
    assert "— Figo, 1 Jan 2024" in done.out
    assert "made up for demonstration" in done.out


def test_the_industry_may_be_left_out(call, published: Path) -> None:
    with_name = call("--workspace", str(published), "show", "pet-insurance", "v1")
    assert call("--workspace", str(published), "show", "v1") == with_name


def test_json_holds_all_there_is(call, published: Path) -> None:
    done = call("--workspace", str(published), "show", "b1", "--format", "json", "--limit", "2")
    whole = json.loads(done.out)
    assert (whole["industry"], whole["theme_id"], whole["spread"]) == ("pet-insurance", "b1", 3)
    assert [one["company"] for one in whole["by_company"]] == ["trupanion", "embrace", "figo"]
    assert len(whole["evidence"]) == 2


def test_quotes_can_be_of_one_company(call, published: Path) -> None:
    done = call("--workspace", str(published), "show", "b1", "--company", "embrace", "--format", "json")
    assert {quote["company"] for quote in json.loads(done.out)["evidence"]} == {"Embrace"}


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_what_people_wrote_never_reaches_the_terminal_as_a_command(call, published: Path, form: str) -> None:
    done = call("--workspace", str(published), "show", "b3", "--company", "embrace", "--format", form)
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(done.out)
    text = " ".join(done.out.split())
    assert "markup" in text
    assert ("[red]markup[/red]" in text) == (form != "md")
    if form == "csv":
        assert "'=cmd()" in done.out
    if form == "md":
        assert "&lt;script&gt;" in done.out


def test_an_unknown_theme_says_what_there_is(call, published: Path) -> None:
    done = call("--workspace", str(published), "show", "b77")
    assert done.code == 2
    assert done.err == "minebelief: no theme 'b77'; there is b1, b2, b3, v1\n"


@pytest.mark.parametrize("names", [(), ("a", "b", "c")])
def test_too_few_or_many_names_say_what_is_wanted(call, published: Path, names: tuple[str, ...]) -> None:
    done = call("--workspace", str(published), "show", *names)
    assert done.code == 2
    assert "[INDUSTRY] ID" in done.err


def test_it_tells_how_stable_a_belief_is_and_what_speaks_against_it(call, published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "minebelief.duckdb"
    shutil.copy(published / "minebelief.duckdb", copy)
    with duckdb.connect(str(copy)) as client:
        client.execute("update themes set stability = 0.4 where theme_id = 'b1'")
        client.execute("delete from opposites")
        client.execute(
            "insert into opposites by name select industry, 'b1' as belief_id, sentence_id, 1 as rank "
            "from theme_sentences where theme_id = 'v1' and company = 'figo' limit 1"
        )
    out = call("--workspace", str(tmp_path), "show", "b1").out
    assert "it comes back with an overlap of 0.40: not stable, for which 0.6 is needed" in out
    assert "On the same matter, praise:" in out
    whole = json.loads(call("--workspace", str(tmp_path), "show", "b1", "--format", "json").out)
    assert whole["stability"] == 0.4
    assert [quote["company"] for quote in whole["counter_evidence"]] == ["Figo"]
    with duckdb.connect(str(copy)) as client:
        client.execute("drop table opposites")
    assert "praise:" not in call("--workspace", str(tmp_path), "show", "b1").out
