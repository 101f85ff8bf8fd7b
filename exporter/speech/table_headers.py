"""Rows of a table for a listener: each cell with the header cells that are read before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.model import Cell, Row, Scope, Table
from exporter.model.table_grid import PlacedCell, headers_before, place_cells


class Header(NamedTuple):
    """A header cell in its row, whose language is also that of the cell."""

    row: Row
    cell: Cell


class SpokenCell(NamedTuple):
    """A cell and the headers that are read before it."""

    headers: tuple[Header, ...]
    """Those of its columns, widest first, each once."""
    cell: Cell


class SpokenRow(NamedTuple):
    """A row with the headers of its cells."""

    row: Row
    has_header: bool
    """Whether the row has a row header."""
    spanning_headers: tuple[Header, ...]
    """Row headers of rows above that span this one."""
    cells: tuple[SpokenCell, ...]


def body_rows(table: Table) -> Iterator[SpokenRow]:
    """Yield the rows of bodies and foot with the headers of each cell (WCAG 1.3.1)."""
    lines = enumerate(place_cells(table.groups))
    head_headers: dict[int, list[_PlacedHeader]] = {}
    for row, (_, line) in zip(table.head, lines, strict=False):
        for placed in line:
            for column in range(placed.column, placed.column + placed.columns):
                head_headers.setdefault(column, []).append(_PlacedHeader(placed, row))
    for group in (*table.bodies, table.foot):
        column_headers = {column: list(cells) for column, cells in head_headers.items()}
        row_headers: list[tuple[PlacedCell, Header]] = []
        for row, (index, line) in zip(group, lines, strict=False):
            spanning = tuple(header for placed, header in row_headers if index < placed.row + placed.rows)
            cells = tuple(
                SpokenCell(_headers(placed, row, column_headers, len(table.columns)), placed.cell) for placed in line
            )
            row_headers += ((placed, Header(row, placed.cell)) for placed in line if _is_row_header(placed.cell))
            yield SpokenRow(row, bool(spanning) or any(map(_is_row_header, row.cells)), spanning, cells)


class _PlacedHeader(NamedTuple):
    placed: PlacedCell
    row: Row


def _headers(
    placed: PlacedCell, row: Row, column_headers: dict[int, list[_PlacedHeader]], count: int
) -> tuple[Header, ...]:
    """Return the column headers of a cell; if it is one itself, it replaces those of the cells below it."""
    columns = range(placed.column, placed.column + placed.columns)
    if placed.cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP):
        column_headers.update((column, [_PlacedHeader(placed, row)]) for column in columns)
    if placed.cell.scope is not None:
        return ()
    # A header is read once, even if it applies to several columns of the cell.
    headers = {id(header.placed): header for column in columns for header in column_headers.get(column, ())}
    read = set(map(id, headers_before(placed, [header.placed for header in headers.values()], count)))
    return tuple(Header(header.row, header.placed.cell) for name, header in headers.items() if name in read)


def _is_row_header(cell: Cell) -> bool:
    return cell.scope in (Scope.ROW, Scope.ROW_GROUP)
