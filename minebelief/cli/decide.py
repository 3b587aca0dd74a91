"""What the commands share by which people decide about themes."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from minebelief.cli.group import COMMANDS
from minebelief.cli.options import Session
from minebelief.cli.output import console, program, sanitise
from minebelief.decisions import decide
from minebelief.errors import UnknownNameError
from minebelief.history import lineage_of
from minebelief.published import PublishedDatabase, open_published

__all__ = ["by_option", "help_of", "known_theme", "published", "record", "two_or"]

_NOTE = (
    "The decision is written down with who and when, in decisions/INDUSTRY.jsonl in the workspace, and the next run "
    "carries it out. That file can be put under version control; nothing in it is ever changed. INDUSTRY may be "
    "left out where there is only one."
)

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def help_of(name: str, *more: str) -> str:
    """The help of a command by which people decide."""
    return "\n\n".join((COMMANDS[name], *more, _NOTE))


def by_option(function: Decorated) -> Decorated:
    """Give a command ``--by``."""
    return click.option("--by", default="", metavar="NAME", help="Who decides; your account's name by default.")(
        function
    )


def known_theme(database: PublishedDatabase, industry: str, theme_id: str, gone: bool = False) -> str:
    """The id of a theme; also of one that is not published any more, where that makes sense.

    Raises:
        UnknownNameError: there is no such theme.
    """
    try:
        return database.theme(industry, theme_id).theme_id
    except UnknownNameError:
        if gone and lineage_of(database, industry, theme_id.lower()):
            return theme_id.lower()
        raise


def two_or(names: tuple[str, ...], least: int, usage: str) -> tuple[str | None, tuple[str, ...]]:
    """The industry, None where it was left out, and the other names, of which there are so many.

    Raises:
        UsageError: there are too few or too many.
    """
    if len(names) == least + 1:
        return names[0], names[1:]
    if len(names) == least:
        return None, names
    raise click.UsageError(f"give {usage}", click.get_current_context())


def record(session: Session, industry: str, action: str, theme: str, value: str, by: str, told: str) -> None:
    """Write a decision down, and say when it counts."""
    decide(session.workspace, industry, action, theme, value, by)
    screen = console()
    screen.print(f"{sanitise(told)} from the next run on.", soft_wrap=True)
    screen.print(f"Written to {sanitise(str(session.workspace.decisions(industry)))}", soft_wrap=True)
    screen.print(f"Next:  {program(session.chosen)} run FILE", soft_wrap=True)


def published(session: Session) -> Any:
    """The published database of the session's workspace."""
    return open_published(session.workspace.published)
