"""Display of progress during a run: a bar, lines, JSON, or nothing."""

from __future__ import annotations

import os
import sys
import threading
from collections import defaultdict
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from exporter.cli.output import console, line_of, plain, print_error, print_line, time_of
from exporter.cli.shown_findings import ShownFindings
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
    is_end_shown,
    label_of_step,
    title_of_step,
)

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Mode(StrEnum):
    """The display of progress."""

    AUTO = "auto"
    """A bar on a terminal, otherwise lines."""
    PLAIN = "plain"
    """A line for each event: for screen readers and logs."""
    JSON = "json"
    """A JSON object for each event, one a line."""
    NONE = "none"


class Display(Protocol):
    """A listener that shows events."""

    findings_shown: bool
    """Whether findings were shown during the run."""
    summary: bool
    """Whether a summary is printed after the run."""

    def __call__(self, event: AnyEvent) -> None:
        """Show an event; called on any thread."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def display(mode: Mode, *, notes: bool) -> Display:
    """Return the display for a mode.

    Args:
        mode: The display of progress.
        notes: Whether lines include notes; JSON always does.
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
    """Display of the summary only."""

    findings_shown = False
    summary = True

    def __call__(self, event: AnyEvent) -> None:
        """Print notices only."""
        if isinstance(event, Notice):
            print_error(event.message)

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class Json(AbstractContextManager["Json"]):
    """Display of one JSON object a line on standard output; `event` is its type (see `exporter.pipeline.events`)."""

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
        """Do nothing."""


class Lines(AbstractContextManager["Lines"]):
    """Display of one line for each event."""

    findings_shown = True
    summary = True

    def __init__(self, *, notes: bool) -> None:
        self._lock = threading.Lock()
        self._shown: dict[str, ShownFindings] = defaultdict(lambda: ShownFindings(notes=notes))

    def __call__(self, event: AnyEvent) -> None:
        """Print the event, if users need it."""
        with self._lock:
            if isinstance(event, Found) and not self._shown[event.publication].is_shown(event.finding):
                return
            if line := _line(event):
                print_line(line)
                sys.stdout.flush()

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


def _line(event: AnyEvent) -> str:
    match event:
        case Started():
            return f"{event.publication}: {_name(event.step)} …"
        case Ended(state=StepState.MADE) if is_end_shown(event.step, skipped=False):
            left = (
                f" ({event.of_all:.0%} of the run, about {time_of(event.left)} left)"
                if event.left and event.left > 5
                else ""
            )
            return f"{event.publication}: {_name(event.step)}: done{left}"
        case Ended(state=StepState.SKIPPED) if event.reason and is_end_shown(event.step, skipped=True):
            return f"{event.publication}: {_name(event.step)}: skipped. {event.reason}"
        case Found():
            return line_of(event.finding, event.path or event.publication)
        case Published() if event.changed:
            return f"{event.publication}: written: {event.file}"
        case Removed():
            return f"{event.publication}: removed (no longer part of the publication): {event.file}"
        case Notice():
            return f"Note: {event.message}"
        case _:
            return ""


def _name(step: str) -> str:
    name = title_of_step(step)
    return name[:1].lower() + name[1:]


class ProgressBar:
    """Progress bar with the remaining time, on standard error."""

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
        self._running: dict[tuple[str, str], float] = {}

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Hide the bar."""
        self._bar.stop()

    def __call__(self, event: AnyEvent) -> None:
        """Update the bar."""
        with self._lock:
            match event:
                case Started():
                    self._running[event.publication, event.step] = 0.0
                case Advanced():
                    if (event.publication, event.step) in self._running:
                        self._running[event.publication, event.step] = event.share
                    self._move(event)
                case Ended():
                    self._running.pop((event.publication, event.step), None)
                    self._move(event)
                case Notice():
                    self._bar.console.print(f"Note: {plain(event.message)}", soft_wrap=True)
                case Planned():
                    pass
                case _:
                    return
            self._bar.update(self._task, description=plain(self._description()))

    def _move(self, event: Advanced | Ended) -> None:
        left = f"about {time_of(event.left)} left" if event.left else ""
        self._bar.update(self._task, completed=event.of_all, left=left)

    def _description(self) -> str:
        parts = []
        for (publication, step), share in self._running.items():
            done = f" {share:.0%}" if share else ""
            parts.append(f"{publication}: {label_of_step(step)}{done}")
        return " · ".join(parts)
