"""The keys of ``minebelief audit``, pressed on a terminal."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


def pressed(own: Path, keys: str, names: str = "b1") -> tuple[int, str]:
    """The exit code and the screen of an audit in which keys are pressed, one at each question."""
    pid, terminal = pty.fork()
    if pid == 0:
        words = ["--workspace", str(own), "audit", names, "--by", "Ann"]
        os.execv(sys.executable, [sys.executable, "-c", f"from minebelief.cli import main; main({words!r})"])
    screen, left = b"", list(keys)
    asked = 0
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # so Linux says that the other end is closed
            break
        if not part:
            break
        screen += part
        while left and screen.count(b"y n u") > asked:
            asked += 1
            while termios.tcgetattr(terminal)[3] & termios.ICANON:  # what is typed before it listens is thrown away
                time.sleep(0.01)
            os.write(terminal, left.pop(0).encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), screen.decode()


def test_one_key_judges_and_the_same_command_goes_on(published: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(published, tmp_path / "own"))
    code, screen = pressed(own, "ynbuq")
    assert code == 0, screen
    path = own / "decisions" / "pet-insurance.judgements.jsonl"
    said = [json.loads(line) for line in path.read_text().splitlines()]
    assert [one["verdict"] for one in said] == ["yes", "no", "unsure"]
    assert said[1]["sentence"] == said[2]["sentence"] != said[0]["sentence"]
    assert "(you said no)" in " ".join(screen.split())
    code, screen = pressed(own, "q")
    assert code == 0, screen
    assert "3 of " in screen.split("»")[0]
    assert "2 of " in screen.rsplit("«")[-1]
