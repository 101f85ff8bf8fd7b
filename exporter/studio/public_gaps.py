"""Known gaps of editions, which the page for readers states, with where each can be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from exporter.finding_causes import repeated_findings
from exporter.findings import Finding
from exporter.site.gaps import GAPS, gaps_of
from exporter.studio.database import PublicationRow
from exporter.studio.tasks import Verdict


class PublicGap(msgspec.Struct, frozen=True):
    """A sentence under “Known gaps”, and the page of the publication that helps to fix what it is about."""

    gap: str
    """Key of `GAPS`."""
    where: str
    """Key of the label of the link: to the task that fixes it, to its place, or to the report."""
    address: str = ""
    """After that of the publication; empty for the report."""


def public_gaps(
    publication: PublicationRow, verdict: Verdict, findings: Iterable[Finding]
) -> Mapping[str, Sequence[PublicGap]]:
    """Return the known gaps of each edition.

    Args:
        publication: The publication with the findings of its last check.
        verdict: They as tasks.
        findings: Those of the report of the editions, which the page for readers is made from.
    """
    findings = tuple(findings)
    causes = repeated_findings(findings)
    groups = {(task.finding.rule, task.finding.source): group for group in verdict.groups for task in group.tasks}
    numbers = {finding: number for number, finding in enumerate(publication.all_findings)}

    def link(finding: Finding) -> tuple[str, str]:
        cause = causes.get(finding)
        if cause and (group := groups.get((cause.rule, cause.source))):
            return "edition.gap_fix", f"#{group.anchor}"
        if finding.source and finding in numbers:
            return "edition.gap_place", f"/read?finding={numbers[finding]}#here"
        return "edition.gap_report", ""

    links: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for finding in findings:
        for gap in gaps_of(finding):
            links.setdefault(finding.edition, {}).setdefault(gap, set()).add(link(finding))
    # What fixes most comes first: that of the task before that of the place.
    return {
        edition: [PublicGap(gap, *min(of_gap[gap])) for gap in GAPS if gap in of_gap]
        for edition, of_gap in links.items()
    }
