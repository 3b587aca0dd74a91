"""Leaves out what is due while somebody writes to the workspace, before a process is started for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from prefect.states import Completed

from minebelief.workspace import Workspace

from .refresh import refresh, run_name

__all__ = ["skip_due", "skipping"]


@contextmanager
def skipping(name: str, workspace: Workspace) -> Iterator[None]:
    """Leave out what is due while the workspace is written to, as long as this lasts.

    The workspace's own lock says whether it is: unlike a limit that the server counts, it is free as soon as the
    process that held it is gone, however that came. A run that is begun all the same is left out by the flow.

    Args:
        name: of the deployment, which is its industry.
        workspace: what it writes to.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(get_current_settings().runner.poll_frequency):
            try:
                with get_client(sync_client=True) as client:
                    skip_due(client, name, workspace)
            except (httpx.HTTPError, RuntimeError):  # the server is away; the runner says so, and goes on
                continue

    looking = threading.Thread(target=look, name="skip what is due", daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join(5)


def skip_due(client: SyncPrefectClient, name: str, workspace: Workspace) -> int:
    """End as Skipped what is due and has not begun, if somebody writes to the workspace; gives how many runs.

    Raises:
        httpx.HTTPError: the server does not answer.
    """
    writer = workspace.writer()
    if writer is None:
        return 0
    by_now = FlowRunFilterNextScheduledStartTime.model_validate({"before_": datetime.now(UTC)})
    due = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=[refresh.name])),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[name])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            next_scheduled_start_time=by_now,
        ),
    )
    message = f"the workspace {workspace.root} is being written by {writer}"
    for run in due:
        try:
            client.update_flow_run(run.id, name=run_name(name))
            client.set_flow_run_state(run.id, Completed(name="Skipped", message=message))
        except ObjectNotFound:  # somebody deleted it
            continue
    return len(due)
