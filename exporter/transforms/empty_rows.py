"""Removal of table rows without cells of their own."""

from __future__ import annotations

import msgspec

from exporter.model import Cell, Node, Publication, Row, Table
from exporter.model.walk import rewrite


def apply(publication: Publication) -> Publication:
    """Remove rows without cells and shorten cells that span them.

    Such a row has no content, and most formats forbid it (XHTML 1.0, `tr`; ECMA-376, 17.4.78; ISO 14289-1, 7.5).
    """
    return rewrite(publication, _remove_empty_rows)


_Rows = tuple[Row, ...]


def _remove_empty_rows(node: Node) -> Node:
    if not isinstance(node, Table) or all(row.cells for group in node.groups for row in group):
        return node
    bodies = tuple(filter(None, map(_rows, node.bodies)))
    return msgspec.structs.replace(node, head=_rows(node.head), bodies=bodies, foot=_rows(node.foot))


def _rows(group: _Rows) -> _Rows:
    return tuple(
        msgspec.structs.replace(
            row, cells=tuple(_shorten(cell, group[index : index + cell.rowspan]) for cell in row.cells)
        )
        for index, row in enumerate(group)
        if row.cells
    )


def _shorten(cell: Cell, rows: _Rows) -> Cell:
    """Return a cell that spans only rows with cells; `rows` are all rows that it spans, its own first."""
    removed = sum(not row.cells for row in rows)
    return msgspec.structs.replace(cell, rowspan=cell.rowspan - removed) if removed else cell
