"""What was checked of a publication, what was not and why: for the report, and for those who must know of a gap."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.findings import Finding, Rule, Severity
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.finding_policy import TriagedFinding
from exporter.report.model import CheckReport, count

CHECK_MISSING = Rule(
    "check-missing",
    Severity.NOTE,
    "Every check that there is looks at the editions.",
    "Install it, or ask somebody who has it to check these editions.",
)


def checks(publication: PublicationRun) -> tuple[CheckReport, ...]:
    """Return every check of a publication, that of its manuscript first."""
    return (*_of_manuscript(publication), *_of_editions(publication))


def missing(publication: PublicationRun) -> Iterator[Finding]:
    """Yield a finding for each check that did not look at editions since it is not installed."""
    gone: dict[tuple[str, str], list[str]] = {}
    for check in _of_editions(publication):
        if check.missing:
            gone.setdefault((check.title, check.reason), []).append(check.edition)
    for (title, reason), editions in gone.items():
        message = f"{title} has not checked {' and '.join(filter(None, (', '.join(editions[:-1]), editions[-1])))}."
        yield CHECK_MISSING.finding(message, advice=reason)


def _of_manuscript(publication: PublicationRun) -> Iterator[CheckReport]:
    for step, title in (
        ("parse", "Reading the manuscript"),
        ("prepare", "Pictures"),
        ("lint", "Rules for manuscripts"),
    ):
        yield _step(step, step, title, publication)


def _of_editions(publication: PublicationRun) -> Iterator[CheckReport]:
    for edition in publication.context.editions:
        name = edition.name
        if not publication.requests(edition):
            continue
        yield _step(f"write:{name}", "carried", "What the edition cannot carry", publication)
        parity = publication.result(f"parity:{name}")
        one = _step(f"parity:{name}", "parity", "The same as the manuscript", publication)
        if parity is not None and "reason" in parity.info:
            one = msgspec.structs.replace(one, ran=False, reason=parity.info["reason"], counts={})
        yield one
        yield from _validators(name, publication)


def _validators(edition: str, publication: PublicationRun) -> Iterator[CheckReport]:
    step = f"check:{edition}"
    made = publication.result(step)
    if made is None:
        yield _step(step, "check", "Rules for finished files", publication)
        return
    told = msgspec.convert(made.info["checks"], tuple[CheckReport, ...])
    if not told:
        reason = "There is no check yet for files of this kind."
        yield CheckReport("check", "Rules for finished files", ran=False, edition=edition, reason=reason)
    found = iter(publication.triage(publication.outcomes[step]))
    amounts = [*made.info["found"], *(0 for _ in told)]
    for one, amount in zip(told, amounts, strict=False):
        counts = _counts(next(found) for _ in range(amount))
        yield msgspec.structs.replace(one, counts=counts) if one.ran else one


def _step(step: str, name: str, title: str, publication: PublicationRun) -> CheckReport:
    outcome = publication.outcomes.get(step)
    edition = step.partition(":")[2]
    if outcome is None or not outcome.has_result:
        reason = (outcome.reason if outcome else "") or f"{publication.steps[step].description} was not asked for."
        return CheckReport(name, title, ran=False, edition=edition, reason=reason)
    return CheckReport(name, title, ran=True, edition=edition, counts=_counts(iter(publication.triage(outcome))))


def _counts(rulings: Iterator[TriagedFinding]) -> dict[str, int]:
    return count([ruling.finding for ruling in rulings if ruling.is_active])
