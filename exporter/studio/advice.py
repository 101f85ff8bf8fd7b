"""Advice about findings in the studio: the page that fixes each, or shows where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from exporter.finding_causes import repeated_findings
from exporter.findings import Finding
from exporter.report.groups import Advice
from exporter.studio.database import PublicationRow
from exporter.studio.tasks import Verdict

_COMMAND = re.compile(r"(?:;|,)? or (?:export|run) with --[\w-]+")


def without_commands(advice: str) -> str:
    """Return advice without what is done on the command line."""
    return _COMMAND.sub("", advice)


def advice_of(publication: PublicationRow, verdict: Verdict, findings: Iterable[Finding]) -> Mapping[Finding, Advice]:
    """Return what to do in the studio about each finding in the editions of a publication and in its manuscript.

    Args:
        publication: The publication with the findings of its last check.
        verdict: They as tasks.
        findings: Those of the report of the editions.
    """
    findings = tuple(findings)
    causes = repeated_findings(findings)
    tasks = {
        (task.finding.rule, task.finding.source): (group, task) for group in verdict.groups for task in group.tasks
    }
    numbers = {finding: number for number, finding in enumerate(publication.all_findings)}
    address = f"/p/{publication.id}"

    def advice(finding: Finding) -> Advice:
        cause = causes.get(finding, finding)
        group, task = tasks.get((cause.rule, cause.source), (None, None)) if not cause.edition else (None, None)
        if group and task:
            text = "" if task.is_fixed_here else without_commands(finding.advice)
            return Advice(text, f"{address}#{group.anchor}", task.is_fixed_here)
        is_shown = finding.source and finding in numbers
        shown_at = f"{address}/read?finding={numbers[finding]}#here" if is_shown else ""
        return Advice(without_commands(finding.advice), shown_at)

    return {finding: advice(finding) for finding in findings}
