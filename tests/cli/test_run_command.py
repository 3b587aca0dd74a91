"""``minebelief run``: what it hands to the pipeline, and what it prints of the summary."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from minebelief.errors import HeldError, IndustryFileError


@dataclass(frozen=True)
class Summary:
    database: Path
    industry: str = "pet-insurance"
    run_id: str = "r1"
    status: str = "finished"
    reviews_read: int = 26878
    reviews_new: int = 26870
    rejected: int = 8
    sentences: int = 125000
    negatives: int = 60000
    reasons: int = 30000
    matched: int = 21000
    themes: int = 85
    beliefs: int = 60
    values: int = 25
    common: int = 12
    seconds: dict[str, float] = field(default_factory=lambda: {"load": 3.21, "embed": 130.0})
    visible: list[tuple[str, int, float]] = field(default_factory=lambda: [("Figo", 1802, 0.006)])
    warnings: list[str] = field(default_factory=list)
    failed_sources: list[str] = field(default_factory=list)
    other_languages: int = 0
    reading: None = None


class Pipeline:
    """Stands for the real one: remembers how it was called."""

    def __init__(self, summary: Summary) -> None:
        self.result: Summary | BaseException = summary
        self.calls: list[tuple] = []

    def run(self, industry_file, workspace, progress, *, force_publish, wait, contact, rediscover):
        self.contact = contact
        self.calls.append((industry_file, workspace.root, force_publish, wait))
        progress.start("load", 10)
        progress.advance("load", 10)
        progress.warn("bad\x1b[2J line 7")
        progress.finish("load", "10 reviews")
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


@pytest.fixture
def pipeline(published: Path, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    stand_in = Pipeline(Summary(published / "minebelief.duckdb"))
    monkeypatch.setitem(sys.modules, "minebelief.pipeline", SimpleNamespace(run=stand_in.run))
    return stand_in


def test_the_summary_tells_what_came_of_it(call, pipeline: Pipeline, published: Path) -> None:
    done = call("run", "pets.toml", "--workspace", str(published), "--force-publish", "--wait", "5")
    assert done.code == 0
    assert pipeline.calls == [(Path("pets.toml"), published, True, 5.0)]
    assert "pet-insurance is up to date" in done.out
    assert "26,878 read, 26,870 new, 8 rejected" in done.out
    assert "with 1,802 reviews of Figo a belief above 0.6% is visible" in done.out
    assert "2 min 13 s (load 3.2 s, embed 2 min 10 s)" in done.out
    assert "It takes weeks until a claim is paid." in done.out
    assert f"minebelief --workspace {published} beliefs pet-insurance" in done.out
    assert f"minebelief --workspace {published} show pet-insurance b1" in done.out
    assert done.err.splitlines() == ["load: 10 to do", "warning: bad line 7", "load: 10 reviews"]


def test_with_a_prefect_server_the_run_is_a_flow(
    call, pipeline: Pipeline, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[Path, dict]] = []

    def refresh(industry_file: Path, **options):
        calls.append((industry_file, options))
        return pipeline.result

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    monkeypatch.setitem(sys.modules, "minebelief.flows.refresh", SimpleNamespace(refresh=refresh))
    done = call("--workspace", str(published), "run", "pets.toml", "--wait", "5")
    assert (done.code, pipeline.calls) == (0, [])
    assert calls == [
        (
            Path("pets.toml").resolve(),
            {"workspace": published, "force_publish": False, "wait": 5.0, "contact": None, "rediscover": False},
        )
    ]
    assert "pet-insurance is up to date" in done.out


def test_a_prefect_server_that_is_down_is_told_in_one_line(
    call, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refresh(*_: object, **__: object) -> None:
        raise RuntimeError("Failed to reach API at http://127.0.0.1:4200/api/")

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    monkeypatch.setitem(sys.modules, "minebelief.flows.refresh", SimpleNamespace(refresh=refresh))
    done = call("--workspace", str(published), "run", "pets.toml")
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "cannot be reached at http://127.0.0.1:4200/api. Start it with 'prefect server start', or unset" in line


def test_json_is_for_machines(call, pipeline: Pipeline, published: Path) -> None:
    done = call("--workspace", str(published), "run", "pets.toml", "--log-format", "json")
    assert json.loads(done.out)["reviews_read"] == 26878
    events = [json.loads(line) for line in done.err.splitlines()]
    assert [event["event"] for event in events] == ["start", "warning", "finish"]
    assert events[0]["total"] == 10


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [(HeldError("not published"), 1, "not published"), (KeyboardInterrupt(), 130, "interrupted; what is")],
)
def test_json_logs_end_with_what_went_wrong(
    call, pipeline: Pipeline, published: Path, error: BaseException, code: int, message: str
) -> None:
    pipeline.result = error
    done = call("--workspace", str(published), "run", "pets.toml", "--log-format", "json")
    last = json.loads(done.err.splitlines()[-1])
    assert (done.code, done.out, last["event"]) == (code, "", "error")
    assert last["message"].startswith(message)


def test_a_failed_source_exits_with_three_after_the_summary(call, pipeline: Pipeline, published: Path) -> None:
    pipeline.result = Summary(
        published / "minebelief.duckdb", status="partial", failed_sources=["steam"], warnings=["slow"] * 12
    )
    done = call("--workspace", str(published), "run", "pets.toml")
    assert done.code == 3
    assert "partly up to date" in done.out
    assert "and 2 more warnings" in done.out
    assert "steam failed or needs a look" in done.err


def test_every_mistake_of_an_industry_file_has_its_line(call, pipeline: Pipeline, published: Path) -> None:
    pipeline.result = IndustryFileError("a.toml: one\na.toml: two")
    done = call("--workspace", str(published), "run", "a.toml")
    assert done.code == 2
    assert done.err.splitlines()[-2:] == ["minebelief: a.toml: one", "minebelief: a.toml: two"]


def test_a_held_result_fails_in_one_line(call, pipeline: Pipeline, published: Path) -> None:
    pipeline.result = HeldError("not published")
    done = call("--workspace", str(published), "run", "a.toml")
    assert (done.code, done.err.splitlines()[-1]) == (1, "minebelief: not published")


def test_an_interrupt_exits_with_130(call, pipeline: Pipeline, published: Path) -> None:
    pipeline.result = KeyboardInterrupt()
    done = call("--workspace", str(published), "run", "a.toml")
    assert done.code == 130
    assert "the same command continues from there" in done.err


def test_a_mistake_in_the_program_says_how_to_see_it(call, pipeline: Pipeline, published: Path) -> None:
    pipeline.result = ZeroDivisionError("division\nby zero")
    done = call("--workspace", str(published), "run", "a.toml")
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith("minebelief: unexpected ZeroDivisionError: division by zero")
    assert "--debug" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in call("--debug", "--workspace", str(published), "run", "a.toml").err
