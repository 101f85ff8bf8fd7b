"""What follows from a report and the tree together: what is left to a person, and conformance."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.contracts import Editions
from exporter.findings import Rule
from exporter.model import Publication
from exporter.report.conformance import assess, covered, outcomes
from exporter.report.manual_checks import content, looks
from exporter.report.model import Report


def complete(report: Report, publication: Publication | None, editions: Editions, rules: Iterable[Rule] = ()) -> Report:
    """Return a report with all that follows from it.

    Args:
        report: What was made, checked and found.
        publication: The tree; None when the manuscript could not be read.
        editions: What the editions state.
        rules: Rules that are known; those of which the report says something are kept.
    """
    named = mentioned(report)
    known = {rule.id: rule for rule in (*report.rules, *rules) if rule.id in named}
    report = msgspec.structs.replace(report, rules=tuple(known[name] for name in sorted(known)))
    if publication is not None:
        about = publication.metadata
        report = msgspec.structs.replace(
            report,
            content=content(publication),
            looks=looks(publication, [editions[edition.name].kind for edition in covered(report)]),
            publisher=about.publisher,
            date=about.date.isoformat() if about.date else "",
            contact=about.contact,
        )
    return msgspec.structs.replace(report, conformance=outcomes(assess(report, editions)))


def mentioned(report: Report) -> set[str]:
    """Return the rules of which a report says something."""
    found = {finding.rule for finding in report.findings} | {each.finding.rule for each in report.waived}
    return found | {each.rule for each in report.weighed}
