"""Removal of what says nothing of its own: what is printed from the metadata anyway, and rows without cells."""

from __future__ import annotations

import msgspec

from exporter import model as m
from exporter.model.text_keys import same_words
from exporter.model.walk import plain_text, rewrite

_Rows = tuple[m.Row, ...]


def remove_typed_names(publication: m.Publication) -> m.Publication:
    """Remove paragraphs of the front matter, outside its sections, that only name the publisher or an author."""
    metadata = publication.metadata
    names = [name for name in (metadata.publisher, *(author.name for author in metadata.authors)) if name.strip()]

    def is_repeated(block: m.Block) -> bool:
        return isinstance(block, m.Paragraph) and any(same_words(plain_text(block), name) for name in names)

    front = tuple(block for block in publication.front if isinstance(block, m.Section) or not is_repeated(block))
    return msgspec.structs.replace(publication, front=front) if len(front) < len(publication.front) else publication


def remove_empty_rows(publication: m.Publication) -> m.Publication:
    """Remove rows without cells and shorten cells that span them.

    Such a row has no content, and most formats forbid it (XHTML 1.0, `tr`; ECMA-376, 17.4.78; ISO 14289-1, 7.5).
    """
    return rewrite(publication, _without_empty_rows)


def _without_empty_rows(node: m.Node) -> m.Node:
    if not isinstance(node, m.Table) or all(row.cells for group in node.groups for row in group):
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


def _shorten(cell: m.Cell, rows: _Rows) -> m.Cell:
    """Return a cell that spans only rows with cells; `rows` are all rows that it spans, its own first."""
    removed = sum(not row.cells for row in rows)
    return msgspec.structs.replace(cell, rowspan=cell.rowspan - removed) if removed else cell
