"""Word manuscripts: what stands in a .docx and its kin, and what its styles and properties say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import Read

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
STYLES = ("docx/reading.toml", "labels")


def read(data: bytes, file: str, styles: Path) -> Read:
    """Turn a Word manuscript into a tree; findings point at the heading above, the paragraph and its first words.

    Raises:
        SourceError: No Word file, locked, damaged, too large, nested too deeply, or nothing in it.
    """
    # lxml takes a while to import, and `exporter --help` lists readers without reading.
    from exporter.readers.docx.document import read_document

    return read_document(data, file, styles)
