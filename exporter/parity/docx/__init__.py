"""Content extraction from Word editions (ISO/IEC 29500-1).

Of this package only the opener (`exporter.inspect.docx`) is shared with the writer or the reader of Word files. Most
nodes of the tree have no element in Word; they are recognised by the names of styles and content controls that the
Word edition guarantees (`exporter.writers.docx`).

What Word cannot represent is not expected (`expected_extraction`): heading levels below the ninth; rows shorter than
others; the boundary between terms without a definition and the terms after them; notes on notes, and unreferenced
notes; the expansion of an abbreviation inside a link; the header cells of a cell in a table with merged cells, where
Word goes by row and column; line ends inside a line of verse; the language of text against the direction of its
paragraph. Paragraphs that do not come from the manuscript, such as title page and imprint, are no content items.
"""

from __future__ import annotations

from pathlib import Path

from exporter.model import Publication
from exporter.parity.extraction import Extraction, Extractor


def read(path: Path) -> Extraction:
    """Read a Word file."""
    from exporter.parity.docx.extraction import extract

    return extract(path)


def expected_extraction(publication: Publication) -> Extraction:
    """Return the extraction of a publication, as far as Word can represent it."""
    from exporter.parity.docx.expected import extract

    return extract(publication)


EXTRACTOR = Extractor(read, expected=expected_extraction)
