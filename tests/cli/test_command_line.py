"""What holds for every command."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from minebelief.cli.group import COMMANDS, minebelief

HEAVY = {"torch", "scrapy", "prefect", "sklearn", "pandas", "sentence_transformers", "scipy", "pyarrow"}


def command(name: str) -> click.Command:
    found = minebelief.get_command(click.Context(minebelief), name)
    assert found is not None
    return found


def examples(name: str) -> list[str]:
    epilog = command(name).epilog or ""
    return [line.strip() for line in epilog.splitlines() if line.strip().startswith("minebelief ")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_that_ends_with_an_example(call, name: str) -> None:
    done = call(name, "--help")
    assert done.code == 0
    assert f"  {COMMANDS[name]}\n" in done.out
    assert "Example:" in done.out
    assert done.out.strip().splitlines()[-1].strip() == examples(name)[-1]
    options = [one for one in command(name).params if isinstance(one, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(
    "example",
    [
        line
        for name in COMMANDS
        if name not in ("run", "demo", "crawl", "probe", "restore", "forget", "schedule", "audit")
        for line in examples(name)
    ],
)
def test_every_example_runs(
    call, example: str, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = shutil.copytree(published, tmp_path / "workspace")  # an example may change its workspace
    done = call("--workspace", str(own), *shlex.split(example)[1:])
    assert (done.code, done.err) == (0, "")


def test_the_examples_of_run_are_understood(call, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "minebelief.pipeline", SimpleNamespace(run=run))
    for example in examples("run"):
        assert call("--workspace", str(published), *shlex.split(example)[1:]).code == 130


def test_the_help_of_all_ends_with_an_example(call) -> None:
    for arguments in (("--help",), ("-h",)):
        out = call(*arguments).out
        assert all(name in out for name in COMMANDS)
        assert out.strip().splitlines()[-1].strip() == "minebelief beliefs pet-insurance"


def test_an_unknown_command_says_what_was_meant(call) -> None:
    done = call("belief")
    assert done.code == 2
    assert "did you mean 'beliefs'?" in done.err
    assert len(done.err.splitlines()) == 1


def test_an_unknown_option_is_told_on_one_line(call) -> None:
    done = call("beliefs", "--limt", "3")
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "minebelief beliefs --help" in done.err


def test_alone_it_says_where_the_workspace_stands(call, published: Path) -> None:
    done = call("--workspace", str(published))
    assert done.code == 0
    assert "Pet insurance is made up for demonstration" in " ".join(done.out.split())
    assert f"minebelief --workspace {published} beliefs pet-insurance" in done.out


def test_alone_in_an_empty_folder_it_says_what_to_do(call, tmp_path: Path) -> None:
    done = call("--workspace", str(tmp_path))
    assert done.code == 0
    assert "Nothing is published here yet." in done.out
    assert f"minebelief --workspace {tmp_path} run FILE" in done.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["beliefs"], ["show", "b1"], ["sql", "from beliefs"], []])
def test_questions_import_nothing_heavy(published: Path, arguments: list[str]) -> None:
    code = (
        "import sys; from minebelief.cli.group import run; code = run(sys.argv[1:]); "
        "print('\\nLOADED', code, *sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "--workspace", str(published), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    code_and_modules = done.stdout.rpartition("LOADED")[2].split()
    assert code_and_modules[0] == "0"
    assert not set(code_and_modules[1:]) & HEAVY


def start(published: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = "from minebelief.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, "--workspace", str(published), *arguments],
        capture_output=True,
        env={**os.environ, **environment},
    )


def test_colours_are_for_terminals_that_want_them(published: Path) -> None:
    assert b"\x1b[" in start(published, "beliefs", FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert b"\x1b[36m" not in start(published, "beliefs", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm").stdout
    assert b"\x1b" not in start(published, "beliefs").stdout


def test_a_terminal_without_unicode_gets_ascii(published: Path) -> None:
    done = start(published, "beliefs", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"-o-" in done.stdout
