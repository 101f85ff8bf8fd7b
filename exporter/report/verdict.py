"""The verdict on a publication: a headline and explanatory sentences."""

from __future__ import annotations

import msgspec

from exporter.config import GateLevel
from exporter.contracts import Editions
from exporter.finding_causes import is_fault, repeated_findings
from exporter.findings import Severity
from exporter.report.formatting import format_count, join_names
from exporter.report.model import EditionStatus, Report, count


class Verdict(msgspec.Struct, frozen=True):
    """A verdict."""

    tone: str
    """`error`, `warning` or `good`; never shown by colour alone."""
    headline: str
    sentences: tuple[str, ...]


def decide_verdict(report: Report, editions: Editions) -> Verdict:
    """Return the verdict: what blocks the publication, else what is wrong, else what was not checked."""
    repeated = repeated_findings(report.findings)
    counts = count([finding for finding in report.findings if finding not in repeated])
    errors, warnings = counts["error"], counts["warning"]
    requested = [edition for edition in report.editions if edition.standing is not EditionStatus.EARLIER]
    missing = [edition for edition in requested if edition.standing in (EditionStatus.FAILED, EditionStatus.SKIPPED)]
    withheld = [edition.name for edition in requested if edition.standing is EditionStatus.WITHHELD]
    errors_of_missing = sum(
        f.severity is Severity.ERROR and f.edition in {edition.name for edition in missing} for f in report.findings
    )
    not_run = [check for check in report.checks if not check.ran]
    unchecked = _unchecked_editions(report, editions)
    sentences = [_format_made(report)] if requested else []
    if following := [edition.name for edition in requested if edition.standing is EditionStatus.FOLLOWS]:
        sentences.append(f"The recording follows: {join_names([editions[name].title for name in following])}.")
    if report.published and (earlier := report.of_earlier_versions):
        names, are, them = join_names([editions[edition.name].title for edition in earlier]), "are", "them"
        if len(earlier) == 1:
            are, them = "is", "it"
        sentences.append(f"{names} {are} of an earlier version, and the page for readers does not offer {them}.")
    if unchecked:
        sentences.append(f"No check ran on the finished {join_names(unchecked)}.")
    if not_run:
        results = "its result is" if len(not_run) == 1 else "their results are"
        sentences.append(f"{format_count(len(not_run), 'check')} did not run; {results} unknown.")
    if waived := len(report.waived):
        sentences.append(f"{format_count(waived, 'finding')} {'is' if waived == 1 else 'are'} waived.")
    if not report.published:
        sentences.insert(0, _not_published(report))
        tone, headline = (
            "error",
            f"Not published: {format_count(errors, 'error')} to fix" if errors else "Not published",
        )
    elif withheld:
        sentences.insert(0, _withheld(report, withheld, editions))
        tone, headline = "error", f"Published without {join_names([editions[name].title for name in withheld])}"
    elif errors > errors_of_missing:
        sentences.insert(0, "Some readers will not be able to use these editions.")
        tone, headline = "error", f"Published with {format_count(errors, 'error')}"
    elif missing:
        tone, headline = (
            "error",
            f"Incomplete: {join_names([editions[edition.name].title for edition in missing])} missing",
        )
    elif report.gate is GateLevel.OFF:
        sentences.insert(0, "These editions may be unusable for some readers.")
        tone, headline = "warning", "Not checked"
    elif warnings:
        tone, headline = "warning", f"Ready, with {format_count(warnings, 'warning')} to review"
    else:
        tone, headline = "good", "Ready: no problems found"
        if not_run or unchecked:
            tone, headline = "warning", "Ready, but not fully checked"
    return Verdict(tone, headline, tuple(sentences))


def decide_check_verdict(report: Report) -> Verdict:
    """Return the verdict on a manuscript of which no editions were to be made."""
    counts = count(report.findings)
    sentences = []
    if not_run := sum(not check.ran for check in report.checks):
        sentences.append(f"{format_count(not_run, 'check')} did not run.")
    if waived := len(report.waived):
        sentences.append(f"{format_count(waived, 'finding')} {'is' if waived == 1 else 'are'} waived.")
    if counts["error"]:
        sentences.insert(0, "An export makes no editions until the errors are fixed.")
        return Verdict("error", f"{format_count(counts['error'], 'error')} to fix", tuple(sentences))
    if counts["warning"]:
        headline = f"No errors, and {format_count(counts['warning'], 'warning')} to review"
        return Verdict("warning", headline, tuple(sentences))
    return Verdict("warning" if not_run else "good", "No problems found in the manuscript", tuple(sentences))


def _not_published(report: Report) -> str:
    has_earlier_files = any(
        edition.sha256 for edition in report.editions if edition.standing is not EditionStatus.WITHHELD
    )
    note = " The files next to this report are from an earlier export." if has_earlier_files else ""
    return f"No files were published.{note}"


def _withheld(report: Report, withheld: list[str], editions: Editions) -> str:
    """Return what keeps editions from being published, and what to do."""
    names = join_names([editions[name].title for name in withheld])
    errors = [f for f in report.findings if f.severity is Severity.ERROR and f.edition in withheld]
    if errors and all(map(is_fault, errors)):
        return f"{names} {'has' if len(withheld) == 1 else 'have'} a fault of exporter; please report it."
    return f"Fix the errors to publish {names}."


def _format_made(report: Report) -> str:
    others = (EditionStatus.EARLIER, EditionStatus.FOLLOWS)
    requested = [edition for edition in report.editions if edition.standing not in others]
    published = [edition for edition in requested if edition.standing is EditionStatus.MADE]
    return f"{len(published)} of {format_count(len(requested), 'edition')} published."


def _unchecked_editions(report: Report, editions: Editions) -> list[str]:
    """Return the titles of the editions whose file no check examined; reports of their writers are not checks."""
    checked = {
        check.edition for check in report.checks if check.ran and not check.name.startswith(("write", "carried"))
    }
    made_editions = [
        edition.name for edition in report.editions if edition.standing in (EditionStatus.MADE, EditionStatus.WITHHELD)
    ]
    return [editions[name].title for name in made_editions if name not in checked]
