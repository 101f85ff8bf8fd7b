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


def decide(context: RunContext, publication_run: PublicationRun) -> StepOutcome:
    """Return whether a publication is let out, and what is to be said about waivers and about checks that were missing.

    A step that failed has an exit code of its own: its edition is missing, and the others may go.
    """
    if publication_run.made("prepare") is None:
        return StepOutcome(StepState.SKIPPED, reason="The text could not be prepared.")
    if context.gate is Gate.OFF:
        return StepOutcome(StepState.SKIPPED, reason="The command line says not to check.")
    found = (
        *publication_run.rulings.expired(),
        *_unused(context, publication_run),
        *check_reports.missing(context, publication_run),
    )
    result = StepOutcome(StepState.UNCHANGED, StepResult(), found)
    errors = [f for f in _counted(publication_run, result) if f.severity is Severity.ERROR]
    if context.gate is not Gate.ERROR or not errors:
        return result
    reason = f"{len(errors)} error{'' if len(errors) == 1 else 's'} keep{'s' if len(errors) == 1 else ''} it in."
    return StepOutcome(StepState.FAILED, StepResult(), found, reason, ExitCode.FINDINGS)


def is_blocked(publication_run: PublicationRun) -> bool:
    """Return whether the gate was decided to be shut."""
    result = publication_run.results.get("gate")
    return result is not None and result.code is not ExitCode.DONE


def _counted(publication_run: PublicationRun, last: StepOutcome) -> Iterator[Finding]:
    for result in (*publication_run.results.values(), last):
        if result.has_result or result.code is ExitCode.DONE:
            yield from (ruling.finding for ruling in publication_run.triage(result) if ruling.is_active)


def _unused(context: RunContext, publication_run: PublicationRun) -> Iterator[Finding]:
    """Yield the waivers that cover nothing, as far as all was looked at that they may speak of."""
    if not publication_run.rulings.settings.waivers:
        return
    of_manuscripts = (
        names(context.store, context.provenance).of_manuscripts if publication_run.made("lint") else frozenset()
    )
    for waiver, finding in publication_run.rulings.unused(ruling.finding for ruling in publication_run.triaged):
        if waiver.rule in of_manuscripts or _whole(context, publication_run):
            yield finding


def _whole(context: RunContext, publication_run: PublicationRun) -> bool:
    """Return whether every edition of the publication was made, compared and checked."""
    if context.output is None or context.editions_given:
        return False
    editions = [edition.name for edition in context.editions if is_requested(context, publication_run, edition)]
    done = all(publication_run.made(f"{kind}:{name}") for kind in ("write", "parity", "check") for name in editions)
    # Nothing else may be without a check: what nobody reads back, and files of a kind that nobody judges.
    return done and all(
        one.ran or one.name in ("check", "parity") for one in check_reports.checks(context, publication_run)
    )
