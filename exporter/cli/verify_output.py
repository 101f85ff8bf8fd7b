"""Output of `exporter verify`: first the verdict on each file, then its problems, then its checks.

Progress goes to standard error, so that standard output contains only the verdicts.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

import msgspec

from exporter.cli.output import console, format_counts, plain, print_line
from exporter.cli.progress import Mode
from exporter.findings import Finding, Severity
from exporter.service import Checking, FileStatus, FileVerdict, VerifyResult, join_names

if TYPE_CHECKING:
    from rich.progress import Progress

FORMAT = 1
"""Version of the JSON format; changed if a field changes its meaning."""
SHOWN = 3
"""Findings of one check under one clause that are shown; the others are only counted."""
_STYLES = {FileStatus.GOOD: "bold green", FileStatus.FINDINGS: "bold yellow"}


def show(verified: VerifyResult) -> None:
    """Print the verdicts and their details."""
    for file in verified.files:
        print_line(_verdict(file), _STYLES.get(file.status, "bold red"))
    for file in verified.files:
        if file.checks:
            print_line()
            _details(file)
    if len(verified.files) > 1:
        good = sum(file.status is FileStatus.GOOD for file in verified.files)
        print_line()
        print_line(f"{good} of {len(verified.files)} files: no problems found.")


def as_json(verified: VerifyResult) -> None:
    """Print the verdicts as one JSON document."""
    files = [
        {
            "file": file.file,
            "kind": file.kind,
            "verdict": file.status,
            "sentence": _verdict(file),
            "reason": file.reason,
            "code": int(file.code),
            "counts": {severity.value: _count(file, severity) for severity in Severity},
            "findings": [
                {"check": checked.name, **msgspec.to_builtins(finding)}
                for checked in file.checks
                for finding in checked.findings
            ],
            "checks": [
                {name: value for name, value in msgspec.to_builtins(checked).items() if name != "findings"}
                for checked in file.checks
            ],
        }
        for file in verified.files
    ]
    document = {"format": FORMAT, "code": int(verified.code), "files": files}
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document)).decode() + "\n")


def _verdict(verdict: FileVerdict) -> str:
    name = f"{verdict.file} ({verdict.kind})" if verdict.kind else verdict.file
    skipped = [checked.title for checked in verdict.checks if not checked.ran]
    not_checked = f" Not checked by {join_names(skipped)}." if skipped else ""
    match verdict.status:
        case FileStatus.GOOD:
            completed = [checked.title for checked in verdict.checks if checked.ran]
            return f"{name}: no problems found. Checked by {join_names(completed)}.{not_checked}"
        case FileStatus.FINDINGS:
            return f"{name}: {format_counts(verdict.findings)}.{not_checked}"
        case FileStatus.UNREADABLE:
            return f"{name}: cannot be checked. {verdict.reason.strip()}"
        case FileStatus.UNKNOWN:
            return f"{name}: not checked. {verdict.reason.strip()}"


def _details(verdict: FileVerdict) -> None:
    print_line(verdict.file, "bold")
    findings = [(finding, checked.title) for checked in verdict.checks for finding in checked.findings]
    findings.sort(key=lambda pair: pair[0].severity.rank)
    if findings:
        print_line("  Problems to fix:" if verdict.status is not FileStatus.GOOD else "  Notes:")
        for group in _grouped(findings):
            for finding, title in group[:SHOWN]:
                print_line(f"    {_line(finding, title)}")
            if len(group) > SHOWN:
                print_line(f"    And {len(group) - SHOWN} more like these; --json shows all.")
    print_line("  Checks:" if any(checked.ran for checked in verdict.checks) else "  No check was completed.")
    for checked in verdict.checks:
        if checked.ran:
            standards = f", against {join_names(checked.standards)}" if checked.standards else ""
            version = f" {checked.version}" if checked.version else ""
            result = format_counts(checked.findings)
            print_line(f"    {checked.title}{version}{standards}: {result} ({checked.seconds:.1f} s)")
    if not all(checked.ran for checked in verdict.checks):
        print_line("  Not checked:")
        for checked in verdict.checks:
            if not checked.ran:
                print_line(f"    {checked.title}: {checked.reason}")


def _grouped(findings: list[tuple[Finding, str]]) -> list[list[tuple[Finding, str]]]:
    """Return the findings grouped by rule, clause and check, in the order of the first of each group."""
    groups: dict[tuple[str, str, str], list[tuple[Finding, str]]] = {}
    for finding, title in findings:
        groups.setdefault((finding.rule, finding.clause, title), []).append((finding, title))
    return list(groups.values())


def _line(finding: Finding, title: str) -> str:
    location = f"{finding.place}: " if finding.place else ""
    clause = f"; {finding.clause}" if finding.clause else ""
    text = " ".join(filter(None, (finding.message, finding.advice)))
    return f"{finding.severity}: {location}{' '.join(text.split())} [{finding.rule}; {title}{clause}]"


def _count(verdict: FileVerdict, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in verdict.findings)


def progress(mode: Mode) -> _NoProgress | _Lines | _Bar:
    """Return the display of progress for a mode."""
    match mode:
        case Mode.NONE:
            return _NoProgress()
        case Mode.PLAIN:
            return _Lines()
        case Mode.JSON:
            return _Json()
        case Mode.AUTO:
            terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
            return _Bar() if terminal else _Lines()


class _NoProgress(AbstractContextManager["_NoProgress"]):
    def __call__(self, event: Checking) -> None:
        """Show nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class _Lines(_NoProgress):
    def __call__(self, event: Checking) -> None:
        """Print the end of a check."""
        if event.checked is not None:
            state = f"done in {event.checked.seconds:.1f} s" if event.checked.ran else "did not run"
            line = f"{event.file}: {event.check}: {state} ({event.done} of {event.of})"
            sys.stderr.write(f"{plain(line)}\n")
            sys.stderr.flush()


class _Json(_NoProgress):
    def __call__(self, event: Checking) -> None:
        """Write the event."""
        sys.stderr.write(msgspec.json.encode(event).decode() + "\n")
        sys.stderr.flush()


class _Bar(_NoProgress):
    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        self._bar: Progress = Progress(
            SpinnerColumn(),
            MofNCompleteColumn(),
            BarColumn(bar_width=20),
            TextColumn("{task.description}", markup=False),
            console=console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Hide the bar."""
        self._bar.stop()

    def __call__(self, event: Checking) -> None:
        """Update the bar."""
        description = plain(f"{event.file}: {event.check}")
        self._bar.update(self._task, completed=event.done, total=event.of, description=description)
