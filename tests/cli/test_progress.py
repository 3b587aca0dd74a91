"""Progress for people, for logs and for machines."""

import contextlib
import io
import json
import signal

import pytest

from minebelief.cli.progress import JsonProgress, PlainProgress, RichProgress, progress_for


class Clock:
    """A clock that goes on when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_lines_come_at_begin_and_end_and_once_in_a_while() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = PlainProgress(stream, clock)
    progress.start("embed", 2000)
    progress.advance("embed", 500)
    clock.now = 20
    progress.advance("embed", 500)
    progress.advance("embed", 500)
    progress.finish("embed", "2,000 texts")
    progress.start("load", 0)
    progress.finish("load", "nothing new")
    progress.warn("odd")
    assert stream.getvalue().splitlines() == [
        "embed: 2,000 to do",
        "embed: 1,000 of 2,000",
        "embed: 2,000 texts",
        "load: nothing new",
        "warning: odd",
    ]


def test_json_is_one_object_per_line() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = JsonProgress(stream, clock)
    progress.start("embed", None)
    clock.now = 2
    progress.advance("embed", 7)
    progress.finish("embed", "7\x1b[2J texts")
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(event["event"], event.get("done"), event.get("message")) for event in events] == [
        ("start", None, None),
        ("advance", 7, None),
        ("finish", None, "7 texts"),
    ]


def test_bars_show_counts_and_survive_any_order() -> None:
    stream = Terminal()
    with RichProgress(stream) as progress:
        progress.start("load", 1000)
        progress.advance("load", 250)
        progress.advance("never begun", 3)
        progress.finish("never begun", "3 things")
        progress.start("empty", 0)
        progress.finish("empty", "nothing new")
        progress.finish("also never begun", "nothing")
        progress.warn("[red]odd[/red] \x1b[2Jline")
        progress.start("load", 10)
        progress.finish("load", "done")
    text = stream.getvalue()
    assert "[red]odd[/red] line" in text
    assert "nothing new" in text


def test_a_terminal_gets_bars_a_file_lines_and_a_machine_json() -> None:
    lines, bars, objects = io.StringIO(), Terminal(), Terminal()
    for log_format, stream in (("text", lines), ("text", bars), ("json", objects)):
        with progress_for(log_format, stream) as progress:
            progress.start("embed", 3)
            progress.finish("embed", "done")
    assert lines.getvalue() == "embed: 3 to do\nembed: done\n"
    assert "━" in bars.getvalue()
    assert [json.loads(line)["event"] for line in objects.getvalue().splitlines()] == ["start", "finish"]


def test_an_interrupt_that_a_library_swallowed_is_raised_at_the_next_report() -> None:
    before = signal.getsignal(signal.SIGINT)
    with progress_for("text", io.StringIO()) as progress:
        progress.start("embed", None)
        with contextlib.suppress(BaseException):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            progress.finish("embed", "done")
    assert signal.getsignal(signal.SIGINT) is before
