"""A workspace with a published database, and a way to call the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from factory import fill, fill_judged, make_workspace

from minebelief.cli.group import run
from minebelief.publish import publish
from minebelief.store import Store


@dataclass(frozen=True)
class Done:
    """What a command line gave."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one industry, one of whose reviews is hostile."""
    workspace = make_workspace(tmp_path_factory.mktemp("workspace"))
    with Store(workspace.work) as store:
        fill(store)
        fill_judged(store)
        store.execute(
            "update sentences set text = ? where sentence_id = 'embrace-2-0'",
            ["=cmd() [red]markup[/red] | \x1b[2J\x1b]0;title\x07 <script> \u202eesrever\u200b \x9b31m\nnew line"],
        )
        store.execute("update industries set made_up = true")
        publish(store, workspace)
    return workspace.root


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command line in this process, on a terminal as wide as 120 characters."""
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        return Done(code, *capsys.readouterr())

    return call
