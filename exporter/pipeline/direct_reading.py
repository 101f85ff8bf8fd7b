"""Reading of a manuscript outside an export: nothing is stored, and settings are not applied."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from exporter.config import styles_folder
from exporter.contracts import ReadResult
from exporter.errors import UsageError
from exporter.pipeline import manuscripts
from exporter.pipeline.manuscript_file import read_manuscript
from exporter.pipeline.manuscripts import UnresolvedManuscript
from exporter.pipeline.registry import Registry, discover, guesses_headings, styles_of

_installed = cache(discover)


def locate(source: Path) -> Path:
    """Return the manuscript that a path names: a file, or that of a publication's folder.

    Raises:
        UsageError: There is none, or the folder has several.
        SourceError: It is ambiguous which file is the manuscript.
    """
    named = manuscripts.find([source], _installed().suffixes())
    if len(named) > 1:
        raise UsageError(f"Several manuscripts in “{source}”.", advice=f"Name one, such as: {named[0].shown}")
    if isinstance(named[0], UnresolvedManuscript):
        raise named[0].error
    return Path(named[0].shown)


def load(manuscript: Path) -> bytes:
    """Return the bytes of a manuscript.

    Raises:
        UsageError: It does not exist.
        SourceError: It cannot be read, or is too large.
    """
    if not manuscript.is_file():
        raise UsageError(f"No such file: “{manuscript}”.")
    return read_manuscript(manuscript.resolve(), str(manuscript))


def read(
    manuscript: Path,
    data: bytes,
    registry: Registry | None = None,
    styles: Path | None = None,
    *,
    guess_headings: bool = False,
) -> ReadResult:
    """Return the tree of a manuscript.

    Args:
        manuscript: Its path, which determines the format.
        data: Its bytes.
        registry: The readers; by default those that are installed.
        styles: The folder of styles; by default as `styles_folder` finds it.
        guess_headings: Whether lines that only look like headings are headings; its reader can tell.

    Raises:
        UsageError: Its format is unknown.
        SourceError: It cannot be read.
    """
    registry = registry or _installed()
    reader = registry.reader(manuscript.suffix.lower())
    if reader is None:
        raise UsageError(
            f"Unsupported manuscript format: “{manuscript}”.",
            advice=f"Supported formats: {', '.join(registry.suffixes())}.",
        )
    options: dict[str, Any] = {"styles": styles_folder(styles)} if styles_of(reader.reader) else {}
    if guess_headings and guesses_headings(reader.reader):
        options["guess_headings"] = True
    result: ReadResult = reader.reader.read(data, manuscript.name, **options)
    return result
