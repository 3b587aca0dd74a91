"""A Prefect flow over the same steps as `minebelief run`, one task for each."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Failed

from minebelief.errors import MinebeliefError
from minebelief.pipeline import Run, RunSummary
from minebelief.workspace import find_workspace

__all__ = ["refresh"]


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


def _run_name() -> str:
    from prefect.runtime import flow_run

    return f"{Path(flow_run.parameters['industry_file']).stem} {date.today():%Y-%m-%d}"


@flow(name="refresh", flow_run_name=_run_name, persist_result=False)
def refresh(
    industry_file: Path,
    workspace: Path | None = None,
    force_publish: bool = False,
    wait: float = 0,
    contact: str | None = None,
    rediscover: bool = False,
) -> RunSummary | State:
    """Bring one industry up to date.

    Args:
        industry_file: the industry file.
        workspace: the workspace's folder; None finds it as the command line does.
        force_publish: publish although much of what was there would be lost.
        wait: seconds to wait for another writer.
        contact: contact address that crawls of public sites send along; None for the one that is known.
        rediscover: find all themes anew beside the known ones, though that is not due.

    Raises:
        MinebeliefError: as `minebelief.pipeline.run`.
    """
    try:
        with Run.opened(industry_file, find_workspace(workspace), _FlowLog(), wait=wait) as run:
            for name, step in run.steps(contact=contact, force_publish=force_publish, rediscover=rediscover):
                # Every task runs: what is up to date is found by the step itself, in the work database.
                done = task(name=name, cache_policy=NO_CACHE, persist_result=False)(_told(step))(return_state=True)
                done.result()  # a failed state that a task returned is raised here and nowhere else
            return run.summary()
    except MinebeliefError as error:
        return _failed(error)


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
    return Failed(message=str(error), data=error)  # whoever called gets the error itself
