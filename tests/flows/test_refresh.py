"""The flow carries out the same steps as a direct run."""

import subprocess
import sys
from pathlib import Path

import pytest
from laundries import make_up, published_hash, write_files, write_industry

from minebelief.pipeline import RunSummary
from minebelief.workspace import Workspace

REFRESH = """
import sys
from pathlib import Path
from prefect.testing.utilities import prefect_test_harness
from minebelief.flows.refresh import refresh
with prefect_test_harness(server_startup_timeout=120):
    summary = refresh(Path(sys.argv[1]), workspace=Path(sys.argv[2]), wait=5)
print(*summary.seconds)
"""

MISTAKEN = """
import os, sys
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness
from minebelief.cli.group import run
with prefect_test_harness(server_startup_timeout=120):
    os.environ["PREFECT_API_URL"] = PREFECT_API_URL.value()
    for file in sys.argv[2:]:
        print(run(["--workspace", sys.argv[1], "run", file]))
"""


@pytest.fixture(autouse=True)
def prefect_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written to the person's own."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


@pytest.mark.slow
def test_what_a_person_can_mend_ends_the_flow_without_a_traceback(tmp_path: Path) -> None:
    write_files(tmp_path / "reviews", make_up(40))
    wrong = write_industry(tmp_path, columns=['body = "words"'])
    done = subprocess.run(
        [sys.executable, "-P", "-c", MISTAKEN, str(tmp_path / "workspace"), str(tmp_path / "no.toml"), str(wrong)],
        capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.stdout.split() == ["2", "1"]
    said = [line for line in done.stderr.splitlines() if line.startswith("minebelief:")]
    assert ["No such file" in said[0], "no column 'words'" in said[1], len(said)] == [True, True, 2]
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_flow_finds_what_a_direct_run_finds(mined: tuple[Workspace, RunSummary], tmp_path: Path) -> None:
    write_industry(mined[0].root.parent)
    file = mined[0].root.parent / "laundries.toml"
    done = subprocess.run(
        [sys.executable, "-P", "-c", REFRESH, str(file), str(tmp_path / "workspace")],
        capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == list(mined[1].seconds)
    assert published_hash(tmp_path / "workspace" / "minebelief.duckdb") == mined[1].table_hash
