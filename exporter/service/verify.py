"""Verify: finished files, ours or not, judged by every check that fits them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import ExitCode, ExporterError, StepError, UsageError
from exporter.findings import Finding, Rule, Severity
from exporter.pipeline.pool import StepPool
from exporter.pipeline.registry import discover, load_validators
from exporter.validate import validators
from exporter.validate.file_types import FileTypes
from exporter.validate.java import JvmServer
from exporter.validate.validators import ValidationResult, Validator

PATIENCE = 0.2
"""Seconds between two looks whether somebody has asked to stop."""
_OURS_LIMIT = 60.0
"""Seconds that a check of ours may take for a small file."""
_COPIED = 500_000_000
"""Bytes up to which a file under a wrong name is copied for validators that go by names."""
WRONG_NAME = Rule(
    id="file-name",
    severity=Severity.WARNING,
    sentence="The end of the name of a file says what it is.",
    advice="Give it the right name: programs go by it.",
)


class FileStatus(StrEnum):
    """The verdict on one file."""

    GOOD = "good"
    """Every check that ran found nothing to mend."""
    FINDINGS = "findings"
    """There is something to mend."""
    UNREADABLE = "unreadable"
    """It cannot be opened, or is nothing that can be judged."""
    UNKNOWN = "unknown"
    """No check of ours could judge it."""


class FileVerdict(msgspec.Struct, frozen=True):
    """What is known of one file."""

    file: str
    kind: str
    """As people call it, such as `EPUB`; empty when it is nothing that can be judged."""
    standing: FileStatus
    reason: str = ""
    """Why it is unreadable or unknown, a sentence or two."""
    checks: tuple[ValidationResult, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, the heaviest first."""
        return tuple(sorted((f for one in self.checks for f in one.findings), key=lambda f: f.severity.rank))

    @property
    def code(self) -> ExitCode:
        """Its exit code."""
        if self.standing is FileStatus.UNREADABLE:
            return ExitCode.SOURCE
        if self.standing is FileStatus.UNKNOWN or any(one.crashed for one in self.checks):
            return ExitCode.STEP
        return ExitCode.FINDINGS if self.standing is FileStatus.FINDINGS else ExitCode.DONE


class VerifyResult(msgspec.Struct, frozen=True):
    """What is known of all files."""

    files: tuple[FileVerdict, ...]

    @property
    def code(self) -> ExitCode:
        """The largest code of a file."""
        return max((one.code for one in self.files), default=ExitCode.DONE)


class Checking(msgspec.Struct, frozen=True):
    """A check of a file has begun, or ended."""

    file: str
    check: str
    """As people call it."""
    done: int
    """How many checks are done."""
    of: int
    """How many there are so far; files that have not been looked at may add to them."""
    checked: ValidationResult | None = None
    """What it said; None when it has begun."""


def verify(
    paths: tuple[Path, ...],
    listener: Callable[[Checking], None] = lambda _: None,
    *,
    outside: bool = True,
    jobs: int = 0,
    stopped: Callable[[], bool] = lambda: False,
) -> VerifyResult:
    """Check files; whatever is wrong with one of them, the others are judged.

    Args:
        paths: Files, or folders of them.
        listener: Hears which check begins and ends.
        outside: Whether to ask validators that are not ours.
        jobs: Processes at a time; 0: as many as the machine has processors.
        stopped: Whether somebody has asked to stop.

    Raises:
        UsageError: There is no such file.
        KeyboardInterrupt: Somebody stopped it.
    """
    types = FileTypes(discover().by_suffix)
    files = tuple(_files(paths, types))
    with tempfile.TemporaryDirectory(prefix="exporter-") as name, JvmServer() as machine:
        scratch = Path(name)
        pool = StepPool(jobs or os.cpu_count() or 1, temporary=scratch)
        run = _Run(pool, types, machine.address, scratch, outside=outside, listener=listener, stopped=stopped)
        try:
            return run.over(files)
        finally:
            pool.shutdown(cancel_futures=True)


def _files(paths: tuple[Path, ...], types: FileTypes) -> Iterator[Path]:
    if not paths:
        raise UsageError("Which file?", advice="Write, for example: exporter verify output/my-report/my-report.pdf")
    for path in paths:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if types.named(one.name) and one.is_file())
            if not found:
                yield path
            yield from found
        elif path.exists() or path.is_symlink():
            yield path
        else:
            raise UsageError(f"There is no file “{path}”.", advice="Look at its name and its folder.")


class _Step:
    """A call for another process; `StepPool` looks at `seconds`."""

    def __init__(self, function: Callable[..., Any], seconds: float) -> None:
        self.function = function
        self.seconds = seconds

    def __call__(self, *arguments: Any) -> Any:
        return self.function(*arguments)


def _check(kind: str, own: tuple[str, ...], place: int, path: Path, machine: str) -> ValidationResult:
    """Run one check of one file, in a process of its own."""
    return validators.run_validator(load_validators(kind, own, machine)[place], path)


