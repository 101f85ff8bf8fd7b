"""`conformance.html`: results of the automatic checks, criterion by criterion, and the manual checks that remain.

It has the columns of an accessibility conformance report (criterion, level of conformance, remarks), and states that
it is not a certificate.
"""

from __future__ import annotations

import msgspec

from exporter.contracts import Editions
from exporter.report.conformance import Assessment, CriterionResult, StandardResult, assess, covered_editions
from exporter.report.criteria import Criterion
from exporter.report.formatting import join_names
from exporter.report.model import Report, Support
from exporter.report.templates import render as render_template

TEMPLATE = "conformance.html"

LABELS = {
    Support.SUPPORTED: "Supported",
    Support.PARTLY: "Partly supported",
    Support.NOT_SUPPORTED: "Not supported",
    Support.IN_PART: "Partly checked, no problems found",
    Support.NOT_CHECKED: "Not checked automatically",
    Support.NOT_APPLICABLE: "Not applicable",
}
MEANINGS = {
    Support.SUPPORTED: "All of it can be checked automatically. Every check ran, and none found a problem.",
    Support.PARTLY: "A check found a problem that makes the edition worse, but not unusable.",
    Support.NOT_SUPPORTED: "A check found a problem that makes the edition unusable for some readers.",
    Support.IN_PART: "The checks that ran found no problem. The rest is a manual check, or a check did not run.",
    Support.NOT_CHECKED: "No program has checked it; a person has to.",
    Support.NOT_APPLICABLE: "The edition contains nothing that the criterion applies to.",
}
TONES = {
    Support.SUPPORTED: "good",
    Support.PARTLY: "warning",
    Support.NOT_SUPPORTED: "error",
    Support.IN_PART: "note",
    Support.NOT_CHECKED: "warning",
    Support.NOT_APPLICABLE: "quiet",
}
SYMBOLS = {
    Support.SUPPORTED: "✓",
    Support.PARTLY: "▲",
    Support.NOT_SUPPORTED: "✕",
    Support.IN_PART: "◐",
    Support.NOT_CHECKED: "?",
    Support.NOT_APPLICABLE: "–",
}


class SupportGroup(msgspec.Struct, frozen=True):
    """Editions with the same level of conformance to a criterion."""

    support: Support
    editions: str
    """Their titles, joined; empty if all editions have this level."""


class Row(msgspec.Struct, frozen=True):
    """Table row of a criterion that applies to at least one edition."""

    criterion: Criterion
    levels: tuple[SupportGroup, ...]
    remarks: tuple[str, ...]


class StandardTable(msgspec.Struct, frozen=True):
    """Results for one standard, as tables."""

    id: str
    short: str
    title: str
    editions: str
    rows: tuple[Row, ...]
    taken_over: tuple[Row, ...]
    """Rows of clauses that take over a criterion of WCAG."""
    not_applicable: tuple[tuple[Criterion, str], ...]
    """Criteria that apply to no edition, and why."""
    counts: dict[Support, int]
    """Number of assessments by level."""


def render(report: Report, editions: Editions) -> bytes:
    """Return the statement as HTML; equal reports give equal bytes."""
    names = {edition.name for edition in covered_editions(report)}
    return render_template(
        TEMPLATE,
        report=report,
        editions=editions,
        tables=[_standard_table(number, judged, editions) for number, judged in enumerate(assess(report, editions), 1)],
        covered=[edition for edition in report.editions if edition.name in names],
        left_out=[editions[edition.name].title for edition in report.editions if edition.name not in names],
        labels=LABELS,
        meanings=MEANINGS,
        tones=TONES,
        symbols=SYMBOLS,
        supports=list(Support),
        ran=sorted({f"{check.title} {check.version}".strip() for check in report.checks if check.ran}),
        not_run=[check for check in report.checks if not check.ran],
    )


def _standard_table(number: int, result: StandardResult, editions: Editions) -> StandardTable:
    rows: list[Row] = []
    not_applicable: list[tuple[Criterion, str]] = []
    counts = dict.fromkeys(Support, 0)
    for criterion_result in result.criteria:
        for assessment in criterion_result.editions.values():
            counts[assessment.support] += 1
        if all(assessment.support is Support.NOT_APPLICABLE for assessment in criterion_result.editions.values()):
            reasons = dict.fromkeys(assessment.reason for assessment in criterion_result.editions.values())
            not_applicable.append((criterion_result.criterion, " ".join(reasons)))
        else:
            rows.append(
                Row(
                    criterion_result.criterion,
                    _support_groups(criterion_result, editions),
                    _remarks(criterion_result, editions),
                )
            )
    return StandardTable(
        f"standard-{number}",
        result.standard.standard,
        result.standard.title,
        join_names([editions[name].title for name in result.editions]),
        tuple(row for row in rows if not row.criterion.like),
        tuple(row for row in rows if row.criterion.like),
        tuple(not_applicable),
        counts,
    )


def _support_groups(result: CriterionResult, editions: Editions) -> tuple[SupportGroup, ...]:
    by_support: dict[Support, list[str]] = {}
    for name, assessment in result.editions.items():
        by_support.setdefault(assessment.support, []).append(editions[name].title)
    is_shared = len(by_support) == 1
    return tuple(
        SupportGroup(support, "" if is_shared else join_names(by_support[support]))
        for support in Support
        if support in by_support
    )


def _remarks(result: CriterionResult, editions: Editions) -> tuple[str, ...]:
    assessments = {
        name: assessment
        for name, assessment in result.editions.items()
        if assessment.support is not Support.NOT_APPLICABLE
    }
    remarks = []
    editions_by_rule = _editions_by_value(assessments, "rules")
    for name, names in editions_by_rule.items():
        remarks.append(f"Findings of the rule {name}{_format_editions(names, assessments, editions)}.")
    remarks += [
        f"Checked by: {name}{_format_editions(names, assessments, editions)}."
        for name, names in _editions_by_checks(assessments).items()
    ]
    for name, names in _editions_by_value(assessments, "missing").items():
        remarks.append(f"Did not run: {name}{_format_editions(names, assessments, editions)}.")
    if result.criterion.person:
        remarks.append(f"Manual check: {result.criterion.person[0].lower()}{result.criterion.person[1:]}")
    reasons = dict.fromkeys(assessment.reason for assessment in assessments.values() if assessment.reason)
    return (*remarks, *reasons)


def _editions_by_value(assessments: dict[str, Assessment], field: str) -> dict[str, list[str]]:
    editions_by_value: dict[str, list[str]] = {}
    for edition, assessment in assessments.items():
        for value in getattr(assessment, field):
            editions_by_value.setdefault(value, []).append(edition)
    return editions_by_value


def _editions_by_checks(assessments: dict[str, Assessment]) -> dict[str, list[str]]:
    """Return the editions by the checks that ran over them; checks of the same editions are joined."""
    checks_by_editions: dict[tuple[str, ...], list[str]] = {}
    for check, editions in _editions_by_value(assessments, "ran").items():
        checks_by_editions.setdefault(tuple(editions), []).append(check)
    return {join_names(checks): list(editions) for editions, checks in checks_by_editions.items()}


def _format_editions(names: list[str], assessments: dict[str, Assessment], editions: Editions) -> str:
    return "" if len(names) == len(assessments) else f" ({join_names([editions[name].title for name in names])})"
