"""What people decided about themes, as append-only JSON lines that can be put under version control.

``decisions/INDUSTRY.jsonl`` in the workspace holds one decision a line, oldest first. Nothing is ever changed there:
who thinks otherwise adds a decision. Every run replays them all.
"""

import getpass
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from minebelief.errors import InputError, WorkspaceError
from minebelief.workspace import Workspace

__all__ = ["ACTIONS", "Decision", "account", "decide", "read_decisions", "read_lines", "write_lines"]

ACTIONS = ("rename", "merge", "split", "hide", "show", "pin", "unpin")
WHO = "MINEBELIEF_WHO"


@dataclass(frozen=True)
class Decision:
    """One decision about a theme.

    ``value`` is the new name for ``rename`` (empty: the statement again), the theme that takes the other in for
    ``merge``, and the sentence id of the new theme's statement for ``split``.
    """

    action: str
    theme: str
    value: str
    who: str
    at: str

    @property
    def key(self) -> str:
        """What tells it from every other decision."""
        return hashlib.blake2b(json.dumps(asdict(self)).encode(), digest_size=8).hexdigest()

    @property
    def decided_at(self) -> datetime:
        """When it was decided, UTC."""
        return datetime.fromisoformat(self.at).astimezone(UTC).replace(tzinfo=None)


def decide(workspace: Workspace, industry: str, action: str, theme: str, value: str = "", who: str = "") -> Decision:
    """Record a decision; the next run carries it out.

    Args:
        workspace: whose decisions they are.
        industry: key of the industry.
        action: one of `ACTIONS`.
        theme: the theme that is decided about.
        value: what `Decision.value` says.
        who: name of the person; MINEBELIEF_WHO or the name of the account where it is left out.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    decision = Decision(action, theme, value, who or account(), now)
    write_lines(workspace.decisions(industry), [asdict(decision)])
    return decision


def account() -> str:
    """Who decides where nobody is named: MINEBELIEF_WHO, else the name of the account."""
    try:
        return os.environ.get(WHO) or getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name
        return "somebody"


def read_decisions(workspace: Workspace, industry: str) -> list[Decision]:
    """All decisions about an industry, oldest first.

    Raises:
        InputError: a line is no decision.
    """
    path = workspace.decisions(industry)
    found = []
    for number, line in read_lines(path):
        try:
            decision = Decision(**{name: str(text) for name, text in line.items()})
            known = decision.action in ACTIONS and bool(decision.decided_at)
        except (TypeError, ValueError):
            known = False
        if not known:
            raise InputError(
                f"{path}, line {number} is no decision. A line holds action ({', '.join(ACTIONS)}), theme, value, who "
                "and at (a time with its zone). Mend that line, or take it out"
            )
        found.append(decision)
    return found


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """The numbers and objects of the lines of a file of JSON lines; of a missing file none.

    Raises:
        InputError: a line is no JSON object.
        WorkspaceError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"cannot read {path}: {error}. It must be a text file in UTF-8") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise InputError(f"{path}, line {number} is no JSON object. Mend that line, or take it out")
        yield number, value


def write_lines(path: Path, lines: list[dict[str, object]]) -> None:
    """Append objects as JSON lines, by one write, and see that they are on the disk.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    if not lines:
        return
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            if file.tell():  # a line that was cut off, or written by hand without an end, is a line of its own
                file.seek(-1, os.SEEK_END)
                data = data if file.read(1) == b"\n" else b"\n" + data
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorkspaceError(f"cannot write to {path}: {error.strerror}. See that the folder can be written") from None
