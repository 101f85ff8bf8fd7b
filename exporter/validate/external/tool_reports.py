"""Time limits and reports of validators that are programs; a report is trusted only if it agrees with the exit code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from exporter.errors import StepError
from exporter.findings import Rule, Severity

T = TypeVar("T")
CHROMIUM_OFFLINE = ("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-component-update")
"""Options with which Chromium reaches no network."""
_CRITERION = re.compile(r"wcag(\d)(\d)(\d+)")
_ERRORS = {"critical", "serious"}


def time_limit(path: Path, least: float = 120) -> float:
    """Return the seconds that a validator may take for a file, by its size; `least` for the smallest."""
    try:
        megabytes = path.stat().st_size / 1e6
    except OSError:
        megabytes = 0.0
    return min(least + 20 * megabytes, 900)


def parse_report(title: str, data: bytes | str, shape: type[T]) -> T:
    """Parse the JSON report of a validator.

    Raises:
        StepError: It is invalid.
    """
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StepError(f"{title} returned an invalid report; the file was not checked.") from error


def axe_rule(rule: Rule, name: str, tags: Iterable[str], impact: str) -> Rule:
    """Return a rule with the clauses and the severity of one of axe-core, which Ace uses too."""
    criteria = [f"WCAG {'.'.join(match.groups())}" for tag in tags if (match := _CRITERION.fullmatch(tag))]
    severity = Severity.ERROR if impact in _ERRORS else Severity.WARNING
    return msgspec.structs.replace(rule, severity=severity, clause="; ".join((name, *criteria)))


def contradiction(title: str, detail: str = "") -> StepError:
    """Return the error for a validator whose results contradict each other."""
    return StepError(f"{title} returned contradictory results{detail}; the file was not checked.")


def check_exit_code(title: str, code: int, *, has_problems: bool, problem_codes: tuple[int, ...] = (1,)) -> None:
    """Check that the exit code of a validator agrees with its report.

    Args:
        title: The validator.
        code: Its exit code.
        has_problems: Whether its report contains problems.
        problem_codes: Its exit codes for a file with problems.

    Raises:
        StepError: They do not agree.
    """
    if code not in (0, *problem_codes):
        raise StepError(f"{title} crashed (exit code {code}); the file was not checked.")
    if (code != 0) != has_problems:
        problems = "problems" if has_problems else "no problems"
        raise contradiction(title, f": exit code {code}, but {problems} in its report")


def check_same_file(title: str, path: Path, reported: str) -> None:
    """Check that a report is about the file that was to be checked.

    Raises:
        StepError: It is about another file.
    """
    if Path(reported).name != path.name:
        raise StepError(f"{title} returned a report on another file; this file was not checked.")


def last_line(data: bytes) -> str:
    """Return the last line of the output of a program, in brackets; empty if there is no output."""
    lines = data.decode("utf-8", "replace").strip().splitlines()
    return f" ({lines[-1][:200].strip(' .')})" if lines else ""
