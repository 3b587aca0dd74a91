"""The address at which the owner of a crawled site reaches whoever runs the crawl."""

import os
import re

from minebelief.errors import UsageError
from minebelief.settings import read_settings, save_setting
from minebelief.workspace import Workspace

__all__ = ["HOW_TO_SET", "check_contact", "find_contact", "save_contact"]

VARIABLE = "MINEBELIEF_CONTACT"
HOW_TO_SET = (
    "crawling other people's sites needs an address at which they can reach you; "
    f"set it with: export {VARIABLE}=you@example.org (or give --contact you@example.org)"
)

_CONTACT = re.compile(r"[^\s()<>;,@]+@[^\s()<>;,@]+\.[^\s()<>;,@]+|https?://[^\s()<>;,]+")


def check_contact(text: str) -> str:
    """The address without blanks around it.

    Raises:
        UsageError: it is neither an e-mail address nor a web address.
    """
    contact = text.strip()
    if not _CONTACT.fullmatch(contact):
        raise UsageError(
            f"contact {text!r} is neither an e-mail address nor a web address; give one such as you@example.org"
        )
    return contact


def find_contact(workspace: Workspace, given: str | None = None) -> str | None:
    """The address that was given, else that of the environment, else that of the workspace's settings.

    Raises:
        UsageError: what was found is no address.
        WorkspaceError: the settings cannot be read.
    """
    found = given or os.environ.get(VARIABLE) or read_settings(workspace).get("contact")
    return check_contact(str(found)) if found else None


def save_contact(workspace: Workspace, contact: str) -> None:
    """Keep the address in the workspace's settings, for this and later crawls.

    Raises:
        UsageError: it is no address.
        WorkspaceError: the workspace cannot be written.
    """
    save_setting(workspace, "contact", check_contact(contact))
