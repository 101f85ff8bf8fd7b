"""A table as a listener needs it: for every cell the headers that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.model import Cell, Row, Scope, Table


class Header(NamedTuple):
    """A cell that heads others, in its row, whose language is that of the cell too."""

    row: Row
    cell: Cell


class Spoken(NamedTuple):
    """A cell and what has to be said before it."""

    headers: tuple[Header, ...]
    """Of its columns, widest first; each once."""
    cell: Cell


class SpokenRow(NamedTuple):
    row: Row
    headed: bool
    """Whether a cell of the row names it."""
    reaching: tuple[Header, ...]
    """Row headers that began in a row above and reach down to this one."""
    cells: tuple[Spoken, ...]


def body_rows(table: Table) -> Iterator[SpokenRow]:
    """Yield the rows of bodies and foot with the headers of each cell (WCAG 1.3.1: what is related stays related)."""
    heads = _column_headers(table)
    for group in (*table.bodies, table.foot):
        column_headers = {column: list(cells) for column, cells in heads.items()}
        reaching: dict[int, tuple[Header, int]] = {}
        for row in group:
            yield _row(row, column_headers, reaching)


def _row(row: Row, column_headers: dict[int, list[Header]], reaching: dict[int, tuple[Header, int]]) -> SpokenRow:
    from_above: list[Header] = []
    for header, _ in reaching.values():
        if _heads_row(header.cell):
            _add(from_above, header)
    occupied = set(reaching)
    for column, (header, left) in list(reaching.items()):
        if left > 1:
            reaching[column] = (header, left - 1)
        else:
            del reaching[column]
    out: list[Spoken] = []
    column = 0
    for cell in row.cells:
        while column in occupied:
            column += 1
        columns = range(column, column + cell.colspan)
        headers: list[Header] = []
        for each in columns:
            for header in column_headers.get(each, []):
                _add(headers, header)
        if cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP):
            # A header in the middle of a body heads what comes below it, in place of the one above.
            for each in columns:
                column_headers[each] = [Header(row, cell)]
            headers = []
        elif _heads_row(cell):
            headers = []  # it names the row by itself; what heads its column was said with the columns
        out.append(Spoken(tuple(headers), cell))
        if cell.rowspan > 1:
            for each in columns:
                reaching[each] = (Header(row, cell), cell.rowspan - 1)
        column = columns.stop
    headed = bool(from_above) or any(_heads_row(cell) for cell in row.cells)
    return SpokenRow(row, headed, tuple(from_above), tuple(out))


def _add(headers: list[Header], header: Header) -> None:
    """Add a header, unless its very cell is there."""
    if all(header.cell is not had.cell for had in headers):
        headers.append(header)


def _heads_row(cell: Cell) -> bool:
    return cell.scope in (Scope.ROW, Scope.ROW_GROUP)


def _column_headers(table: Table) -> dict[int, list[Header]]:
    heads: dict[int, list[Header]] = {}
    reaching: dict[int, int] = {}
    for row in table.head:
        occupied = set(reaching)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in occupied:
                column += 1
            for each in range(column, column + cell.colspan):
                heads.setdefault(each, []).append(Header(row, cell))
                if cell.rowspan > 1:
                    reaching[each] = cell.rowspan - 1
            column += cell.colspan
    return heads
