"""Row headers of tables."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.model import Cell, Paragraph, Row, Scope, Strong, Table


def with_row_headers(table: Table, *, requested: bool | None = None) -> Table:
    """Return the table with the cells of its first column as row headers, if the manuscript marks them.

    They are marked by `requested`, by bold throughout the first column, or by an empty cell in the corner. A first
    column of plain text stays as it is, as it may be data.
    """
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
    if cell.scope in (Scope.ROW, Scope.ROW_GROUP):
        return cell
    children = cell.children
    match children:
        case (Paragraph(children=(Strong(children=inlines),)) as paragraph,):
            children = (msgspec.structs.replace(paragraph, children=inlines),)
        case _:
            pass
    return msgspec.structs.replace(cell, children=children, scope=Scope.ROW)
