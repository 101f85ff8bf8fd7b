"""Selection of the findings that are printed: those that repeat others, or are many alike, are in the report only."""

from __future__ import annotations

from collections import Counter

from exporter.finding_causes import Causes, is_fault, repeated_findings
from exporter.findings import Finding, Severity

MOST_ALIKE = 20
"""Findings of one rule in the manuscript or an edition that are printed; the others are counted."""


class ShownFindings:
    """The findings of one publication in the order in which they were found.

    Left out are findings in an edition that repeat one in the manuscript, all faults of exporter in an edition but
    the first, and findings of a rule after the first `MOST_ALIKE`.

    Args:
        notes: Whether notes are printed.
    """

    def __init__(self, *, notes: bool) -> None:
        self._notes = notes
        self._of_manuscript = Causes()
        self._faulty: set[str] = set()
        self._printed: Counter[tuple[str, str]] = Counter()
        self.more: Counter[str] = Counter()
        """How many findings of each rule were left out because so many are alike."""

    def is_shown(self, finding: Finding) -> bool:
        """Return whether the next finding is printed."""
        if finding.severity is Severity.NOTE and not self._notes:
            return False
        if not finding.edition:
            self._of_manuscript.add(finding)
        elif self._of_manuscript.of(finding):
            return False
        if is_fault(finding):
            if finding.edition in self._faulty:
                return False
            self._faulty.add(finding.edition)
        self._printed[finding.edition, finding.rule] += 1
        if self._printed[finding.edition, finding.rule] > MOST_ALIKE:
            self.more[finding.rule] += 1
            return False
        return True


def further_alike(findings: tuple[Finding, ...], *, notes: bool) -> Counter[str]:
    """Return how many findings of each rule are not printed because so many are alike."""
    shown = ShownFindings(notes=notes)
    for finding in findings:
        shown.is_shown(finding)
    return shown.more


def without_repetitions(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings without those that repeat others."""
    repeated = repeated_findings(findings)
    return tuple(finding for finding in findings if finding not in repeated)


def further_faults(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return the number of faults of exporter in each edition that are not printed."""
    counts = Counter(finding.edition for finding in without_repetitions(findings) if is_fault(finding))
    return {edition: count - 1 for edition, count in counts.items() if count > 1}
