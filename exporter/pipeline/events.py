"""Events of a run, sent to its listener; as JSON, one object per line, with the type in `event`."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from exporter.findings import Finding


class StepState(StrEnum):
    """The state of a step that has ended."""

    MADE = "made"
    """It was executed."""
    UNCHANGED = "unchanged"
    """None of its inputs has changed: the result of an earlier run is still valid."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """A step that it needs failed, or it was not requested."""


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Base class of events."""


class Planned(Event, frozen=True):
    """Start of the run, and of the recordings after its text editions if text has to be spoken."""

    publications: tuple[str, ...]
    """Slugs."""
    steps: int
    """Number of steps."""


class Started(Event, frozen=True):
    """Start of a step."""

    publication: str
    step: str
    """Such as `parse`, `lint`, `write:pdf`, `publish`."""


class Advanced(Event, frozen=True):
    """Progress of a step."""

    publication: str
    step: str
    share: float
    """Fraction of this step, 0-1."""
    of_all: float = 0.0
    """Fraction of the whole run, 0-1."""
    left: float | None = None
    """Estimated remaining seconds of the run, if known."""


class Ended(Event, frozen=True):
    """End of a step."""

    publication: str
    step: str
    state: StepState
    reason: str = ""
    """Why it was skipped or failed; one sentence."""
    seconds: float = 0.0
    """Duration; 0.0 if it was not executed. No file contains it, so that reports are reproducible."""
    of_all: float = 0.0
    """Fraction of the whole run, 0-1."""
    left: float | None = None
    """Estimated remaining seconds of the run, if known."""


class Found(Event, frozen=True):
    """A finding about a publication."""

    publication: str
    finding: Finding
    path: str = ""
    """The file of the finding, as seen from the current folder."""


class Published(Event, frozen=True):
    """A file in the output folder."""

    publication: str
    file: str
    size: int
    """Bytes."""
    changed: bool
    """False if the file already had the same content."""


class Removed(Event, frozen=True):
    """Removal of a file of an earlier run that is no longer part of the publication."""

    publication: str
    file: str


class Notice(Event, frozen=True, tag="noticed"):
    """A notice about the whole run, in a sentence."""

    message: str


class PublicationFinished(Event, frozen=True, tag="done"):
    """End of a publication, published or not."""

    publication: str
    code: int
    """Its exit code."""


class Finished(Event, frozen=True):
    """End of the run: the last event."""

    code: int
    """The exit code."""
    message: str = ""
    """Why the run was not completed; a sentence."""


AnyEvent = Planned | Started | Advanced | Ended | Found | Published | Removed | Notice | PublicationFinished | Finished
Listener = Callable[[AnyEvent], None]
