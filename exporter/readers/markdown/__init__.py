"""Reader of Markdown manuscripts: CommonMark, extensions of Pandoc, and `::: transcript`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contracts import ReadResult

SUFFIXES = (".md", ".markdown", ".qmd", ".rmd")
GUESSES_HEADINGS = True


def read(data: bytes, file: str, *, guess_headings: bool = False) -> ReadResult:
    """Read a Markdown manuscript as a publication; every node has its line.

    Raises:
        SourceError: The file is not text, too large, nested too deeply or empty, or its front matter is invalid.
    """
    # The parser is slow to import (0.2 s), and `exporter --help` lists readers without reading.
    from exporter.readers.markdown.document import read_document

    return read_document(data, file, guess_headings=guess_headings)
