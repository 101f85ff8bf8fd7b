"""The verdict on a publication: a few words, and the sentences that go with them."""

from __future__ import annotations

import msgspec

from exporter.config import Gate
from exporter.contracts import Editions
from exporter.findings import Severity
from exporter.report.formatting import amount, listed
from exporter.report.model import EditionStatus, Report, count


class Verdict(msgspec.Struct, frozen=True):
    """What is said first."""

    tone: str
    """`error`, `warning` or `good`; never said by colour alone."""
    word: str
    sentences: tuple[str, ...]


def verdict(report: Report, editions: Editions) -> Verdict:
    """Say how the publication stands: what keeps it in, what is wrong, what is not known, in this order."""
    counts = count(report.findings)
    errors, warnings = counts["error"], counts["warning"]
    asked = [one for one in report.editions if one.standing is not EditionStatus.EARLIER]
    lacking = [one for one in asked if one.standing in (EditionStatus.FAILED, EditionStatus.SKIPPED)]
    failed = sum(f.severity is Severity.ERROR and f.edition in {one.name for one in lacking} for f in report.findings)
    silent = [check for check in report.checks if not check.ran]
    unseen = _unseen(report, editions)
    sentences = [_made(report)] if asked else []
    if unseen:
        sentences.append(f"No check has looked at the finished {listed(unseen)}.")
    if silent:
        they = "it looks" if len(silent) == 1 else "they look"
        sentences.append(f"{amount(len(silent), 'check')} did not run, and what {they} for is not known.")
    if waived := len(report.waived):
        sentences.append(f"{amount(waived, 'finding')} {'is' if waived == 1 else 'are'} waived.")
    if not report.published:
        sentences.insert(0, _not_published(report))
        tone, word = "error", f"Not published: {amount(errors, 'error')} to mend" if errors else "Not published"
    elif errors > failed:
        sentences.insert(0, "Some people will not be able to use these editions.")
        tone, word = "error", f"Published with {amount(errors, 'error')}"
    elif lacking:
        tone, word = "error", f"Not complete: no {listed([editions[one.name].title for one in lacking])}"
    elif report.gate is Gate.OFF:
        sentences.insert(0, "Whether everybody can use these editions is not known.")
        tone, word = "warning", "Not checked"
    elif warnings:
        tone, word = "warning", f"Ready, with {amount(warnings, 'warning')} to look at"
    else:
        tone, word = "good", "Ready: nothing to mend"
        if silent or unseen:
            tone, word = "warning", "Ready, as far as it was checked"
    return Verdict(tone, word, tuple(sentences))


def _not_published(report: Report) -> str:
    old = any(one.sha256 for one in report.editions if one.standing is not EditionStatus.WITHHELD)
    left = " What stands beside this report is from an earlier export." if old else ""
    return f"Nothing of this publication was put out.{left}"


def _made(report: Report) -> str:
    asked = [one for one in report.editions if one.standing is not EditionStatus.EARLIER]
    made = [one for one in asked if one.standing in (EditionStatus.MADE, EditionStatus.WITHHELD)]
    return f"{len(made)} of {amount(len(asked), 'edition')} made."


def _unseen(report: Report, editions: Editions) -> list[str]:
    """Return the editions at whose file no check has looked; what their writers say of them is no check."""
    seen = {check.edition for check in report.checks if check.ran and not check.name.startswith(("write", "carried"))}
    made = [one.name for one in report.editions if one.standing in (EditionStatus.MADE, EditionStatus.WITHHELD)]
    return [editions[name].title for name in made if name not in seen]
