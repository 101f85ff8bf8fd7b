"""PDF/UA-1 and PDF/A-1 to 3 by page-validation: no Java, and done in a blink.

It is a second judge: where it and veraPDF differ, one of them is wrong. It is native code, so it runs in a process of
its own.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Rule
from exporter.inspect.pdf import open_pdf
from exporter.validate.external import installed
from exporter.validate.external.claimed_standards import Profile
from exporter.validate.external.tool_reports import limit, read, same_file, tail
from exporter.validate.external.verapdf import PDF_STANDARD, UNCLAIMED, held
from exporter.validate.validators import OutOfScopeError, ValidationResult, ran

_NAMES = {
    Profile.UA_1: "ua1",
    **{
        profile: profile.name.removeprefix("A_").lower()
        for profile in Profile
        if profile.name[:3] in {"A_1", "A_2", "A_3"}
    },
}
"""The profiles that it knows, by its own names."""
_PROGRAM = "import sys, page; print(page.validate_pdf(sys.argv[1], profile=sys.argv[2]).to_json())"
COMMAND = (sys.executable, "-c", _PROGRAM)
"""Takes a path and the name of a profile."""
MOST = 20


class _Id(msgspec.Struct):
    object_number: int
    generation: int = 0


_LENGTH = re.compile(r"PDFA[123][ABU]-STREAM-LENGTH-001")
"""Rule under which version 0.11.0 takes a last byte of data that is a carriage return for the end of the line before
`endstream`, as one compressed stream in 256 has it (ISO 19005-2, 6.1.7.1 counts the data alone)."""


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
    """The check."""

    NAME = "page-validation"
    TITLE = "page-validation"
    SUFFIXES: tuple[str, ...] = (".pdf",)
    EXTERNAL = True

    def missing(self) -> str:
        """Say what is not installed."""
        return installed.lacking(self.TITLE, ("page-validation==0.11.0",), ("page",))

    def version(self) -> str:
        """Return the version of the package."""
        return installed.package_version("page-validation")

    def check(self, path: Path) -> ValidationResult:
        """Hold a file against what it claims, as far as the judge knows it."""
        profiles, claimed = held(path, self.TITLE)
        known = [profile for profile in profiles if profile in _NAMES]
        if not known:
            names = " and ".join(profile.title for profile in profiles)
            raise OutOfScopeError(f"{self.TITLE} does not know {names}, which the file is to be held against.")
        rule = PDF_STANDARD if claimed else UNCLAIMED
        found = [finding for profile in known for finding in self._judge(path, profile, rule)]
        return ran(self, found, tuple(profile.title for profile in known))

    def _judge(self, path: Path, profile: Profile, rule: Rule) -> list[Finding]:
        done = programs.run([*COMMAND, str(path.resolve()), _NAMES[profile]], seconds=limit(path))
        if done.returncode:
            raise StepError(f"{self.TITLE} cannot read the file, and nothing is known of it{tail(done.stderr)}.")
        report = read(self.TITLE, done.stdout, _Report)
        same_file(self.TITLE, path, report.source)
        if report.is_compliant == bool(report.failures) or report.profile != _NAMES[profile]:
            raise StepError(f"{self.TITLE} contradicts itself, and nothing is known of the file.")
        told: dict[str, int] = {}
        found = []
        sound = _ending_in_a_return(path, [each for each in report.failures if _LENGTH.fullmatch(each.rule_id)])
        for failure in report.failures:
            if failure in sound:
                continue
            told[failure.rule_id] = told.get(failure.rule_id, 0) + 1
            if told[failure.rule_id] <= MOST:
                found.append(_finding(rule, profile, failure))
        return found


def _ending_in_a_return(path: Path, failures: list[_Failure]) -> list[_Failure]:
    """Return the failures about streams whose length is right and whose last byte is a carriage return.

    A failure that names no stream may be about any: it is one of them when all lengths are right.
    """
    import pikepdf

    if not failures:
        return []
    whole = path.read_bytes()
    sound = []
    with open_pdf(path) as opened:
        file = opened.pdf
        streams: list[Any]
        for failure in failures:
            if failure.object_id is None:
                streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
            else:
                streams = [file.get_object(failure.object_id.object_number, failure.object_id.generation)]
            ends = [each.read_raw_bytes()[-1:] for each in streams]
            if b"\r" in ends and all(_is_right(each, whole) for each in streams):
                sound.append(failure)
    return sound


def _is_right(stream: Any, whole: bytes) -> bool:
    data = stream.read_raw_bytes()
    ends = any(data + line + b"endstream" in whole for line in (b"\n", b"\r\n"))
    return bool(stream.Length == len(data)) and ends


def _finding(rule: Rule, profile: Profile, failure: _Failure) -> Finding:
    place = f"object {failure.object_id.object_number}" if failure.object_id else ""
    message = f"{profile.title}: {failure.message.rstrip('.')}."
    clause = f"{profile.title}, {failure.rule_id}"
    return msgspec.structs.replace(rule, clause=clause).finding(message, place=place)
