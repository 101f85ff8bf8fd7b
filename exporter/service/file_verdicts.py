"""Verdicts on finished files, from the results of their checks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from exporter.errors import ExitCode
from exporter.findings import Finding, Rule, Severity
from exporter.validate import validators
from exporter.validate.validators import ValidationResult, Validator

WRONG_NAME = Rule(
    id="file-name",
    severity=Severity.WARNING,
    sentence="The suffix of a file matches its type.",
    advice="Rename it: programs rely on the suffix.",
)


class FileStatus(StrEnum):
    """The status of a file."""

    GOOD = "good"
    """No check that was completed has found a problem."""
    FINDINGS = "findings"
    """There are problems."""
    UNREADABLE = "unreadable"
    """It cannot be opened, or its type is not supported."""
    UNKNOWN = "unknown"
    """No built-in check was completed."""


class FileVerdict(msgspec.Struct, frozen=True):
    """The verdict on one file."""

    file: str
    kind: str
    """Title of its type, such as `EPUB`; empty if it is not supported."""
    status: FileStatus
    reason: str = ""
    """Why it is unreadable or was not checked, in a sentence or two."""
    checks: tuple[ValidationResult, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, the most severe first."""
        findings = (finding for result in self.checks for finding in result.findings)
        return tuple(sorted(findings, key=lambda finding: finding.severity.rank))

    @property
    def code(self) -> ExitCode:
        """Its exit code."""
        if self.status is FileStatus.UNREADABLE:
            return ExitCode.SOURCE
        if self.status is FileStatus.UNKNOWN or any(result.crashed for result in self.checks):
            return ExitCode.STEP
        return ExitCode.FINDINGS if self.status is FileStatus.FINDINGS else ExitCode.DONE


class VerifyResult(msgspec.Struct, frozen=True):
    """The verdicts on all files."""

    files: tuple[FileVerdict, ...]

    @property
    def code(self) -> ExitCode:
        """The largest exit code of a file."""
        return max((file.code for file in self.files), default=ExitCode.DONE)


def verdict_on(
    path: Path, title: str, checked: Sequence[tuple[Validator, ValidationResult]], *, is_named_so: bool
) -> FileVerdict:
    """Return the verdict on a file whose type is known.

    Args:
        path: The file.
        title: Title of its type.
        checked: The checks that were to be done, each with its result.
        is_named_so: Whether its suffix is that of its type.
    """
    results = tuple(result for _, result in checked)
    builtin = [result for check, result in checked if not check.EXTERNAL]
    if not is_named_so:
        wrong = WRONG_NAME.finding(f"The file is named “{path.name}”, but its type is: {title}.")
        results = (msgspec.structs.replace(results[0], findings=(wrong, *results[0].findings)), *results[1:])
    status, reason = FileStatus.GOOD, ""
    if unreadable := validators.unreadable_finding(builtin):
        status, reason = FileStatus.UNREADABLE, f"{unreadable.message} {unreadable.advice}"
    elif not any(result.ran for result in builtin):
        status, reason = FileStatus.UNKNOWN, " ".join(result.reason for result in builtin)
    elif any(finding.severity is not Severity.NOTE for result in results for finding in result.findings):
        status = FileStatus.FINDINGS
    return FileVerdict(str(path), title, status, reason, results)
