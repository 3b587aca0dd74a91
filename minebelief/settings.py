"""What holds for every run in a workspace, kept in its ``settings.toml``: a contact address, and whom to notify."""

import json
import re
import tomllib

from minebelief.errors import WorkspaceError
from minebelief.workspace import Workspace

__all__ = ["read_settings", "save_setting"]


def read_settings(workspace: Workspace) -> dict[str, object]:
    """The settings as they stand in the file; empty where there is none.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    try:
        return tomllib.loads(workspace.settings.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{workspace.settings} cannot be read ({error}); mend it or delete it") from None


def save_setting(workspace: Workspace, name: str, value: str) -> None:
    """Set one text above all tables of the file, and leave everything else in it as people wrote it.

    Raises:
        WorkspaceError: the file cannot be read or written.
    """
    known = read_settings(workspace)
    workspace.create()
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
    try:
        text = workspace.settings.read_text(encoding="utf-8") if known else ""
        if name in known:
            text = re.sub(rf"(?m)^[ \t]*{re.escape(name)}[ \t]*=.*\n?", lambda _: line, text, count=1)
        else:
            text = line + text
        workspace.settings.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"cannot write {workspace.settings}: {error.strerror}") from None