class _Run:
    """One run over some files."""

    def __init__(
        self,
        pool: StepPool,
        types: FileTypes,
        machine: str,
        scratch: Path,
        *,
        outside: bool,
        listener: Callable[[Checking], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._pool = pool
        self._types = types
        self._machine = machine
        self._scratch = scratch
        self._outside = outside
        self._listener = listener
        self._stopped = stopped
        self._done = 0
        self._of = 0

    def over(self, files: tuple[Path, ...]) -> VerifyResult:
        looks = [self._pool.submit(_Step(self._types.kind_of, _OURS_LIMIT), path) for path in files]
        going: dict[Future[ValidationResult], tuple[int, int, Validator]] = {}
        found: list[dict[int, ValidationResult]] = [{} for _ in files]
        later: list[list[tuple[int, Validator, Path]]] = [[] for _ in files]
        refused: dict[int, str] = {}
        kind: dict[int, str] = {}
        for number, (path, look) in enumerate(zip(files, looks, strict=True)):
            try:
                kind[number] = self._when_done(look)
            except (ExporterError, StepError) as error:
                refused[number] = str(error) if str(error)[:1].isupper() else f"Looking at it {error}."
                continue
            shown = self._under_right_name(path, kind[number], number)
            for place, check in enumerate(self._checks(kind[number])):
                if self._outside or not check.EXTERNAL:
                    self._of += 1
                    later[number].append((place, check, shown))
            self._ask(number, going, later, kind, files)
        while going:
            done, _ = wait(going, PATIENCE, FIRST_COMPLETED)
            self._heed()
            for future in done:
                number, place, check = going.pop(future)
                checked = found[number][place] = _result(future, check)
                self._done += 1
                self._listener(Checking(str(files[number]), check.TITLE, self._done, self._of, checked))
                if not any(mine == number for mine, _, _ in going.values()):
                    if validators.unreadable(found[number].values()):
                        for place, check, _ in later[number]:
                            found[number][place] = validators.skipped_unreadable(check)
                            self._done += 1
                        later[number] = []
                    self._ask(number, going, later, kind, files)
        return VerifyResult(
            tuple(
                FileVerdict(str(path), "", FileStatus.UNREADABLE, refused[number])
                if number in refused
                else self._verdict(path, kind[number], tuple(result for _, result in sorted(found[number].items())))
                for number, path in enumerate(files)
            )
        )

    def _checks(self, kind: str) -> tuple[Validator, ...]:
        return load_validators(kind, self._types.validators.get(kind, ()))

    def _ask(
        self,
        number: int,
        going: dict[Future[ValidationResult], tuple[int, int, Validator]],
        later: list[list[tuple[int, Validator, Path]]],
        kind: dict[int, str],
        files: tuple[Path, ...],
    ) -> None:
        """Submit the checks of a file that are next: ours, and when they are done, those from outside."""
        first = [one for one in later[number] if not one[1].EXTERNAL] or later[number]
        later[number] = [one for one in later[number] if one not in first]
        for place, check, path in first:
            going[self._submit(check, kind[number], place, path)] = number, place, check
            self._listener(Checking(str(files[number]), check.TITLE, self._done, self._of))

    def _submit(self, check: Validator, kind: str, place: int, path: Path) -> Future[ValidationResult]:
        # What is outside has limits of its own, below this one; it may have to wait for Java.
        megabytes = path.stat().st_size / 1e6
        seconds = 20 * 900.0 if check.EXTERNAL else _OURS_LIMIT + 5 * megabytes
        own = self._types.validators.get(kind, ())
        return self._pool.submit(_Step(_check, seconds), kind, own, place, path, self._machine)

    def _when_done(self, future: Future[str]) -> str:
        while not future.done():
            wait([future], PATIENCE)
            self._heed()
        return future.result()

    def _heed(self) -> None:
        if self._stopped():
            raise KeyboardInterrupt

    def _under_right_name(self, path: Path, kind: str, number: int) -> Path:
        """Return the file, or a copy when its name would lead validators astray."""
        if self._types.right_name(path, kind) or path.stat().st_size > _COPIED:
            return path
        folder = self._scratch / f"file-{number}"
        folder.mkdir()
        return Path(shutil.copyfile(path, folder / f"{path.stem}{kind}"))

    def _verdict(self, path: Path, kind: str, checked: tuple[ValidationResult, ...]) -> FileVerdict:
        if not self._types.right_name(path, kind):
            message = f"The file is called “{path.name}”, and what it holds is: {self._types.titles[kind]}."
            first = msgspec.structs.replace(checked[0], findings=(WRONG_NAME.finding(message), *checked[0].findings))
            checked = (first, *checked[1:])
        ours = [one for one, check in zip(checked, self._checks(kind), strict=False) if not check.EXTERNAL]
        name = self._types.titles[kind]
        if unreadable := validators.unreadable(ours):
            return FileVerdict(
                str(path), name, FileStatus.UNREADABLE, f"{unreadable.message} {unreadable.advice}", checked
            )
        if not any(one.ran for one in ours):
            return FileVerdict(str(path), name, FileStatus.UNKNOWN, " ".join(one.reason for one in ours), checked)
        mend = any(f.severity is not Severity.NOTE for one in checked for f in one.findings)
        return FileVerdict(str(path), name, FileStatus.FINDINGS if mend else FileStatus.GOOD, "", checked)


def _result(future: Future[ValidationResult], check: Validator) -> ValidationResult:
    try:
        return future.result()
    except ExporterError as error:
        reason = f"{check.TITLE} {error.message.rstrip('.')}, and nothing is known of the file."
        return validators.not_run(check, reason, broke=True)
