"""What is said at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence

from exporter.cli.output import print_line, show, size_of
from exporter.errors import ExitCode
from exporter.findings import Finding, Severity
from exporter.service import Outcome, PublicationOutcome

_WORDS = {
    ExitCode.FINDINGS: "stopped by errors in the manuscript",
    ExitCode.USAGE: "not done",
    ExitCode.SETTINGS: "stopped by a wrong setting",
    ExitCode.SOURCE: "the manuscript cannot be read",
    ExitCode.MISSING: "something is not installed",
    ExitCode.STEP: "not all could be made",
    ExitCode.OUTPUT: "could not be written",
}

_TO_MEND = frozenset({ExitCode.FINDINGS, ExitCode.SETTINGS, ExitCode.SOURCE})
"""What the writer of a manuscript can put right."""
_SILENT = ("check-missing", "check-failed")
"""Rules under which it is told that nothing is known."""


def findings(outcome: Outcome, *, notes: bool) -> None:
    """Print what was found, publication by publication; with `notes`, also what calls for nothing."""
    for publication in outcome.publications:
        for finding in publication.findings:
            if finding.severity is Severity.NOTE and not notes:
                continue
            show(finding, publication.path_of(finding) or publication.slug)


def exported(outcome: Outcome) -> None:
    """Print what was exported and where it is."""
    for one in outcome.publications:
        made = [file for file in one.files if file.edition]
        changed = any(file.changed for file in one.files)
        state = _state(one) or ("done" if changed else "unchanged")
        print_line(f"{one.slug}: {state}; {_amount(one.findings)}", "bold")
        width = max((len(file.name) for file in made), default=0)
        for file in made:
            print_line(f"  {file.name:<{width}}  {size_of(file.size):>9}{'' if file.changed else '  unchanged'}")
        if one.report:
            print_line(f"  Report: {one.report}")
        if silent := sum(finding.rule in _SILENT for finding in one.findings):
            print_line(f"  {silent} check{'' if silent == 1 else 's'} did not run; the report says which, and why.")
        if one.code in _TO_MEND and not made:
            print_line("  Not exported: mend the errors above, then export again.")
        if one.earlier:
            print_line(f"  What stood in {one.earlier}{os.sep} before is still there.")
    if len(outcome.publications) > 1:
        bad = [publication.slug for publication in outcome.publications if publication.code is not ExitCode.DONE]
        good = len(outcome.publications) - len(bad)
        trouble = f" Look at: {', '.join(bad)}." if bad else ""
        print_line(f"{good} of {len(outcome.publications)} publications exported without an error.{trouble}")


def _state(outcome: PublicationOutcome) -> str:
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    if outcome.code is ExitCode.FINDINGS and errors and all(finding.edition for finding in errors):
        return "kept in by errors in its editions"
    return _WORDS.get(outcome.code, "")


def checked(outcome: Outcome) -> None:
    """Print what was checked."""
    for publication in outcome.publications:
        print_line(f"{publication.slug}: {_verdict(publication)}", "bold")


def _verdict(outcome: PublicationOutcome) -> str:
    return (
        f"{_WORDS[outcome.code]}; {_amount(outcome.findings)}"
        if outcome.code > ExitCode.FINDINGS
        else _amount(outcome.findings)
    )


def _amount(found: Sequence[Finding]) -> str:
    parts = []
    for severity in Severity:
        count = sum(finding.severity is severity for finding in found)
        if count:
            parts.append(f"{count} {severity}{'' if count == 1 else 's'}")
    return ", ".join(parts) or "nothing to mend"
