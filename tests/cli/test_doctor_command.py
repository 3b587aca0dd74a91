"""``minebelief doctor``."""

import importlib.metadata
import json
from pathlib import Path

import pytest

from minebelief.errors import EncoderError
from minebelief.mining import encoder
from minebelief.sqlfiles import sql_files
from minebelief.workspace import Workspace


@pytest.fixture
def statuses(call):
    def statuses(folder: Path) -> tuple[int, dict[str, tuple[str, str]]]:
        done = call("doctor", "--workspace", str(folder), "--format", "json")
        return done.code, {one["check"]: (one["status"], one["found"]) for one in json.loads(done.out)}

    return statuses


def test_a_ready_machine_exits_with_zero(statuses, published: Path) -> None:
    code, checks = statuses(published)
    assert (code, [name for name, (status, _) in checks.items() if status == "missing"]) == (0, [])
    assert checks["work database"][1].startswith(f"version {len(sql_files('schema'))} ")
    assert checks["published database"][1].startswith("pet-insurance (")
    assert checks["duckdb"][1] == importlib.metadata.version("duckdb")


def test_looking_at_an_empty_folder_leaves_nothing_there(statuses, tmp_path: Path) -> None:
    code, checks = statuses(tmp_path)
    assert code == 0
    assert checks["published database"] == ("ok", "nothing is published yet")
    assert list(tmp_path.iterdir()) == []


def test_altered_encoder_files_are_missing(statuses, tmp_path: Path, monkeypatch) -> None:
    def altered() -> Path:
        raise EncoderError("model.safetensors is altered")

    monkeypatch.setattr(encoder, "check_default_encoder", altered)
    code, checks = statuses(tmp_path)
    assert code == 1
    assert checks["encoder"] == ("missing", "model.safetensors is altered")


def test_a_missing_package_is_named(statuses, tmp_path: Path, monkeypatch) -> None:
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name == "torch":
            raise importlib.metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    code, checks = statuses(tmp_path)
    assert code == 1
    assert checks["torch"][0] == "missing"


def test_who_writes_is_told(statuses, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.writing():
        code, checks = statuses(tmp_path)
    assert code == 0
    assert checks["writer"][0] == "warning"
    assert "process" in checks["writer"][1]
    assert statuses(tmp_path)[1]["writer"][0] == "ok"


def test_damaged_databases_are_found(statuses, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.create()
    workspace.work.write_bytes(b"no database" * 1000)
    workspace.published.write_bytes(b"no database" * 1000)
    code, checks = statuses(tmp_path)
    assert code == 1
    assert checks["work database"][0] == "missing"
    assert checks["published database"][0] == "missing"


def test_a_folder_that_is_not_there_is_missing(statuses, tmp_path: Path) -> None:
    code, checks = statuses(tmp_path / "nowhere")
    assert code == 1
    assert checks["workspace"][0] == "missing"


def test_the_table_is_for_people(call, tmp_path: Path) -> None:
    done = call("doctor", "--workspace", str(tmp_path))
    assert "encoder" in done.out
    assert "GB free" in done.out
