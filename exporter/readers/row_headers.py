"""Header cells of tables."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.model import At, Block, Cell, Paragraph, Row, Scope, Strong, Table

_ROWS = (Scope.ROW, Scope.ROW_GROUP)


def with_row_headers(table: Table, *, requested: bool | None = None) -> Table:
    """Return the table with the cells of its first column as row headers, if the manuscript marks them.

    They are marked by `requested`, by bold throughout the first column, or by an empty cell in the corner. A first
    column of plain text stays as it is, as it may be data. Header cells are without bold, as each edition has its own
    look of them.
    """
    head = tuple(
        msgspec.structs.replace(row, cells=tuple(_without_bold(cell) if cell.scope else cell for cell in row.cells))
        for row in table.head
    )
    table = msgspec.structs.replace(table, head=head)
    if requested is False or not any(table.bodies):
        return table
    rows = [row for body in table.bodies for row in body]
    if any(cell.scope is Scope.ROW for row in rows for cell in row.cells):
        return table
    is_bold = all(row.cells and _is_bold(row.cells[0]) for row in rows)
    if not (requested or is_bold or _corner_is_empty(table)):
        return table
    bodies = tuple(tuple(_change_first_cell(row, _as_header) for row in body) for body in table.bodies)
    return msgspec.structs.replace(table, head=_without_corner_scope(table), bodies=bodies)


def _corner_is_empty(table: Table) -> bool:
    if not table.head or len(table.columns) < 2:
        return False
    cells = table.head[0].cells
    return bool(cells) and not cells[0].children and any(cell.children for cell in cells[1:])


def _without_corner_scope(table: Table) -> tuple[Row, ...]:
    """Return the head with an empty corner as data cell."""
    if not _corner_is_empty(table):
        return table.head
    return (_change_first_cell(table.head[0], lambda cell: msgspec.structs.replace(cell, scope=None)), *table.head[1:])


def _change_first_cell(row: Row, change: Callable[[Cell], Cell]) -> Row:
    return msgspec.structs.replace(row, cells=(change(row.cells[0]), *row.cells[1:])) if row.cells else row


def _is_bold(cell: Cell) -> bool:
    match cell.children:
        case (Paragraph(children=(Strong(),)),):
            return True
        case _:
            return False


def _as_header(cell: Cell) -> Cell:
    """Return a cell as row header, without the bold that marked it."""
    return cell if cell.scope in _ROWS else msgspec.structs.replace(_without_bold(cell), scope=Scope.ROW)


def _without_bold(cell: Cell) -> Cell:
    """Return a cell with the words of its paragraphs that are all bold as plain text."""
    return msgspec.structs.replace(cell, children=tuple(map(_plain_paragraph, cell.children)))


def _plain_paragraph(block: Block) -> Block:
    match block:
        case Paragraph(children=(Strong(at=At(id=None, language=None, direction=None), children=inlines),)):
            return msgspec.structs.replace(block, children=inlines)
        case _:
            return block
