"""Reader of Word manuscripts, and of files that LibreOffice can convert to Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".fodt", ".doc", ".dot", ".rtf", ".xml")
STYLES = ("docx/reading.toml", "labels")
GUESSES_HEADINGS = True


def external_state() -> str:
    """Return the state of LibreOffice, which converts other formats and metafiles."""
    from exporter import libreoffice

    return libreoffice.state()


def read(data: bytes, file: str, styles: Path, *, guess_headings: bool = False) -> ReadResult:
    """Read a Word manuscript; findings are located by the heading above, the paragraph and its first words.

    Raises:
        MissingToolError: LibreOffice has to convert it to Word first, and is not installed.
        SourceError: No Word file, locked, damaged, too large, nested too deeply, or empty.
    """
    # lxml is slow to import, and `exporter --help` lists readers without reading.
    from exporter.readers.docx.document import read_document

    return read_document(data, file, styles, guess_headings=guess_headings)
