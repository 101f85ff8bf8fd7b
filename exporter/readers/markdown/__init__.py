"""Markdown manuscripts: CommonMark, Pandoc's names for what it lacks, and `::: transcript`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".md", ".markdown")


def read(data: bytes, file: str) -> ReadResult:
    """Turn a Markdown manuscript into a tree; every node knows its line.

    Raises:
        SourceError: Not text, too large, nested too deeply, broken front matter, or nothing in it.
    """
    # The parser takes a fifth of a second to import, and `exporter --help` lists readers without reading.
    from exporter.readers.markdown.document import read_document

    return read_document(data, file)
