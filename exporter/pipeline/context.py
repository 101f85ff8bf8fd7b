"""The context of a run, shared by all its publications, and one publication in a run."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.config import GateLevel, SettingsLayer
from exporter.contracts import Sound
from exporter.errors import ExitCode, ExporterError
from exporter.findings import Finding, Severity
from exporter.model import Form, Metadata
from exporter.pipeline.events import Listener
from exporter.pipeline.external_validators import ExternalValidators
from exporter.pipeline.families import Families, with_form
from exporter.pipeline.finding_policy import TriagedFinding
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.outcomes import CheckedCopy, PublishedFile, StepOutcome
from exporter.pipeline.registry import Edition, Registry
from exporter.pipeline.settings import PublicationSettings, settings_or_error, valid_settings
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store
from exporter.site.entry import CONFORMANCE, PAGE

REPORT_PAGE = "report.html"
_FOLDER_PAGES = frozenset({PAGE, CONFORMANCE, REPORT_PAGE})
"""Pages of the folder of a publication, which no edition has the name of."""

if TYPE_CHECKING:
    from exporter.pipeline.output.shared_output import SharedOutput
    from exporter.pipeline.step import Step


@dataclass(frozen=True)
class RunContext:
    """The context that all publications of a run share."""

    store: Store
    fingerprints: Fingerprints
    code: CodeDigest
    registry: Registry
    styles: Path
    editions: tuple[Edition, ...]
    """Those that may be created, in the order of their dependencies; none in a run that only checks manuscripts."""
    editions_given: bool
    """Whether the command line names the editions; else the settings of a publication may choose among them."""
    gate: GateLevel
    output: Path | None
    """Output folder; None to check only, or if a file is named."""
    shared_output: SharedOutput | None
    """The same folder at an address, of which `output` is a copy; None if it is a folder of this machine."""
    output_file: Path | None
    """File for the only edition of the only publication; None for a folder of all."""
    publisher_settings: SettingsLayer | None
    command_line_settings: SettingsLayer
    scratch: Path
    """Temporary folder of this run."""
    validators: ExternalValidators
    today: datetime.date
    """The day on which waivers are in force or have expired."""
    is_cancelled: Callable[[], bool]
    """Returns whether the run was cancelled."""
    memory: int
    """Bytes of memory that a process may use at most."""
    processes: int
    """Number of steps that are executed at a time."""
    processes_of_step: int
    """How many processes a step may use: several if one publication is exported, else one."""
    listener: Listener
    """Receives every event."""
    slugs: frozenset[str] = frozenset()
    """Those of all publications of the run."""
    reports: Path | None = None
    """Folder of the report pages of a check; None for no pages."""
    comments: bool = False
    """Whether findings in Word manuscripts are written as comments into copies of these."""
    comments_folder: Path | None = None
    """Folder of these copies; None: each beside its manuscript."""
    thread: Executor | None = None
    """One thread, for what may be done while steps are executed."""


class PublicationRun:
    """One publication in a run: its text editions, or what follows them.

    Args:
        context: The run.
        manuscript: The manuscript.
        before: The same publication with its text editions, if they are published; None while nothing may be spoken.
    """

    def __init__(self, context: RunContext, manuscript: Manuscript, before: PublicationRun | None = None) -> None:
        self.context = context
        self.manuscript = manuscript
        self.before = before
        self.steps: dict[str, Step] = {}
        """By ID, in the order of `exporter.pipeline.steps`."""
        self.families: Families = Families((self,))
        """Those of all publications of the run."""
        self.outcomes: dict[str, StepOutcome] = {}
        """Outcomes of the steps that have ended, by ID."""
        self.published: tuple[PublishedFile, ...] = ()
        self.checked_copy: CheckedCopy | None = None

    def result(self, step: str) -> StepResult | None:
        """Return the result of a step, or None if it has none."""
        outcome = self.outcomes.get(step)
        return outcome.result if outcome else None

    @cached_property
    def _settings_beside_manuscript(self) -> PublicationSettings | ExporterError:
        return settings_or_error(self.context, self.manuscript)

    @cached_property
    def _settings_with_manuscript(self) -> PublicationSettings | ExporterError:
        parsed = self.result("parse")
        options = parsed.info.get("options") if parsed else None
        return (
            settings_or_error(self.context, self.manuscript, options) if options else self._settings_beside_manuscript
        )

    @property
    def settings_beside_manuscript(self) -> PublicationSettings:
        """The settings without those that the manuscript itself contains; a SettingsError if one is invalid."""
        return valid_settings(self._settings_beside_manuscript)

    @property
    def settings_with_manuscript(self) -> PublicationSettings:
        """All settings, once the manuscript has been read; a SettingsError if one is invalid."""
        return valid_settings(self._settings_with_manuscript)

    @property
    def settings(self) -> PublicationSettings:
        """All settings that could be resolved: a step reports those that could not."""
        if "parse" in self.outcomes:
            with suppress(ExporterError):
                return self.settings_with_manuscript
        with suppress(ExporterError):
            return self.settings_beside_manuscript
        return PublicationSettings()

    @property
    def metadata(self) -> Metadata | None:
        """Title, kind, language and family, with the settings; None if the manuscript could not be read."""
        parsed = self.result("parse")
        if parsed is None:
            return None
        settings = self.settings
        read = msgspec.convert(parsed.info["metadata"], Metadata)
        return with_form(settings.metadata_defaults.under(settings.metadata_overrides.over(read)))

    @property
    def is_translation(self) -> bool:
        """Whether it is the translation of another publication."""
        return self.metadata is not None and self.metadata.form is Form.TRANSLATION

    @property
    def original(self) -> str:
        """The slug of the publication that it was made from; empty for an original."""
        return self.metadata.family.original if self.metadata and self.metadata.family else ""

    def text(self, edition: Edition) -> StepResult | None:
        """Return the result with the tree that an edition is written from, or None if it has none."""
        return self.result("parallel_tree" if edition.writer.WITH_ORIGINAL else "prepare")

    def requests(self, edition: Edition) -> bool:
        """Return whether an edition is requested: by the command line, else by the settings, else all that suit it."""
        if self.names(edition):
            return True
        suits = self.is_translation if edition.writer.WITH_ORIGINAL else edition.has_required(self.settings.options)
        return not self.settings.export.editions and suits

    def names(self, edition: Edition) -> bool:
        """Return whether the command line or the settings name an edition."""
        return self.context.editions_given or edition.name in (self.settings.export.editions or ())

    def file_name(self, edition: Edition) -> str:
        """Return the name of the file of an edition; what the writer has said about its end comes first."""
        result = self.result(f"write:{edition.name}")
        suffix = result.info.get("suffix") if result else None
        suffix = suffix or edition.writer.SUFFIX
        name = f"{self.manuscript.slug}{suffix}"
        # The web page of report.docx is not the report of its export, nor is that of Report.docx on Windows and macOS.
        return f"{self.manuscript.slug}-{edition.name}{suffix}" if name.casefold() in _FOLDER_PAGES else name

    def options(self, edition: Edition) -> Any:
        """Return the `Options` of an edition; it is decided whether it has a recording."""
        options = self.settings.options(edition)
        if edition.writer.SOUND_OPTION and getattr(options, edition.writer.SOUND_OPTION) == Sound.AUTO:
            return edition.with_sound(options, Sound.ON if self._asks_for_sound(edition) else Sound.OFF)
        return options

    def _asks_for_sound(self, edition: Edition) -> bool:
        """Return whether a recording is exported, too, or the command line has settings of one."""
        is_given = any(self.context.command_line_settings.table(name) for name in edition.writer.INHERITS_SETTINGS)
        return is_given or any(other.is_heard and self.requests(other) for other in self.context.editions)

    @property
    def characters(self) -> int:
        """The length of the text; 0 until it has been prepared."""
        prepared = self.result("prepare")
        if prepared is None:
            return self.before.characters if self.before else 0
        return int(prepared.info["characters"])

    @property
    def following(self) -> frozenset[str]:
        """The names of the editions that are created, or get their recording, after the text editions."""
        return frozenset(
            edition.name
            for edition in self.context.editions
            if (outcome := self.outcomes.get(f"write:{edition.name}")) and outcome.recording_follows
        )

    @property
    def triaged(self) -> tuple[TriagedFinding, ...]:
        """All findings, those of the manuscript first, the most severe first."""
        ended = [self.outcomes[step] for step in self.steps if step in self.outcomes]
        every = (triaged for outcome in ended for triaged in self.triage(outcome))
        return tuple(sorted(dict.fromkeys(every), key=lambda triaged: _rank(triaged.finding)))

    def triage(self, outcome: StepOutcome) -> tuple[TriagedFinding, ...]:
        """Return the findings of a step after severity overrides and waivers, which do not apply to its own failure."""
        if outcome.code is not ExitCode.DONE and not outcome.has_result:
            return tuple(TriagedFinding(finding) for finding in outcome.findings)
        return tuple(self.settings.policy.apply(finding) for finding in outcome.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All active findings, those of the manuscript first, the most severe first."""
        return tuple(triaged.finding for triaged in self.triaged if triaged.is_active)

    @property
    def manuscript_errors(self) -> tuple[Finding, ...]:
        """The errors in the manuscript, not in an edition."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR and not f.edition)

    def is_withheld(self, edition: str) -> bool:
        """Return whether the gate has withheld an edition."""
        gate = self.result("gate")
        return gate is not None and edition in gate.info.get("withheld", ())

    @property
    def is_blocked(self) -> bool:
        """Whether the gate has blocked publication as a whole."""
        gate = self.outcomes.get("gate")
        if gate is None or gate.code is ExitCode.DONE:
            return False
        return gate.result is None or gate.result.info["blocked"]

    @property
    def exit_code(self) -> ExitCode:
        """The largest exit code of its steps, that of the gate included."""
        return max((outcome.code for outcome in self.outcomes.values()), default=ExitCode.DONE)


def _rank(finding: Finding) -> tuple[str, int, str, int, int]:
    source = finding.source
    return (
        finding.edition,
        finding.severity.rank,
        source.file if source else "",
        source.line if source else 0,
        source.anchor if source else 0,
    )
