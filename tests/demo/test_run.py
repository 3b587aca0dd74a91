"""The demo in its own workspace: never mixed with anything, and nothing is left running."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from minebelief.cli.group import run
from minebelief.demo import run as module
from minebelief.demo import site
from minebelief.demo.run import run_demo
from minebelief.errors import UsageError
from minebelief.progress import Silent
from minebelief.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "demo")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The industry files that would have been run."""
    files: list[Path] = []
    monkeypatch.setattr(module, "run", lambda file, *_: files.append(file))
    return files


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_same_industry_may_be_run_again(workspace: Workspace, runs: list[Path]) -> None:
    for _ in range(2):
        run_demo(workspace, Silent(), reviews=600)
    assert runs == [workspace.root / "demo-phone.toml"] * 2
    assert tomllib.loads(runs[0].read_text())["made_up"] is True


@pytest.mark.parametrize("other", [{"seed": 2}, {"reviews": 601}, {"wordings": "test"}])
def test_another_made_up_industry_is_not_mixed_in(workspace: Workspace, runs: list[Path], other: dict) -> None:
    run_demo(workspace, Silent(), reviews=600)
    before = files_of(workspace.root)
    with pytest.raises(UsageError, match=r"holds another made-up industry.*--workspace"):
        run_demo(workspace, Silent(), **{"reviews": 600, **other})
    assert (len(runs), files_of(workspace.root)) == (1, before)


def test_a_real_workspace_is_left_alone(workspace: Workspace, runs: list[Path]) -> None:
    workspace.create()
    with pytest.raises(UsageError, match="never mixed with real ones"):
        run_demo(workspace, Silent(), reviews=600)
    assert (runs, files_of(workspace.root)) == ([], {})


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("")
    return folder / "file" / "demo"


def a_file(folder: Path) -> Path:
    (folder / "file").write_text("")
    return folder / "file"


def without_permission(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    folder.chmod(0o500)
    return folder / "demo"


@pytest.mark.parametrize("where", [below_a_file, a_file, without_permission])
def test_where_nothing_can_be_written_it_says_so_in_one_line(
    where: Callable[[Path], Path], tmp_path: Path, runs: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    place = where(tmp_path)
    assert run(["demo", "--workspace", str(place), "--reviews", "600"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(place) in line
    assert "--workspace" in line
    assert runs == []


def test_without_a_free_port_it_says_so_in_one_line(
    workspace: Workspace, runs: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def taken(*_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(site, "_Server", taken)
    assert run(["demo", "--workspace", str(workspace.root), "--reviews", "600"]) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert "cannot serve the made-up sites on any port of 127.0.0.1 (Address already in use); end a program" in line
    assert runs == []


@pytest.mark.slow
def test_an_interrupt_during_the_crawl_leaves_nothing_running(workspace: Workspace) -> None:
    command = [sys.executable, "-P", "-c", "from minebelief.cli import main; main()", "demo", "--reviews", "600"]
    with subprocess.Popen(
        [*command, "--workspace", str(workspace.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as demo:
        until = time.monotonic() + 60
        while not list(workspace.landing.glob("*.part")) and time.monotonic() < until and demo.poll() is None:
            time.sleep(0.01)
        assert any(str(workspace.root) in line for line in processes() if "scrapy crawl" in line)
        os.killpg(demo.pid, signal.SIGINT)  # as a terminal does
        out, told = demo.communicate(timeout=60)
    assert (demo.returncode, out) == (130, "")
    assert told.splitlines()[-1].startswith("minebelief: interrupted; what is finished is kept")
    assert "Traceback" not in told
    assert [line for line in processes() if str(workspace.root) in line] == []
    industry = tomllib.loads((workspace.root / "demo-phone.toml").read_text())
    for source in industry["sources"]:
        with pytest.raises(URLError, match="refused"):
            urlopen(source["urls"][0])


def processes() -> list[str]:
    return subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
