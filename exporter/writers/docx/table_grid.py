"""Slots of the rows of a table: each row of WordprocessingML states what covers it from above (ECMA-376-1, 17.4.84)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exporter.model import Cell, Row
from exporter.model.table_grid import place_cells


class Slot(NamedTuple):
    """The columns of one row that one cell covers."""

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
    """Return the slots of every row, filled up to one width."""
    lines = place_cells(groups)
    rows: list[list[Slot]] = [[] for _ in lines]
    for line in lines:
        for placed in line:
            for row in range(placed.row, placed.row + placed.rows):
                first, merged = row == placed.row, placed.rows > 1
                rows[row].append(Slot(placed.cell, placed.column, placed.columns, first=first, merged=merged))
    width = max([columns, *(slot.column + slot.span for row in rows for slot in row)])
    return [_fill(row, width) for row in rows]


def _fill(row: list[Slot], width: int) -> list[Slot]:
    covered = {column for slot in row for column in range(slot.column, slot.column + slot.span)}
    gaps = [Slot(None, column, 1, first=True, merged=False) for column in range(width) if column not in covered]
    return sorted([*row, *gaps], key=lambda slot: slot.column)
