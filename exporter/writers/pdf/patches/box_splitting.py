"""Boxes that are not laid out yet, divided where the layout of a page has stopped in them."""

from __future__ import annotations

from typing import Any


def split(box: Any, resume_at: dict[int, Any]) -> tuple[Any, Any]:
    """Return copies of a box: of what is before the position at which its layout is resumed, and of the rest."""
    ((index, below),) = resume_at.items()
    before, after = list(box.children[:index]), list(box.children[index:])
    if below is not None:
        child = box.children[index]
        parts = _split_text(child, *below) if hasattr(child, "text") else split(child, below)
        before += filter(None, parts[:1])
        after[:1] = filter(None, parts[1:])
    return box.copy_with_children(before), box.copy_with_children(after)


def _split_text(box: Any, position: int) -> tuple[Any, Any]:
    """Return the parts of a text, None for an empty one; the position counts bytes."""
    text = box.text.encode()
    first, rest = (part.decode() for part in (text[:position], text[position:]))
    return first and box.copy_with_text(first), rest and box.copy_with_text(rest)
