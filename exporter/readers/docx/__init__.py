"""Word manuscripts: what stands in a .docx and its kin, and what LibreOffice can turn into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".fodt", ".doc", ".dot", ".rtf")
STYLES = ("docx/reading.toml", "labels")


def read(data: bytes, file: str, styles: Path) -> ReadResult:
    """Turn a Word manuscript into a tree; findings point at the heading above, the paragraph and its first words.

    Raises:
        MissingToolError: LibreOffice has to turn it into Word first, and is not installed.
        SourceError: No Word file, locked, damaged, too large, nested too deeply, or nothing in it.
    """
    # lxml takes a while to import, and `exporter --help` lists readers without reading.
    from exporter.readers.docx.document import read_document

    return read_document(data, file, styles)
