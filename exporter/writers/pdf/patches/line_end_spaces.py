"""Spaces that nobody sees stay in the file: where a line was broken, and alone between two elements.

WeasyPrint 70.0 throws them away. A tagged PDF says where words end by spaces, not by where glyphs stand (ISO 32000-1,
14.8.2.5): readers that put a text together by its characters said “oneword” where the page shows two. Here such a
space is drawn behind the words before it, which moves nothing on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from exporter.writers.pdf.complex_scripts import is_shaped

_MARK = "_space_follows"


@contextmanager
def remembered() -> Iterator[None]:
    """Lay lines out, inside this context, so that words know whether a space follows that is not drawn."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    strip, split = inline.remove_last_whitespace, inline.split_text_box
    alone = False
    """Whether a space, or the end of a line, was all that a text had to give to the line."""

    def split_text_box(context: Any, box: Any, available_width: Any, start: int, **more: Any) -> Any:
        nonlocal alone
        made, resume, preserved = split(context, box, available_width, start, **more)
        if resume is not None and (preserved or box.text.encode()[resume - 1 : resume] == b" "):
            if made is None:
                alone = True
            else:
                setattr(made, _MARK, True)
        return made, resume, preserved

    def remove_last_whitespace(context: Any, line: Any) -> None:
        nonlocal alone
        _mark(line, boxes, at_end=alone)
        alone = False
        strip(context, line)

    with (
        patch.object(inline, "split_text_box", split_text_box),
        patch.object(inline, "remove_last_whitespace", remove_last_whitespace),
    ):
        yield


@contextmanager
def written() -> Iterator[None]:
    """Draw lines, inside this context, with these spaces."""
    from weasyprint import draw

    slow = draw.draw_text

    def draw_text(stream: Any, box: Any, *more: Any) -> None:
        # Words from right to left have their spaces in the structure tree, beside their glyphs. The text of the box
        # itself stays: by it words are found that the end of a line tears.
        if _MARK in box.__dict__ and not box.pango_layout.text.endswith(" ") and not is_shaped(box.text):
            box.pango_layout.text += " "
        slow(stream, box, *more)

    with patch.object(draw, "draw_text", draw_text):
        yield


def _mark(line: Any, boxes: Any, *, at_end: bool) -> None:
    """Let a space follow words behind which nothing but a space stands in a box of its own, or stood at the end."""
    space = at_end
    for leaf in _from_the_end(line, boxes):
        if isinstance(leaf, boxes.TextBox) and not leaf.text.strip():
            space = True
            continue
        if space and isinstance(leaf, boxes.TextBox | boxes.InlineBlockBox):
            words = [box for box in leaf.descendants() if isinstance(box, boxes.TextBox) and box.text.strip()]
            for last in words[-1:]:
                setattr(last, _MARK, True)
        space = False


def _from_the_end(box: Any, boxes: Any) -> Iterator[Any]:
    """Yield the text boxes of a line, and its pictures and formulas, the last first."""
    for child in reversed(box.children):
        if isinstance(child, boxes.InlineBox):
            yield from _from_the_end(child, boxes)
        elif child.is_in_normal_flow():
            yield child
