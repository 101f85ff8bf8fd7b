"""What a Word file says, read with zipfile and lxml alone from its WordprocessingML (ISO 29500-1).

Nothing here is shared with the writer or the reader of Word files. Most of what the tree holds has no element in Word;
it is known by the names of styles and content controls that the Word edition promises (`exporter.writers.docx`).

What Word cannot hold is not asked of it (`expected_extraction`): levels of headings below the ninth; rows that are
shorter than others; terms without a definition told apart from those after them; notes on notes, and notes to which
nothing refers; what an abbreviation inside a link stands for; which of the head cells head a cell of a table with
merged cells, where Word goes by row and column; the end of a line inside a line of verse; the language of a stretch of
letters against the direction of its passage. What was never written in a style of ours, such as title page and imprint,
is no passage.
"""

from __future__ import annotations

from pathlib import Path

from exporter.model import Publication
from exporter.parity.extraction import Extraction


def read(path: Path) -> Extraction:
    """Read a Word file.

    Raises:
        DocxError: It is none, or it is broken.
    """
    from exporter.parity.docx.extraction import facts

    return facts(path)


def expected_extraction(publication: Publication) -> Extraction:
    """Return the facts of a publication, as far as Word can hold them."""
    from exporter.parity.docx.expected import facts

    return facts(publication)
