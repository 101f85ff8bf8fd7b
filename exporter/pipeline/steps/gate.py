"""The publication gate: the decision which editions are published, from all findings in the manuscript and in them.

An error in the manuscript blocks the publication, an error in an edition that edition alone: a reader who needs another
one gets it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exporter.config import GateLevel
from exporter.errors import ExitCode
from exporter.findings import Finding, Severity
from exporter.pipeline import check_reports
from exporter.pipeline.events import StepState
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.rule_index import rule_ids
from exporter.pipeline.step import CHECKS_DISABLED, Immediate, Step
from exporter.pipeline.storage.results import StepResult


class Gate(Step):
    """Decision to publish, and findings about waivers and about checks that are not installed.

    A step that failed does not block publication: its edition is missing, and the others may be published.
    """

    name = "gate"
    title = "Deciding on publication"
    label = "gate"
    end_is_shown = False
    typical_seconds = 0.01

    def needs(self) -> Iterator[str]:
        """Yield all steps with findings."""
        yield from ("lint", "translation_check", "edition_comparison")
        for edition in self.context.editions:
            yield f"check:{edition.name}"

    def action(self) -> Immediate:
        """Return the decision."""
        return Immediate(self._decide)

    def _decide(self) -> StepOutcome:
        publication, level = self.publication, self.context.gate
        if publication.result("prepare") is None:
            return StepOutcome(StepState.SKIPPED, reason="The text could not be prepared.")
        if level is GateLevel.OFF:
            return StepOutcome(StepState.SKIPPED, reason=CHECKS_DISABLED)
        findings = (
            *publication.settings.policy.expired(),
            *self._unused_waivers(),
            *check_reports.missing(publication),
        )
        passed = StepOutcome(StepState.UNCHANGED, StepResult(), findings)
        errors = Counter(finding.edition for finding in self._active(passed) if finding.severity is Severity.ERROR)
        if level is not GateLevel.ERROR or not errors:
            return passed
        editions = [edition.name for edition in self.context.editions if publication.result(f"write:{edition.name}")]
        withheld = [name for name in editions if errors[name] or errors[""]]
        is_blocked = withheld == editions
        total = errors.total()
        what = "Not published" if is_blocked else f"Published without {', '.join(withheld)}"
        return StepOutcome(
            StepState.FAILED,
            StepResult(info={"blocked": is_blocked, "withheld": withheld}),
            findings,
            f"{what}: {total} error{'' if total == 1 else 's'}.",
            ExitCode.FINDINGS,
        )

    def _active(self, gate: StepOutcome) -> Iterator[Finding]:
        for outcome in (*self.publication.outcomes.values(), gate):
            if outcome.has_result or outcome.code is ExitCode.DONE:
                yield from (triaged.finding for triaged in self.publication.triage(outcome) if triaged.is_active)

    def _unused_waivers(self) -> Iterator[Finding]:
        """Yield a finding for each waiver that matches nothing, if everything that it may match was checked."""
        publication = self.publication
        policy = publication.settings.policy
        if not policy.settings.waivers:
            return
        rules = rule_ids(self.context.store, self.context.code)
        of_manuscripts = rules.of_manuscripts if publication.result("lint") else frozenset()
        for waiver, finding in policy.unused(triaged.finding for triaged in publication.triaged):
            if waiver.rule in of_manuscripts or self._is_complete():
                yield finding

    def _is_complete(self) -> bool:
        """Return whether every edition of the publication was created, compared and checked."""
        context, publication = self.context, self.publication
        if context.output is None or context.editions_given:
            return False
        editions = [edition.name for edition in context.editions if publication.requests(edition)]
        kinds = ("write", "parity", "check")
        done = all(publication.result(f"{kind}:{name}") for kind in kinds for name in editions)
        # Except for editions that have no extractor or no checks, every check must have been completed.
        return done and all(
            check.ran or check.name in ("check", "parity") for check in check_reports.checks(publication)
        )
