"""Boxes that are not laid out yet, divided where the layout of a page has stopped in them."""

from __future__ import annotations

from typing import Any


def split(box: Any, resume_at: dict[int, Any]) -> tuple[Any, Any]:
    """Return copies of a box: of what is before the position at which its layout is resumed, and of the rest.

    A caption stays with its table: one of them is None if there is no table in it.
    """
    from weasyprint.formatting_structure.boxes import TableBox, TableRowBox

    if isinstance(box, TableRowBox):
        return _split_row(box, resume_at)
    ((index, below),) = resume_at.items()
    before, after = list(box.children[:index]), list(box.children[index:])
    if below is not None:
        child = box.children[index]
        parts = _split_text(child, *below) if hasattr(child, "text") else split(child, below)
        before += filter(None, parts[:1])
        after[:1] = filter(None, parts[1:])
    if box.is_table_wrapper and not any(isinstance(child, TableBox) for child in before):
        return None, box
    if box.is_table_wrapper and not any(isinstance(child, TableBox) for child in after):
        return box, None
    return box.copy_with_children(before), box.copy_with_children(after)


def _split_row(row: Any, resume_at: dict[int, Any]) -> tuple[Any, Any]:
    """Return copies of a row of cells, each of which is resumed, or is empty in the rest."""
    before, after = [], []
    for index, cell in enumerate(row.children):
        first, rest = split(cell, resume_at[index]) if index in resume_at else (cell, cell.copy_with_children([]))
        before.append(first)
        after.append(rest)
    return row.copy_with_children(before), row.copy_with_children(after)


def _split_text(box: Any, position: int) -> tuple[Any, Any]:
    """Return the parts of a text, None for an empty one; the position counts bytes."""
    text = box.text.encode()
    first, rest = (part.decode() for part in (text[:position], text[position:]))
    return first and box.copy_with_text(first), rest and box.copy_with_text(rest)
