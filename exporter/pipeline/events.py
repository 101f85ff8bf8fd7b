"""What happens while a run goes on, told to whoever listens; as JSON, one object per line, told apart by `event`."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from exporter.findings import Finding


class StepState(StrEnum):
    """How a step ended."""

    MADE = "made"
    """It did its work."""
    UNCHANGED = "unchanged"
    """Nothing that decides it has changed: what an earlier run made still holds."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """Something before it failed or stopped it."""


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Anything that happens."""


class Planned(Event, frozen=True):
    """The run begins."""

    publications: tuple[str, ...]
    """Slugs."""
    steps: int
    """How many steps there are at most."""


class Started(Event, frozen=True):
    """A step begins its work."""

    publication: str
    step: str
    """Such as `parse`, `lint`, `write:pdf`, `publish`."""


class Advanced(Event, frozen=True):
    """A step has done part of its work."""

    publication: str
    step: str
    share: float
    """Of this step, 0-1."""
    of_all: float = 0.0
    """How much of the whole run is done, 0-1."""
    left: float | None = None
    """Seconds that the run will still take, as far as can be told."""


class Ended(Event, frozen=True):
    """A step has ended."""

    publication: str
    step: str
    state: StepState
    reason: str = ""
    """Why it was skipped or failed; one sentence."""
    seconds: float = 0.0
    """How long it worked; 0.0 when there was nothing to do. Times are told here and in no file: the same manuscript
    gives the same report."""
    of_all: float = 0.0
    """How much of the whole run is done, 0-1."""
    left: float | None = None
    """Seconds that the run will still take, as far as can be told."""


class Found(Event, frozen=True):
    """There is something to say about a publication."""

    publication: str
    finding: Finding
    path: str = ""
    """The file of the finding, as seen from the current folder."""


class Published(Event, frozen=True):
    """A file stands in the output folder."""

    publication: str
    file: str
    size: int
    """Bytes."""
    changed: bool
    """False when the same bytes stood there already."""


class Removed(Event, frozen=True):
    """A file of an earlier run that no longer belongs there is gone."""

    publication: str
    file: str


class Notice(Event, frozen=True, tag="noticed"):
    """Something about the run as a whole, in a sentence."""

    message: str


class PublicationFinished(Event, frozen=True, tag="done"):
    """A publication is finished, one way or the other."""

    publication: str
    code: int
    """Its exit code."""


class Finished(Event, frozen=True):
    """The run is over: the last event there is."""

    code: int
    """The exit code."""
    message: str = ""
    """Why nothing was done, or not all; a sentence."""


AnyEvent = Planned | Started | Advanced | Ended | Found | Published | Removed | Notice | PublicationFinished | Finished
Listener = Callable[[AnyEvent], None]
