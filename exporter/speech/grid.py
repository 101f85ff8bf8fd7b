"""A table as a listener needs it: for every cell the headers that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.model import Cell, Row, Scope, Table


class Spoken(NamedTuple):
    """A cell and what has to be said before it."""

    headers: tuple[Cell, ...]
    """Of its columns, widest first; each once."""
    cell: Cell


class SpokenRow(NamedTuple):
    row: Row
    headed: bool
    """Whether a cell of the row names it."""
    reaching: tuple[Cell, ...]
    """Row headers that began in a row above and reach down to this one."""
    cells: tuple[Spoken, ...]


def body_rows(table: Table) -> Iterator[SpokenRow]:
    """Give the rows of bodies and foot with the headers of each cell (WCAG 1.3.1: what is related stays related)."""
    heads = _column_headers(table)
    for group in (*table.bodies, table.foot):
        column_headers = {column: list(cells) for column, cells in heads.items()}
        reaching: dict[int, tuple[Cell, int]] = {}
        for row in group:
            yield _row(row, column_headers, reaching)


def _row(row: Row, column_headers: dict[int, list[Cell]], reaching: dict[int, tuple[Cell, int]]) -> SpokenRow:
    from_above: list[Cell] = []
    for cell, _ in reaching.values():
        if _heads_row(cell) and cell not in from_above:
            from_above.append(cell)
    occupied = set(reaching)
    for column, (cell, left) in list(reaching.items()):
        if left > 1:
            reaching[column] = (cell, left - 1)
        else:
            del reaching[column]
    out: list[Spoken] = []
    column = 0
    for cell in row.cells:
        while column in occupied:
            column += 1
        columns = range(column, column + cell.colspan)
        headers: list[Cell] = []
        for each in columns:
            headers += [header for header in column_headers.get(each, []) if all(header is not had for had in headers)]
        if cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP):
            # A header in the middle of a body heads what comes below it, in place of the one above.
            for each in columns:
                column_headers[each] = [cell]
            headers = []
        elif _heads_row(cell):
            headers = []  # it names the row by itself; what heads its column was said with the columns
        out.append(Spoken(tuple(headers), cell))
        if cell.rowspan > 1:
            for each in columns:
                reaching[each] = (cell, cell.rowspan - 1)
        column = columns.stop
    headed = bool(from_above) or any(_heads_row(cell) for cell in row.cells)
    return SpokenRow(row, headed, tuple(from_above), tuple(out))


def _heads_row(cell: Cell) -> bool:
    return cell.scope in (Scope.ROW, Scope.ROW_GROUP)


def _column_headers(table: Table) -> dict[int, list[Cell]]:
    heads: dict[int, list[Cell]] = {}
    reaching: dict[int, int] = {}
    for row in table.head:
        occupied = set(reaching)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in occupied:
                column += 1
            for each in range(column, column + cell.colspan):
                heads.setdefault(each, []).append(cell)
                if cell.rowspan > 1:
                    reaching[each] = cell.rowspan - 1
            column += cell.colspan
    return heads
