"""Completion of a report from the tree: manual checks, contents of the manuscript, conformance."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.contracts import Editions
from exporter.findings import Rule
from exporter.model import Publication
from exporter.report.conformance import assess, covered_editions, list_outcomes
from exporter.report.manual_checks import count_content, list_manual_checks
from exporter.report.model import Report


def complete_report(
    report: Report, publication: Publication | None, editions: Editions, rules: Iterable[Rule] = ()
) -> Report:
    """Return a report with everything that can be derived from it and the tree.

    Args:
        report: Editions, checks and findings.
        publication: The tree; None when the manuscript could not be read.
        editions: Descriptions of the editions.
        rules: Known rules; those that the report mentions are kept.
    """
    rule_ids = mentioned_rules(report)
    known_rules = {rule.id: rule for rule in (*report.rules, *rules) if rule.id in rule_ids}
    report = msgspec.structs.replace(report, rules=tuple(known_rules[name] for name in sorted(known_rules)))
    if publication is not None:
        metadata = publication.metadata
        report = msgspec.structs.replace(
            report,
            content=count_content(publication),
            looks=list_manual_checks(
                publication, [editions[edition.name].kind for edition in covered_editions(report)]
            ),
            publisher=metadata.publisher,
            date=metadata.date.isoformat() if metadata.date else "",
            contact=metadata.contact,
        )
    return msgspec.structs.replace(report, conformance=list_outcomes(assess(report, editions)))


def mentioned_rules(report: Report) -> set[str]:
    """Return the IDs of the rules that a report mentions."""
    findings = (*report.findings, *(waived.finding for waived in report.waived))
    return {finding.rule for finding in findings} | {override.rule for override in report.weighed}
