"""How a run's progress is shown: bars on a terminal, lines elsewhere, JSON for machines. All on stderr."""

import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import IO, Any

from minebelief.cli.output import sanitise
from minebelief.progress import Progress

__all__ = ["JsonProgress", "PlainProgress", "RichProgress", "progress_for"]

PLAIN_SECONDS = 15.0
JSON_SECONDS = 1.0


@contextmanager
def progress_for(log_format: str, stream: IO[str] | None = None) -> Iterator[Progress]:
    """JSON if asked for, else bars where `stream` (stderr) is a terminal, else lines."""
    stream = stream or sys.stderr
    with noticing_interrupts() as pressed:
        if log_format == "json":
            yield _Attentive(JsonProgress(stream), pressed)
        elif stream.isatty():
            with RichProgress(stream) as progress:
                yield _Attentive(progress, pressed)
        else:
            yield _Attentive(PlainProgress(stream), pressed)


@contextmanager
def noticing_interrupts() -> Iterator[threading.Event]:
    """An event that is set when the user presses Ctrl-C, which interrupts as ever."""
    pressed = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    if threading.current_thread() is not threading.main_thread():  # only that one is told of signals
        yield pressed
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


class _Attentive:
    """Passes reports on; an interrupt that a library swallowed, as some do while they load, is raised then."""

    def __init__(self, inner: Progress, pressed: threading.Event) -> None:
        self._inner = inner
        self._pressed = pressed

    def _attend(self) -> Progress:
        if self._pressed.is_set():
            raise KeyboardInterrupt
        return self._inner

    def start(self, step: str, total: int | None) -> None:
        """Pass it on."""
        self._attend().start(step, total)

    def advance(self, step: str, count: int) -> None:
        """Pass it on."""
        self._attend().advance(step, count)

    def finish(self, step: str, done: str) -> None:
        """Pass it on."""
        self._attend().finish(step, done)

    def warn(self, message: str) -> None:
        """Pass it on."""
        self._attend().warn(message)


class RichProgress:
    """One bar per step, with counts and the time left."""

    def __init__(self, stream: IO[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars
        from rich.table import Column

        # What came of a step takes the room that is left: it must not squeeze the times.
        rest = Column(ratio=1, no_wrap=True, overflow="ellipsis")

        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._bars = Bars(
            TextColumn("{task.fields[step]:<9}", markup=False),
            BarColumn(bar_width=None, table_column=Column(width=14)),
            TextColumn("{task.fields[count]:>15}", markup=False),
            TimeElapsedColumn(Column(min_width=7)),
            TimeRemainingColumn(table_column=Column(min_width=7)),
            TextColumn("{task.fields[done]}", style="dim", markup=False, table_column=rest),
            console=self._console,
            expand=True,
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> "RichProgress":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def start(self, step: str, total: int | None) -> None:
        """Draw a bar."""
        if step in self._tasks:
            self._bars.remove_task(self._tasks[step])
        count = "" if total is None else f"0/{total:,}"
        self._tasks[step] = self._bars.add_task(
            step, total=1 if total == 0 else total, completed=0, step=step, count=count, done=""
        )

    def advance(self, step: str, count: int) -> None:
        """Lengthen the bar."""
        if step not in self._tasks:
            self.start(step, None)
        task = self._task(step)
        done = int(task.completed) + count
        text = f"{done:,}" if task.total is None else f"{done:,}/{int(task.total):,}"
        self._bars.update(task.id, advance=count, count=text)

    def finish(self, step: str, done: str) -> None:
        """Fill the bar and say what came of it."""
        if step not in self._tasks:
            self.start(step, 0)
        task = self._task(step)
        total = task.total or max(task.completed, 1)
        self._bars.update(task.id, total=total, completed=total, done=sanitise(done))
        self._bars.stop_task(task.id)

    def warn(self, message: str) -> None:
        """Print above the bars."""
        self._console.print(f"warning: {sanitise(message)}", style="yellow")

    def _task(self, step: str) -> Any:
        return next(task for task in self._bars.tasks if task.id == self._tasks[step])


class _Throttled:
    """Counts what is done, and lets a report through once in a while."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._last: dict[str, float] = {}
        self._done: dict[str, int] = {}
        self._totals: dict[str, int | None] = {}

    def begin(self, step: str, total: int | None) -> None:
        self._last[step] = self._clock()
        self._done[step] = 0
        self._totals[step] = total

    def add(self, step: str, count: int) -> tuple[int, int | None] | None:
        """How much is done, and of how much; None when it is too early to say so again."""
        if step not in self._last:
            self.begin(step, None)
        self._done[step] += count
        if self._clock() - self._last[step] < self._seconds:
            return None
        self._last[step] = self._clock()
        return self._done[step], self._totals[step]


class PlainProgress:
    """A line when a step begins and ends, and every quarter of a minute between."""

    def __init__(self, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._counts = _Throttled(PLAIN_SECONDS, clock)

    def start(self, step: str, total: int | None) -> None:
        """Say what is to do."""
        self._counts.begin(step, total)
        if total != 0:
            self._print(f"{step}: begins" if total is None else f"{step}: {total:,} to do")

    def advance(self, step: str, count: int) -> None:
        """Say how far it is, once in a while."""
        if (told := self._counts.add(step, count)) is not None:
            done, total = told
            self._print(f"{step}: {done:,}" if total is None else f"{step}: {done:,} of {total:,}")

    def finish(self, step: str, done: str) -> None:
        """Say what came of it."""
        self._print(f"{step}: {sanitise(done)}")

    def warn(self, message: str) -> None:
        """Say what was wrong."""
        self._print(f"warning: {sanitise(message)}")

    def _print(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class JsonProgress:
    """One JSON object per line."""

    def __init__(self, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._counts = _Throttled(JSON_SECONDS, clock)

    def start(self, step: str, total: int | None) -> None:
        """A step begins."""
        self._counts.begin(step, total)
        self._print("start", step=step, total=total)

    def advance(self, step: str, count: int) -> None:
        """A step goes on; told once a second."""
        if (told := self._counts.add(step, count)) is not None:
            self._print("advance", step=step, done=told[0], total=told[1])

    def finish(self, step: str, done: str) -> None:
        """A step is over."""
        self._print("finish", step=step, message=sanitise(done))

    def warn(self, message: str) -> None:
        """Something was wrong."""
        self._print("warning", message=sanitise(message))

    def fail(self, message: str) -> None:
        """The run could not go on."""
        self._print("error", message=sanitise(message))

    def _print(self, event: str, **fields: Any) -> None:
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)
