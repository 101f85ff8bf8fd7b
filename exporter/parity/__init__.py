"""What an edition says, read back with other libraries than those that wrote it, compared with the tree.

`compare` gives every difference. `Measure.examine` does so edition by edition and says how much of everything there is;
`table` puts these amounts side by side, and `across` compares the pages that editions mark.
"""

from exporter.parity.compare import READERS, Compared, Measure, compare, differences, suffix_of, told_by
from exporter.parity.counts import Amounts, across
from exporter.parity.counts_table import Cell, Row, table
from exporter.parity.extraction import About, Facts, Heading, Picture
from exporter.parity.pdf import facts_of_pdf
from exporter.parity.rules import RULES
from exporter.parity.serialisation import decode, decode_amounts, encode, encode_amounts

__all__ = [
    "READERS",
    "RULES",
    "About",
    "Amounts",
    "Cell",
    "Compared",
    "Facts",
    "Heading",
    "Measure",
    "Picture",
    "Row",
    "across",
    "compare",
    "decode",
    "decode_amounts",
    "differences",
    "encode",
    "encode_amounts",
    "facts_of_pdf",
    "suffix_of",
    "table",
    "told_by",
]
