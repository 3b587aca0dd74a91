"""The prompt of ``minebelief sql``."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from minebelief.cli.prompt import ask_in_turn
from minebelief.published import open_published


@pytest.fixture
def typed(published: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., tuple[str, str]]:
    def type_(*lines: str | type[BaseException]) -> tuple[str, str]:
        left = list(lines)

        def read(prompt: str) -> str:
            line = left.pop(0) if left else EOFError
            if isinstance(line, str):
                return line
            raise line

        capsys.readouterr()
        with open_published(published / "minebelief.duckdb") as database:
            ask_in_turn(database, 30, tmp_path / "none" / "history", read)
        return capsys.readouterr()

    return type_


def test_a_query_may_span_lines(typed) -> None:
    out, err = typed("select theme_id", "from beliefs order by 1 limit 1;")
    assert [line.strip() for line in out.splitlines() if "b" in line] == ["b1"]
    assert "read-only" in err


def test_a_mistake_does_not_end_the_prompt(typed) -> None:
    out, err = typed("select nothing from beliefs;", "select 42;")
    assert "nothing" in err
    assert "42" in out


def test_an_interrupt_forgets_what_was_begun(typed) -> None:
    out, err = typed("select 1 +", KeyboardInterrupt, "select 42;")
    assert "42" in out
    assert "cannot be run" not in err


def test_tables_and_columns_are_told(typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "evidence(industry, theme_id, n" in typed(".tables")[0]
    assert "What people wrote, verbatim" in typed(".tables")[0]
    assert "Name of the industry for people" in typed(".schema industries")[0]
    assert "did you mean 'themes'" in typed(".schema theme")[1]


def test_quit_leaves_and_help_helps(typed) -> None:
    out, err = typed(".help", ".quit", "select 42;")
    assert ".schema TABLE" in err
    assert "42" not in out
    assert "there is no .nothing" in typed(".nothing")[1]


def test_hostile_text_stays_text(typed) -> None:
    out, _ = typed("select text from sentences where sentence_id = 'embrace-2-0';")
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(out)
    assert "markup" in out


def test_input_that_is_no_terminal_is_the_query(call, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("select 42 as answer"))
    assert call("--workspace", str(published), "sql", "--format", "csv").out == "answer\n42\n"
