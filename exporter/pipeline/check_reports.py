"""Checks of a publication for the report: completed or not, with the reason; and findings about missing validators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from exporter.findings import Finding, Rule, Severity
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.finding_policy import TriagedFinding
from exporter.report.model import CheckReport, count

CHECK_MISSING = Rule(
    "check-missing",
    Severity.NOTE,
    "Every validator is installed and checks the editions.",
    "Install it, or have these editions checked where it is installed.",
)


def checks(publication: PublicationRun) -> tuple[CheckReport, ...]:
    """Return every check of a publication, that of its manuscript first."""
    return (*_of_manuscript(publication), *_of_editions(publication))


def missing(publication: PublicationRun) -> Iterator[Finding]:
    """Yield a finding for each check that was not run since its validator is not installed."""
    editions_by_check: dict[tuple[str, str], list[str]] = {}
    for check in _of_editions(publication):
        if check.missing:
            editions_by_check.setdefault((check.title, check.reason), []).append(check.edition)
    for (title, reason), editions in editions_by_check.items():
        message = f"{title} has not checked {' and '.join(filter(None, (', '.join(editions[:-1]), editions[-1])))}."
        yield CHECK_MISSING.finding(message, advice=reason)


def _of_manuscript(publication: PublicationRun) -> Iterator[CheckReport]:
    for step, title in (
        ("parse", "Reading the manuscript"),
        ("prepare", "Images"),
        ("lint", "Rules for manuscripts"),
    ):
        yield _step(step, step, title, publication)


def _of_editions(publication: PublicationRun) -> Iterator[CheckReport]:
    for edition in publication.context.editions:
        name = edition.name
        if not publication.requests(edition) or (name in publication.following and edition.is_heard):
            continue
        yield _step(f"write:{name}", "carried", "Content that the edition cannot contain", publication)
        parity = publication.result(f"parity:{name}")
        comparison = _step(f"parity:{name}", "parity", "Comparison with the manuscript", publication)
        if parity is not None and "reason" in parity.info:
            comparison = msgspec.structs.replace(comparison, ran=False, reason=parity.info["reason"], counts={})
        yield comparison
        yield from _validators(name, publication)


def _validators(edition: str, publication: PublicationRun) -> Iterator[CheckReport]:
    step = f"check:{edition}"
    result = publication.result(step)
    if result is None:
        yield _step(step, "check", "Rules for finished files", publication)
        return
    reports = msgspec.convert(result.info["checks"], tuple[CheckReport, ...])
    if not reports:
        reason = "There are no checks for this file type yet."
        yield CheckReport("check", "Rules for finished files", ran=False, edition=edition, reason=reason)
    triaged = iter(publication.triage(publication.outcomes[step]))
    # Validators that were not requested come last and have no number.
    numbers = [*result.info["found"], *(0 for _ in reports)]
    for report, number in zip(reports, numbers, strict=False):
        counts = _counts(next(triaged) for _ in range(number))
        yield msgspec.structs.replace(report, counts=counts) if report.ran else report


def _step(step: str, name: str, title: str, publication: PublicationRun) -> CheckReport:
    outcome = publication.outcomes.get(step)
    edition = step.partition(":")[2]
    if outcome is None or not outcome.has_result:
        reason = (outcome.reason if outcome else "") or f"{publication.steps[step].description} was not requested."
        return CheckReport(name, title, ran=False, edition=edition, reason=reason)
    return CheckReport(name, title, ran=True, edition=edition, counts=_counts(publication.triage(outcome)))


def _counts(triaged: Iterable[TriagedFinding]) -> dict[str, int]:
    return count([item.finding for item in triaged if item.is_active])
