"""Selection of the findings that are printed: those that repeat others are in the report only."""

from __future__ import annotations

from collections import Counter

from exporter.finding_causes import Causes, is_fault, repeated_findings
from exporter.findings import Finding, Severity


class ShownFindings:
    """The findings of one publication in the order in which they were found.

    Left out are findings in an edition that repeat one in the manuscript, and all faults of exporter in an edition but
    the first.

    Args:
        notes: Whether notes are printed.
    """

    def __init__(self, *, notes: bool) -> None:
        self._notes = notes
        self._of_manuscript = Causes()
        self._faulty: set[str] = set()

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
        return True


def without_repetitions(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings without those that repeat others."""
    repeated = repeated_findings(findings)
    return tuple(finding for finding in findings if finding not in repeated)


def further_faults(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return the number of faults of exporter in each edition that are not printed."""
    counts = Counter(finding.edition for finding in without_repetitions(findings) if is_fault(finding))
    return {edition: count - 1 for edition, count in counts.items() if count > 1}
