"""Copies of Word manuscripts with the findings as comments: their names, and whether people have changed them."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import OutputError
from exporter.files import read_regular
from exporter.pipeline.manuscript_file import MAXIMUM_SIZE

COPY_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
"""Suffixes of manuscripts that can have a copy."""
_ENDING = "-checked"


def name_of_copy(manuscript: Path) -> str:
    """Return the name of the copy of a manuscript; a copy is its own."""
    return f"{manuscript.stem.removesuffix(_ENDING)}{_ENDING}{manuscript.suffix}"


def original_of(path: Path) -> Path | None:
    """Return the manuscript beside its copy, or None if the path is not that of a copy."""
    stem = path.stem.removesuffix(_ENDING)
    original = path.with_name(f"{stem}{path.suffix}")
    is_copy = stem not in ("", path.stem) and path.suffix.lower() in COPY_SUFFIXES and original.is_file()
    return original if is_copy else None


def changed_copy(manuscript: Path) -> Path | None:
    """Return the copy beside a manuscript if a person has changed it after the manuscript, or else None."""
    copy = manuscript.with_name(name_of_copy(manuscript))
    is_newer = original_of(copy) == manuscript and copy.is_file() and copy.stat().st_mtime > manuscript.stat().st_mtime
    return copy if is_newer and _is_changed(copy) else None


def check_replaceable(copy: Path, manuscript: Path) -> None:
    """Check that a copy can be written.

    Raises:
        OutputError: It is open in a word processor, or a person has changed it, unless it is the manuscript itself.
        OSError: It cannot be read.
    """
    check_not_open(copy, "written")
    if copy.exists() and copy.resolve() != manuscript.resolve() and _is_changed(copy):
        raise OutputError(
            f"“{copy.name}” was not replaced: it has been changed since exporter wrote it.",
            advice="If you correct the manuscript in it, check that file; otherwise rename or delete it.",
        )


def check_not_open(path: Path, participle: str) -> None:
    """Check that a file is not open in a word processor.

    Args:
        path: The file.
        participle: What was not done with it, for the message.

    Raises:
        OutputError: It is open.
    """
    # Word replaces the first letters of a long name in the name of its lock.
    locks = [f"~${path.name[dropped:]}" for dropped in range(3)] + [f".~lock.{path.name}#"]
    for lock in locks:
        if path.with_name(lock).exists():
            raise OutputError(
                f"“{path.name}” was not {participle}: it is open in a word processor.",
                advice=f"Close it there and try again; if it is not open, delete the file “{lock}”.",
            )


def _is_changed(copy: Path) -> bool:
    # lxml is slow to import, and `exporter --help` imports the steps.
    from exporter.report.word_comments import is_unchanged_copy

    return not is_unchanged_copy(read_regular(copy, limit=MAXIMUM_SIZE))
