"""Comparable properties of table cells: scope, spans and header cells."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model.table_grid import Headings, PlacedCell


def describe_cell(placed: PlacedCell) -> str:
    """Return the scope of a cell and its row and column span."""
    scope = placed.cell.scope
    kind = "data" if scope is None else "heads its row" if scope.value.startswith("row") else "heads its column"
    return f"{kind}, {placed.rows} by {placed.columns}"


def headers_by_cell(lines: Iterable[Iterable[PlacedCell]]) -> dict[int, list[int]]:
    """Return the header cells of each cell of a table with spans, all by `id`; nothing for a table without spans."""
    placed_cells = [placed for line in lines for placed in line]
    if not any(placed.has_span for placed in placed_cells):
        return {}
    headings = Headings([placed_cells])
    return {id(placed.cell): [id(heading.cell) for heading in headings.of(placed)] for placed in placed_cells}
