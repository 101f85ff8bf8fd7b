"""Parity check: the content of each edition, read back independently of its writer, compared with the tree.

`EditionComparer.compare` returns all differences of an edition and its counts; `tabulate` combines the counts of all
editions, and `compare_page_lists` compares the pages that editions mark. Files are read back by the `Extractor` that
the writer of the edition names.
"""

from exporter.parity.compare import EditionComparer, diff
from exporter.parity.counts import ContentCounts, compare_page_lists
from exporter.parity.counts_table import Cell, tabulate
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, Picture
from exporter.parity.rules import RULES
