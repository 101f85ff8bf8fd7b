"""Tables on pages: as they are where they fit, else row by row, each value behind the head of its column."""

from __future__ import annotations

from exporter.model import Block, Scope, Table
from exporter.model.table_grid import PlacedCell, headers, place_cells
from exporter.model.walk import plain_text
from exporter.writers.markup import Attributes, Markup
from exporter.writers.pdf import column_widths


class StackedTableMarkup(Markup):
    """The markup of tables that a line can hold.

    A table told row by row keeps its elements, so that its tags are those of any table (ISO 14289-1, 7.5). What stands
    before a value for the eye, its heads, is made by the style sheet from `data-heads` and is an artifact.
    """

    line: float = 0
    """Letters on a line of a table."""
    wide_line: float = 0
    """Letters on a line of a table with many columns, which reaches into the margin in smaller type."""
    page_lines: float = 0
    """Lines of a table that stand on three quarters of a page."""
    _heads: list[PlacedCell] | None = None
    """The head cells of the table being told row by row."""
    _brief: frozenset[int] = frozenset()
    """Columns of the table being written whose cells stay on one line."""

    def fits(self, node: Table, lines: list[list[PlacedCell]]) -> bool:
        """Return whether a table finds room on the page."""
        if "wide" in super().table_classes(node, lines):
            return column_widths.words(lines, column_widths.TIGHT) <= self.wide_line
        return column_widths.words(lines) <= self.line

    def table(self, node: Table, depth: int) -> str:
        """Return a table."""
        was = self._heads, self._brief
        lines = place_cells(node.groups)
        if self.fits(node, lines):
            self._heads, self._brief = None, column_widths.brief(lines, self.line)
        else:
            self._heads, self._brief = [placed for row in lines for placed in row if placed.cell.scope], frozenset()
        try:
            return super().table(node, depth)
        finally:
            self._heads, self._brief = was

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Say how the table is set and divided."""
        if self._heads is not None:
            return ["by-row"]
        # What is longer than a page has to be divided: else the engine leaves its caption behind on a page of its own.
        whole = column_widths.height(lines, self.line) <= self.page_lines
        return [name for name in super().table_classes(node, lines) if whole or name != "short"]

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:
        """Return a row the heads that stand in rows above it and cover it."""
        if self._heads is None or not line:
            return {}
        row = line[0].row
        above = [head for head in self._heads if _heads_rows(head) and head.row < row < head.row + head.rows]
        return {"data-heads": _words(above) or None}

    def cell_attributes(self, placed: PlacedCell) -> Attributes:
        """Return a value the heads of its columns."""
        if self._heads is None or placed.cell.scope is not None:
            return {}
        heads = [head for head in headers(placed, self._heads) if not _heads_rows(head)]
        words = _words(heads)
        return {"data-heads": self.labels("pdf.head", name=words) + " " if words else None}

    def cell_classes(self, placed: PlacedCell) -> list[str]:
        """Mark a short cell that stays on one line."""
        short = placed.cell.colspan == 1 and len(plain_text(placed.cell)) <= column_widths.BRIEF
        return ["brief"] if short and placed.column in self._brief else []

    def contents(self, nodes: tuple[Block, ...], depth: int, *, tight: bool = True) -> str:
        """Return the blocks of a cell; tables inside it stand for themselves."""
        was, self._heads = self._heads, None
        try:
            return super().contents(nodes, depth, tight=tight)
        finally:
            self._heads = was


def _heads_rows(head: PlacedCell) -> bool:
    return head.cell.scope in {Scope.ROW, Scope.ROW_GROUP}


def _words(heads: list[PlacedCell]) -> str:
    return ", ".join(filter(None, (plain_text(head.cell) for head in heads)))
