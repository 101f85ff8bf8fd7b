"""Outcomes of an export or a check: of each publication, and of the run."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.errors import ExitCode
from exporter.findings import Finding
from exporter.pipeline.checked_copy import COPY_SUFFIXES
from exporter.pipeline.context import REPORT_PAGE, PublicationRun, RunContext
from exporter.pipeline.events import Found, Listener, PublicationFinished
from exporter.pipeline.execution import failures
from exporter.pipeline.execution.scheduler import shown_path
from exporter.pipeline.manuscripts import UnresolvedManuscript
from exporter.pipeline.outcomes import CheckedCopy
from exporter.pipeline.report import CHECK_PAGE, finished_report
from exporter.pipeline.steps.parse import Parse


class OutputFile(msgspec.Struct, frozen=True):
    """A file in the output folder."""

    name: str
    """Its path relative to the current folder."""
    size: int
    """Bytes."""
    changed: bool
    is_edition: bool = True
    """Whether it is an edition; else it is the report, the page or a file that belongs to them."""


class PublicationOutcome(msgspec.Struct, frozen=True):
    """The outcome of one publication."""

    slug: str
    shown: str
    """The path of the manuscript as given by the user."""
    code: ExitCode
    findings: tuple[Finding, ...]
    files: tuple[OutputFile, ...] = ()
    report: Path | None = None
    earlier: Path | None = None
    """The folder or file of an earlier export, which was not changed."""
    checked_copy: CheckedCopy | None = None
    tree: str = ""
    """Digest of the tree in the store, for `stored_publication`; empty if there is none."""
    of_earlier_versions: tuple[str, ...] = ()
    """Names of the editions in the folder that are of an earlier version of the manuscript."""

    @property
    def can_have_comments(self) -> bool:
        """Whether findings can be written as comments into a copy of the manuscript."""
        return Path(self.shown).suffix.lower() in COPY_SUFFIXES and self.code in (ExitCode.DONE, ExitCode.FINDINGS)

    def path_of(self, finding: Finding) -> str:
        """Return the path of the file of a finding relative to the current folder."""
        return shown_path(Path(self.shown), finding)


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of a run."""

    publications: tuple[PublicationOutcome, ...]

    @property
    def code(self) -> ExitCode:
        """The largest exit code of a publication: large codes concern the installation, small ones the manuscript."""
        return max((publication.code for publication in self.publications), default=ExitCode.DONE)


def unresolved_outcome(manuscript: UnresolvedManuscript, listener: Listener) -> PublicationOutcome:
    """Return the outcome of a source without a manuscript, and report its errors."""
    findings = failures.findings(manuscript.error, Parse.title)
    for finding in findings:
        listener(Found(manuscript.slug, finding, manuscript.shown))
    listener(PublicationFinished(manuscript.slug, int(manuscript.error.exit_code)))
    return PublicationOutcome(manuscript.slug, manuscript.shown, manuscript.error.exit_code, findings)


def _shown(context: RunContext, path: Path) -> str:
    """Return the path of a file, or its address if the output folder has one."""
    return context.shared_output.address_of(str(path)) if context.shared_output else str(path)


def publication_outcome(publication: PublicationRun) -> PublicationOutcome:
    """Return the outcome of a publication whose steps have ended."""
    context, slug = publication.context, publication.manuscript.slug
    file = context.output_file
    folder = file.parent if file else (context.output or context.reports or Path()) / slug
    names = {file.name} if file else {publication.file_name(edition) for edition in context.registry.editions}
    files = tuple(
        OutputFile(_shown(context, folder / file.name), file.output.size, file.changed, file.name in names)
        for file in publication.published
    )
    exists = (context.output or file) and any((folder / name).exists() for name in names)
    return PublicationOutcome(
        slug,
        publication.manuscript.shown,
        publication.exit_code,
        publication.findings,
        files,
        folder / (REPORT_PAGE if context.output else CHECK_PAGE) if files and not file else None,
        (file or folder) if exists and not any(file.is_edition for file in files) else None,
        publication.checked_copy,
        prepared.outputs["tree"].digest if (prepared := publication.result("prepare")) else "",
        _of_earlier_versions(publication) if context.output else (),
    )


def _of_earlier_versions(publication: PublicationRun) -> tuple[str, ...]:
    report = finished_report(publication)
    editions = report.of_earlier_versions if report and report.published else ()
    return tuple(edition.name for edition in editions)
