"""Word files against their schemas and the relations of their parts, by openxml-audit."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Severity
from exporter.validate.external import installed
from exporter.validate.external.open_xml_sdk import WORD_SCHEMA, shortened
from exporter.validate.external.tool_reports import agree, limit, read, same_file
from exporter.validate.validators import ValidationResult, ran

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
    """The check."""

    NAME = "openxml-audit"
    TITLE = "openxml-audit"
    SUFFIXES: tuple[str, ...] = (".docx",)
    EXTERNAL = True

    def missing(self) -> str:
        """Say what is not installed."""
        return installed.lacking(self.TITLE, ("openxml-audit==0.8.0",), ("openxml_audit",))

    def version(self) -> str:
        """Return the version of the package."""
        return installed.package_version("openxml-audit")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        done = programs.run([*COMMAND, path.resolve()], seconds=limit(path))
        reports = read(self.TITLE, done.stdout, list[_Report])
        if len(reports) != 1 or not reports[0].format.startswith("office"):
            raise StepError(f"{self.TITLE} did not judge the file as one of Word, and nothing is known of it.")
        (report,) = reports
        same_file(self.TITLE, path, report.file)
        bad = any(each.severity == "error" for each in report.errors)
        if report.valid == bad:
            raise StepError(f"{self.TITLE} contradicts itself, and nothing is known of the file.")
        agree(self.TITLE, code=done.returncode, bad=bad)
        if broken := next((each for each in report.errors if "not a valid ZIP" in each.description), None):
            raise StepError(f"{self.TITLE} cannot read the file: {broken.description.rstrip('.')}.")
        return ran(self, shortened([_finding(each) for each in report.errors]), ("ISO/IEC 29500",))


def _finding(each: _Error) -> Finding:
    severity = _SEVERITIES.get(each.severity, Severity.NOTE)
    rule = msgspec.structs.replace(WORD_SCHEMA, severity=severity, clause=f"openxml-audit {each.type}")
    place = " ".join(filter(None, (each.part_uri, each.path)))
    return rule.finding(f"{each.description.rstrip('.')}.", place=place)
