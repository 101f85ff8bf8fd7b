"""Tables of content documents that are shown row by row where they do not fit, as on phones (WCAG 1.4.10)."""

from __future__ import annotations

import math

from exporter.model import Table
from exporter.model.table_grid import Headings, PlacedCell, place_cells
from exporter.writers.markup.element import Attributes
from exporter.writers.markup.table_heads import StackableMarkup
from exporter.writers.markup.tables import NARROW
from exporter.writers.pdf import column_widths

_LETTER = 0.55
"""Mean width of a letter in a table of `epub.css`, relative to the text around it, in fonts that run wide."""
_PADDING = 2.8
"""Letters that the padding of a cell takes there."""
_STEP, _WIDEST = 8, 64
"""Steps of the widths, and the widest; tables that need more are shown row by row below that."""


class StackedTableMarkup(StackableMarkup):
    """Markup of tables that are shown row by row in places narrower than their class says, in widths of a letter.

    A row that is no table row on the screen loses its role in some browsers: each part states its own (ARIA in HTML).
    """

    stacked_widths: set[int]
    """Widths of the tables that are shown row by row below them."""
    _width = 0

    def table(self, node: Table, depth: int) -> str:
        """Return a table."""
        was = self._heads, self._width
        self._heads = None
        if len(node.columns) > NARROW:
            lines = place_cells(node.groups)
            self._heads = Headings(lines)
            width = column_widths.need(lines, _PADDING) * _LETTER
            self._width = min(math.ceil(width / _STEP) * _STEP, _WIDEST)
        try:
            return super().table(node, depth)
        finally:
            self._heads, self._width = was

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes of a table: the width from which it is shown as a grid."""
        classes = super().table_classes(node, lines)
        if self._heads is not None:
            self.stacked_widths.add(self._width)
            classes.append(f"by-row-{self._width}")
        return classes

    def table_role(self, role: str) -> Attributes:
        """Return the role of a part of a table."""
        return {"role": role if self._heads is not None else None}


def style_sheet(rules: str, widths: set[int], unit: str = "em") -> str:
    """Return the rules of a style sheet for each width: of the screen, and of the column where apps know it."""
    sheets = [
        f"@{condition} (max-width: {width}{unit}) {{\n{rules.replace('.by-row', f'.by-row-{width}')}}}\n"
        for width in sorted(widths)
        for condition in ("media", "container")
    ]
    return "".join(sheets)
