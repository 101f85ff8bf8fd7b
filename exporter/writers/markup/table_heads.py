"""Words of the headers of a table that is shown row by row, for the style sheet to put before the values."""

from __future__ import annotations

from exporter.model import Scope
from exporter.model.table_grid import Headings, PlacedCell
from exporter.model.walk import plain_text


def above_row(line: list[PlacedCell], heads: Headings) -> str:
    """Return the row headers from above that span a row."""
    row = line[0].row
    return _words([head for head in heads.of_row(row) if head.row < row])


def of_columns(placed: PlacedCell, heads: Headings) -> str:
    """Return the headers of the columns of a value; none for a header."""
    if placed.cell.scope is not None:
        return ""
    return _words([head for head in heads.of(placed) if not _heads_rows(head)])


def _heads_rows(head: PlacedCell) -> bool:
    return head.cell.scope in {Scope.ROW, Scope.ROW_GROUP}


def _words(heads: list[PlacedCell]) -> str:
    return ", ".join(filter(None, (plain_text(head.cell) for head in heads)))
