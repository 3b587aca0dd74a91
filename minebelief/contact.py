"""The address at which the owner of a crawled site reaches whoever runs the crawl, and where it is kept."""

import json
import os
import re
import tomllib

from minebelief.errors import UsageError, WorkspaceError
from minebelief.workspace import Workspace

__all__ = ["VARIABLE", "check_contact", "known_contact", "save_contact"]

VARIABLE = "MINEBELIEF_CONTACT"
_CONTACT = re.compile(r"[^\s()<>;,@]+@[^\s()<>;,@]+\.[^\s()<>;,@]+|https?://[^\s()<>;,]+")


def check_contact(text: str) -> str:
    """`text`, if it is an address.

    Raises:
        UsageError: it is neither an e-mail address nor a web address.
    """
    if not _CONTACT.fullmatch(text):
        raise UsageError(
            f"contact '{text}' is no address; accepted: an e-mail address or one that begins with https://"
        )
    return text


def known_contact(workspace: Workspace) -> str | None:
    """The contact address of the environment, else of the workspace's settings, else None.

    Raises:
        WorkspaceError: the settings cannot be read.
    """
    if told := os.environ.get(VARIABLE):
        return told
    path = workspace.settings
    if not path.exists():
        return None
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("contact")
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{path} cannot be read ({error}); mend it, or delete it") from None
    return found if isinstance(found, str) and found else None


def save_contact(workspace: Workspace, contact: str) -> None:
    """Keep a contact address in the workspace's settings, for all crawls from there.

    Raises:
        UsageError: it is no address.
        WorkspaceError: the settings cannot be written.
    """
    check_contact(contact)
    workspace.create()
    try:
        workspace.settings.write_text(f"contact = {json.dumps(contact)}\n", encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"cannot write {workspace.settings}: {error.strerror}") from None
