"""Errors of steps as findings, so that they stand in the report beside what else was found."""

from __future__ import annotations

import re
from concurrent.futures import BrokenExecutor

from exporter.errors import (
    ExitCode,
    ExporterError,
    MissingToolError,
    OutputError,
    SettingsError,
    SourceError,
)
from exporter.findings import Finding, Rule, Severity
from exporter.pipeline.pool import StepCrashError, StepTimeoutError

SOURCE_UNREADABLE = Rule(
    "source-unreadable", Severity.ERROR, "The manuscript can be read.", "Mend the manuscript and export again."
)
SETTINGS_WRONG = Rule(
    "settings-wrong", Severity.ERROR, "The settings are known and of the right kind.", "Mend the settings."
)
TOOL_MISSING = Rule(
    "tool-missing",
    Severity.ERROR,
    "All that an edition needs is installed.",
    "See what is missing with: exporter doctor",
)
STEP_FAILED = Rule("step-failed", Severity.ERROR, "Every edition can be made.", "Export again.")
STEP_CRASHED = Rule(
    "step-crashed",
    Severity.ERROR,
    "No step crashes.",
    "This is a mistake of the exporter or of a library, not of the manuscript; the other editions are not touched.",
)
STEP_TOO_LONG = Rule(
    "step-too-long",
    Severity.ERROR,
    "Every step ends within its time limit.",
    "Raise time_limit under [export] in the settings if the publication is really that long.",
)
OUTPUT_UNWRITABLE = Rule(
    "output-unwritable",
    Severity.ERROR,
    "The output folder and the store can be written.",
    "Make room, or name another.",
)

_RULES: tuple[tuple[type[BaseException], Rule], ...] = (
    (StepTimeoutError, STEP_TOO_LONG),
    (StepCrashError, STEP_CRASHED),
    (BrokenExecutor, STEP_CRASHED),
    (SourceError, SOURCE_UNREADABLE),
    (SettingsError, SETTINGS_WRONG),
    (MissingToolError, TOOL_MISSING),
    (OutputError, OUTPUT_UNWRITABLE),
    (ExporterError, STEP_FAILED),
)

_NAMES = {
    "parse": "Reading the manuscript",
    "prepare": "Preparing the text and its pictures",
    "lint": "Checking the manuscript",
    "report": "Writing the report",
    "publish": "Putting the files into the output folder",
}


def name_of(step: str) -> str:
    """Give a step in words."""
    return _NAMES.get(step) or f"Making the edition “{step.partition(':')[2]}”"


def finding(error: BaseException, step: str) -> Finding:
    """Give the finding for an error that ended a step.

    Args:
        error: What was raised.
        step: Name of the step.
    """
    rule = next((rule for kind, rule in _RULES if isinstance(error, kind)), STEP_CRASHED)
    edition = step.partition(":")[2]
    if isinstance(error, ExporterError) and rule not in (STEP_CRASHED, STEP_TOO_LONG):
        return rule.finding(error.message, error.source, advice=error.advice, edition=edition)
    what = error.message if isinstance(error, ExporterError) else f"{type(error).__name__}: {error}"
    what = re.sub(r"\s+", " ", what).strip().rstrip(".")
    if rule is STEP_TOO_LONG:
        return rule.finding(f"{name_of(step)} {what}.", edition=edition)
    verb = "" if what.startswith(("crashed", "was ended", "ended")) else "failed: "
    return rule.finding(f"{name_of(step)} {verb}{what}.", edition=edition)


def code_of(error: BaseException) -> ExitCode:
    """Give the exit code that an error asks for."""
    return error.exit_code if isinstance(error, ExporterError) else ExitCode.STEP
