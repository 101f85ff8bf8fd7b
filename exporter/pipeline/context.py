"""One publication on its way through a run, and what all publications of a run share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from exporter.config import ExportSettings, Gate, Layer, MetadataSettings
from exporter.errors import ExitCode
from exporter.files import read_regular
from exporter.findings import Finding, Severity
from exporter.pipeline.dependencies import Provenance
from exporter.pipeline.events import State
from exporter.pipeline.external_validators import Judges
from exporter.pipeline.finding_policy import Ruling, Rulings
from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.registry import Edition, Registry
from exporter.pipeline.results import Made, Output
from exporter.pipeline.store import Store


@dataclass(frozen=True)
class House:
    """What all publications of a run share."""

    store: Store
    fingerprints: Fingerprints
    provenance: Provenance
    registry: Registry
    styles: Path
    editions: tuple[Edition, ...]
    """Those that may be made, those that are needed first."""
    named: bool
    """Whether the command line names the editions; else the settings of a publication may choose among them."""
    gate: Gate
    output: Path | None
    """Where publications go; None to check only."""
    house: Layer | None
    """Settings of the publishing house."""
    command: Layer
    """Settings of the command line."""
    scratch: Path
    """Folder of this run."""
    judges: Judges
    """The outside validators."""
    today: datetime.date
    """On which waivers hold or have ended."""
    stopped: Callable[[], bool]
    """Whether somebody has asked to stop."""


@dataclass
class Result:
    """How a step of a publication ended."""

    state: State
    made: Made | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why it was skipped or failed; one sentence."""
    code: ExitCode = ExitCode.DONE

    @property
    def good(self) -> bool:
        """Whether there is something made that others may use."""
        return self.made is not None


@dataclass(frozen=True)
class PublishedFile:
    """A file in the output folder."""

    name: str
    output: Output
    changed: bool


@dataclass
class Work:
    """One publication on its way."""

    manuscript: Manuscript
    results: dict[str, Result] = field(default_factory=dict)
    """By name of the step."""
    layers: tuple[Layer, ...] = ()
    """Settings from the weakest to the strongest, once the manuscript has been read."""
    publication_layer: Layer | None = None
    settings: ExportSettings = field(default_factory=ExportSettings)
    rulings: Rulings = field(default_factory=Rulings)
    over: MetadataSettings = field(default_factory=MetadataSettings)
    under: MetadataSettings = field(default_factory=MetadataSettings)
    report: Output | None = None
    """The report as JSON, in the store."""
    published: tuple[PublishedFile, ...] = ()

    def made(self, step: str) -> Made | None:
        """Give what a step made; None when it did not."""
        result = self.results.get(step)
        return result.made if result else None

    @property
    def head(self) -> str:
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
    def ruled(self) -> tuple[Ruling, ...]:
        """All that was found and what becomes of it, manuscript first, heaviest first."""
        every = (ruling for result in self.results.values() for ruling in self.rulings_of(result))
        return tuple(sorted(dict.fromkeys(every), key=lambda ruling: _weight(ruling.finding)))

    def rulings_of(self, result: Result) -> tuple[Ruling, ...]:
        """Say what becomes of what a step found; that it failed itself is no matter of judgement."""
        if result.code is not ExitCode.DONE and not result.good:
            return tuple(Ruling(finding) for finding in result.findings)
        return tuple(self.rulings.rule(finding) for finding in result.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found and stands, manuscript first, heaviest first."""
        return tuple(ruling.finding for ruling in self.ruled if ruling.stands)

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
