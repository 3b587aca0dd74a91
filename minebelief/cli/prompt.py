"""The prompt of ``minebelief sql``: questions one after the other, with a history."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from minebelief.cli.output import console as screen_for
from minebelief.cli.output import plain_table, rows_or_records
from minebelief.errors import MinebeliefError
from minebelief.published import PublishedDatabase
from minebelief.safe_text import sanitise

__all__ = ["ask_in_turn"]

HELP = """\
A query ends with a semicolon and may span lines.
.tables          the tables, views and macros, and what each holds
.schema TABLE    the columns of a table or view, and what each holds
.quit            leave; so does Ctrl-D"""
HISTORY = 1000


def ask_in_turn(database: PublishedDatabase, seconds: float, history: Path, read: Callable[[str], str] = input) -> None:
    """Read queries and print their answers until the input ends; a mistake is told and the next one asked.

    Args:
        database: what is asked.
        seconds: the time limit of each query.
        history: the file that remembers what was typed, where its folder exists.
        read: reads a line after showing a prompt.
    """
    click.echo(f"{sanitise(str(database.path))}, read-only. .help says what there is.", err=True)
    with _remembered(history):
        for text in _entries(read):
            try:
                if not _obey(database, text, seconds):
                    return
            except MinebeliefError as error:
                click.echo(sanitise(str(error)), err=True)


def _entries(read: Callable[[str], str]) -> Iterator[str]:
    """Dot commands, and queries up to their semicolon."""
    lines: list[str] = []
    while True:
        try:
            line = read("     ...> " if lines else "minebelief> ")
        except KeyboardInterrupt:  # forget what was begun, as shells do
            click.echo(err=True)
            lines = []
            continue
        except EOFError:
            if lines:
                yield "\n".join(lines)
            return
        if not lines and (not line.strip() or line.lstrip().startswith(".")):
            if line.strip():
                yield line.strip()
            continue
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []


def _obey(database: PublishedDatabase, text: str, seconds: float) -> bool:
    """Carry out one entry; False ends the prompt."""
    screen = screen_for()
    if not text.startswith("."):
        result = database.query(text, seconds=seconds)
        screen.print(rows_or_records(screen, result.columns, result.rows))
        return True
    command, _, name = text.rstrip("; ").partition(" ")
    if command in (".quit", ".exit"):
        return False
    if command == ".tables":
        screen.print(plain_table(("name", "what it holds"), database.relations()))
    elif command == ".schema":
        columns = database.columns(name.strip() or None)
        screen.print(plain_table(("table", "column", "type", "what it holds"), columns))
    else:
        click.echo(HELP if command == ".help" else f"there is no {sanitise(command)}\n{HELP}", err=True)
    return True


@contextmanager
def _remembered(history: Path) -> Iterator[None]:
    """What was typed in earlier prompts, where the terminal can recall it."""
    if not (sys.stdin.isatty() and history.parent.is_dir()):
        yield
        return
    try:
        import readline
    except ImportError:  # on Windows
        yield
        return
    with suppress(OSError):
        readline.read_history_file(history)
    try:
        yield
    finally:
        readline.set_history_length(HISTORY)
        with suppress(OSError):
            readline.write_history_file(history)
