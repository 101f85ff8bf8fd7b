"""Exceptions and exit codes.

ExporterError
├── UsageError          2   the command line is invalid
├── SettingsError       3   a settings file or front matter value is invalid
├── SourceError         4   a manuscript or a file of it cannot be read
├── MissingToolError    5   a required program or package is not installed
├── StepError           6   a step of the build failed, crashed or timed out
│   └── DamagedObjectError  a file of the store is damaged, and is made again
├── OutputError         7   the output folder or the store cannot be written
└── UnspokenError           text has to be spoken first; no error for users

Each message is one or two sentences: what happened, where, what to do. All other exceptions are bugs: exit code 70 and
a crash report in a file, without a traceback on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from types import TracebackType
from typing import Self, TypeVar

from exporter.model import Source

Error = TypeVar("Error", bound=BaseException)


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
    """An error that a user can fix.

    Args:
        message: What happened, in a sentence.
        advice: What to do, in a sentence, or empty.
        source: Position in a manuscript or settings file, if there is one.
    """

    exit_code: ExitCode = ExitCode.STEP

    def __init__(self, message: str, *, advice: str = "", source: Source | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.source = source

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        return " ".join(filter(None, (where + self.message, self.advice)))

    def __reduce__(self) -> tuple[object, ...]:
        # Steps run in other processes, so the parts are pickled, not only the joined text.
        return _rebuild, (type(self), self.message, self.advice, self.source)


def _rebuild(kind: type[ExporterError], message: str, advice: str, source: Source | None) -> ExporterError:
    return kind(message, advice=advice, source=source)


class UsageError(ExporterError):
    """An invalid command line."""

    exit_code = ExitCode.USAGE


class SettingsError(ExporterError):
    """An invalid settings file or front matter value."""

    exit_code = ExitCode.SETTINGS


class SourceError(ExporterError):
    """A manuscript, or a file that belongs to it, that cannot be read."""

    exit_code = ExitCode.SOURCE


class MissingToolError(ExporterError):
    """A required program or package that is not installed."""

    exit_code = ExitCode.MISSING


class UnavailableError(MissingToolError):
    """An edition that cannot be made here, or in this language; a finding if nobody has named the edition."""


class StepError(ExporterError):
    """A step of the build that failed, crashed or timed out."""

    exit_code = ExitCode.STEP


class TimedOutError(StepError):
    """A program did not finish in time and was stopped."""


class DamagedObjectError(StepError):
    """An object of the store that is damaged or absent; `digest` is what it should have."""

    def __init__(self, digest: str) -> None:
        super().__init__("A file of the store is damaged.", advice="Export again; the file is made again.")
        self.digest = digest

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.digest,)


class OutputError(ExporterError):
    """An output folder or store that cannot be written."""

    exit_code = ExitCode.OUTPUT


class UnspokenError(ExporterError):
    """Text that has to be spoken before an edition can be written, in a step that must not speak.

    Args:
        characters: Number of characters to speak, by voice engine.
    """

    def __init__(self, characters: Mapping[str, int]) -> None:
        super().__init__("The recording follows.")
        self.characters = dict(characters)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.characters,)


MAX_ERRORS = 100
"""Errors after which no more are looked for."""


class CombinedError(ExporterError):
    """Errors that are reported together.

    Args:
        errors: Two or more; none of them is of this class.
    """

    def __init__(self, errors: Sequence[ExporterError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)
        self.exit_code = max(error.exit_code for error in errors)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.errors,)


def separate_errors(error: Error) -> tuple[Error | ExporterError, ...]:
    """Return the errors that are reported together, or the error itself."""
    return error.errors if isinstance(error, CombinedError) else (error,)


class ErrorCollector:
    """Collector of the errors of several checks; they are raised together at the end of its `with` block.

    Example:
        with ErrorCollector() as errors:
            for value in values:
                with errors.collected():
                    check(value)
    """

    def __init__(self) -> None:
        self._errors: list[ExporterError] = []

    @property
    def errors(self) -> tuple[ExporterError, ...]:
        """The errors collected so far."""
        return tuple(self._errors)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Collect an error inside the block and continue after it; see `add`."""
        try:
            yield
        except ExporterError as error:
            self.add(error)

    def add(self, error: ExporterError) -> None:
        """Add an error, unless it has been added before.

        Raises:
            CombinedError: There are so many that no more are looked for.
        """
        for single in separate_errors(error):
            if str(single) not in map(str, self._errors):
                self._errors.append(single)
            if len(self._errors) >= MAX_ERRORS:
                raise CombinedError(self._errors)

    def __enter__(self) -> Self:
        """Begin with no errors."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise what was collected, with an error that ended the block."""
        if error is not None:
            if not isinstance(error, ExporterError):
                return
            self.add(error)
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            raise CombinedError(self._errors)
