"""How far each edition keeps each criterion, as far as programs can tell; and never further.

Nothing counts as kept because nothing was looked for: a check that did not run, or that no program can make, is said.
Waived findings count like any others, and so do those whose weight a setting has lowered or taken away: nothing of this
makes an edition more accessible.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

import msgspec

from exporter.contracts import EditionKind, Editions
from exporter.findings import Finding, Severity
from exporter.report.clauses import named, under
from exporter.report.criteria import EN, PDF_UA, WCAG, Criterion, Standard, standards
from exporter.report.model import CheckReport, EditionReport, EditionStatus, Outcome, Report, Support

_WHY_NOT = {
    EditionKind.PRINT: "It is for the printing house, and nobody reads it on a screen.",
    EditionKind.SOUND: "A recording has nothing to be seen or operated; what plays it is a program of its own.",
    EditionKind.CAPTIONS: "It holds words and times alone.",
    EditionKind.DATA: "It holds the beginnings of chapters alone.",
}
"""Why a criterion is about nothing in an edition of a kind."""
_WHY_NOT_AT_ALL = "Nothing in it is about this; what is operated belongs to the program that opens it."


class Cell(msgspec.Struct, frozen=True):
    """One criterion in one edition."""

    support: Support
    reason: str = ""
    """Why it is about nothing here, or why it was not checked."""
    faults: tuple[str, ...] = ()
    """Rules under which something was found."""
    ran: tuple[str, ...] = ()
    """Titles of the checks that looked."""
    missing: tuple[str, ...] = ()
    """Checks that would have had to look and did not."""


class Judged(msgspec.Struct, frozen=True):
    """One criterion in all editions."""

    criterion: Criterion
    editions: dict[str, Cell]


class StandardJudged(msgspec.Struct, frozen=True):
    """One standard in the editions that it is about."""

    standard: Standard
    editions: tuple[str, ...]
    """Names of the editions that at least one criterion is about."""
    criteria: tuple[Judged, ...]


def assess(report: Report, editions: Editions) -> tuple[StandardJudged, ...]:
    """Check the editions that were made this time; what stands there from before was not looked at."""
    checked = covered(report)
    judge = _Judge(report, editions)
    whole = []
    for standard in standards():
        about = [edition for edition in checked if _is_about(standard, editions[edition.name].kind)]
        criteria = tuple(
            Judged(one, {each.name: judge.cell(standard, one, each) for each in about}) for one in standard.criterion
        )
        if about:
            whole.append(StandardJudged(standard, tuple(each.name for each in about), criteria))
    return tuple(whole)


def covered(report: Report) -> tuple[EditionReport, ...]:
    """Return the editions that were made and checked this time."""
    return tuple(one for one in report.editions if one.standing in (EditionStatus.MADE, EditionStatus.WITHHELD))


def outcomes(judged: Iterable[StandardJudged]) -> tuple[Outcome, ...]:
    """Return the verdicts without their reasons, for `report.json`."""
    return tuple(
        Outcome(each.standard.standard, one.criterion.id, {name: cell.support for name, cell in one.editions.items()})
        for each in judged
        for one in each.criteria
    )


def _is_about(standard: Standard, kind: EditionKind) -> bool:
    # WCAG and EN 301 549 are about every edition, if only to say why not; the others are about one format.
    return standard.standard in (WCAG, EN) or kind in standard.readable


class _Judge:
    """What is known of a publication, to be held against one criterion after the other."""

    def __init__(self, report: Report, editions: Editions) -> None:
        self._editions = editions
        self._content = report.content
        self._faults = _Faults(report)
        self._checks = _Checks(report.checks)

    def cell(self, standard: Standard, one: Criterion, edition: EditionReport) -> Cell:
        kind = self._editions[edition.name].kind
        if one.never:
            return Cell(Support.NOT_APPLICABLE, one.never)
        if not kind:
            return Cell(Support.NOT_CHECKED, "What kind of edition this is, is not known here.")
        if kind not in (one.editions or ()):
            return Cell(Support.NOT_APPLICABLE, _why_not(standard, one, kind))
        heavy, light = self._faults.of(standard, one, edition.name)
        ran, missing = self._checks.of(one.needs(kind), edition.name)
        rules = tuple(sorted({*heavy, *light}))
        if heavy:
            return Cell(Support.NOT_SUPPORTED, "", rules, ran, missing)
        if light:
            return Cell(Support.PARTLY, "", rules, ran, missing)
        if self._content and one.content and not any(self._content.get(key, 0) for key in one.content):
            return Cell(Support.NOT_APPLICABLE, f"The manuscript has no {' and no '.join(one.content)}.")
        if not ran:
            return Cell(Support.NOT_CHECKED, "", (), (), missing)
        if missing or one.person:
            return Cell(Support.IN_PART, "", (), ran, missing)
        return Cell(Support.SUPPORTED, "", (), ran)


def _why_not(standard: Standard, one: Criterion, kind: EditionKind) -> str:
    if standard.standard == EN and one.id.startswith("9."):
        return "Clause 9 is about web pages; clause 10 is about this edition."
    if standard.standard == EN and kind is EditionKind.WEB:
        return "Clause 10 is about other documents; clause 9 is about this edition."
    return _WHY_NOT.get(kind, _WHY_NOT_AT_ALL)


class _Faults:
    """What was found, waived or not, by rule."""

    def __init__(self, report: Report) -> None:
        own = {rule.id: rule.severity for rule in report.rules}
        clauses = {rule.id: rule.clause for rule in report.rules}
        found: dict[tuple[str, str, str], Severity] = {}
        for finding in (*report.findings, *(waived.finding for waived in report.waived)):
            key = (finding.edition, finding.rule, finding.clause)
            severity = min(_weight(finding, own), found.get(key, Severity.NOTE), key=lambda one: one.rank)
            found[key] = severity
        # What the settings have switched off was found all the same, in editions that are not told.
        for weighed in report.weighed:
            if weighed.weight == "off" and weighed.amount:
                found["", weighed.rule, clauses.get(weighed.rule, "")] = own.get(weighed.rule, Severity.ERROR)
        self._found = {key: severity for key, severity in found.items() if severity is not Severity.NOTE}

    def of(self, standard: Standard, one: Criterion, edition: str) -> tuple[list[str], list[str]]:
        """Return the rules of errors and of warnings that speak of a criterion, in an edition or in the manuscript."""
        heavy: list[str] = []
        light: list[str] = []
        for (where, rule, clause), severity in self._found.items():
            if where in ("", edition) and _speaks_of(standard, one, rule, clause):
                (heavy if severity is Severity.ERROR else light).append(rule)
        return heavy, light


def _weight(finding: Finding, own: dict[str, Severity]) -> Severity:
    return min(finding.severity, own.get(finding.rule, finding.severity), key=lambda one: one.rank)


def _speaks_of(standard: Standard, one: Criterion, rule: str, clause: str) -> bool:
    if any(fnmatchcase(rule, pattern) for pattern in one.rules):
        return True
    for name, number in named(clause):
        if name == "clause" and standard.standard == PDF_UA and under(number, one.clauses):
            return True
        if name == standard.standard and number == one.id:
            return True
        if name == WCAG and number == one.like:
            return True
    return False


class _Checks:
    """Which checks ran over which edition."""

    def __init__(self, checks: tuple[CheckReport, ...]) -> None:
        self._checks: dict[tuple[str, str], CheckReport] = {}
        for check in checks:
            self._checks.setdefault((check.edition, check.name.partition(":")[0]), check)

    def of(self, needs: tuple[str, ...], edition: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the titles of those that ran, and of those that had to and did not."""
        ran, missing = [], []
        for need in needs:
            names = need.split("|")
            there = [check for name in names for where in (edition, "") if (check := self._checks.get((where, name)))]
            done = [check.title for check in there if check.ran]
            ran += done
            if not done:
                missing.append(" or ".join(check.title for check in there) or " or ".join(names))
        return tuple(dict.fromkeys(ran)), tuple(dict.fromkeys(missing))
