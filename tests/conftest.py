"""What several tests share."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from laundries import Review, make_up, write_files, write_industry

if TYPE_CHECKING:
    from minebelief.pipeline import RunSummary
    from minebelief.workspace import Workspace


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real reviews that the benchmarks use; a test that needs them is skipped where they are not."""
    named = os.environ.get("MINEBELIEF_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the benchmark reviews are not here: set MINEBELIEF_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def mined(tmp_path_factory: pytest.TempPathFactory) -> tuple["Workspace", "RunSummary"]:
    """The made-up laundries after one whole run, for all tests: leave the workspace as it is, or copy it."""
    from minebelief.pipeline import run
    from minebelief.progress import Silent
    from minebelief.workspace import Workspace

    folder = tmp_path_factory.mktemp("laundries")
    write_files(folder / "reviews", make_up())
    workspace = Workspace(folder / "workspace")
    return workspace, run(write_industry(folder), workspace, Silent())


@pytest.fixture
def laundry(mined: tuple["Workspace", "RunSummary"], tmp_path: Path) -> "Workspace":
    """A copy of the laundries' workspace, in ``tmp_path`` beside their files."""
    from minebelief.workspace import Workspace

    shutil.copytree(mined[0].root.parent, tmp_path, dirs_exist_ok=True)
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def made_by_hand() -> Callable[[str], Any]:
    """Read one of the API answers that were made by hand."""

    def read(name: str) -> Any:
        return json.loads((Path(__file__).parent / "made_by_hand" / name).read_text(encoding="utf-8"))

    return read


@pytest.fixture
def reviews() -> dict[str, list[Review]]:
    """What the laundries' files hold."""
    return make_up()
