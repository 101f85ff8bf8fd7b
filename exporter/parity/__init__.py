"""What an edition says, read back with other libraries than those that wrote it, compared with the tree.

`compare` gives every difference. `EditionComparer.compare` does so edition by edition and says how much of everything
there is; `table` puts these amounts side by side, and `compare_page_lists` compares the pages that editions mark.
"""

from exporter.parity.compare import (
    READERS,
    ComparisonResult,
    EditionComparer,
    compare,
    diff,
    extract_edition,
    suffix_of,
)
from exporter.parity.counts import ContentCounts, compare_page_lists
from exporter.parity.counts_table import Cell, Row, table
from exporter.parity.extraction import DocumentMetadata, Extraction, Heading, Picture
from exporter.parity.pdf import facts_of_pdf
from exporter.parity.rules import RULES
from exporter.parity.serialisation import decode, decode_amounts, encode, encode_amounts

__all__ = [
    "READERS",
    "RULES",
    "Cell",
    "ComparisonResult",
    "ContentCounts",
    "DocumentMetadata",
    "EditionComparer",
    "Extraction",
    "Heading",
    "Picture",
    "Row",
    "compare",
    "compare_page_lists",
    "decode",
    "decode_amounts",
    "diff",
    "encode",
    "encode_amounts",
    "extract_edition",
    "facts_of_pdf",
    "suffix_of",
    "table",
]
