"""Reader of HTML manuscripts: pages of content management systems, word processors and authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".html", ".htm", ".xhtml")
GUESSES_HEADINGS = True


def read(data: bytes, file: str, *, guess_headings: bool = False) -> ReadResult:
    """Read a page as a publication; every node has its line.

    Raises:
        SourceError: The file is not text, too large, nested too deeply or empty.
    """
    # The parser is slow to import, and `exporter --help` lists readers without reading.
    from exporter.readers.html.document import read_document

    return read_document(data, file, guess_headings=guess_headings)
