"""What can go wrong, as one family, and the exit code of each.

ExporterError
├── UsageError          2   the command line makes no sense
├── SettingsError       3   a settings file or front matter value is wrong
├── SourceError         4   a manuscript or a file of it cannot be read
├── MissingToolError    5   a needed program or package is not there
├── StepError           6   a step of the build failed, crashed or ran out of time
└── OutputError         7   the output folder or the store cannot be written

Each message is one or two sentences for people: what happened, where, what to do. Anything else that escapes is a bug
of ours: exit code 70, details in a file, never a traceback on the screen.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from exporter.model import Source


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    SETTINGS = 3
    SOURCE = 4
    MISSING = 5
    STEP = 6
    OUTPUT = 7
    BUG = 70
    INTERRUPTED = 130


class ExporterError(Exception):
    """Something a person can put right.

    Args:
        message: What happened, a sentence.
        advice: What to do about it, a sentence; may be empty.
        source: The place in a manuscript or settings file, if there is one.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.STEP

    def __init__(self, message: str, *, advice: str = "", source: Source | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.source = source

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        return " ".join(filter(None, (where + self.message, self.advice)))

    def __reduce__(self) -> tuple[object, ...]:
        # Steps run in other processes: the parts travel, not only the joined text.
        return _rebuild, (type(self), self.message, self.advice, self.source)


def _rebuild(kind: type[ExporterError], message: str, advice: str, source: Source | None) -> ExporterError:
    return kind(message, advice=advice, source=source)


class UsageError(ExporterError):
    """The command line makes no sense."""

    exit_code = ExitCode.USAGE


class SettingsError(ExporterError):
    """A settings file or a front matter value is wrong."""

    exit_code = ExitCode.SETTINGS


class SourceError(ExporterError):
    """A manuscript, or a file that belongs to it, cannot be read."""

    exit_code = ExitCode.SOURCE


class MissingToolError(ExporterError):
    """A needed program or package is not there."""

    exit_code = ExitCode.MISSING


class StepError(ExporterError):
    """A step of the build failed, crashed or ran out of time."""

    exit_code = ExitCode.STEP


class OutputError(ExporterError):
    """The output folder or the store cannot be written."""

    exit_code = ExitCode.OUTPUT
