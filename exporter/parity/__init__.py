"""What an edition says, read back with other libraries than those that wrote it, compared with the tree."""

from exporter.parity.compare import RULES, compare, differences
from exporter.parity.facts import Facts, Heading, Picture

__all__ = ["RULES", "Facts", "Heading", "Picture", "compare", "differences"]
