from pathlib import Path

import pytest


def test_a_folder_that_holds_something_else_is_refused(call, tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("text\n")
    done = call("demo", "--workspace", str(tmp_path))
    assert done.code == 2
    assert "holds other files" in done.err
    assert len(done.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.csv"]


@pytest.mark.slow
def test_a_whole_run_says_that_it_is_made_up_and_what_to_try_next(call, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = call("demo", "--workspace", str(folder), "--reviews", "600")
    assert done.code == 0
    assert "made up" in done.out
    assert done.out.count(f"minebelief --workspace {folder}") == 3
    assert (folder / "minebelief.duckdb").exists()
    assert (folder / "demo-truth.json").exists()
