"""The flow carries out the same steps as a direct run."""

import subprocess
import sys
from pathlib import Path

import pytest
from laundries import published_hash, write_industry

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


@pytest.mark.slow
def test_the_flow_finds_what_a_direct_run_finds(
    mined: tuple[Workspace, RunSummary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))  # and nothing in the person's own
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    write_industry(mined[0].root.parent)
    file = mined[0].root.parent / "laundries.toml"
    done = subprocess.run(
        [sys.executable, "-P", "-c", REFRESH, str(file), str(tmp_path / "workspace")],
        capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == list(mined[1].seconds)
    assert published_hash(tmp_path / "workspace" / "minebelief.duckdb") == mined[1].table_hash
