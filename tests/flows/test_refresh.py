"""The flow carries out the same steps as a direct run."""

import socket
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

PARTIAL = """
import sys
from pathlib import Path
from prefect.client.orchestration import get_client
from prefect.testing.utilities import prefect_test_harness
from minebelief.flows import sources
from minebelief.flows.refresh import refresh
sources.BACKOFF = 0.01
with prefect_test_harness(server_startup_timeout=240):
    state = refresh(Path(sys.argv[1]), workspace=Path(sys.argv[2]), return_state=True)
    print(state.type.value, state.name, state.message, sep=" | ")
    with get_client(sync_client=True) as client:
        for one in client.read_task_runs(limit=200):
            if one.name.startswith("source "):
                print(one.name.rpartition("-")[0], one.state_name, one.run_count, sep=" | ")
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


@pytest.mark.slow
def test_sources_that_fail_leave_the_others_alone_and_only_the_network_is_tried_again(tmp_path: Path) -> None:
    write_files(tmp_path / "reviews", make_up(80))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        crawl = ["[[sources]]", 'name = "site"', 'spider = "schema_org"', 'company = "sudsy"', "allow_local = true"]
        crawl += [f'urls = ["http://127.0.0.1:{nobody.getsockname()[1]}/"]']
        absent = ["[[sources]]", 'name = "absent"', 'files = "absent/*.csv"', 'company = "{stem}"']
        file = write_industry(tmp_path, more="\n".join([*crawl, *absent]))
        done = subprocess.run(
            [sys.executable, "-P", "-c", PARTIAL, str(file), str(tmp_path / "workspace")],
            capture_output=True, text=True, timeout=590,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    state, *tasks = [line.split(" | ") for line in done.stdout.splitlines() if " | " in line]
    assert state == ["COMPLETED", "Partial", "absent, site failed or needs a look; the rest is published"]
    assert sorted(tasks) == [
        ["source absent", "Failed", "1"],
        ["source files", "Completed", "1"],
        ["source site (sudsy)", "Failed", "4"],
    ]
