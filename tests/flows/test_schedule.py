"""Industries on a schedule of a real Prefect server: what two scheduled runs publish is what direct runs publish."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import httpx
import pytest
from laundries import Review, make_up, published_hash, write_files, write_industry

from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.workspace import Workspace

PATIENCE = 900
"""Seconds that a server, or a run, may take on a machine that has much else to do."""

MINEBELIEF = [sys.executable, "-P", "-c", "from minebelief.cli import main; main()"]


def environment(home: Path, **more: str) -> dict[str, str]:
    own = {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | own | more


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(20)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


class Server(NamedTuple):
    """A Prefect server: the address of its API, and where its log is."""

    api: str
    log: Path


def wait_for(found: Any, what: str, *logs: Path) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.5)
    said = [log.read_text(errors="replace")[-3000:] for log in logs]
    pytest.fail("\n".join([f"no {what} within {PATIENCE} s", *said]))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Prefect server with a home of its own."""
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
            env=environment(folder / "prefect"), stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    api = f"http://127.0.0.1:{port}/api"

    def answers() -> bool:
        try:
            return httpx.get(f"{api}/health").is_success
        except httpx.HTTPError:
            return False

    try:
        wait_for(answers, "Prefect server", log)
        yield Server(api, log)
    finally:
        end(process)


def runs(api: str, *states: str) -> list[dict]:
    """The flow runs in these states, in the order in which they began."""
    found = httpx.post(f"{api}/flow_runs/filter", json={"sort": "START_TIME_ASC"}, timeout=PATIENCE).json()
    return [one for one in found if one["state_name"] in states]


