"""Grid of a table: the rows and columns of each cell, and the header cells that apply to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.model.block import Cell, Row, Scope


class PlacedCell(NamedTuple):
    """A cell with its position and its extent."""

    cell: Cell
    row: int
    """Index of its first row, counted through all groups."""
    column: int
    rows: int
    """Number of rows, never beyond its own group (HTML 4.9.12.1)."""
    columns: int
    """Number of columns, never onto a cell that reaches down from above."""
    group: int
    """0 is the head, then one for each body, then the foot."""

    @property
    def has_span(self) -> bool:
        """Whether the cell is written with a span."""
        return self.cell.rowspan > 1 or self.cell.colspan > 1


class Grid:
    """Columns that are covered in each row of one group of rows."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._covered: list[set[int]] = [set() for _ in range(rows)]

    def cover(self, row: int, column: int, rows: int, columns: int) -> None:
        """Mark the area of a cell as covered."""
        for covered in self._covered[row : row + rows]:
            covered.update(range(column, column + columns))

    def first_free(self, row: int, column: int) -> int:
        """Return the first free column of a row, from `column` on."""
        while column in self._covered[row]:
            column += 1
        return column

    def count_free(self, row: int, column: int, most: int) -> int:
        """Return the number of free columns from a free one on, up to `most`."""
        return next((count for count in range(1, most) if column + count in self._covered[row]), most)

    def count_covered(self, row: int) -> int:
        """Return the number of covered columns of a row."""
        return len(self._covered[row])

    def width(self, row: int) -> int:
        """Return the number of columns of a row."""
        return max(self._covered[row], default=-1) + 1


def place_cells(groups: Iterable[Sequence[Row]]) -> list[list[PlacedCell]]:
    """Return the cells of each row of a table, such as `Table.groups`, with their positions."""
    lines: list[list[PlacedCell]] = []
    for number, rows in enumerate(groups):
        first, grid = len(lines), Grid(len(rows))
        for index, row in enumerate(rows):
            column = 0
            line: list[PlacedCell] = []
            for cell in row.cells:
                column = grid.first_free(index, column)
                height = min(cell.rowspan, len(rows) - index)
                width = grid.count_free(index, column, cell.colspan)
                grid.cover(index, column, height, width)
                line.append(PlacedCell(cell, first + index, column, height, width, number))
            lines.append(line)
    return lines


def headers(placed: PlacedCell, headings: Iterable[PlacedCell]) -> list[PlacedCell]:
    """Return the header cells that apply to a cell, columns first (WCAG H43; PDF 1.7, table 349, Headers)."""
    columns: list[PlacedCell] = []
    rows: list[PlacedCell] = []
    for heading in headings:
        if heading.cell.scope in {Scope.COLUMN, Scope.COLUMN_GROUP}:
            is_above = heading.group in {0, placed.group} and heading.row + heading.rows <= placed.row
            if is_above and _overlap(heading.column, heading.columns, placed.column, placed.columns):
                columns.append(heading)
        elif heading.cell.scope:
            is_before = heading.column + heading.columns <= placed.column
            if is_before and _overlap(heading.row, heading.rows, placed.row, placed.rows):
                rows.append(heading)
    return columns + rows


def _overlap(first: int, first_length: int, second: int, second_length: int) -> bool:
    return first < second + second_length and second < first + first_length
