"""Validators that are programs: run with a time limit, their answer read with suspicion."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from exporter.errors import StepError

T = TypeVar("T")


def limit(path: Path) -> float:
    """Return the seconds that a validator may take for a file; a small trap costs little."""
    try:
        megabytes = path.stat().st_size / 1e6
    except OSError:
        megabytes = 0.0
    return min(120 + 20 * megabytes, 900)


def read(title: str, data: bytes | str, shape: type[T]) -> T:
    """Read the report of a validator.

    Raises:
        StepError: It has another shape.
    """
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StepError(
            f"{title} answered with something that is no report, and nothing is known of the file."
        ) from error


def agree(title: str, *, code: int, bad: bool, codes: tuple[int, ...] = (1,)) -> None:
    """Check that an exit code says the same as the report.

    Args:
        title: The validator.
        code: Its exit code.
        bad: Whether its report tells of something wrong.
        codes: Exit codes that say so.

    Raises:
        StepError: It does not.
    """
    if code not in (0, *codes):
        raise StepError(f"{title} broke down on this file (exit code {code}), and nothing is known of it.")
    if (code != 0) != bad:
        says = "something is wrong" if code else "all is well"
        raise StepError(
            f"{title} contradicts itself: its exit code {code} says that {says}, its report does not. Nothing is known."
        )


def same_file(title: str, path: Path, judged: str) -> None:
    """Check that a report is about the file that was to be judged.

    Raises:
        StepError: It is about another.
    """
    if Path(judged).name != path.name:
        raise StepError(f"{title} answered about another file, and nothing is known of this one.")


def tail(data: bytes) -> str:
    """Return the last line that a program printed, in brackets; empty when it was silent."""
    lines = data.decode("utf-8", "replace").strip().splitlines()
    return f" ({lines[-1][:200].strip(' .')})" if lines else ""
