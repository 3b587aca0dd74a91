"""Whom to tell what became of a run: a command or a webhook, named in the workspace's settings.

::

    [notify]
    webhook = "${SLACK_WEBHOOK}"               # is sent {"text": ...}, as Slack, Mattermost and others take it
    command = ["/usr/local/bin/tell-us"]       # is given everything as JSON on its standard input
    on = ["failed", "partial", "held", "changed"]

What customers wrote reaches the command on its standard input only, never as an argument and never through a shell.
"""

import http.client
import json
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from minebelief.errors import HeldError, MinebeliefError, WorkspaceError
from minebelief.history import Change, changes
from minebelief.industry_draft import Draft
from minebelief.industry_values import Address, Part, Text
from minebelief.progress import Progress
from minebelief.published import open_published
from minebelief.safe_text import sanitise
from minebelief.settings import read_settings
from minebelief.workspace import Workspace

if TYPE_CHECKING:
    from minebelief.pipeline import RunSummary

__all__ = ["Notify", "Outcome", "notifying", "read_notify"]

Event = Literal["failed", "partial", "held", "changed"]

PATIENCE = 30.0
"""How long a receiver may take, in seconds."""
TOLD = 10
"""How many changes the text names; the command is given all of them."""


class Notify(Part):
    """The table ``notify`` of the settings: who is told, and of what."""

    webhook: Address | None = None
    command: tuple[Text, ...] = ()
    on: tuple[Event, ...] = ("failed", "partial", "held", "changed")


@dataclass
class Outcome:
    """What became of a run: the summary that it ended with, or nothing where there is nothing to tell."""

    summary: "RunSummary | None" = None


def read_notify(workspace: Workspace) -> Notify:
    """Who is to be told about the runs of a workspace; nobody, unless its settings say so.

    Raises:
        WorkspaceError: the settings cannot be read or have a mistake.
    """
    settings = read_settings(workspace)
    draft = Draft(workspace.settings)
    for key in settings.keys() - {"contact", "notify"}:
        draft.unknown(key, ("contact", "notify"))
    table = draft.fill_in(settings.get("notify", {}), "notify")
    notify = None if draft.mistakes else draft.build(Notify, table, "notify")
    if notify is None or draft.mistakes:
        raise WorkspaceError(f"{workspace.settings}: {'; '.join(draft.mistakes)}")
    return notify


@contextmanager
def notifying(workspace: Workspace, industry_file: Path, progress: Progress) -> Iterator[Outcome]:
    """Notify of what becomes of the run within: put its summary into the outcome, or let its error pass.

    A receiver that cannot be reached or fails is warned about, and changes nothing of the run.

    Raises:
        WorkspaceError: the settings cannot be read or have a mistake; then nothing was begun.
    """
    notify = read_notify(workspace)
    outcome = Outcome()
    about = {"industry_file": str(industry_file), "workspace": str(workspace.root)}
    try:
        yield outcome
    except Exception as error:
        event: Event = "held" if isinstance(error, HeldError) else "failed"
        mistake = "" if isinstance(error, MinebeliefError) else f"unexpected {type(error).__name__}: "
        because = f"{mistake}{sanitise(str(error))}"
        title = f"the run of {industry_file.name} " + ("was held back" if event == "held" else "failed")
        _send(notify, [event], title, [because], {**about, "because": because}, progress)
        raise
    if summary := outcome.summary:
        moved = _changes_of(summary, progress)
        happened: list[Event] = ["partial"] if summary.status == "partial" else []
        happened += ["changed"] if moved else []
        lines = []
        if summary.status == "partial":
            failed = ", ".join(dict.fromkeys(summary.failed_sources))
            lines.append(f"{failed} failed or needs a look; the rest is published")
            lines += [f"warning: {sanitise(warning)}" for warning in summary.warnings[:TOLD]]
        lines += [_line(change) for change in moved[:TOLD]]
        if len(moved) > TOLD:
            lines.append(f"and {len(moved) - TOLD:,} more changes: minebelief changes {summary.industry}")
        title = f"{summary.title} is {'partly ' if summary.status == 'partial' else ''}up to date"
        title += f", {len(moved):,} changes" if moved else ""
        told = {
            "industry": summary.industry,
            "run_id": summary.run_id,
            "failed_sources": summary.failed_sources,
            "changes": [asdict(change) for change in moved],
            "database": str(summary.database),
        }
        _send(notify, happened, title, lines, {**about, **told}, progress)


def _changes_of(summary: "RunSummary", progress: Progress) -> list[Change]:
    """What the run changed for certain."""
    try:
        with open_published(summary.database) as database:
            newest = changes(database, summary.industry)
    except MinebeliefError as error:
        progress.warn(f"nobody was notified of what changed: {error}")
        return []
    return [change for change in newest if change.run_id == summary.run_id and change.significant]


def _line(change: Change) -> str:
    where = "" if change.company == "*" else f" at {change.company_name or change.company}"
    shares = [f"{share:.1%}" for share in (change.before, change.after) if share is not None]
    moved = f", {' to '.join(shares)}" if shares else ""
    return f"{change.change}{where}: {sanitise(change.statement or '')} ({change.theme_id}{moved})"


def _send(
    notify: Notify, happened: list[Event], title: str, lines: list[str], facts: dict[str, Any], progress: Progress
) -> None:
    wanted = [event for event in happened if event in notify.on]
    if not wanted:
        return
    text = "\n".join([f"Minebelief: {sanitise(title)}", *lines])
    if notify.webhook:
        try:
            _post(notify.webhook, {"text": _plain(text)})
        except (OSError, ValueError, http.client.HTTPException) as error:
            # The address is a secret: of errors that may quote it only the kind is told.
            reason = (
                sanitise(str(getattr(error, "reason", error))) if isinstance(error, OSError) else type(error).__name__
            )
            progress.warn(f"the webhook at {urlsplit(notify.webhook).hostname} was not notified: {reason}")
    if notify.command:
        try:
            _call(notify.command, {"text": text, "events": wanted, **facts}, Path(facts["workspace"]))
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            progress.warn(f"the command {notify.command[0]} was not notified: {sanitise(_why(error))}")


def _plain(text: str) -> str:
    """Text in which nothing is a command to the chat that shows it, such as ``<!channel>``."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _post(address: str, payload: dict[str, str]) -> None:
    request = urllib.request.Request(
        address, json.dumps(payload).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=PATIENCE):
        pass


def _call(command: tuple[str, ...], payload: dict[str, Any], folder: Path) -> None:
    with tempfile.TemporaryFile() as said:  # a file: a child that the command leaves behind cannot keep us waiting
        try:
            subprocess.run(
                command,
                cwd=folder if folder.is_dir() else None,
                input=json.dumps(payload, default=str).encode(),
                stdout=subprocess.DEVNULL,
                stderr=said,
                timeout=PATIENCE,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            said.seek(0)
            error.stderr = said.read(10_000)
            raise


def _why(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it took more than {PATIENCE:.0f} s"
    if isinstance(error, subprocess.CalledProcessError):
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return f"it ended with {error.returncode}{f': {last[0]}' if last else ''}"
    return getattr(error, "strerror", None) or str(error)
