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


def without_anonymous_boxes(box: Any) -> Any:
    """Return a part of a box as it was before `create_anonymous_boxes`: without lines and wrappers of tables."""
    from weasyprint.formatting_structure.boxes import LineBox

    if getattr(box, "is_table_wrapper", False):
        box = _unwrapped(box)
    children = getattr(box, "children", None)
    if children is not None:
        lines = [child.children if isinstance(child, LineBox) else [child] for child in children]
        box.children = [without_anonymous_boxes(child) for line in lines for child in line]
    return box


def _unwrapped(wrapper: Any) -> Any:
    """Return the table of a wrapper, with its captions."""
    from weasyprint.css.properties import TABLE_WRAPPER_BOX_PROPERTIES

    wrapped = wrapper.get_wrapped_table()
    captions = [child for child in wrapper.children if child is not wrapped]
    table = wrapped.copy_with_children([*captions, *wrapped.children])
    table.style = table.style.copy()
    for name in TABLE_WRAPPER_BOX_PROPERTIES:
        table.style[name] = wrapper.style[name]
    return table
