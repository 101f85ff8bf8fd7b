"""Tables that are shown row by row: the words of their headers, for the style sheet to put before the values."""

from __future__ import annotations

from exporter.model import Scope
from exporter.model.table_grid import Headings, PlacedCell
from exporter.model.walk import plain_text
from exporter.writers.markup.block import Markup
from exporter.writers.markup.element import Attributes


class StackableMarkup(Markup):
    """Markup with tables that are shown row by row: all, or where they do not fit."""

    _heads: Headings | None = None
    """The header cells of the table being written, if it may be shown row by row."""

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:
        """Return the attributes of a row: the row headers above that span it."""
        if not self._heads or not line:
            return {}
        row = line[0].row
        return {"data-heads": _words([head for head in self._heads.of_row(row) if head.row < row]) or None}

    def cell_attributes(self, placed: PlacedCell) -> Attributes:
        """Return the attributes of a cell: the headers of the columns of a value; none for a header."""
        heads = self._heads.before(placed) if self._heads and placed.cell.scope is None else []
        words = _words([head for head in heads if head.cell.scope not in {Scope.ROW, Scope.ROW_GROUP}])
        return {"data-heads": self.labels("pdf.head", name=words) + " " if words else None}


def _words(heads: list[PlacedCell]) -> str:
    return ", ".join(filter(None, (plain_text(head.cell) for head in heads)))
