"""Names of the copies of Word manuscripts that contain the findings as comments."""

from __future__ import annotations

from pathlib import Path

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
