"""Tables without rows that hold no cell of their own."""

from __future__ import annotations

import msgspec

from exporter.model import Cell, Node, Publication, Row, Table
from exporter.model.walk import rewrite


def apply(publication: Publication) -> Publication:
    """Take away rows without cells; what reaches into them from above ends as many rows earlier.

    Nobody meets such a row, and most formats may not hold one (XHTML 1.0, `tr`; ECMA-376, 17.4.78; ISO 14289-1, 7.5).
    """
    return rewrite(publication, _closed_up)


_Rows = tuple[Row, ...]


def _closed_up(node: Node) -> Node:
    if not isinstance(node, Table) or all(row.cells for group in node.groups for row in group):
        return node
    bodies = tuple(filter(None, map(_rows, node.bodies)))
    return msgspec.structs.replace(node, head=_rows(node.head), bodies=bodies, foot=_rows(node.foot))


def _rows(group: _Rows) -> _Rows:
    return tuple(
        msgspec.structs.replace(
            row, cells=tuple(_reaching(cell, group[index : index + cell.rowspan]) for cell in row.cells)
        )
        for index, row in enumerate(group)
        if row.cells
    )


def _reaching(cell: Cell, rows: _Rows) -> Cell:
    """Return a cell that covers those rows alone that hold cells; `rows` are those it reaches, its own first."""
    lost = sum(not row.cells for row in rows)
    return msgspec.structs.replace(cell, rowspan=cell.rowspan - lost) if lost else cell
