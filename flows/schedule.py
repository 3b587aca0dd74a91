"""Serves the flow of every industry on a schedule, against a Prefect server that runs."""

import os
import zoneinfo
from collections.abc import Sequence
from pathlib import Path

import httpx
from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from minebelief.errors import MinebeliefError, UsageError
from minebelief.industry import load_industry
from minebelief.workspace import Workspace

from .overlap import skipping
from .refresh import refresh

__all__ = ["HOW_TO_START", "deployments", "serve_until_stopped"]

LONGEST_WAIT = 24 * 3600.0
"""Seconds that a run waits for the one before."""
HOW_TO_START = (
    "Start one with 'prefect server start', and tell where it is with "
    "'export PREFECT_API_URL=http://127.0.0.1:4200/api' (docs/operations.md shows how to do without a server)"
)


def deployments(
    files: Sequence[Path],
    workspace: Workspace,
    cron: str,
    *,
    timezone: str = "UTC",
    overlap: str = "wait",
    contact: str | None = None,
) -> list[RunnerDeployment]:
    """One deployment per industry file, named after its industry, once all is known to be right.

    Args:
        files: industry files.
        workspace: where all of them are worked on.
        cron: when to run: minute, hour, day of the month, month, day of the week.
        timezone: name of the time zone that the cron expression is meant in.
        overlap: ``wait`` lets a run wait for another one that writes to the workspace, ``skip`` leaves it out.
        contact: contact address that crawls of public sites send along.

    Raises:
        UsageError: a mistake in what was asked for.
        MinebeliefError: no server is named or none answers, or it has another workspace's schedule of that name.
    """
    if timezone not in zoneinfo.available_timezones():
        raise UsageError(f"--timezone '{timezone}' is unknown; give a name such as Europe/Berlin or UTC")
    try:
        schedule = CronSchedule(cron=cron, timezone=timezone)
    except ValidationError:
        raise UsageError(
            f"--cron '{cron}' is no cron expression; give minute, hour, day of the month, month and day of the week, "
            "such as '15 3 * * *' for every night at 3:15"
        ) from None
    industries = [load_industry(file) for file in files]
    names = [industry.industry for industry in industries]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two of the files describe the industry '{name}'; give one of them")
    if overlap == "skip" and len(files) > 1:
        raise UsageError(
            "with --overlap skip all industries but the first would be skipped every time, since they share "
            "a workspace and a time; use --overlap wait, or schedule each on its own"
        )
    _check_server(names, workspace)
    made = [
        refresh.to_deployment(
            name=industry.industry,
            schedules=[schedule],
            parameters={
                "industry_file": str(file.resolve()),
                "workspace": str(workspace.root),
                "contact": contact,
                **({"overlap": "skip"} if overlap == "skip" else {"wait": LONGEST_WAIT}),
            },
            description=industry.title,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for file, industry in zip(files, industries, strict=True)
    ]
    return [deployment for deployment in made if isinstance(deployment, RunnerDeployment)]


def serve_until_stopped(deployments: Sequence[RunnerDeployment], workspace: Workspace, overlap: str = "wait") -> None:
    """Serve deployments, and pause their schedules at the end: what nobody serves would be made up for all at once.

    With the overlap ``skip`` one process at a time is started, and none for a run that is left out.
    """
    if overlap == "skip":
        (deployment,) = deployments
        with skipping(deployment.name, workspace):
            serve(deployment, pause_on_shutdown=True, limit=1, print_starting_message=False)
    else:
        serve(*deployments, pause_on_shutdown=True, limit=len(deployments) + 1, print_starting_message=False)


def _check_server(names: Sequence[str], workspace: Workspace) -> None:
    """See that the server answers, and that no deployment of another workspace would be replaced."""
    server = os.environ.get("PREFECT_API_URL")
    if not server:
        raise MinebeliefError(f"no Prefect server is named, and without one nothing is scheduled. {HOW_TO_START}")
    try:
        with get_client(sync_client=True) as client:
            if trouble := client.api_healthcheck():
                raise httpx.ConnectError(str(trouble))
            for name in names:
                try:
                    known = client.read_deployment_by_name(f"refresh/{name}")
                except ObjectNotFound:
                    continue
                other = known.parameters.get("workspace")
                if other and other != str(workspace.root):
                    raise MinebeliefError(
                        f"the Prefect server at {server} has a schedule of '{name}' in the workspace {other} already. "
                        f"Delete it with 'prefect deployment delete refresh/{name}', or use that workspace"
                    )
    except (httpx.HTTPError, RuntimeError):
        raise MinebeliefError(f"no Prefect server answers at {server}. {HOW_TO_START}") from None
