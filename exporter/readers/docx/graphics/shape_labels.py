"""Drawings of several shapes with a few words each, as in a diagram."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.inspect.docx.xml import Element, child_value, name
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.roles import Role

_LEAST = 3
"""Shapes with words of a drawing that is a diagram."""
_LONGEST = 100
"""Characters in a shape."""


def are_labels(context: ReadContext, boxes: Sequence[Element]) -> bool:
    """Return whether the texts of shapes are several short paragraphs: no headings, titles, items or tables."""
    return len(boxes) >= _LEAST and all(_is_label(context, box) for box in boxes)


def _is_label(context: ReadContext, box: Element) -> bool:
    if len(list(box.iter(name("p")))) != 1 or next(box.iter(name("tbl"), name("numPr")), None) is not None:
        return False
    style = child_value(box.find(f".//{name('pPr')}"), name("pStyle"))
    meaning = context.styles.paragraph_format(style or "").meaning
    words = "".join(text.text or "" for text in box.iter(name("t")))
    return (meaning is None or meaning.role is Role.TEXT) and 0 < len(words) <= _LONGEST
