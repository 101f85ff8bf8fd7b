"""page-validation, a fast validator of PDF/UA-1 and PDF/A-1 to 3 without Java, which is installed with exporter.

It is independent of veraPDF: where the two differ, one of them is wrong. It is native code and runs in a separate
process, so that a crash ends only that. Of PDF/UA-2, which it does not know, it checks what PDF/UA-1 asks as well.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from exporter import programs
from exporter.errors import StepError, TimedOutError
from exporter.findings import Finding, Rule
from exporter.inspect.pdf import open_pdf
from exporter.validate.external import installed
from exporter.validate.external.claimed_standards import Profile
from exporter.validate.external.tool_reports import check_same_file, contradiction, last_line, parse_report, time_limit
from exporter.validate.external.verapdf import PDF_STANDARD, UNCLAIMED, profiles_for
from exporter.validate.validators import OutOfScopeError, ValidationResult, completed, limit_repeats

_NAMES = {
    Profile.UA_1: "ua1",
    Profile.UA_2: "ua1",
    **{
        profile: profile.name.removeprefix("A_").lower()
        for profile in Profile
        if profile.name[:3] in {"A_1", "A_2", "A_3"}
    },
}
"""The profiles of page-validation, by its names for them."""
_PROGRAM = "import sys, page; print(page.validate_pdf(sys.argv[1], profile=sys.argv[2]).to_json())"
COMMAND = (sys.executable, "-c", _PROGRAM)
"""Command, to be followed by a path and the name of a profile."""


_SECONDS = 15
"""Seconds for a small file, which takes 0.5, and many times that beside other steps; one of 3 MB takes 1.5."""


class _Id(msgspec.Struct):
    object_number: int
    generation: int = 0


_CHANGED_IN_UA_2 = frozenset(
    f"PDFUA1-{name}-001"
    for name in ("HEADER", "ID-PART", "LINK-CONTENTS", "FORMULA-ALTERNATIVE-TEXT", "STRUCT-TREE-ROLE-MAP")
)
"""Rules of PDF/UA-1 that PDF/UA-2 does not have: version, Contents of links, alt text of formulas, types of PDF 1.7."""
_STREAM_LENGTH = re.compile(r"PDFA[123][ABU]-STREAM-LENGTH-001")
"""Rule under which version 0.11.0 mistakes a carriage return as last byte of the data for the end of line before
`endstream`, as in one of 256 compressed streams (by ISO 19005-2, 6.1.7.1 the length covers the data alone)."""


_CHECKPOINTS = (
    (
        "28",
        r"PAGE-TABS|LINK|ANNOTATION|TRAPNET|WIDGET|FORM-(?:FIELD-TU-ALT|STRUCTURE|CHILDREN)|MEDIA-CLIP|PRINTER-MARK",
    ),
    ("11", r".*LANGUAGE"),
    ("01", r"ARTIFACT|CONTENT|TAGGED|SUSPECTS"),
    ("02", r"STRUCT-TREE-ROLE-MAP"),
    ("06", r"HEADER|ID|METADATA"),
    ("07", r"VIEWER-PREFERENCES"),
    ("09", r"STRUCT|TOCI?|T(?:BODY|D|FOOT|H|HEAD|R)|L|LI|LBODY|TABLE"),
    ("10", r"FONT-UNICODE"),
    ("13", r"FIGURE"),
    ("14", r"HEADING"),
    ("15", r"TABLE"),
    ("16", r"L|LI|LBODY"),
    ("17", r"FORMULA"),
    ("19", r"NOTE"),
    ("20", r"OPTIONAL-CONTENT"),
    ("21", r"FILE-SPEC"),
    ("25", r"DYNAMIC-XFA"),
    ("26", r"ENCRYPTION"),
    ("30", r"FORM-REFERENCE"),
    ("31", r"CID|CIDTOGIDMAP|CMAP|FONT|NOTDEF|TRUETYPE|TYPE0"),
)
"""Checkpoints of the Matterhorn Protocol, with the beginnings of the names of rules that test them."""


class _Failure(msgspec.Struct):
    rule_id: str
    message: str
    object_id: _Id | None = None


class _Report(msgspec.Struct):
    source: str
    profile: str
    is_compliant: bool
    rules: dict[str, int]
    failures: list[_Failure]


class PageValidation:
    """The validator page-validation."""

    NAME = "page-validation"
    TITLE = "page-validation"
    SUFFIXES: tuple[str, ...] = (".pdf",)
    EXTERNAL = False

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        return installed.missing_packages(self.TITLE, ("page-validation==0.11.0",), ("page",))

    def version(self) -> str:
        """Return the version of the package."""
        return installed.package_version("page-validation")

    def check(self, path: Path) -> ValidationResult:
        """Check a file against the profiles that it claims, as far as page-validation has them."""
        profiles, claimed = profiles_for(path, self.TITLE)
        supported = [profile for profile in profiles if profile in _NAMES]
        if not supported:
            names = " and ".join(profile.title for profile in profiles)
            raise OutOfScopeError(f"{self.TITLE} was skipped: it has no profile for {names}.")
        rule = PDF_STANDARD if claimed else UNCLAIMED
        findings = [finding for profile in supported for finding in self._check_profile(path, profile, rule)]
        titles = tuple(profile.title for profile in supported if profile is not Profile.UA_2)
        return completed(self, findings, titles)

    def _check_profile(self, path: Path, profile: Profile, rule: Rule) -> list[Finding]:
        limit = time_limit(path, _SECONDS)
        try:
            process = programs.run([*COMMAND, str(path.resolve()), _NAMES[profile]], seconds=limit)
        except TimedOutError as error:
            reason = f"it did not finish within {limit:.0f} seconds"
            raise StepError(f"{self.TITLE} cannot read the file; it was not checked: {reason}.") from error
        if process.returncode:
            raise StepError(f"{self.TITLE} cannot read the file; it was not checked{last_line(process.stderr)}.")
        report = parse_report(self.TITLE, process.stdout, _Report)
        check_same_file(self.TITLE, path, report.source)
        if report.is_compliant == bool(report.failures) or report.profile != _NAMES[profile]:
            raise contradiction(self.TITLE)
        length_failures = [failure for failure in report.failures if _STREAM_LENGTH.fullmatch(failure.rule_id)]
        false_failures = _false_length_failures(path, length_failures)
        return limit_repeats(
            _finding(rule, profile, failure)
            for failure in report.failures
            if failure not in false_failures and not (profile is Profile.UA_2 and failure.rule_id in _CHANGED_IN_UA_2)
        )


def _false_length_failures(path: Path, failures: list[_Failure]) -> list[_Failure]:
    """Return the failures about streams whose length is correct and whose last byte is a carriage return.

    A failure that names no stream may be about any stream: it is false if all lengths are correct.
    """
    import pikepdf

    if not failures:
        return []
    file_data = path.read_bytes()
    false_failures = []
    with open_pdf(path) as opened:
        file = opened.pdf
        streams: list[Any]
        for failure in failures:
            if failure.object_id is None:
                streams = [obj for obj in file.objects if isinstance(obj, pikepdf.Stream)]
            else:
                streams = [file.get_object(failure.object_id.object_number, failure.object_id.generation)]
            last_bytes = [stream.read_raw_bytes()[-1:] for stream in streams]
            if b"\r" in last_bytes and all(_has_correct_length(stream, file_data) for stream in streams):
                false_failures.append(failure)
    return false_failures


def _has_correct_length(stream: Any, file_data: bytes) -> bool:
    data = stream.read_raw_bytes()
    is_terminated = any(data + line_end + b"endstream" in file_data for line_end in (b"\n", b"\r\n"))
    return bool(stream.Length == len(data)) and is_terminated


def _finding(rule: Rule, profile: Profile, failure: _Failure) -> Finding:
    location = f"object {failure.object_id.object_number}" if failure.object_id else ""
    message = f"{profile.title}: {failure.message.rstrip('.')}."
    clause = "; ".join((f"{profile.title}, {failure.rule_id}", *checkpoints(failure.rule_id)))
    return msgspec.structs.replace(rule, clause=clause).finding(message, place=location)


def checkpoints(rule_id: str) -> list[str]:
    """Return the checkpoints that a rule of PDF/UA-1 tests."""
    name = rule_id.removeprefix("PDFUA1-")
    numbers = [number for number, pattern in _CHECKPOINTS if re.match(rf"(?:{pattern})-", name)]
    return [f"MP {number}" for number in numbers] if name != rule_id else []
