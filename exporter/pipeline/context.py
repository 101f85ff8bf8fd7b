"""One publication on its way through a run, and what all publications of a run share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from exporter.config import ExportSettings, Gate, MetadataSettings, SettingsLayer
from exporter.errors import ExitCode
from exporter.files import read_regular
from exporter.findings import Finding, Severity
from exporter.pipeline.dependencies import DependencyTracker
from exporter.pipeline.events import StepState
from exporter.pipeline.external_validators import ExternalValidators
from exporter.pipeline.finding_policy import FindingPolicy, TriagedFinding
from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.registry import Edition, Registry
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.store import Store


@dataclass(frozen=True)
class RunContext:
    """What all publications of a run share."""

    store: Store
    fingerprints: Fingerprints
    provenance: DependencyTracker
    registry: Registry
    styles: Path
    editions: tuple[Edition, ...]
    """Those that may be made, those that are needed first."""
    editions_given: bool
    """Whether the command line names the editions; else the settings of a publication may choose among them."""
    gate: Gate
    output: Path | None
    """Where publications go; None to check only."""
    publisher_settings: SettingsLayer | None
    """Settings of the publishing house."""
    command_line_settings: SettingsLayer
    """Settings of the command line."""
    scratch: Path
    """Folder of this run."""
    validators: ExternalValidators
    """The outside validators."""
    today: datetime.date
    """On which waivers hold or have ended."""
    is_cancelled: Callable[[], bool]
    """Whether somebody has asked to stop."""


@dataclass
class StepOutcome:
    """How a step of a publication ended."""

    state: StepState
    made: StepResult | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why it was skipped or failed; one sentence."""
    code: ExitCode = ExitCode.DONE

    @property
    def has_result(self) -> bool:
        """Whether there is something made that others may use."""
        return self.made is not None


@dataclass(frozen=True)
class PublishedFile:
    """A file in the output folder."""

    name: str
    output: StoredObject
    changed: bool


@dataclass
class PublicationRun:
    """One publication on its way."""

    manuscript: Manuscript
    results: dict[str, StepOutcome] = field(default_factory=dict)
    """By name of the step."""
    layers: tuple[SettingsLayer, ...] = ()
    """Settings from the weakest to the strongest, once the manuscript has been read."""
    publication_layer: SettingsLayer | None = None
    settings: ExportSettings = field(default_factory=ExportSettings)
    rulings: FindingPolicy = field(default_factory=FindingPolicy)
    metadata_overrides: MetadataSettings = field(default_factory=MetadataSettings)
    metadata_defaults: MetadataSettings = field(default_factory=MetadataSettings)
    report: StoredObject | None = None
    """The report as JSON, in the store."""
    published: tuple[PublishedFile, ...] = ()

    def made(self, step: str) -> StepResult | None:
        """Return what a step made; None when it did not."""
        result = self.results.get(step)
        return result.made if result else None

    @property
    def settings_text(self) -> str:
        """The beginning of the manuscript, to find the line of a setting in; only text formats have lines.

        What stands above `export:` is empty lines: keys of the metadata may bear the same names.
        """
        try:
            head = read_regular(self.manuscript.path, self.manuscript.folder, limit=65_536)
        except OSError:
            return ""
        text = head.decode("utf-8", "replace")
        begin = re.search(r"^export[ \t]*:", text, re.MULTILINE)
        return "\n" * text.count("\n", 0, begin.start()) + text[begin.start() :] if begin else text

    @property
    def triaged(self) -> tuple[TriagedFinding, ...]:
        """All that was found and what becomes of it, manuscript first, heaviest first."""
        every = (ruling for result in self.results.values() for ruling in self.triage(result))
        return tuple(sorted(dict.fromkeys(every), key=lambda ruling: _weight(ruling.finding)))

    def triage(self, result: StepOutcome) -> tuple[TriagedFinding, ...]:
        """Say what becomes of what a step found; that it failed itself is no matter of judgement."""
        if result.code is not ExitCode.DONE and not result.has_result:
            return tuple(TriagedFinding(finding) for finding in result.findings)
        return tuple(self.rulings.apply(finding) for finding in result.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found and stands, manuscript first, heaviest first."""
        return tuple(ruling.finding for ruling in self.triaged if ruling.is_active)

    @property
    def manuscript_errors(self) -> tuple[Finding, ...]:
        """The errors that were found in the manuscript, not in an edition."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR and not f.edition)


def _weight(finding: Finding) -> tuple[str, int, str, int]:
    source = finding.source
    return (
        finding.edition,
        finding.severity.rank,
        source.file if source else "",
        source.line if source else 0,
    )
