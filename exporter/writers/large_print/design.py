"""Paper, style sheets and markup of the large-print edition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from exporter.model import Table
from exporter.model.table_grid import PlacedCell
from exporter.writers.pdf import column_widths
from exporter.writers.pdf.design import PARTS, Design, Paper
from exporter.writers.pdf.markup import PageMarkup
from exporter.writers.pdf.options import PageSize

if TYPE_CHECKING:
    from exporter.writers.large_print import Options

# One column as wide as the paper allows, which at 18 points is at most 55 characters.
PAPERS = {
    PageSize.A4: Paper(width=210, height=297, top=26, end=20, bottom=24, start=20, hang=0, text=18),
    PageSize.LETTER: Paper(width=215.9, height=279.4, top=26, end=22, bottom=24, start=22, hang=0, text=18),
    PageSize.A5: Paper(width=148, height=210, top=20, end=13, bottom=19, start=13, hang=0, text=18),
}


class LargeMarkup(PageMarkup):
    """Markup with tables in full text size that stay out of the margin."""

    table_scale = 1
    long_chapter = math.inf
    """A page holds few words: one of two lines before a chapter would be frequent."""

    def fits(self, node: Table, lines: list[list[PlacedCell]]) -> bool:  # noqa: ARG002 - the signature of the base
        """Return whether a table fits without broken words and narrow columns."""
        return column_widths.need(lines) <= self.line

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes of a table, never that of smaller type."""
        return [name for name in super().table_classes(node, lines) if name != "wide"]


def design(options: Options) -> Design:
    """Return the design for the paper of the options."""
    return Design(
        "large-print", PAPERS[options.page_size], (*PARTS, "large-print"), LargeMarkup, name="pdf.large_print"
    )
