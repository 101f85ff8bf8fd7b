"""Which cells of a table head a row."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.model import Cell, Paragraph, Row, Scope, Strong, Table


def find(table: Table, *, asked: bool | None = None) -> Table:
    """Return the table with its first column as row headers where the manuscript says so.

    It says so by `asked`, by a first column that is bold throughout, or by an empty cell in the corner. A first column
    of plain words is left alone: only the writer knows whether it names the rows.
    """
    if asked is False or not any(table.bodies):
        return table
    rows = [row for body in table.bodies for row in body]
    if any(cell.scope is Scope.ROW for row in rows for cell in row.cells):
        return table
    bold = all(row.cells and _is_bold(row.cells[0]) for row in rows)
    if not (asked or bold or _corner_is_empty(table)):
        return table
    bodies = tuple(tuple(_first_cell(row, _as_header) for row in body) for body in table.bodies)
    return msgspec.structs.replace(table, head=_plain_corner(table), bodies=bodies)


def _corner_is_empty(table: Table) -> bool:
    if not table.head or len(table.columns) < 2:
        return False
    cells = table.head[0].cells
    return bool(cells) and not cells[0].children and any(cell.children for cell in cells[1:])


def _plain_corner(table: Table) -> tuple[Row, ...]:
    """An empty corner heads nothing."""
    if not _corner_is_empty(table):
        return table.head
    return (_first_cell(table.head[0], lambda cell: msgspec.structs.replace(cell, scope=None)), *table.head[1:])


def _first_cell(row: Row, change: Callable[[Cell], Cell]) -> Row:
    return msgspec.structs.replace(row, cells=(change(row.cells[0]), *row.cells[1:])) if row.cells else row


def _is_bold(cell: Cell) -> bool:
    match cell.children:
        case (Paragraph(children=(Strong(),)),):
            return True
        case _:
            return False


def _as_header(cell: Cell) -> Cell:
    """Bold in a first column was the way to say that it is a header, so it goes when the cell is one."""
    if cell.scope in (Scope.ROW, Scope.ROW_GROUP):
        return cell
    children = cell.children
    match children:
        case (Paragraph(children=(Strong(children=words),)) as paragraph,):
            children = (msgspec.structs.replace(paragraph, children=words),)
        case _:
            pass
    return msgspec.structs.replace(cell, children=children, scope=Scope.ROW)
