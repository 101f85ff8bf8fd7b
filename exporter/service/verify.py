"""Verification of finished files, including those made by other software: every check of their type is run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
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

    def check(self, files: tuple[Path, ...]) -> VerifyResult:
        detect = StepFunction(self._types.detect, _BUILTIN_TIMEOUT, budgets.memory(0))
        detections = [self._pool.submit(detect, path) for path in files]
        running: dict[Future[ValidationResult], tuple[int, int, Validator]] = {}
        results: list[dict[int, ValidationResult]] = [{} for _ in files]
        waiting: list[list[tuple[int, Validator, Path]]] = [[] for _ in files]
        refused: dict[int, FileVerdict] = {}
        file_types: dict[int, str] = {}
        for number, (path, detection) in enumerate(zip(files, detections, strict=True)):
            try:
                file_types[number] = self._wait_for(detection)
            except (ExporterError, StepError) as error:
                reason = str(error) if str(error)[:1].isupper() else f"Detecting the file type {error}."
                refused[number] = FileVerdict(str(path), "", FileStatus.UNREADABLE, reason)
                continue
            named = self._with_right_suffix(path, file_types[number], number)
            for index, check in enumerate(self._checks(file_types[number])):
                if self._external or not check.EXTERNAL:
                    self._of += 1
                    waiting[number].append((index, check, named))
            self._submit_next(number, running, waiting, file_types, files)
        while running:
            done, _ = wait(running, _POLL, FIRST_COMPLETED)
            self._stop_if_cancelled()
            for future in done:
                number, index, check = running.pop(future)
                checked = results[number][index] = _result(future, check)
                self._done += 1
                self._listener(Checking(str(files[number]), check.TITLE, self._done, self._of, checked))
                if not any(other == number for other, _, _ in running.values()):
                    if validators.unreadable_finding(results[number].values()):
                        for index, check, _ in waiting[number]:
                            results[number][index] = validators.skip_unreadable(check)
                            self._done += 1
                        waiting[number] = []
                    self._submit_next(number, running, waiting, file_types, files)
        return VerifyResult(
            tuple(
                refused.get(number) or self._verdict(path, file_types[number], results[number])
                for number, path in enumerate(files)
            )
        )

    def _checks(self, file_type: str) -> tuple[Validator, ...]:
        return load_validators(file_type, self._types.validators.get(file_type, ()))

    def _submit_next(
        self,
        number: int,
        running: dict[Future[ValidationResult], tuple[int, int, Validator]],
        waiting: list[list[tuple[int, Validator, Path]]],
        file_types: dict[int, str],
        files: tuple[Path, ...],
    ) -> None:
        """Submit the next checks of a file: the built-in ones, and after them the external validators."""
        first = [item for item in waiting[number] if not item[1].EXTERNAL] or waiting[number]
        waiting[number] = [item for item in waiting[number] if item not in first]
        for index, check, path in first:
            running[self._submit(check, file_types[number], index, path)] = number, index, check
            self._listener(Checking(str(files[number]), check.TITLE, self._done, self._of))

    def _submit(self, check: Validator, file_type: str, index: int, path: Path) -> Future[ValidationResult]:
        seconds = _EXTERNAL_TIMEOUT if check.EXTERNAL else _BUILTIN_TIMEOUT + 5 * path.stat().st_size / 1e6
        memory = None if check.EXTERNAL else budgets.memory(path.stat().st_size)
        own = self._types.validators.get(file_type, ())
        return self._pool.submit(StepFunction(_check, seconds, memory), file_type, own, index, path, self._java)

    def _wait_for(self, future: Future[str]) -> str:
        while not future.done():
            wait([future], _POLL)
            self._stop_if_cancelled()
        return future.result()

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise KeyboardInterrupt

    def _with_right_suffix(self, path: Path, file_type: str, number: int) -> Path:
        """Return the file, or a copy if its suffix would make validators treat it as another type."""
        if self._types.has_matching_name(path, file_type) or path.stat().st_size > _MAXIMUM_COPY:
            return path
        folder = self._scratch / f"file-{number}"
        folder.mkdir()
        return Path(shutil.copyfile(path, folder / f"{path.stem}{file_type}"))

    def _verdict(self, path: Path, file_type: str, results: Mapping[int, ValidationResult]) -> FileVerdict:
        checks = self._checks(file_type)
        checked = [(checks[index], result) for index, result in sorted(results.items())]
        is_named_so = self._types.has_matching_name(path, file_type)
        return verdict_on(path, self._types.titles[file_type], checked, is_named_so=is_named_so)


def _result(future: Future[ValidationResult], check: Validator) -> ValidationResult:
    try:
        return future.result()
    except ExporterError as error:
        reason = f"{check.TITLE} {error.message.rstrip('.')}; the file was not checked."
        return validators.not_checked(check, reason, crashed=True)
