"""What people decided about themes, as append-only JSON lines that can be put under version control.

``decisions/INDUSTRY.jsonl`` in the workspace holds one decision a line, oldest first. Nothing is ever changed there:
who thinks otherwise adds a decision. Every run replays them all.
"""

import errno
import getpass
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from minebelief.disk import is_full, sync_folder
from minebelief.errors import DiskError, InputError, WorkspaceError
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

    A last line without an end that is no JSON was never written whole, and is left out.

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
        if value is None and not text.endswith("\n") and number == len(text.splitlines()):
            return
        if not isinstance(value, dict):
            raise InputError(f"{path}, line {number} is no JSON object. Mend that line, or take it out")
        yield number, value


def write_lines(path: Path, lines: list[dict[str, object]]) -> None:
    """Append objects as JSON lines, by one write, and see that they are on the disk.

    Raises:
        DiskError: the disk is full; nothing of the lines is left in the file then.
        WorkspaceError: the file cannot be written.
    """
    if not lines:
        return
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as file:
            end = _end_of_lines(file)
            file.truncate(end)
            try:
                if file.write(data if not end or _ends(file, end) else b"\n" + data) < len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise
        sync_folder(path.parent)
    except OSError as error:
        if is_full(error):
            raise DiskError(f"cannot write to {path}: the disk is full. Make room, and try again") from None
        raise WorkspaceError(f"cannot write to {path}: {error.strerror}. See that the folder can be written") from None


def _end_of_lines(file: IO[bytes]) -> int:
    """Where to write on: at the end, or where a last line begins that was cut off as it was written."""
    file.seek(0)
    whole = file.read()
    last = whole[whole.rfind(b"\n") + 1 :]
    try:
        json.loads(last or b"{}")
    except ValueError:
        return len(whole) - len(last)
    return len(whole)


def _ends(file: IO[bytes], end: int) -> bool:
    """Whether the line before this place has its end."""
    file.seek(end - 1)
    return file.read(1) == b"\n"
