"""Who is told what became of a run, by a real receiver on this machine and a real command."""

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from laundries import make_up, write_files, write_industry

from minebelief.contact import find_contact, save_contact
from minebelief.errors import HeldError, IndustryFileError, WorkspaceError
from minebelief.notify import notifying, read_notify
from minebelief.pipeline import RunSummary, run
from minebelief.progress import Silent
from minebelief.workspace import Workspace

KEEP = "import sys; open('told.jsonl', 'a').write(sys.stdin.read() + '\\n'); print(len(sys.argv))"


class Warnings(Silent):
    def __init__(self) -> None:
        self.said: list[str] = []

    def warn(self, message: str) -> None:
        self.said.append(message)


class Receiver:
    """Takes what is posted to it, and answers with a status."""

    def __init__(self) -> None:
        self.taken: list[dict] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.taken.append({"type": self.headers["Content-Type"], "path": self.path, **json.loads(body)})
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/services/secret"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    it = Receiver()
    yield it
    it.server.shutdown()
    it.server.server_close()


def set_up(workspace: Workspace, *lines: str) -> Workspace:
    workspace.create()
    workspace.settings.write_text("\n".join(["[notify]", *lines]))
    return workspace


def command_line(code: str, *arguments: str) -> str:
    return f"command = {json.dumps([sys.executable, '-c', code, *arguments])}"


def told(workspace: Workspace) -> list[dict]:
    return [json.loads(line) for line in (workspace.root / "told.jsonl").read_text().splitlines()]


def test_a_run_that_fails_is_told_to_both(tmp_path: Path, receiver: Receiver) -> None:
    workspace = set_up(Workspace(tmp_path), f'webhook = "{receiver.url}"', command_line(KEEP))
    with pytest.raises(IndustryFileError):
        run(tmp_path / "no.toml", workspace, Silent())
    (posted,) = receiver.taken
    assert (posted.keys(), posted["type"]) == ({"type", "path", "text"}, "application/json")
    first, why = posted["text"].splitlines()
    assert (first, "No such file" in why) == ("Minebelief: the run of no.toml failed", True)
    (given,) = told(workspace)
    assert (given["events"], given["workspace"]) == (["failed"], str(tmp_path))
    assert given["because"] == why


def test_a_result_that_is_held_back_is_told(laundry: Workspace, tmp_path: Path, receiver: Receiver) -> None:
    set_up(laundry, f'webhook = "{receiver.url}"')
    file = write_industry(tmp_path, companies=["sudsy", "whitefold", "pressly"], files="reviews/[!q]*.csv")
    with pytest.raises(HeldError):
        run(file, laundry, Silent())
    (posted,) = receiver.taken
    assert posted["text"].startswith("Minebelief: the run of laundries.toml was held back\nnot published, since")


def test_what_changed_is_told_and_review_text_cannot_command_a_chat(
    mined: tuple[Workspace, RunSummary], tmp_path: Path, receiver: Receiver
) -> None:
    workspace = set_up(Workspace(tmp_path), f'webhook = "{receiver.url}"', command_line(KEEP))
    summary = replace(mined[1], title="Laundries <!channel> & more")
    with notifying(workspace, tmp_path / "laundries.toml", Silent()) as outcome:
        outcome.summary = summary
    (given,) = told(workspace)
    assert given["events"] == ["changed"]
    assert {change["theme_id"] for change in given["changes"]} >= {"b1"}
    assert given["run_id"] == summary.run_id
    assert "<!channel>" in given["text"]
    first = receiver.taken[0]["text"].splitlines()[0]
    assert "Laundries &lt;!channel&gt; &amp; more is up to date" in first
    assert first.endswith(f"{len(given['changes'])} changes")


def test_a_run_that_changed_nothing_is_not_told(laundry: Workspace, tmp_path: Path, receiver: Receiver) -> None:
    set_up(laundry, f'webhook = "{receiver.url}"')
    summary = run(write_industry(tmp_path), laundry, Silent())
    assert (summary.status, receiver.taken) == ("finished", [])


