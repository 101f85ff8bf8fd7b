"""The accessibility of an EPUB by Ace, the checker of the DAISY Consortium.

It is a program for Node.js that opens every document of the book in Chromium.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Rule, Severity
from exporter.offline import private
from exporter.validate.external import installed
from exporter.validate.external.tool_reports import agree, limit, read, tail
from exporter.validate.validators import ValidationResult, ran

EPUB_ACCESSIBILITY = Rule(
    id="epub-accessibility",
    severity=Severity.ERROR,
    sentence="Everybody can read the EPUB, as far as Ace can tell.",
    advice="The page of DAISY about it says more.",
)
RULES = (EPUB_ACCESSIBILITY,)
MOST = 20
"""Places that are told for one rule."""
_STARVED = 20
"""Times its length that a limit of ours can last on a busy machine (see `exporter.timeouts`)."""
_MAIN = "@daisy/ace-cli/bin/ace.js"
_VIOLATIONS = 2
"""Exit code under -E when something was found."""
_SEVERITIES = {"critical": Severity.ERROR, "serious": Severity.ERROR}
_ROOM = 50
"""Bytes of path that Chromium needs for its socket: it does not start without."""
_OFFLINE = ("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-component-update")
_COLOUR = re.compile(r"\x1b\[\d+m")
_MISTAKE = re.compile(r"(?:\x1b\[\d+m)?error")
"""The line of a mistake in its log, which may be coloured."""
_WCAG = re.compile(r"wcag(\d)(\d)(\d+)")


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
    """The check."""

    NAME = "ace"
    TITLE = "Ace by DAISY"
    SUFFIXES: tuple[str, ...] = (".epub",)
    EXTERNAL = True

    def missing(self) -> str:
        """Say what is not installed."""
        gone = [
            name
            for name, there in (
                ("@daisy/ace-cli", installed.npm_file(_MAIN)),
                ("Node.js", shutil.which("node")),
                ("Chromium", installed.browser()),
            )
            if not there
        ]
        return f"{self.TITLE} is not installed ({', '.join(gone)}). {installed.install()}" if gone else ""

    def version(self) -> str:
        """Return the version of Ace."""
        return installed.npm_version("@daisy/ace-cli")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        program = installed.npm_file(_MAIN)
        assert program is not None
        folder = programs.socket_folder(_ROOM)
        try:
            done, report = _run(program, path, folder)
            if not report.is_file():
                why = _said(folder) or tail(done.stderr)
                raise StepError(f"{self.TITLE} wrote no report, and nothing is known of the file{why}.")
            judged = read(self.TITLE, report.read_bytes(), _Report)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        every = [(each, document.subject.url) for document in judged.assertions for each in document.assertions]
        if (judged.result.outcome != "pass") != bool(every):
            raise StepError(f"{self.TITLE} contradicts itself, and nothing is known of the file.")
        agree(self.TITLE, code=done.returncode, bad=bool(every), codes=(_VIOLATIONS,))
        return ran(self, _findings(every), ("EPUB Accessibility 1.1", "WCAG 2.2 AA"))


def _run(program: Path, path: Path, folder: Path) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """Run Ace; gives how it ended, and where its report should be."""
    # It keeps settings and a log in the home of whoever runs it; those of this run lie with its report.
    browser = {"PUPPETEER_EXECUTABLE_PATH": str(_offline_browser(folder))}
    env = {**os.environ, **private(folder), **_patience(limit(path)), **browser}
    out = folder / "report"
    # -E: exit code 2 when something is found, which is held against the report.
    options: list[str | Path] = ["--silent", "--force", "-E", "--lang", "en", "--outdir", out]
    done = programs.run(["node", program, *options, path.resolve()], seconds=limit(path), env=env)
    return done, out / "report.json"


def _offline_browser(folder: Path) -> Path:
    """Write a program that starts Chromium without a network: Ace takes the path of a browser, not its options."""
    path = folder / "browser"
    path.write_text(f'#!/bin/sh\nexec {shlex.quote(installed.browser())} "$@" {shlex.join(_OFFLINE)}\n', "utf-8")
    path.chmod(0o700)
    return path


def _said(folder: Path) -> str:
    """Return the last mistake that Ace wrote into its log, in brackets; empty when there is none."""
    logs = sorted(folder.rglob("*.log"))
    lines = "".join(log.read_text("utf-8", "replace") for log in logs).splitlines()
    mistakes = [line.partition("error")[2] for line in lines if _MISTAKE.match(line)]
    return f" ({_COLOUR.sub('', mistakes[-1]).strip(' .:')[:200]})" if mistakes else ""


def _patience(seconds: float) -> dict[str, str]:
    """Return Ace our own time limit in place of those of its own.

    It gives Chromium five seconds to start, which a busy machine takes, and then breaks down without a report.
    """
    # Ours ends it first; so theirs never does.
    return dict.fromkeys(("ACE_TIMEOUT_INITIAL", "ACE_TIMEOUT_EXTENSION"), str(round(seconds * 1000 * _STARVED)))


def _findings(every: list[tuple[_Assertion, str]]) -> list[Finding]:
    found: list[Finding] = []
    told: dict[str, int] = {}
    for each, document in every:
        told[each.test.title] = told.get(each.test.title, 0) + 1
        if told[each.test.title] <= MOST:
            found.append(_finding(each, document))
    return found


def _finding(each: _Assertion, document: str) -> Finding:
    clauses = [f"WCAG {'.'.join(match.groups())}" for tag in each.test.tags if (match := _WCAG.fullmatch(tag))]
    clause = "; ".join((f"Ace {each.test.title}", *clauses))
    severity = _SEVERITIES.get(each.test.impact, Severity.WARNING)
    rule = msgspec.structs.replace(EPUB_ACCESSIBILITY, severity=severity, clause=clause)
    first = next(iter(each.result.description.strip().splitlines()), "")
    message = ". ".join(filter(None, (each.test.help.description.rstrip("."), first.rstrip(".")))) + "."
    at = " ".join(str(css) for css in each.result.pointer.css[:1])
    advice = f"See {each.test.help.url}" if each.test.help.url else ""
    return rule.finding(message, place=" ".join(filter(None, (document, at))), advice=advice)
