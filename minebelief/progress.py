"""How a run tells what it is doing; the command line, the logs and the flows each listen in their own way."""

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Listens to a run."""

    def start(self, step: str, total: int | None) -> None:
        """A step begins; ``total`` is how many things it will work on, None if unknown, 0 if there is nothing."""

    def advance(self, step: str, count: int) -> None:
        """So many more things of the step are done."""

    def finish(self, step: str, done: str) -> None:
        """The step is over; ``done`` says in a few words what came of it."""

    def warn(self, message: str) -> None:
        """Something was wrong with the input, and the run goes on."""


class Silent:
    """Listens to nothing."""

    def start(self, step: str, total: int | None) -> None:
        """Ignore."""

    def advance(self, step: str, count: int) -> None:
        """Ignore."""

    def finish(self, step: str, done: str) -> None:
        """Ignore."""

    def warn(self, message: str) -> None:
        """Ignore."""
