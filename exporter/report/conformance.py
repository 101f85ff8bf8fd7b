"""Conformance of each edition to each criterion, as far as programs can establish it.

A criterion that was not checked never counts as supported: checks that did not run, and checks that only people can
make, are reported. Waived findings count like any others, and so do findings whose severity the settings have lowered
or disabled: neither makes an edition more accessible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache, lru_cache

import msgspec

from exporter.contracts import EditionKind, Editions
from exporter.findings import Finding, Severity
from exporter.report.content_kinds import why_absent
from exporter.report.criteria import EN, EPUB, PDF_UA, WCAG, Criterion, Standard, standards
from exporter.report.model import CheckReport, EditionReport, EditionStatus, Outcome, Report, Support

_STANDARDS_BY_PREFIX = {"WCAG": WCAG, "EN 301 549": EN, "ISO 14289-1": "clause", "MP": PDF_UA}
"""Standards by the beginning of a clause; `clause` is one of PDF/UA-1 itself, not of the Matterhorn Protocol."""
_SEGMENT = re.compile(r"[;,]")
_NUMBER = re.compile(r"(?<![\w.-])(\d+(?:[.-]\d+)*)(?![\w-])")

_REASONS_BY_KIND = {
    EditionKind.PRINT: "This edition is for the printer; nobody reads it on a screen.",
    EditionKind.BRAILLE: "This edition is read by touch, on paper or on a braille display.",
    EditionKind.EBRAILLE: "This edition is read by touch on a braille display; criteria of eBraille apply to it.",
    EditionKind.SOUND: "A recording has nothing to see or to operate; it is played by another program.",
    EditionKind.CAPTIONS: "This file contains only words and times.",
    EditionKind.DATA: "This file contains only the start times of chapters.",
    EditionKind.VIDEO: "A video is played by another program; its captions and transcript have rules of their own.",
}
"""Why a criterion does not apply to an edition of a kind."""
_DEFAULT_REASON = "Nothing in this edition is affected; controls belong to the program that opens it."


class Assessment(msgspec.Struct, frozen=True):
    """Assessment of one criterion in one edition."""

    support: Support
    reason: str = ""
    """Why the criterion does not apply, or why it was not checked."""
    rules: tuple[str, ...] = ()
    """IDs of the rules with findings."""
    ran: tuple[str, ...] = ()
    """Titles of the checks that ran."""
    missing: tuple[str, ...] = ()
    """Required checks that did not run."""


class CriterionResult(msgspec.Struct, frozen=True):
    """Assessments of one criterion, by edition."""

    criterion: Criterion
    editions: dict[str, Assessment]


class StandardResult(msgspec.Struct, frozen=True):
    """Results for one standard in the editions to which it applies."""

    standard: Standard
    editions: tuple[str, ...]
    """Names of the editions to which at least one criterion applies."""
    criteria: tuple[CriterionResult, ...]


def assess(report: Report, editions: Editions) -> tuple[StandardResult, ...]:
    """Assess the editions that were made this time; files of earlier exports are not assessed."""
    covered = covered_editions(report)
    assessor = _Assessor(report, editions)
    results = []
    for standard in standards():
        in_scope = [edition for edition in covered if _applies(standard, editions[edition.name].kind)]
        criteria = tuple(
            CriterionResult(
                criterion, {edition.name: assessor.assess(standard, criterion, edition) for edition in in_scope}
            )
            for criterion in standard.criterion
        )
        if in_scope:
            results.append(StandardResult(standard, tuple(edition.name for edition in in_scope), criteria))
    return tuple(results)


def covered_editions(report: Report) -> tuple[EditionReport, ...]:
    """Return the editions that were made and checked this time."""
    return tuple(
        edition for edition in report.editions if edition.standing in (EditionStatus.MADE, EditionStatus.WITHHELD)
    )


def list_outcomes(results: Iterable[StandardResult]) -> tuple[Outcome, ...]:
    """Return the results without their reasons, for `report.json`."""
    return tuple(
        Outcome(
            result.standard.standard,
            assessed.criterion.id,
            {name: assessment.support for name, assessment in assessed.editions.items()},
        )
        for result in results
        for assessed in result.criteria
    )


def _applies(standard: Standard, kind: EditionKind) -> bool:
    # WCAG and EN 301 549 list every edition, if only with the reason why they do not apply; the others, one format.
    return standard.standard in (WCAG, EN) or kind in standard.readable


class _Assessor:
    """Assessor of the editions of one publication, criterion by criterion."""

    def __init__(self, report: Report, editions: Editions) -> None:
        self._editions = editions
        self._content = report.content
        self._severities = _FindingSeverities(report)
        self._checks = _Checks(report.checks)

    def assess(self, standard: Standard, criterion: Criterion, edition: EditionReport) -> Assessment:
        kind = self._editions[edition.name].kind
        if not kind:
            return Assessment(Support.NOT_CHECKED, "Unknown kind of edition.")
        if kind not in (criterion.editions or ()):
            return Assessment(Support.NOT_APPLICABLE, _reason_not_applicable(standard, criterion, kind))
        errors, warnings = self._severities.of(standard, criterion, edition.name)
        ran, missing = self._checks.of(criterion.needs(kind), edition.name)
        rules = tuple(sorted({*errors, *warnings}))
        if errors:
            return Assessment(Support.NOT_SUPPORTED, "", rules, ran, missing)
        if warnings:
            return Assessment(Support.PARTLY, "", rules, ran, missing)
        if reason := why_absent(criterion.content, self._content, edition, kind):
            return Assessment(Support.NOT_APPLICABLE, reason)
        if not ran:
            return Assessment(Support.NOT_CHECKED, "", (), (), missing)
        if missing or criterion.person:
            return Assessment(Support.IN_PART, "", (), ran, missing)
        return Assessment(Support.SUPPORTED, "", (), ran)


def _reason_not_applicable(standard: Standard, criterion: Criterion, kind: EditionKind) -> str:
    if standard.standard == EN and criterion.id.startswith("9."):
        return "Clause 9 is about web pages; clause 10 is about this edition."
    if standard.standard == EN and kind is EditionKind.WEB:
        return "Clause 10 is about other documents; clause 9 is about this edition."
    return _REASONS_BY_KIND.get(kind, _DEFAULT_REASON)


class _FindingSeverities:
    """Severities of the findings, waived ones included, by edition and rule."""

    def __init__(self, report: Report) -> None:
        own_severities = {rule.id: rule.severity for rule in report.rules}
        clauses = {rule.id: rule.clause for rule in report.rules}
        severities: dict[tuple[str, str, str], Severity] = {}
        for finding in (*report.findings, *(waived.finding for waived in report.waived)):
            key = (finding.edition, finding.rule, finding.clause)
            severities[key] = min(_own_severity(finding, own_severities), severities.get(key, Severity.NOTE), key=_rank)

        # Findings of rules that the settings disable count as well; their edition is not recorded.
        for weighed in report.weighed:
            if weighed.weight == "off" and weighed.amount:
                severities["", weighed.rule, clauses.get(weighed.rule, "")] = own_severities.get(
                    weighed.rule, Severity.ERROR
                )
        self._severities = {key: severity for key, severity in severities.items() if severity is not Severity.NOTE}

    def of(self, standard: Standard, criterion: Criterion, edition: str) -> tuple[list[str], list[str]]:
        """Return the rules with errors and with warnings about a criterion, in an edition or in the manuscript."""
        errors: list[str] = []
        warnings: list[str] = []
        for (found_in, rule, clause), severity in self._severities.items():
            if found_in in ("", edition) and concerns(standard, criterion, rule, clause):
                (errors if severity is Severity.ERROR else warnings).append(rule)
        return errors, warnings


def _own_severity(finding: Finding, own_severities: dict[str, Severity]) -> Severity:
    return min(finding.severity, own_severities.get(finding.rule, finding.severity), key=_rank)


def _rank(severity: Severity) -> int:
    return severity.rank


def concerns(standard: Standard, criterion: Criterion, rule: str, clause: str) -> bool:
    """Return whether the findings of a rule count for a criterion."""
    if any(fnmatchcase(rule, pattern) or fnmatchcase(clause, pattern) for pattern in criterion.rules):
        return True
    for name, number in criteria_in_clause(clause):
        if name == "clause" and standard.standard == PDF_UA and _is_within(number, criterion.clauses):
            return True
        if name == standard.standard and number == criterion.id:
            return True
        if name == WCAG and (number == criterion.like or (criterion.like == "*" and number in _success_criteria())):
            return True
    return False


@lru_cache(4096)
def criteria_in_clause(clause: str) -> frozenset[tuple[str, str]]:
    """Return the criteria that a clause names, without those of standards that are not assessed here.

    A number after a comma belongs to the standard before it. Where checkpoints of the Matterhorn Protocol are named,
    they are more specific than a clause of ISO 14289-1 next to them, which is then left out.
    """
    standard = ""
    criteria: set[tuple[str, str]] = set()
    for segment in _SEGMENT.split(clause):
        text = segment.strip()
        begin = next((name for name in _STANDARDS_BY_PREFIX if text.startswith(name)), "")
        if begin:
            standard, text = _STANDARDS_BY_PREFIX[begin], re.sub(r"^:\d{4}", "", text[len(begin) :])
        elif text[:1].isalpha():
            standard = EPUB if text.startswith(EPUB) else ""
            text = ""
        if standard:
            criteria |= {(standard, number) for number in _NUMBER.findall(text) if standard != EPUB}
    criteria = {(name, number.partition("-")[0] if name == PDF_UA else number) for name, number in criteria}
    if any(name == PDF_UA for name, _ in criteria):
        criteria = {pair for pair in criteria if pair[0] != "clause"}
    return frozenset(
        criteria | {(WCAG, like) for name, number in criteria if name == EN and (like := _success_criterion(number))}
    )


@cache
def _success_criteria() -> frozenset[str]:
    """Return the success criteria of WCAG at levels A and AA."""
    return frozenset(
        criterion.id for standard in standards() if standard.standard == WCAG for criterion in standard.criterion
    )


def _success_criterion(number: str) -> str:
    """Return the success criterion that a clause of EN 301 549 takes over: 10.1.1.1 is 1.1.1."""
    chapter, _, rest = number.partition(".")
    return rest if chapter in {"9", "10", "11"} and rest.count(".") == 2 else ""


def _is_within(number: str, clauses: tuple[str, ...]) -> bool:
    """Return whether a clause is one of these or part of one: 7.4.2 is part of 7.4."""
    return any(number == clause or number.startswith(f"{clause}.") for clause in clauses)


class _Checks:
    """Checks that ran or did not run, by edition and name."""

    def __init__(self, checks: tuple[CheckReport, ...]) -> None:
        self._checks: dict[tuple[str, str], CheckReport] = {}
        for check in checks:
            self._checks.setdefault((check.edition, check.name.partition(":")[0]), check)

    def of(self, needs: tuple[str, ...], edition: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the titles of the required checks that ran, and of those that did not."""
        ran, missing = [], []
        for need in needs:
            names = need.split("|")
            candidates = [
                check
                for name in names
                for edition_or_manuscript in (edition, "")
                if (check := self._checks.get((edition_or_manuscript, name)))
            ]
            completed = [check.title for check in candidates if check.ran]
            ran += completed
            if not completed:
                missing.append(" or ".join(check.title for check in candidates) or " or ".join(names))
        return tuple(dict.fromkeys(ran)), tuple(dict.fromkeys(missing))
