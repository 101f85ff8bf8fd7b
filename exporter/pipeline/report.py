"""The report of a publication: what was made, what was checked, what was not and why, and all that was found."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exporter import __version__
from exporter.config import Gate
from exporter.findings import Severity
from exporter.pipeline import calls, failures
from exporter.pipeline.events import State
from exporter.pipeline.registry import Edition
from exporter.pipeline.work import House, Work
from exporter.report.model import FORMAT, CheckReport, EditionReport, Report, Standing, count


def build(house: House, work: Work, earlier: Report | None) -> Report:
    """Give the report of a publication.

    Args:
        house: What publications share.
        work: The publication, its editions made.
        earlier: The report that stands in the output folder.
    """
    made = work.made("prepare")
    info: Mapping[str, str] = made.info if made else {}
    findings = work.findings
    return Report(
        format=FORMAT,
        exporter=__version__,
        slug=work.manuscript.slug,
        manuscript=work.manuscript.file,
        title=info.get("title", ""),
        language=info.get("language", ""),
        kind=info.get("kind", ""),
        gate=house.gate,
        editions=_editions(house, work, earlier),
        checks=tuple(_checks(house, work)),
        findings=findings,
        counts=count(findings),
    )


def withheld(house: House, work: Work, edition: str) -> bool:
    """Whether an edition that was made is not let out: it has errors, and the gate is shut."""
    return house.gate is Gate.ERROR and any(
        finding.severity is Severity.ERROR and finding.edition == edition for finding in work.findings
    )


def _editions(house: House, work: Work, earlier: Report | None) -> tuple[EditionReport, ...]:
    before = {one.name: one for one in earlier.editions if one.sha256} if earlier else {}
    editions = [
        _edition(house, work, edition, before.get(edition.name))
        for edition in house.editions
        if calls.wanted(house, work, edition)
    ]
    if house.named or any(one.standing is not Standing.MADE for one in editions):
        names = {one.name for one in editions}
        editions += [
            msgspec.structs.replace(one, standing=Standing.EARLIER) for name, one in before.items() if name not in names
        ]
    return tuple(editions)


def _edition(house: House, work: Work, edition: Edition, before: EditionReport | None) -> EditionReport:
    file = f"{work.manuscript.slug}{edition.writer.SUFFIX}"
    kind = edition.writer.MEDIA_TYPE
    result = work.results[f"write:{edition.name}"]
    if result.made and not withheld(house, work, edition.name):
        output = result.made.outputs["edition"]
        return EditionReport(edition.name, file, Standing.MADE, kind, output.size, output.digest)
    standing = Standing.SKIPPED if result.state is State.SKIPPED else Standing.FAILED
    reason = result.reason or "It has errors, which keep it from being published."
    size, sha256 = (before.size, before.sha256) if before and before.file == file else (0, "")
    return EditionReport(edition.name, file, standing, kind, size, sha256, reason)


def _checks(house: House, work: Work) -> list[CheckReport]:
    checks = []
    for step, title in (
        ("parse", "Reading the manuscript"),
        ("prepare", "Pictures"),
        ("lint", "Rules for manuscripts"),
    ):
        checks.append(_check(step, title, work))
    for edition in house.editions:
        if calls.wanted(house, work, edition):
            checks.append(_check(f"write:{edition.name}", f"Edition “{edition.name}”: what could not be carried", work))
    return checks


def _check(step: str, title: str, work: Work) -> CheckReport:
    result = work.results.get(step)
    if result is None or not result.good:
        reason = (result.reason if result else "") or f"{failures.name_of(step)} was not asked for."
        return CheckReport(step, title, ran=False, reason=reason)
    return CheckReport(step, title, ran=True, counts=count(result.findings))
