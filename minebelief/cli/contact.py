"""The contact address of crawls, on the command line: given, known, or asked for on a terminal."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from minebelief.cli.options import Session
from minebelief.errors import UsageError

__all__ = ["contact_option", "known_contact"]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_QUESTION = (
    "Other people's sites will be crawled. Give an address at which their owners can reach you; it is sent along "
    "with every request and kept in this workspace.\nE-mail or web address"
)


def contact_option(function: Decorated) -> Decorated:
    """Give a command ``--contact``."""
    return click.option(
        "--contact",
        metavar="ADDRESS",
        help="E-mail or web address at which the owners of crawled sites reach you; by default MINEBELIEF_CONTACT, "
        "else the workspace's.",
    )(function)


def known_contact(session: Session, given: str | None, *, needed: Callable[[], bool]) -> str | None:
    """The contact address; where one is needed and none is known, it is asked for, on a terminal only.

    Raises:
        UsageError: what was given is no address, or one is needed and nobody can be asked.
    """
    from minebelief.contact import HOW_TO_SET, check_contact, find_contact, save_contact

    contact = find_contact(session.workspace, given)
    if contact or not needed():
        return contact
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(HOW_TO_SET)
    contact = check_contact(click.prompt(_QUESTION, err=True))
    save_contact(session.workspace, contact)
    return contact
