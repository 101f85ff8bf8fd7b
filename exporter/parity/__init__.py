"""What an edition says, read back with other libraries than those that wrote it, compared with the tree."""

from exporter.parity.compare import compare, differences
from exporter.parity.facts import Facts, Heading, Picture
from exporter.parity.pdf import facts_of_pdf
from exporter.parity.rules import RULES

__all__ = ["RULES", "Facts", "Heading", "Picture", "compare", "differences", "facts_of_pdf"]
