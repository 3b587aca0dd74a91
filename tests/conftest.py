"""What several tests share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real reviews that the benchmarks use; a test that needs them is skipped where they are not."""
    named = os.environ.get("MINEBELIEF_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the benchmark reviews are not here: set MINEBELIEF_DATA to their folder")
    return folder