def test_a_run_in_part_names_its_sources(
    mined: tuple[Workspace, RunSummary], tmp_path: Path, receiver: Receiver
) -> None:
    workspace = set_up(Workspace(tmp_path), f'webhook = "{receiver.url}"', 'on = ["partial"]')
    for status in ("finished", "partial"):
        with notifying(workspace, tmp_path / "laundries.toml", Silent()) as outcome:
            outcome.summary = replace(
                mined[1], status=status, failed_sources=["steam", "steam"], warnings=["too\x1b[2J slow"]
            )
    (posted,) = receiver.taken
    assert "partly up to date" in posted["text"]
    assert posted["text"].splitlines()[1:3] == [
        "steam failed or needs a look; the rest is published",
        "warning: too slow",
    ]


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ('webhook = "http://127.0.0.1:9/services/secret"', "the webhook at 127.0.0.1 was not notified: "),
        (command_line("import sys; sys.exit('no mail today')"), "was not notified: it ended with 1: no mail today"),
        ('command = ["./not-here"]', "the command ./not-here was not notified: No such file or directory"),
    ],
)
def test_a_broken_receiver_is_warned_about_and_changes_nothing(
    mined: tuple[Workspace, RunSummary], tmp_path: Path, line: str, warning: str
) -> None:
    listener = Warnings()
    with notifying(set_up(Workspace(tmp_path), line), tmp_path / "laundries.toml", listener) as outcome:
        outcome.summary = mined[1]
    (said,) = listener.said
    assert warning in said
    assert "secret" not in said


def test_a_receiver_that_answers_with_an_error_is_warned_about(
    mined: tuple[Workspace, RunSummary], tmp_path: Path, receiver: Receiver
) -> None:
    receiver.status = 500
    listener = Warnings()
    workspace = set_up(Workspace(tmp_path), f'webhook = "{receiver.url}"')
    with notifying(workspace, tmp_path / "laundries.toml", listener) as outcome:
        outcome.summary = mined[1]
    assert listener.said == ["the webhook at 127.0.0.1 was not notified: Internal Server Error"]


def test_a_secret_can_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = set_up(Workspace(tmp_path), 'webhook = "${TEAM_CHAT}"')
    with pytest.raises(WorkspaceError, match=r"notify\.webhook: the environment variable TEAM_CHAT is not set"):
        read_notify(workspace)
    monkeypatch.setenv("TEAM_CHAT", "https://chat.example/x")
    assert read_notify(workspace).webhook == "https://chat.example/x"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[notify]\nwebhook = "chat"', "notify.webhook: found 'chat'; accepted: an address that begins with http"),
        ('[notify]\non = ["always"]', "notify.on.*accepted: 'failed', 'partial', 'held' or 'changed'"),
        ("[notify]\ncommand = 'mail me'", "notify.command: found 'mail me'; accepted: a list"),
        ("[notify]\nwebhok = 'x'", "notify.webhok: unknown key .did you mean 'webhook'"),
        ("[notfy]", "notfy: unknown key .did you mean 'notify'"),
    ],
)
def test_a_mistake_in_the_settings_is_told_before_anything_is_done(tmp_path: Path, text: str, message: str) -> None:
    workspace = Workspace(tmp_path)
    workspace.create()
    workspace.settings.write_text(text)
    write_files(tmp_path / "reviews", make_up(8))
    with pytest.raises(WorkspaceError, match=message):
        run(write_industry(tmp_path), workspace, Silent())
    assert not workspace.work.exists()


def test_a_contact_that_is_kept_leaves_the_other_settings_alone(tmp_path: Path) -> None:
    workspace = set_up(Workspace(tmp_path), "# our chat", 'webhook = "https://chat.example/x"')
    for contact in ("me@example.org", "you@example.org"):
        save_contact(workspace, contact)
        assert find_contact(workspace) == contact
    assert read_notify(workspace).webhook == "https://chat.example/x"
    assert workspace.settings.read_text().count("contact =") == 1
    assert "# our chat" in workspace.settings.read_text()
