"""Errors of steps as findings, so that the report lists them with all others."""

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
    separate_errors,
)
from exporter.findings import Finding, Rule, Severity
from exporter.pipeline.execution.step_errors import StepCrashError, StepMemoryError, StepTimeoutError

SOURCE_UNREADABLE = Rule(
    "source-unreadable", Severity.ERROR, "The manuscript can be read.", "Fix the manuscript and export again."
)
SETTINGS_WRONG = Rule(
    "settings-wrong",
    Severity.ERROR,
    "All settings are known and have valid values.",
    "Fix the settings and export again.",
)
TOOL_MISSING = Rule(
    "tool-missing",
    Severity.ERROR,
    "All software that an edition requires is installed.",
    "To list what is missing, run: exporter doctor",
)
UNAVAILABLE = Rule(
    "edition-unavailable",
    Severity.WARNING,
    "Every edition can be made here, and in the language of the publication.",
    "To list what is missing, run: exporter doctor",
)
"""Of an edition that nobody has named; one that is named has failed."""
STEP_FAILED = Rule("step-failed", Severity.ERROR, "Every edition can be created.", "Export again.")
STEP_CRASHED = Rule(
    "step-crashed",
    Severity.ERROR,
    "No step crashes.",
    "This is a fault of exporter, not of your manuscript; please report it with the crash report that the run names.",
)
STEP_TOO_LONG = Rule(
    "step-too-long",
    Severity.ERROR,
    "Every step ends within its time limit.",
    "Find what is unusually long or deeply nested, such as a paragraph or a table, and divide it; if the publication "
    "really is that long, increase time_limit under [export] in the settings.",
)
STEP_TOO_LARGE = Rule(
    "step-too-large",
    Severity.ERROR,
    "Every step needs no more memory than it may use.",
    "Find what is unusually large, such as a table, a formula or a drawing, and simplify it, or split the publication; "
    "--memory allows more.",
)
OUTPUT_UNWRITABLE = Rule(
    "output-unwritable",
    Severity.ERROR,
    "The output folder and the store can be written.",
    "Free disk space, or use another folder.",
)
CHECK_FAILED = Rule(
    "check-failed",
    Severity.WARNING,
    "Every edition is compared with its manuscript and checked.",
    "Export again to repeat the check; until it is completed, problems may remain unnoticed.",
)

_RULES: tuple[tuple[type[BaseException], Rule], ...] = (
    (StepTimeoutError, STEP_TOO_LONG),
    (StepMemoryError, STEP_TOO_LARGE),
    (StepCrashError, STEP_CRASHED),
    (BrokenExecutor, STEP_CRASHED),
    (SourceError, SOURCE_UNREADABLE),
    (SettingsError, SETTINGS_WRONG),
    (MissingToolError, TOOL_MISSING),
    (OutputError, OUTPUT_UNWRITABLE),
    (ExporterError, STEP_FAILED),
)


def findings(error: BaseException, title: str, *, edition: str = "", is_check: bool = False) -> tuple[Finding, ...]:
    """Return the findings for an error that ended a step: one, or one for each of several errors.

    Args:
        error: What was raised.
        title: What the step does, as the subject of a sentence.
        edition: Name of its edition.
        is_check: Whether the step only examines a finished edition.
    """
    return tuple(_finding(single, title, edition, is_check=is_check) for single in separate_errors(error))


def _finding(error: BaseException, title: str, edition: str, *, is_check: bool) -> Finding:
    rule = _rule(error, is_check=is_check)
    if isinstance(error, ExporterError) and rule not in (STEP_CRASHED, STEP_TOO_LONG, STEP_TOO_LARGE, CHECK_FAILED):
        return rule.finding(error.message, error.source, advice=error.advice, edition=edition)
    reason = error.message if isinstance(error, ExporterError) else f"{type(error).__name__}: {error}"
    reason = re.sub(r"\s+", " ", reason).strip().rstrip(".")
    verb = "" if reason.startswith(("crashed", "was killed", "ended", "timed out", "did not", "needed")) else "failed: "
    return rule.finding(f"{title} {verb}{reason}.", edition=edition)


def code_of(error: BaseException, *, is_check: bool = False) -> ExitCode:
    """Return the exit code for an error; that of a check that failed is 0."""
    if all(_rule(single, is_check=is_check) is CHECK_FAILED for single in separate_errors(error)):
        return ExitCode.DONE
    return error.exit_code if isinstance(error, ExporterError) else ExitCode.STEP


def _rule(error: BaseException, *, is_check: bool) -> Rule:
    rule = next((rule for kind, rule in _RULES if isinstance(error, kind)), STEP_CRASHED)
    return CHECK_FAILED if is_check and rule in (STEP_CRASHED, STEP_TOO_LONG, STEP_TOO_LARGE, STEP_FAILED) else rule
