"""What an edition says, read back with other libraries than those that wrote it, compared with the tree.

`EditionComparer.compare` returns every difference of an edition, and how much of everything it has; `table` puts these
amounts side by side, and `compare_page_lists` compares the pages that editions mark. How a file is read back, its
`Extractor` knows, which the writer of the edition names.
"""

from exporter.parity.compare import ComparisonResult, EditionComparer, diff
from exporter.parity.counts import ContentCounts, compare_page_lists
from exporter.parity.counts_table import Cell, Row, table
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, Picture
from exporter.parity.rules import RULES
from exporter.parity.serialisation import decode, decode_amounts, encode, encode_amounts

__all__ = [
    "RULES",
    "Cell",
    "ComparisonResult",
    "ContentCounts",
    "DocumentMetadata",
    "EditionComparer",
    "Extraction",
    "Extractor",
    "Heading",
    "Picture",
    "Row",
    "compare_page_lists",
    "decode",
    "decode_amounts",
    "diff",
    "encode",
    "encode_amounts",
    "table",
]
