"""What is there of each edition, in this run and in the output folder."""

from __future__ import annotations

import msgspec

from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import StepState
from exporter.pipeline.registry import Edition
from exporter.report.model import EditionReport, EditionStatus, Report

WITHHELD = "The publication has errors, so nothing of it was let out."


def editions(publication: PublicationRun, earlier: Report | None) -> tuple[EditionReport, ...]:
    """Return the editions of a publication: those that were asked for, and others that stand there.

    Args:
        publication: The publication, its gate decided.
        earlier: The report that stands in the output folder.
    """
    context = publication.context
    before = {one.name: one for one in earlier.editions if one.sha256} if earlier else {}
    found = [
        _edition(publication, edition, before.get(edition.name))
        for edition in context.editions
        if publication.requests(edition)
    ]
    if context.editions_given or any(one.standing is not EditionStatus.MADE for one in found):
        names = {one.name for one in found}
        found += [
            msgspec.structs.replace(one, standing=EditionStatus.EARLIER)
            for name, one in before.items()
            if name not in names
        ]
    return tuple(found)


def _edition(publication: PublicationRun, edition: Edition, before: EditionReport | None) -> EditionReport:
    outcome = publication.outcomes[f"write:{edition.name}"]
    kind = edition.writer.MEDIA_TYPE
    fresh = EditionReport(
        edition.name, f"{publication.manuscript.slug}{edition.writer.SUFFIX}", EditionStatus.MADE, kind
    )
    if outcome.result is not None and not publication.is_blocked:
        output = outcome.result.outputs["edition"]
        return msgspec.structs.replace(
            fresh,
            size=output.size,
            sha256=output.digest,
            pages=_pages(publication, edition),
            seconds=_seconds(publication, edition),
        )
    standing = EditionStatus.SKIPPED if outcome.state is StepState.SKIPPED else EditionStatus.FAILED
    if outcome.result is not None:
        standing = EditionStatus.WITHHELD
    unmade = msgspec.structs.replace(fresh, standing=standing, reason=outcome.reason or WITHHELD)
    if before is None or before.file != fresh.file:
        return unmade
    stays = {name: getattr(before, name) for name in ("size", "sha256", "pages", "seconds")}
    return msgspec.structs.replace(unmade, **stays)


def _pages(publication: PublicationRun, edition: Edition) -> int:
    """Return the pages of an edition, as its writer or whoever read it back has counted them."""
    for step in ("write", "parity"):
        result = publication.result(f"{step}:{edition.name}")
        if result is not None and result.info.get("pages"):
            return int(result.info["pages"])
    return 0


def _seconds(publication: PublicationRun, edition: Edition) -> float:
    """Return the length of the sound of an edition; what is only heard is as long as the recording that it follows."""
    for name in (edition.name, *edition.inherits_settings):
        result = publication.result(f"write:{name}")
        if result is not None and result.info.get("seconds") and (name == edition.name or edition.is_recording):
            return float(result.info["seconds"])
    return 0.0
