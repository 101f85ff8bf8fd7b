"""The grid of a table: which cell covers which place, spans resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exporter.model import Cell, Row


class Slot(NamedTuple):
    """A stretch of one row that one cell covers."""

    cell: Cell | None
    """None where the manuscript has no cell."""
    column: int
    """From 0."""
    span: int
    """Columns."""
    first: bool
    """Whether the cell begins in this row; else it reaches down from above."""
    merged: bool
    """Whether the cell covers more than one row."""


def lay_out(groups: Sequence[Sequence[Row]], columns: int) -> list[list[Slot]]:
    """Return the slots of every row, filled up to one width; no cell reaches out of its group (HTML, 4.9.12)."""
    rows: list[dict[int, Slot]] = []
    for group in groups:
        start = len(rows)
        rows.extend({} for _ in group)
        for index, row in enumerate(group):
            column = 0
            taken = _taken(rows[start + index])
            for cell in row.cells:
                while column in taken:
                    column += 1
                span = 1
                while span < cell.colspan and column + span not in taken:
                    span += 1
                height = min(cell.rowspan, len(group) - index)
                for below in range(height):
                    slot = Slot(cell, column, span, first=below == 0, merged=height > 1)
                    rows[start + index + below][column] = slot
                column += span
    width = max([columns, *(slot.column + slot.span for row in rows for slot in row.values())])
    return [_filled(row, width) for row in rows]


def _taken(row: dict[int, Slot]) -> set[int]:
    return {place for slot in row.values() for place in range(slot.column, slot.column + slot.span)}


def _filled(row: dict[int, Slot], width: int) -> list[Slot]:
    taken = _taken(row)
    gaps = [Slot(None, place, 1, first=True, merged=False) for place in range(width) if place not in taken]
    return sorted([*row.values(), *gaps], key=lambda slot: slot.column)
