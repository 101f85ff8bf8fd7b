"""Status of each edition, in this run and in the output folder."""

from __future__ import annotations

import msgspec

from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import StepState
from exporter.pipeline.registry import Edition
from exporter.pipeline.steps.write import RECORDING_FOLLOWS
from exporter.report.model import EditionReport, EditionStatus, Report

WITHHELD = "Not published: the publication has errors."
EDITION_WITHHELD = "Not published: this edition has errors."
_OF_FILE = ("size", "sha256", "pages", "seconds", "recorded", "content_digest")
"""Fields about the file in the output folder."""


def editions(publication: PublicationRun, earlier: Report | None) -> tuple[EditionReport, ...]:
    """Return the editions of a publication: those that were requested, and others in the output folder.

    Args:
        publication: The publication, after the gate.
        earlier: The report in the output folder.
    """
    context = publication.context
    before = {report.name: report for report in earlier.editions if report.sha256} if earlier else {}
    reports = [
        _edition(publication, edition, before.get(edition.name))
        for edition in context.editions
        if publication.requests(edition)
    ]
    if context.editions_given or any(report.standing is not EditionStatus.MADE for report in reports):
        names = {report.name for report in reports}
        reports += [
            msgspec.structs.replace(report, standing=EditionStatus.EARLIER)
            for name, report in before.items()
            if name not in names
        ]
    return tuple(reports)


def _edition(publication: PublicationRun, edition: Edition, before: EditionReport | None) -> EditionReport:
    outcome = publication.outcomes[f"write:{edition.name}"]
    media_type = edition.writer.MEDIA_TYPE
    fresh = EditionReport(edition.name, publication.file_name(edition), EditionStatus.MADE, media_type)
    prepared = publication.result("prepare")
    if outcome.result is not None and not publication.is_withheld(edition.name):
        output = outcome.result.outputs["edition"]
        return msgspec.structs.replace(
            fresh,
            size=output.size,
            sha256=output.digest,
            reason=RECORDING_FOLLOWS if outcome.recording_follows else "",
            pages=_pages(publication, edition),
            seconds=_seconds(publication, edition),
            recorded="sidecar:sounds" in outcome.result.outputs,
            content_digest=prepared.info["content_digest"] if prepared else "",
        )
    if outcome.recording_follows:
        return msgspec.structs.replace(fresh, standing=EditionStatus.FOLLOWS, reason=outcome.reason)
    status = EditionStatus.SKIPPED if outcome.state is StepState.SKIPPED else EditionStatus.FAILED
    if outcome.result is not None:
        status = EditionStatus.WITHHELD
    reason = WITHHELD if publication.is_blocked else EDITION_WITHHELD
    report = msgspec.structs.replace(fresh, standing=status, reason=outcome.reason or reason)
    if before is None or before.file != fresh.file:
        return report
    # The file of the earlier export stays in the output folder.
    return msgspec.structs.replace(report, **{name: getattr(before, name) for name in _OF_FILE})


def _pages(publication: PublicationRun, edition: Edition) -> int:
    """Return the number of pages of an edition, counted by its writer or by the parity check."""
    for step in ("write", "parity"):
        result = publication.result(f"{step}:{edition.name}")
        if result is not None and result.info.get("pages"):
            return int(result.info["pages"])
    return 0


def _seconds(publication: PublicationRun, edition: Edition) -> float:
    """Return the duration of an edition; one made from the recording of another edition has that one's duration."""
    for name in (edition.name, *edition.writer.INHERITS_SETTINGS):
        result = publication.result(f"write:{name}")
        if result is not None and result.info.get("seconds") and (name == edition.name or edition.writer.IS_RECORDING):
            return float(result.info["seconds"])
    return 0.0
