"""`report.html`: the verdict, the problems to fix, the editions, the comparison, and the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from exporter.contracts import Editions
from exporter.finding_causes import repeated_findings
from exporter.findings import Finding, Severity
from exporter.report.formatting import format_count, format_severities, join_names
from exporter.report.groups import Advice, group_findings
from exporter.report.model import CheckReport, CountCell, CountRow, EditionStatus, Report, count
from exporter.report.templates import render as render_template
from exporter.report.thumbnails import Thumbnail
from exporter.report.verdict import decide_check_verdict, decide_verdict

TEMPLATE = "report.html"

_COUNT_LABELS = {
    "pictures": "Images",
    "decorative": "Decorative images",
    "notes": "Notes",
    "languages": "Passages in other languages",
    "speakers": "Speaker turns",
    "cells": "Table cells",
}
"""Labels of counts that do not follow from their names."""


class SkippedChecks(msgspec.Struct, frozen=True):
    """Checks that did not run, for one reason."""

    reason: str
    titles: tuple[str, ...]
    """With the editions concerned."""


class CompletedChecks(msgspec.Struct, frozen=True):
    """Checks that ran over the manuscript or over one edition."""

    title: str
    checks: tuple[CheckReport, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Comparison of the editions with the manuscript."""

    columns: tuple[str, ...]
    """Names of editions."""
    rows: tuple[CountRow, ...]
    verdict: str
    tone: str
    remarks: tuple[str, ...]
    """Why something was not compared."""


def render(
    report: Report,
    editions: Editions,
    *,
    is_check: bool = False,
    thumbnails: Mapping[Finding, tuple[Thumbnail, ...]] = MappingProxyType({}),
    advice: Mapping[Finding, Advice] = MappingProxyType({}),
) -> bytes:
    """Return the report as HTML; equal reports give equal bytes.

    Args:
        report: The report.
        editions: Descriptions of the editions.
        is_check: Whether no editions were to be made, so that the page links to no other files.
        thumbnails: The pictures that findings are about.
        advice: What to do where the report is read, by finding.
    """
    repeated = repeated_findings(report.findings)
    findings = [finding for finding in report.findings if finding not in repeated]
    problems = [finding for finding in findings if finding.severity is not Severity.NOTE]
    notes = [finding for finding in findings if finding.severity is Severity.NOTE]
    return render_template(
        TEMPLATE,
        report=report,
        editions=editions,
        is_check=is_check,
        thumbnails=thumbnails,
        advice=advice,
        verdict=decide_check_verdict(report) if is_check else decide_verdict(report, editions),
        counts=count(findings),
        results={edition.name: _result(edition.name, findings, report.checks) for edition in report.editions},
        also=_editions_of_repeats(repeated, editions),
        problems=group_findings(problems, report.rules, editions),
        notes=group_findings(notes, report.rules, editions),
        skipped=_skipped_checks(report.checks, editions),
        completed=_completed_checks(report.checks, editions),
        ran=sum(check.ran for check in report.checks),
        comparison=_comparison(report, editions),
        published=sum(edition.standing is EditionStatus.MADE for edition in report.editions),
        requested=sum(
            edition.standing not in (EditionStatus.EARLIER, EditionStatus.FOLLOWS) for edition in report.editions
        ),
    )


def _result(edition: str, findings: Sequence[Finding], checks: Sequence[CheckReport]) -> str:
    """Return how many findings there are in an edition, or that no check was completed."""
    own = [finding for finding in findings if finding.edition == edition]
    is_checked = any(check.ran for check in checks if check.edition == edition)
    return format_severities(count(own)) if own or is_checked else "not checked"


def _editions_of_repeats(repeated: Mapping[Finding, Finding], editions: Editions) -> Mapping[Finding, str]:
    """Return the editions in which a finding in the manuscript was found again, by that finding."""
    titles: dict[Finding, list[str]] = {}
    for finding, cause in repeated.items():
        titles.setdefault(cause, []).append(editions[finding.edition].title)
    return {cause: join_names(list(dict.fromkeys(names))) for cause, names in titles.items()}


def _skipped_checks(checks: tuple[CheckReport, ...], editions: Editions) -> tuple[SkippedChecks, ...]:
    by_reason: dict[str, dict[str, list[str]]] = {}
    for check in checks:
        if not check.ran:
            titles = by_reason.setdefault(check.reason, {}).setdefault(check.title, [])
            titles += [editions[check.edition].title] if check.edition else []
    return tuple(
        SkippedChecks(
            reason,
            tuple(
                f"{title} ({join_names(editions_of_check)})" if editions_of_check else title
                for title, editions_of_check in titles.items()
            ),
        )
        for reason, titles in by_reason.items()
    )


def _completed_checks(checks: tuple[CheckReport, ...], editions: Editions) -> tuple[CompletedChecks, ...]:
    by_edition: dict[str, list[CheckReport]] = {}
    for check in checks:
        if check.ran:
            by_edition.setdefault(check.edition, []).append(check)
    return tuple(
        CompletedChecks(editions[edition].title if edition else "Manuscript", tuple(by_edition[edition]))
        for edition in sorted(by_edition, key=lambda name: name != "")
    )


def _comparison(report: Report, editions: Editions) -> Comparison | None:
    if not report.facts:
        return None
    columns = tuple(dict.fromkeys(name for row in report.facts for name in row.editions))
    compared = [name for name in columns if any(_cell(row, name).agrees is not None for row in report.facts)]
    differing = [name for name in columns if any(_cell(row, name).agrees is False for row in report.facts)]
    rows = tuple(msgspec.structs.replace(row, fact=count_label(row.fact)) for row in report.facts)
    if differing:
        titles = join_names([editions[name].title for name in differing])
        tone, sentence = "error", f"Differs from the manuscript: {titles}."
    elif compared:
        tone, sentence = (
            "good",
            f"{format_count(len(compared), 'edition')} compared with the manuscript: no differences found.",
        )
    else:
        tone, sentence = "warning", "No edition was compared with the manuscript."
    return Comparison(columns, rows, sentence, tone, _remarks(rows, columns, editions))


def _remarks(rows: tuple[CountRow, ...], columns: tuple[str, ...], editions: Editions) -> tuple[str, ...]:
    """Return why counts were not compared, each reason once: "MP3 and Audio: …", with the counts if not all."""
    counts_by_reason: dict[str, dict[str, list[str]]] = {}
    for name in columns:
        for row in rows:
            cell = _cell(row, name)
            if cell.agrees is None and cell.reason:
                counts_by_reason.setdefault(cell.reason, {}).setdefault(editions[name].title, []).append(row.fact)
    remarks = []
    for reason, labels_by_edition in counts_by_reason.items():
        labels = list(dict.fromkeys(label for edition_labels in labels_by_edition.values() for label in edition_labels))
        limitation = "" if len(labels) == len(rows) else f" ({join_names([label.lower() for label in labels])})"
        remarks.append(f"{join_names(list(labels_by_edition))}{limitation}: {reason}")
    return tuple(remarks)


def _cell(row: CountRow, name: str) -> CountCell:
    return row.editions.get(name, CountCell())


def count_label(name: str) -> str:
    """Return the label of a count."""
    return _COUNT_LABELS.get(name) or name.replace("-", " ").replace("_", " ").capitalize()
