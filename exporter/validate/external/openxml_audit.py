"""openxml-audit, which checks Word files against their schemas and the relationships of their parts."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Severity
from exporter.validate.external import installed
from exporter.validate.external.open_xml_sdk import WORD_SCHEMA
from exporter.validate.external.tool_reports import (
    check_exit_code,
    check_same_file,
    contradiction,
    parse_report,
    time_limit,
)
from exporter.validate.validators import ValidationResult, completed, limit_repeats

COMMAND = (sys.executable, "-m", "openxml_audit", "--output", "json", "--max-errors", "0")
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING}


class _Error(msgspec.Struct):
    type: str
    severity: str
    description: str
    part_uri: str | None = None
    path: str | None = None


class _Report(msgspec.Struct):
    file: str
    valid: bool
    format: str
    errors: list[_Error]


class OpenXmlAudit:
    """The validator openxml-audit."""

    NAME = "openxml-audit"
    TITLE = "openxml-audit"
    SUFFIXES: tuple[str, ...] = (".docx",)
    EXTERNAL = True

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        return installed.missing_packages(self.TITLE, ("openxml-audit==0.8.0",), ("openxml_audit",))

    def version(self) -> str:
        """Return the version of the package."""
        return installed.package_version("openxml-audit")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        process = programs.run([*COMMAND, path.resolve()], seconds=time_limit(path))
        reports = parse_report(self.TITLE, process.stdout, list[_Report])
        if len(reports) != 1 or not reports[0].format.startswith("office"):
            raise StepError(f"{self.TITLE} did not recognise a Word file; the file was not checked.")
        (report,) = reports
        check_same_file(self.TITLE, path, report.file)
        has_errors = any(error.severity == "error" for error in report.errors)
        if report.valid == has_errors:
            raise contradiction(self.TITLE)
        check_exit_code(self.TITLE, process.returncode, has_problems=has_errors)
        if unreadable := next((error for error in report.errors if "not a valid ZIP" in error.description), None):
            raise StepError(f"{self.TITLE} cannot read the file: {unreadable.description.rstrip('.')}.")
        return completed(self, limit_repeats(_finding(error) for error in report.errors), ("ISO/IEC 29500",))


def _finding(error: _Error) -> Finding:
    severity = _SEVERITIES.get(error.severity, Severity.NOTE)
    rule = msgspec.structs.replace(WORD_SCHEMA, severity=severity, clause=f"openxml-audit {error.type}")
    location = " ".join(filter(None, (error.part_uri, error.path)))
    return rule.finding(f"{error.description.rstrip('.')}.", place=location)
