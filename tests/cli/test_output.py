"""Text from reviews, made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from minebelief.cli.output import bar, program, sanitise

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
    ("\x1b]0;title\x07after", "after"),
    ("\x1bP1$tx\x1b\\after", "after"),
    ("\x1bcreset", "reset"),
    ("a\x9b2Jb", "a2Jb"),
    ("mojibake â€\x9d stays", "mojibake â€ stays"),
    ("one\r\ntwo\u2028three\tfour", "one two three four"),
    ("\u202egnp.exe\u202c", "gnp.exe"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("back\x08\x08space\x7f", "backspace"),
    ("tag\U000e0041", "tag"),
    ("family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"),
    ("naïve Ægir 日本 stays", "naïve Ægir 日本 stays"),
]


@pytest.mark.parametrize(("text", "safe"), HOSTILE)
def test_hostile_text_is_made_safe(text: str, safe: str) -> None:
    assert sanitise(text) == safe


@given(st.text())
def test_no_control_is_ever_left(text: str) -> None:
    safe = sanitise(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in safe)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f") & set(safe)


@given(st.text(alphabet="\x1b[]0;mJ\x07\\ab\u202e"))
def test_safe_text_stays_as_it_is(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 1), st.integers(2, 40), st.booleans())
def test_a_bar_is_as_wide_as_asked(a: float, b: float, c: float, top: float, width: int, ascii_only: bool) -> None:
    low, value, high = sorted((a, b, c))
    drawn = bar(low, value, high, top, width, ascii_only)
    assert cell_len(drawn) == width
    assert drawn.count("o" if ascii_only else "●") == 1


def test_a_bar_of_nothing_is_empty() -> None:
    assert bar(None, None, None, 1, 10, False) == ""


def test_commands_to_copy_name_the_program_as_it_can_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [".venv/bin/minebelief", "demo"])
    monkeypatch.setenv("PATH", "")
    assert program() == ".venv/bin/minebelief"
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert program() == "minebelief"
