"""A Prefect flow over the same steps as `minebelief run`: a task for each source, and one for each step after."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from minebelief.errors import HeldError, LockedError, MinebeliefError
from minebelief.industry import industry_key
from minebelief.notify import notifying
from minebelief.pipeline import Run, RunSummary
from minebelief.workspace import find_workspace

from .artifacts import leave_artifacts
from .sources import source_tasks

__all__ = ["refresh", "run_name"]


class _FlowLog:
    """Progress as lines of the flow run's log."""

    def __init__(self) -> None:
        self.logger = get_run_logger()

    def start(self, step: str, total: int | None) -> None:
        """Say that a step begins."""
        self.logger.info("%s: %s", step, "begins" if total is None else f"{total:,} to do")

    def advance(self, step: str, count: int) -> None:
        """Ignore: a log needs no bar."""

    def finish(self, step: str, done: str) -> None:
        """Say what came of a step."""
        self.logger.info("%s: %s", step, done)

    def warn(self, message: str) -> None:
        """Pass a warning on."""
        self.logger.warning("%s", message)


def run_name(industry: str) -> str:
    """What a flow run of today is called."""
    return f"{industry} {date.today():%Y-%m-%d}"


def _run_name() -> str:
    from prefect.runtime import flow_run

    return run_name(industry_key(flow_run.parameters["industry_file"]))


_SIDE_BY_SIDE: Any = ThreadPoolTaskRunner(max_workers=4)  # crawls, as in a direct run


@flow(name="refresh", flow_run_name=_run_name, persist_result=False, task_runner=_SIDE_BY_SIDE)
def refresh(
    industry_file: Path,
    workspace: Path | None = None,
    force_publish: bool = False,
    wait: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0,
    contact: str | None = None,
    rediscover: bool = False,
    overlap: Literal["fail", "skip"] = "fail",
) -> RunSummary | State:
    """Bring one industry up to date.

    Ends as Completed; as Partial (which counts as completed) where a source failed and the rest is published; as
    Skipped; as Held where the publish guard held the result back; or as Failed.

    Args:
        industry_file: the industry file.
        workspace: the workspace's folder; None finds it as the command line does.
        force_publish: publish although much of what was there would be lost.
        wait: seconds to wait for another writer of the workspace.
        contact: contact address that crawls of public sites send along; None for the one that is known.
        rediscover: find all themes anew beside the known ones, though that is not due.
        overlap: what to do where another writer is still there after that: fail, or skip this run.

    Raises:
        MinebeliefError: as `minebelief.pipeline.run`.
    """
    found, log = find_workspace(workspace), _FlowLog()
    try:
        with notifying(found, industry_file, log) as outcome:
            try:
                with Run.opened(industry_file, found, log, wait=wait) as run:
                    steps = run.steps(
                        contact=contact, force_publish=force_publish, rediscover=rediscover, work=source_tasks()
                    )
                    for name, step in steps:
                        if name == "gather":
                            step()  # its sources are tasks
                            continue
                        # Every task runs: what is up to date is found by the step itself, in the work database.
                        done = task(name=name, cache_policy=NO_CACHE, persist_result=False)(_told(step))
                        done(return_state=True).result()  # a failed state that a task returned is raised here only
                    summary = outcome.summary = run.summary()
            except LockedError as error:
                if overlap == "skip":
                    return Completed(name="Skipped", message=str(error))
                raise
    except MinebeliefError as error:
        return _failed(error)
    leave_artifacts(summary)
    if summary.status == "partial":
        failed = ", ".join(dict.fromkeys(summary.failed_sources))
        return Completed(
            name="Partial", message=f"{failed} failed or needs a look; the rest is published", data=summary
        )
    return summary


def _told(step: Callable[[], None]) -> Callable[[], State | None]:
    """A step whose errors that a person can mend end it with their message, and no traceback in the log."""

    def told() -> State | None:
        try:
            step()
        except MinebeliefError as error:
            return _failed(error)
        return None

    return told


def _failed(error: MinebeliefError) -> State:
    name = "Held" if isinstance(error, HeldError) else "Failed"
    return Failed(name=name, message=str(error), data=error)  # whoever called gets the error itself
