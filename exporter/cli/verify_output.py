"""What `exporter verify` shows: the verdict on each file first, then what to mend, then what was checked and what not.

Progress goes to standard error, so that standard output holds the verdicts alone.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

import msgspec

from exporter.cli.output import console, plain, print_line
from exporter.cli.progress import Mode
from exporter.findings import Finding, Severity
from exporter.service import Checking, FileStatus, FileVerdict, VerifyResult

if TYPE_CHECKING:
    from rich.progress import Progress

FORMAT = 1
"""Version of the shape of the JSON; changes when a field changes its meaning."""
ALIKE = 3
"""Findings of one check under one clause that are shown; the rest is a number."""
_STYLES = {FileStatus.GOOD: "bold green", FileStatus.FINDINGS: "bold yellow"}


def show(verified: VerifyResult) -> None:
    """Print everything."""
    for one in verified.files:
        print_line(_verdict(one), _STYLES.get(one.standing, "bold red"))
    for one in verified.files:
        if one.checks:
            print_line()
            _details(one)
    if len(verified.files) > 1:
        good = sum(file.standing is FileStatus.GOOD for file in verified.files)
        print_line()
        print_line(f"{good} of {len(verified.files)} files have nothing to mend.")


def as_json(verified: VerifyResult) -> None:
    """Print everything as one document."""
    files = [
        {
            "file": file.file,
            "kind": file.kind,
            "verdict": file.standing,
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
    head = f"{verdict.file} ({verdict.kind})" if verdict.kind else verdict.file
    silent = [checked.title for checked in verdict.checks if not checked.ran]
    unsaid = f" Not checked by {_listed(silent)}." if silent else ""
    match verdict.standing:
        case FileStatus.GOOD:
            ran = [checked.title for checked in verdict.checks if checked.ran]
            return f"{head}: nothing to mend was found. Checked by {_listed(ran)}.{unsaid}"
        case FileStatus.FINDINGS:
            return f"{head}: {_amount(verdict)}.{unsaid}"
        case FileStatus.UNREADABLE:
            return f"{head}: cannot be judged. {verdict.reason.strip()}"
        case FileStatus.UNKNOWN:
            return f"{head}: nothing is known. {verdict.reason.strip()}"


def _details(verdict: FileVerdict) -> None:
    print_line(verdict.file, "bold")
    found = [(finding, checked.title) for checked in verdict.checks for finding in checked.findings]
    found.sort(key=lambda pair: pair[0].severity.rank)
    if found:
        print_line("  What to mend:" if verdict.standing is not FileStatus.GOOD else "  Worth knowing:")
        for like in _alike(found):
            for finding, title in like[:ALIKE]:
                print_line(f"    {_line(finding, title)}")
            if len(like) > ALIKE:
                print_line(f"    And {len(like) - ALIKE} more like these; --json has all.")
    print_line("  What was checked:" if any(checked.ran for checked in verdict.checks) else "  Nothing was checked.")
    for checked in verdict.checks:
        if checked.ran:
            against = f", held against {_listed(checked.standards)}" if checked.standards else ""
            version = f" {checked.version}" if checked.version else ""
            result = _counted(checked.findings) or "nothing to mend"
            print_line(f"    {checked.title}{version}{against}: {result} ({checked.seconds:.1f} s)")
    if not all(checked.ran for checked in verdict.checks):
        print_line("  What was not checked:")
        for checked in verdict.checks:
            if not checked.ran:
                print_line(f"    {checked.title}: {checked.reason}")


def _alike(findings: list[tuple[Finding, str]]) -> list[list[tuple[Finding, str]]]:
    """Return findings of one check under one clause together, in the order in which the first of them comes."""
    groups: dict[tuple[str, str, str], list[tuple[Finding, str]]] = {}
    for finding, title in findings:
        groups.setdefault((finding.rule, finding.clause, title), []).append((finding, title))
    return list(groups.values())


def _line(finding: Finding, title: str) -> str:
    place = f"{finding.place}: " if finding.place else ""
    clause = f"; {finding.clause}" if finding.clause else ""
    words = " ".join(filter(None, (finding.message, finding.advice)))
    return f"{finding.severity}: {place}{' '.join(words.split())} [{finding.rule}; {title}{clause}]"


def _count(verdict: FileVerdict, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in verdict.findings)


def _amount(verdict: FileVerdict) -> str:
    return _counted(verdict.findings)


def _counted(findings: tuple[Finding, ...]) -> str:
    counts = ((severity, sum(finding.severity is severity for finding in findings)) for severity in Severity)
    return ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts if count)


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def progress(mode: Mode) -> _Silence | _Lines | _Bar:
    """Return what shows how a verification goes on, as `Mode` says."""
    match mode:
        case Mode.NONE:
            return _Silence()
        case Mode.PLAIN:
            return _Lines()
        case Mode.JSON:
            return _Json()
        case Mode.AUTO:
            terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
            return _Bar() if terminal else _Lines()


class _Silence(AbstractContextManager["_Silence"]):
    def __call__(self, event: Checking) -> None:
        """Show nothing."""

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""


class _Lines(_Silence):
    def __call__(self, event: Checking) -> None:
        """Print that a check has ended."""
        if event.checked is not None:
            how = f"done in {event.checked.seconds:.1f} s" if event.checked.ran else "did not run"
            line = f"{event.file}: {event.check}: {how} ({event.done} of {event.of})"
            sys.stderr.write(f"{plain(line)}\n")
            sys.stderr.flush()


class _Json(_Silence):
    def __call__(self, event: Checking) -> None:
        """Write the event."""
        sys.stderr.write(msgspec.json.encode(event).decode() + "\n")
        sys.stderr.flush()


class _Bar(_Silence):
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
        """Begin to draw."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def __call__(self, event: Checking) -> None:
        """Move the bar."""
        words = plain(f"{event.file}: {event.check}")
        self._bar.update(self._task, completed=event.done, total=event.of, description=words)
