"""axe-core, a checker of the accessibility of web pages (WCAG 2.2), in Chromium.

`axe.mjs` beside this module opens the page by playwright-core, without a network and without the scripts of the page.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec

from exporter import programs
from exporter.findings import Finding, Rule, Severity
from exporter.offline import private
from exporter.validate.external import installed
from exporter.validate.external.tool_reports import (
    CHROMIUM_OFFLINE,
    axe_rule,
    check_same_file,
    contradiction,
    last_line,
    parse_report,
    time_limit,
)
from exporter.validate.validators import NoResultError, ValidationResult, completed, limit_repeats

HTML_ACCESSIBILITY = Rule(
    id="html-accessibility",
    severity=Severity.ERROR,
    sentence="The page is accessible, as far as axe-core can check.",
    advice="See the description of this rule by axe-core.",
)
RULES = (HTML_ACCESSIBILITY,)
_PROGRAM = Path(__file__).with_suffix(".mjs")
_PLAYWRIGHT, _AXE = "playwright-core/index.mjs", "axe-core/axe.min.js"
_FLAGS = (
    "--no-sandbox",  # it does not start for root otherwise, and runs no scripts of the page
    "--disable-gpu",
    "--disable-background-networking",
    *CHROMIUM_OFFLINE,
)


class _Violation(msgspec.Struct):
    id: str
    impact: str
    help: str
    url: str
    tags: list[str]
    nodes: list[str]


class _Report(msgspec.Struct):
    source: str
    passes: int
    failed: int
    violations: list[_Violation]


class Axe:
    """The validator axe-core."""

    NAME = "axe"
    TITLE = "axe-core"
    SUFFIXES: tuple[str, ...] = (".html",)
    EXTERNAL = True

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        files = {"axe-core": _AXE, "playwright-core": _PLAYWRIGHT}
        return installed.missing_for_node(self.TITLE, files, is_browser_needed=True)

    def version(self) -> str:
        """Return the version of axe-core."""
        return installed.npm_version("axe-core")

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        request = {
            "page": str(path.resolve()),
            "program": installed.chromium(),
            "flags": _FLAGS,
            "playwright": str(installed.npm_file(_PLAYWRIGHT)),
            "axe": str(installed.npm_file(_AXE)),
        }
        with installed.chromium_folder() as folder:
            env = {**os.environ, **private(folder)}
            process = programs.run(["node", _PROGRAM, json.dumps(request)], seconds=time_limit(path), env=env)
        if process.returncode:
            raise NoResultError(f"{self.TITLE} could not open the file; it was not checked{last_line(process.stderr)}.")
        report = parse_report(self.TITLE, process.stdout, _Report)
        check_same_file(self.TITLE, path, report.source)
        if report.failed != len(report.violations):
            raise contradiction(self.TITLE)
        if not report.passes and not report.failed:
            raise NoResultError(f"{self.TITLE} found nothing to check in the file; it was not checked.")
        findings = (_finding(violation, node) for violation in report.violations for node in violation.nodes)
        return completed(self, limit_repeats(findings), ("WCAG 2.2 AA",))


def _finding(violation: _Violation, node: str) -> Finding:
    rule = axe_rule(HTML_ACCESSIBILITY, f"axe {violation.id}", violation.tags, violation.impact)
    return rule.finding(f"{violation.help.rstrip('.')}.", place=node, advice=f"See {violation.url}")
