"""Ace by DAISY, a checker of the accessibility of EPUBs (EPUB Accessibility 1.1).

A program for Node.js that opens every document of the book in Chromium.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import msgspec

from exporter import programs
from exporter.findings import Finding, Rule, Severity
from exporter.offline import private
from exporter.validate.external import installed
from exporter.validate.external.tool_reports import (
    CHROMIUM_OFFLINE,
    axe_rule,
    check_exit_code,
    contradiction,
    last_line,
    parse_report,
    time_limit,
)
from exporter.validate.validators import NoResultError, ValidationResult, completed, limit_repeats

EPUB_ACCESSIBILITY = Rule(
    id="epub-accessibility",
    severity=Severity.ERROR,
    sentence="The EPUB is accessible, as far as Ace can check.",
    advice="See the DAISY knowledge base about this rule.",
)
RULES = (EPUB_ACCESSIBILITY,)
_BUSY_FACTOR = 20
"""Factor by which a time limit can be extended on a busy machine (see `exporter.timeouts`)."""
_MAIN = "@daisy/ace-cli/bin/ace.js"
_VIOLATIONS = 2
"""Exit code under -E if there are violations."""
_COLOUR = re.compile(r"\x1b\[\d+m")
_ERROR_LINE = re.compile(r"(?:\x1b\[\d+m)?error")
"""The beginning of an error in Ace's log, which may be coloured."""


class _Subject(msgspec.Struct):
    url: str = ""


class _Pointer(msgspec.Struct):
    css: list[object] = []


class _Result(msgspec.Struct):
    outcome: str = msgspec.field(name="earl:outcome")
    description: str = msgspec.field(name="dct:description", default="")
    pointer: _Pointer = msgspec.field(name="earl:pointer", default_factory=_Pointer)


class _Help(msgspec.Struct):
    url: str = ""
    description: str = msgspec.field(name="dct:description", default="")


class _Test(msgspec.Struct):
    title: str = msgspec.field(name="dct:title")
    impact: str = msgspec.field(name="earl:impact", default="")
    help: _Help = msgspec.field(default_factory=_Help)
    tags: list[str] = msgspec.field(name="rulesetTags", default_factory=list)


class _Assertion(msgspec.Struct):
    test: _Test = msgspec.field(name="earl:test")
    result: _Result = msgspec.field(name="earl:result")


class _Document(msgspec.Struct):
    assertions: list[_Assertion]
    subject: _Subject = msgspec.field(name="earl:testSubject")


class _Report(msgspec.Struct):
    assertions: list[_Document]
    result: _Result = msgspec.field(name="earl:result")


class Ace:
    """The validator Ace by DAISY."""

    NAME = "ace"
    TITLE = "Ace by DAISY"
    SUFFIXES: tuple[str, ...] = (".epub",)
    EXTERNAL = True

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        return installed.missing_for_node(self.TITLE, {"@daisy/ace-cli": _MAIN}, is_browser_needed=True)

    def version(self) -> str:
        """Return the version of Ace."""
        return installed.npm_version("@daisy/ace-cli")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        program = installed.npm_file(_MAIN)
        assert program is not None
        with installed.chromium_folder() as folder:
            process, report_path = _run(program, path, folder)
            if not report_path.is_file():
                reason = _last_error(folder) or last_line(process.stderr)
                raise NoResultError(f"{self.TITLE} wrote no report; the file was not checked{reason}.")
            report = parse_report(self.TITLE, report_path.read_bytes(), _Report)
        findings = [
            _finding(assertion, document.subject.url)
            for document in report.assertions
            for assertion in document.assertions
        ]
        if (report.result.outcome != "pass") != bool(findings):
            raise contradiction(self.TITLE)
        check_exit_code(self.TITLE, process.returncode, has_problems=bool(findings), problem_codes=(_VIOLATIONS,))
        return completed(self, limit_repeats(findings), ("EPUB Accessibility 1.1", "WCAG 2.2 AA"))


def _run(program: Path, path: Path, folder: Path) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """Run Ace; return the ended process, and the path of its report."""
    # Ace writes settings and a log into the home folder; `private` puts those of this run next to its report.
    browser = {"PUPPETEER_EXECUTABLE_PATH": str(_offline_browser(folder))}
    env = {**os.environ, **private(folder), **_timeouts(time_limit(path)), **browser}
    out = folder / "report"
    # -E: exit code 2 if there are violations, which is compared with the report.
    options: list[str | Path] = ["--silent", "--force", "-E", "--lang", "en", "--outdir", out]
    process = programs.run(["node", program, *options, path.resolve()], seconds=time_limit(path), env=env)
    return process, out / "report.json"


def _offline_browser(folder: Path) -> Path:
    """Write a program that starts Chromium without a network: Ace takes the path of a browser, not its options."""
    path = folder / "browser"
    path.write_text(
        f'#!/bin/sh\nexec {shlex.quote(installed.chromium())} "$@" {shlex.join(CHROMIUM_OFFLINE)}\n', "utf-8"
    )
    path.chmod(0o700)
    return path


def _last_error(folder: Path) -> str:
    """Return the last error in Ace's log, in brackets; empty if there is none."""
    logs = sorted(folder.rglob("*.log"))
    lines = "".join(log.read_text("utf-8", "replace") for log in logs).splitlines()
    errors = [line.partition("error")[2] for line in lines if _ERROR_LINE.match(line)]
    return f" ({_COLOUR.sub('', errors[-1]).strip(' .:')[:200]})" if errors else ""


def _timeouts(seconds: float) -> dict[str, str]:
    """Return environment variables that set the time limits of Ace above the time limit of the check.

    By default Ace gives Chromium five seconds to start, too few on a busy machine, and then crashes without a report.
    """
    return dict.fromkeys(("ACE_TIMEOUT_INITIAL", "ACE_TIMEOUT_EXTENSION"), str(round(seconds * 1000 * _BUSY_FACTOR)))


def _finding(assertion: _Assertion, document: str) -> Finding:
    test = assertion.test
    rule = axe_rule(EPUB_ACCESSIBILITY, f"Ace {test.title}", test.tags, test.impact)
    first_line = next(iter(assertion.result.description.strip().splitlines()), "")
    message = ". ".join(filter(None, (assertion.test.help.description.rstrip("."), first_line.rstrip(".")))) + "."
    selector = " ".join(str(css) for css in assertion.result.pointer.css[:1])
    advice = f"See {assertion.test.help.url}" if assertion.test.help.url else ""
    return rule.finding(message, place=" ".join(filter(None, (document, selector))), advice=advice)
