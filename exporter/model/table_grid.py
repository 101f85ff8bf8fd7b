"""Grid of a table: the rows and columns of each cell, and the header cells that apply to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.model.block import Cell, Row, Scope

_MOST_HEADING_ROWS = 3
_ROW_SCOPES = frozenset({Scope.ROW, Scope.ROW_GROUP})


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


def count_heading_rows(rows: Sequence[Row]) -> int:
    """Return how many of the first rows seem to name the columns of a table in which none is marked.

    Cells that span columns name several together: the names of the columns themselves are below them. One cell that
    spans rows may only be a group of rows with data.
    """
    is_below_group = False
    for count, row in enumerate(rows[:_MOST_HEADING_ROWS], 1):
        if all(cell.colspan == 1 for cell in row.cells):
            reach = count
            if is_below_group or all(cell.rowspan > 1 for cell in row.cells):
                reach = max((count - 1 + cell.rowspan for cell in row.cells), default=count)
            return reach if reach < len(rows) else 1
        is_below_group = is_below_group or len(row.cells) > 1
    return 1


class Headings:
    """The header cells of a table in reading order, by the columns and rows that they are in.

    Args:
        lines: The cells of each row.
    """

    def __init__(self, lines: Iterable[Iterable[PlacedCell]]) -> None:
        cells = [placed for line in lines for placed in line]
        self._columns = max((placed.column + placed.columns for placed in cells), default=0)
        self._cells = tuple(placed for placed in cells if placed.cell.scope)
        self._by_column: dict[int, dict[int, PlacedCell]] = defaultdict(dict)
        self._by_row: dict[int, dict[int, PlacedCell]] = defaultdict(dict)
        for index, heading in enumerate(self._cells):
            if heading.cell.scope in {Scope.COLUMN, Scope.COLUMN_GROUP}:
                for column in range(heading.column, heading.column + heading.columns):
                    self._by_column[column][index] = heading
            else:
                for row in range(heading.row, heading.row + heading.rows):
                    self._by_row[row][index] = heading

    def __iter__(self) -> Iterator[PlacedCell]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def before(self, placed: PlacedCell) -> list[PlacedCell]:
        """Return the header cells that are to be read or shown before a cell."""
        return headers_before(placed, self.of(placed), self._columns)

    def of_row(self, row: int) -> Iterable[PlacedCell]:
        """Return the row headers in a row."""
        return self._by_row.get(row, {}).values()

    def of(self, placed: PlacedCell) -> list[PlacedCell]:
        """Return the header cells that apply to a cell, columns first (WCAG H43; PDF 1.7, table 349, Headers)."""
        return [
            *(
                heading
                for heading in _among(self._by_column, placed.column, placed.columns)
                if heading.group in {0, placed.group} and heading.row + heading.rows <= placed.row
            ),
            *(
                heading
                for heading in _among(self._by_row, placed.row, placed.rows)
                if heading.column + heading.columns <= placed.column
            ),
        ]


def headers_before(placed: PlacedCell, headings: Sequence[PlacedCell], columns: int) -> list[PlacedCell]:
    """Return those of the header cells of a cell that are to be read or shown before it.

    A cell across all columns says what the rows below it are, and is in none of the columns. Before one across several,
    a header that only names columns of the cell stands for those below it.

    Args:
        placed: The cell.
        headings: Its header cells.
        columns: Number of columns of the table.
    """
    if placed.columns == 1:
        return list(headings)
    of_rows = [heading for heading in headings if heading.cell.scope in _ROW_SCOPES]
    if placed.columns == columns:
        return of_rows
    above = [heading for heading in headings if heading.cell.scope not in _ROW_SCOPES]
    whole = [heading for heading in above if _is_within(heading, placed)]
    outermost = (
        heading
        for heading in above
        if not any(other.row < heading.row and _is_within(heading, other) for other in whole)
    )
    return [*outermost, *of_rows]


def _is_within(cell: PlacedCell, other: PlacedCell) -> bool:
    """Return whether the columns of a cell are columns of another one."""
    return other.column <= cell.column and cell.column + cell.columns <= other.column + other.columns


def _among(headings: Mapping[int, dict[int, PlacedCell]], first: int, count: int) -> Iterable[PlacedCell]:
    """Return the headings in several columns or rows, in reading order."""
    if count == 1:
        return headings.get(first, {}).values()
    merged: dict[int, PlacedCell] = {}
    for position in range(first, first + count):
        merged |= headings.get(position, {})
    return [merged[index] for index in sorted(merged)]
