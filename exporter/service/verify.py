"""Verification of finished files, including those made by other software: every check of their type is run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path

import msgspec

from exporter import budgets
from exporter.errors import ExporterError, StepError, UsageError
from exporter.inspect.pdf.streams import limited_operators
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.execution.worker import StepFunction
from exporter.pipeline.registry import discover, load_validators
from exporter.service.file_verdicts import FileStatus, FileVerdict, VerifyResult, verdict_on
from exporter.service.kept_processes import Pool
from exporter.validate import validators
from exporter.validate.file_types import FileTypes
from exporter.validate.java import JvmServer
from exporter.validate.validators import ValidationResult, Validator

_POLL = 0.2  # seconds between two checks whether the run was cancelled
_BUILTIN_TIMEOUT = 60.0
"""Seconds for a built-in check of a small file."""
_EXTERNAL_TIMEOUT = 18_000.0
"""Seconds for an external validator, which has a lower timeout of its own and may have to wait for Java."""
_MAXIMUM_COPY = 500_000_000
"""Bytes up to which a file with a wrong suffix is copied, for validators that depend on it."""


class Checking(msgspec.Struct, frozen=True):
    """Event: start or end of a check of a file."""

    file: str
    check: str
    """Title of the check."""
    done: int
    """Number of checks that have ended."""
    of: int
    """Number of checks known so far; files whose type is still unknown add to them."""
    checked: ValidationResult | None = None
    """Its result; None at the start."""


def verify(
    paths: tuple[Path, ...],
    listener: Callable[[Checking], None] = lambda _: None,
    *,
    external: bool = True,
    jobs: int = 0,
    is_cancelled: Callable[[], bool] = lambda: False,
    pool: Pool = StepPool,
) -> VerifyResult:
    """Check files; an error in one of them does not affect the others.

    Args:
        paths: Files, or folders of them.
        listener: Receives the start and end of each check.
        external: Whether to run external validators.
        jobs: Processes at a time; 0: one per processor.
        is_cancelled: Returns whether to stop; called regularly.
        pool: As for `export`.

    Raises:
        UsageError: There is no such file.
        KeyboardInterrupt: The run was cancelled.
    """
    types = FileTypes(discover().by_suffix)
    files = tuple(_files(paths, types))
    with tempfile.TemporaryDirectory(prefix="exporter-") as name, JvmServer() as java:
        scratch = Path(name)
        steps = pool(jobs or os.cpu_count() or 1, lambda _label, _share: None, scratch)
        run = _Run(steps, types, java.address, scratch, external=external, listener=listener, is_cancelled=is_cancelled)
        try:
            return run.check(files)
        finally:
            steps.shutdown(cancel_futures=True)


def _files(paths: tuple[Path, ...], types: FileTypes) -> Iterator[Path]:
    if not paths:
        raise UsageError("Missing file name.", advice="For example: exporter verify output/my-report/my-report.pdf")
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if types.for_name(file.name) and file.is_file())
            yield from files or [path]
        elif path.exists() or path.is_symlink():
            yield path
        else:
            raise UsageError(f"No such file: “{path}”.", advice="Check its name and folder.")


def _check(file_type: str, own: tuple[str, ...], index: int, path: Path, java: str) -> ValidationResult:
    """Run one check of one file, in another process."""
    with limited_operators():
        return validators.run_validator(load_validators(file_type, own, java)[index], path)


class _File:
    """A file and its checks, which are numbered from 0."""

    def __init__(self, number: int, path: Path) -> None:
        self.number = number
        self.path = self.copy = path
        """Where it is, and what is checked: a copy if its suffix is that of another type."""
        self.type = ""
        self.refused: FileVerdict | None = None
        """The verdict if its type cannot be detected."""
        self.checks: tuple[Validator, ...] = ()
        self.waiting: list[int] = []
        self.results: dict[int, ValidationResult] = {}


class _Run:
    """One run over several files."""

    def __init__(
        self,
        pool: Executor,
        types: FileTypes,
        java: str,
        scratch: Path,
        *,
        external: bool,
        listener: Callable[[Checking], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._pool = pool
        self._types = types
        self._java = java
        self._scratch = scratch
        self._external = external
        self._listener = listener
        self._is_cancelled = is_cancelled
        self._done = self._of = 0
        self._running: dict[Future[ValidationResult], tuple[_File, int]] = {}

    def check(self, paths: tuple[Path, ...]) -> VerifyResult:
        detect = StepFunction(self._types.detect, _BUILTIN_TIMEOUT, budgets.memory(0))
        detections = [self._pool.submit(detect, path) for path in paths]
        files = [_File(number, path) for number, path in enumerate(paths)]
        for file, detection in zip(files, detections, strict=True):
            self._detect(file, detection)
            self._submit_next(file)
        while self._running:
            done, _ = wait(self._running, _POLL, FIRST_COMPLETED)
            self._stop_if_cancelled()
            for future in done:
                self._collect(future)
        return VerifyResult(tuple(file.refused or self._verdict(file) for file in files))

    def _detect(self, file: _File, detection: Future[str]) -> None:
        """Wait for the type of a file, and list its checks."""
        try:
            file.type = self._wait_for(detection)
        except (ExporterError, StepError) as error:
            reason = str(error) if str(error)[:1].isupper() else f"Detecting the file type {error}."
            file.refused = FileVerdict(str(file.path), "", FileStatus.UNREADABLE, reason)
            return
        file.copy = self._with_right_suffix(file)
        file.checks = load_validators(file.type, self._types.validators.get(file.type, ()))
        file.waiting = [index for index, check in enumerate(file.checks) if self._external or not check.EXTERNAL]
        self._of += len(file.waiting)

    def _submit_next(self, file: _File) -> None:
        """Submit the next checks of a file: the built-in ones, and after them the external validators."""
        first = [index for index in file.waiting if not file.checks[index].EXTERNAL] or file.waiting
        file.waiting = [index for index in file.waiting if index not in first]
        for index in first:
            self._running[self._submit(file, index)] = file, index
            self._listener(Checking(str(file.path), file.checks[index].TITLE, self._done, self._of))

    def _submit(self, file: _File, index: int) -> Future[ValidationResult]:
        size, is_external = file.copy.stat().st_size, file.checks[index].EXTERNAL
        seconds = _EXTERNAL_TIMEOUT if is_external else _BUILTIN_TIMEOUT + 5 * size / 1e6
        function = StepFunction(_check, seconds, None if is_external else budgets.memory(size))
        own = self._types.validators.get(file.type, ())
        return self._pool.submit(function, file.type, own, index, file.copy, self._java)

    def _collect(self, future: Future[ValidationResult]) -> None:
        """Keep the result of a check; after the last of those submitted, the next ones of its file follow."""
        file, index = self._running.pop(future)
        check = file.checks[index]
        file.results[index] = _result(future, check)
        self._done += 1
        self._listener(Checking(str(file.path), check.TITLE, self._done, self._of, file.results[index]))
        if any(other is file for other, _ in self._running.values()):
            return
        if validators.unreadable_finding(file.results.values()):
            file.results |= {index: validators.skip_unreadable(file.checks[index]) for index in file.waiting}
            self._done += len(file.waiting)
            file.waiting = []
        self._submit_next(file)

    def _wait_for(self, future: Future[str]) -> str:
        while not future.done():
            wait([future], _POLL)
            self._stop_if_cancelled()
        return future.result()

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise KeyboardInterrupt

    def _with_right_suffix(self, file: _File) -> Path:
        """Return the file, or a copy if its suffix would make validators treat it as another type."""
        if self._types.has_matching_name(file.path, file.type) or file.path.stat().st_size > _MAXIMUM_COPY:
            return file.path
        folder = self._scratch / f"file-{file.number}"
        folder.mkdir()
        return Path(shutil.copyfile(file.path, folder / f"{file.path.stem}{file.type}"))

    def _verdict(self, file: _File) -> FileVerdict:
        checked = [(file.checks[index], result) for index, result in sorted(file.results.items())]
        is_named_so = self._types.has_matching_name(file.path, file.type)
        return verdict_on(file.path, self._types.titles[file.type], checked, is_named_so=is_named_so)


def _result(future: Future[ValidationResult], check: Validator) -> ValidationResult:
    try:
        return future.result()
    except ExporterError as error:
        reason = f"{check.TITLE} {error.message.rstrip('.')}; the file was not checked."
        return validators.not_checked(check, reason, crashed=True)
