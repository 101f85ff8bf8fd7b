"""What is shown while a run goes on: a bar, lines, JSON, or nothing."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from exporter.cli.output import console, line_of, plain, print_error, print_line, time_of
from exporter.findings import Severity
from exporter.service import (
    Advanced,
    AnyEvent,
    Ended,
    Found,
    Notice,
    Planned,
    Published,
    Removed,
    Started,
    StepState,
    label_of_step,
    title_of_step,
)

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Mode(StrEnum):
    """How progress is shown."""

    AUTO = "auto"
    """A bar on a terminal, else lines."""
    PLAIN = "plain"
    """A line for each event: for screen readers and logs."""
    JSON = "json"
    """A JSON object for each event, one a line."""
    NONE = "none"


class Display(Protocol):
    """Hears what happens and shows it."""

    findings_shown: bool
    """Whether findings have been shown as they came."""
    summary: bool
    """Whether the summary in words comes afterwards."""

    def __call__(self, event: AnyEvent) -> None:
        """Show an event; called on any thread."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def display(mode: Mode, *, notes: bool) -> Display:
    """Return the display for a mode.

    Args:
        mode: How progress is shown.
        notes: Whether lines for people include findings that call for nothing; JSON has them all.
    """
    match mode:
        case Mode.JSON:
            return Json()
        case Mode.PLAIN:
            return Lines(notes=notes)
        case Mode.NONE:
            return NoProgress()
        case Mode.AUTO:
            terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
            return ProgressBar() if terminal else Lines(notes=notes)


class NoProgress(AbstractContextManager["NoProgress"]):
    """Shows nothing but the summary."""

    findings_shown = False
    summary = True

    def __call__(self, event: AnyEvent) -> None:
        """Say only what cannot wait."""
        if isinstance(event, Notice):
            print_error(event.message)

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""


class Json(AbstractContextManager["Json"]):
    """One object a line on standard output; `event` says what it is (see `exporter.pipeline.events`)."""

    findings_shown = True
    summary = False

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, event: AnyEvent) -> None:
        """Write the event."""
        with self._lock:
            sys.stdout.write(msgspec.json.encode(event).decode() + "\n")
            sys.stdout.flush()

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""


class Lines(AbstractContextManager["Lines"]):
    """One line an event."""

    findings_shown = True
    summary = True

    def __init__(self, *, notes: bool) -> None:
        self._lock = threading.Lock()
        self._notes = notes

    def __call__(self, event: AnyEvent) -> None:
        """Print the event, if it is news to a person."""
        line = _line(event, notes=self._notes)
        if line:
            with self._lock:
                print_line(line)
                sys.stdout.flush()

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""


def _line(event: AnyEvent, *, notes: bool) -> str:
    match event:
        case Started():
            return f"{event.publication}: {_name(event.step)} …"
        case Ended(state=StepState.MADE) if event.step not in ("gate", "publish"):
            left = (
                f" ({event.of_all:.0%} of all, about {time_of(event.left)} left)"
                if event.left and event.left > 5
                else ""
            )
            return f"{event.publication}: {_name(event.step)}: done{left}"
        case Ended(state=StepState.SKIPPED) if event.reason and _tells(event.step):
            return f"{event.publication}: {_name(event.step)}: skipped. {event.reason}"
        case Found() if event.finding.severity is not Severity.NOTE or notes:
            return line_of(event.finding, event.path or event.publication)
        case Published() if event.changed:
            return f"{event.publication}: written: {event.file}"
        case Removed():
            return f"{event.publication}: removed, as it no longer belongs there: {event.file}"
        case Notice():
            return f"Note: {event.message}"
        case _:
            return ""


def _tells(step: str) -> bool:
    """Return whether it is news that a step was skipped, beside what it was skipped for."""
    return step.partition(":")[0] not in ("parity", "check", "facts", "gate", "report", "page", "publish")


def _name(step: str) -> str:
    name = title_of_step(step)
    return name[:1].lower() + name[1:]


class ProgressBar:
    """A bar with the time that is left, on standard error."""

    findings_shown = False
    summary = True

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

        self._lock = threading.RLock()
        self._bar: Bar = Progress(
            SpinnerColumn(),
            TaskProgressColumn(),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[left]}", markup=False),
            TextColumn("{task.description}", markup=False),
            console=console(stderr=True),
            transient=True,
            expand=True,
        )
        self._task: TaskID = self._bar.add_task("", total=1.0, left="")
        self._going: dict[tuple[str, str], float] = {}

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def __call__(self, event: AnyEvent) -> None:
        """Move the bar."""
        with self._lock:
            match event:
                case Started():
                    self._going[event.publication, event.step] = 0.0
                case Advanced():
                    if (event.publication, event.step) in self._going:
                        self._going[event.publication, event.step] = event.share
                    self._move(event)
                case Ended():
                    self._going.pop((event.publication, event.step), None)
                    self._move(event)
                case Notice():
                    self._bar.console.print(f"Note: {plain(event.message)}", soft_wrap=True)
                case Planned():
                    pass
                case _:
                    return
            self._bar.update(self._task, description=plain(self._words()))

    def _move(self, event: Advanced | Ended) -> None:
        left = f"about {time_of(event.left)} left" if event.left else ""
        self._bar.update(self._task, completed=event.of_all, left=left)

    def _words(self) -> str:
        parts = []
        for (publication, step), share in self._going.items():
            done = f" {share:.0%}" if share else ""
            parts.append(f"{publication}: {label_of_step(step)}{done}")
        return " · ".join(parts)