def rows(published: Path) -> dict[str, set[tuple]]:
    """All published rows by table, without what names a run or a time of publishing."""
    with duckdb.connect(str(published), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        found = {}
        for table in sorted({*tables} - {"meta", "runs"}):
            columns = [name for (name, *_) in connection.execute(f"describe {table}").fetchall() if name != "run_id"]
            wanted = ", ".join(f'"{name}"::varchar' for name in columns)
            found[table] = set(connection.execute(f"select {wanted} from {table}").fetchall())
        return found


def difference(before: dict[str, set[tuple]], after: dict[str, set[tuple]]) -> dict[str, tuple[set, set]]:
    return {table: (before[table] - after[table], after[table] - before[table]) for table in after}


def more(reviews: dict[str, list[Review]]) -> dict[str, list[Review]]:
    """The same reviews with three new ones for each company."""
    return {company: [*reviews[company], *added] for company, added in make_up(12, seed=2).items()}


@pytest.mark.slow
@pytest.mark.timeout(2 * PATIENCE)
def test_scheduled_runs_publish_what_direct_runs_publish(server: Server, tmp_path: Path) -> None:
    first = make_up(160)
    write_files(tmp_path / "reviews", first)
    file = write_industry(tmp_path)
    published = tmp_path / "scheduled" / "minebelief.duckdb"
    log = tmp_path / "schedule.log"
    with log.open("wb") as out:
        serving = subprocess.Popen(
            [*MINEBELIEF, "--workspace", str(tmp_path / "scheduled"), "schedule", str(file),
             "--cron", "* * * * * */15", "--overlap", "skip"],
            env=environment(tmp_path / "prefect", PREFECT_API_URL=server.api, PREFECT_RUNNER_POLL_FREQUENCY="2"),
            stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        done = wait_for(lambda: runs(server.api, "Completed", "Failed", "Crashed"), "first run", log, server.log)
        assert [one["state_name"] for one in done] == ["Completed"] * len(done), done[0]["state"]["message"]
        assert done[0]["name"].startswith("laundries 2")
        with Workspace(published.parent).writing(wait=PATIENCE):  # no run reads a part of them
            before = rows(published)
            write_files(tmp_path / "reviews", more(first))
            changed = published.stat().st_mtime_ns
        wait_for(lambda: rows(published)["reviews"] != before["reviews"], "run with the new reviews", log, server.log)
        after = rows(published)
        assert published.stat().st_mtime_ns > changed
        artifacts = httpx.post(f"{server.api}/artifacts/filter", json={}, timeout=PATIENCE).json()
    finally:
        end(serving)
    assert {"laundries-beliefs", "laundries-changes", "laundries-rejects", "laundries-report"} <= {
        one["key"] for one in artifacts
    }

    write_files(tmp_path / "reviews", first)
    direct = Workspace(tmp_path / "direct")
    run(file, direct, Silent())
    direct_before = rows(direct.published)
    write_files(tmp_path / "reviews", more(first))
    summary = run(file, direct, Silent())
    assert published_hash(published) == summary.table_hash
    assert difference(before, after) == difference(direct_before, rows(direct.published))
    gone, new = difference(before, after)["reviews"]
    assert (len(gone), len(new)) == (0, 12)
    assert before["companies"] == after["companies"]


SKIPPING = """
import sys
from pathlib import Path
from prefect.client.orchestration import get_client
from minebelief.flows.overlap import skip_due
from minebelief.flows.schedule import deployments
from minebelief.workspace import Workspace
workspace = Workspace(Path(sys.argv[2]))
(deployment,) = deployments([Path(sys.argv[1])], workspace, "0 0 1 1 *", overlap="skip")
with get_client(sync_client=True) as client:
    due = client.create_flow_run_from_deployment(deployment.apply())
    for writing in (False, True):
        if writing:
            with workspace.writing():
                print(skip_due(client, "steamers", workspace), end=" ")
        else:
            print(skip_due(client, "steamers", workspace), end=" ")
        run = client.read_flow_run(due.id)
        print(run.state_name, run.run_count)
print(run.name, run.state.message, sep=": ")
"""


@pytest.mark.slow
@pytest.mark.timeout(2 * PATIENCE)
def test_what_is_due_while_another_run_writes_is_skipped_before_it_begins(server: Server, tmp_path: Path) -> None:
    file = write_industry(tmp_path, industry="steamers")
    done = subprocess.run(
        [sys.executable, "-P", "-c", SKIPPING, str(file), str(tmp_path / "workspace")],
        env=environment(tmp_path / "prefect", PREFECT_API_URL=server.api),
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    free, held, message = [line for line in done.stdout.splitlines() if line.strip()][-3:]
    assert (free, held) == ("0 Scheduled 0", "1 Skipped 0")
    assert message.startswith("steamers 2")
    assert f"the workspace {tmp_path / 'workspace'} is being written by process " in message


def call(tmp_path: Path, *arguments: str, **more: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [*MINEBELIEF, "--workspace", str(tmp_path / "workspace"), "schedule", *arguments],
        env=environment(tmp_path / "prefect", **more), capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--cron", "15 3 * * *"], 1, "no Prefect server answers at http://127.0.0.1:9/api. Start one with 'prefect"),
        (["--cron", "at night"], 2, "--cron 'at night' is no cron expression; give minute, hour"),
        (["--cron", "15 3 * * *", "--timezone", "Berlin"], 2, "--timezone 'Berlin' is unknown; give a name such as"),
        (["no.toml", "--cron", "15 3 * * *"], 2, "no.toml: No such file or directory; give the path"),
    ],
)
def test_what_cannot_be_scheduled_is_told_in_one_line(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    file = write_industry(tmp_path)
    done, (line,) = call(tmp_path, str(file), *arguments, PREFECT_API_URL="http://127.0.0.1:9/api")
    assert (done, message in line) == (code, True), line


@pytest.mark.slow
def test_without_a_server_nothing_pretends_to_be_scheduled(tmp_path: Path) -> None:
    code, (line,) = call(tmp_path, str(write_industry(tmp_path)), "--cron", "15 3 * * *")
    assert code == 1
    assert "no Prefect server is named, and without one nothing is scheduled. Start one with 'prefect server" in line
