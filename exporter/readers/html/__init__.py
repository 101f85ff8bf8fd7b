"""HTML manuscripts: pages as a CMS, a word processor or a person writes them; and HTML inside Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".html", ".htm", ".xhtml")


def read(data: bytes, file: str) -> ReadResult:
    """Turn a page into a tree; every node knows its line.

    Raises:
        SourceError: No text, too large, nested too deeply, or nothing in it.
    """
    # The parser takes time to import, and `exporter --help` lists readers without reading.
    from exporter.readers.html.document import read_document

    return read_document(data, file)
