"""The outcomes of a publication in a run: of its steps, and the files that they have placed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.errors import ExitCode
from exporter.findings import Finding
from exporter.pipeline.events import StepState
from exporter.pipeline.storage.results import StepResult, StoredObject


@dataclass
class StepOutcome:
    """The outcome of a step of a publication."""

    state: StepState
    result: StepResult | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why it was skipped or failed; one sentence."""
    code: ExitCode = ExitCode.DONE
    recording_follows: bool = False
    """Whether the edition, or its recording, is created after the text editions."""

    @property
    def has_result(self) -> bool:
        """Whether the step has a result that others may use."""
        return self.result is not None


@dataclass(frozen=True)
class PublishedFile:
    """A file in the output folder."""

    name: str
    output: StoredObject
    changed: bool


@dataclass(frozen=True)
class CheckedCopy:
    """A copy of the manuscript with the findings as comments."""

    path: Path
    """As seen from the current folder."""
    comments: int
    """Number of comments of this run."""
