"""Paper, style sheets and markup of the side-by-side edition."""

from __future__ import annotations

from exporter.model import Table
from exporter.model.parallel_blocks import is_side_by_side
from exporter.model.table_grid import PlacedCell
from exporter.writers.pdf.design import PARTS, Design, Paper
from exporter.writers.pdf.markup import PageMarkup
from exporter.writers.pdf.options import Options, PageSize

# Landscape, so that the columns are as wide as those of a book.
PAPERS = {
    PageSize.A4: Paper(width=297, height=210, top=24, end=20, bottom=20, start=20, hang=0, text=10.5),
    PageSize.LETTER: Paper(width=279.4, height=215.9, top=24, end=20, bottom=20, start=20, hang=0, text=10.5),
    PageSize.A5: Paper(width=210, height=148, top=20, end=13, bottom=16, start=13, hang=0, text=9.5),
}


class SideBySideMarkup(PageMarkup):
    """Markup in which the tables with both texts have a class, and break between and inside their rows."""

    def fits(self, node: Table, lines: list[list[PlacedCell]]) -> bool:
        """Return whether a table fits on the page, as both texts always do."""
        return is_side_by_side(node) or super().fits(node, lines)

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes of a table."""
        return ["side-by-side"] if is_side_by_side(node) else super().table_classes(node, lines)


def design(options: Options) -> Design:
    """Return the design for the paper of the options."""
    parts = (*PARTS, "side-by-side")
    return Design("side-by-side-pdf", PAPERS[options.page_size], parts, SideBySideMarkup, name="editions.side-by-side")
