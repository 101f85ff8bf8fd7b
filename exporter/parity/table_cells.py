"""Cells of a table as they are compared: their spans, and the header cells that apply to them."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model.table_grid import PlacedCell, headers


def detail(placed: PlacedCell) -> str:
    """Return the direction in which a cell is a header, and how many rows and columns it covers."""
    scope = placed.cell.scope
    kind = "data" if scope is None else "heads its row" if scope.value.startswith("row") else "heads its column"
    return f"{kind}, {placed.rows} by {placed.columns}"


def headers_by_cell(lines: Iterable[Iterable[PlacedCell]]) -> dict[int, list[int]]:
    """Return, for a table with spans, the header cells of each cell, all by their identity."""
    every = [placed for line in lines for placed in line]
    if not any(placed.has_span for placed in every):
        return {}
    headings = [placed for placed in every if placed.cell.scope]
    return {id(placed.cell): [id(heading.cell) for heading in headers(placed, headings)] for placed in every}
