"""The gate: whether a publication is let out, by all that was found in its manuscript and in its editions."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.config import Gate
from exporter.errors import ExitCode
from exporter.findings import Finding, Severity
from exporter.pipeline import check_reports
from exporter.pipeline.context import PublicationRun, RunContext, StepOutcome
from exporter.pipeline.events import StepState
from exporter.pipeline.results import StepResult
from exporter.pipeline.rule_index import names
from exporter.pipeline.settings import is_requested


def decide(house: RunContext, work: PublicationRun) -> StepOutcome:
    """Say whether a publication is let out, and what is to be said about waivers and about checks that were missing.

    A step that failed has an exit code of its own: its edition is missing, and the others may go.
    """
    if work.made("prepare") is None:
        return StepOutcome(StepState.SKIPPED, reason="The text could not be prepared.")
    if house.gate is Gate.OFF:
        return StepOutcome(StepState.SKIPPED, reason="The command line says not to check.")
    found = (*work.rulings.expired(), *_unused(house, work), *check_reports.missing(house, work))
    result = StepOutcome(StepState.UNCHANGED, StepResult(), found)
    errors = [f for f in _counted(work, result) if f.severity is Severity.ERROR]
    if house.gate is not Gate.ERROR or not errors:
        return result
    reason = f"{len(errors)} error{'' if len(errors) == 1 else 's'} keep{'s' if len(errors) == 1 else ''} it in."
    return StepOutcome(StepState.FAILED, StepResult(), found, reason, ExitCode.FINDINGS)


def is_blocked(work: PublicationRun) -> bool:
    """Whether the gate was decided to be shut."""
    result = work.results.get("gate")
    return result is not None and result.code is not ExitCode.DONE


def _counted(work: PublicationRun, last: StepOutcome) -> Iterator[Finding]:
    for result in (*work.results.values(), last):
        if result.has_result or result.code is ExitCode.DONE:
            yield from (ruling.finding for ruling in work.triage(result) if ruling.is_active)


def _unused(house: RunContext, work: PublicationRun) -> Iterator[Finding]:
    """Give the waivers that cover nothing, as far as all was looked at that they may speak of."""
    if not work.rulings.settings.waivers:
        return
    of_manuscripts = names(house.store, house.provenance).of_manuscripts if work.made("lint") else frozenset()
    for waiver, finding in work.rulings.unused(ruling.finding for ruling in work.triaged):
        if waiver.rule in of_manuscripts or _whole(house, work):
            yield finding


def _whole(house: RunContext, work: PublicationRun) -> bool:
    """Whether every edition of the publication was made, compared and checked."""
    if house.output is None or house.editions_given:
        return False
    editions = [edition.name for edition in house.editions if is_requested(house, work, edition)]
    done = all(work.made(f"{kind}:{name}") for kind in ("write", "parity", "check") for name in editions)
    # Nothing else may be without a check: what nobody reads back, and files of a kind that nobody judges.
    return done and all(one.ran or one.name in ("check", "parity") for one in check_reports.checks(house, work))
