"""Lines: words that break only where they must, and spaces that stay in the text where a line ends.

Changes: in the layout `split_inline_box`, `split_inline_level`, `split_text_box` and `remove_last_whitespace` of
`weasyprint.layout.inline`; in the drawing `draw_text` of `weasyprint.draw`.

Words. Why: with `overflow-wrap: anywhere` WeasyPrint breaks a word that is too long for the line where the line begins,
and takes every text inside nested inline elements for the beginning of a line: an italic name in a list item was torn
("Garcí-a") instead of moved to the next line.
Upstream: issues 1614 and 2102 (open).

Spaces. Why: WeasyPrint drops a space where a line breaks, and one that stands alone between two elements. A tagged PDF
marks the ends of words by spaces, not by positions (ISO 32000-1, 14.8.2.5): readers that join the characters of a
text say "oneword" where the page shows two. The space is drawn after the word before it and moves nothing.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from exporter.writers.pdf.complex_scripts import is_shaped
from exporter.writers.pdf.patches import text_case

_MARK = "_space_follows"
_WIDEST = 1.25
"""Width of the widest letters, relative to the font size."""


class _InlineBox:
    """An inline box in layout: its first child on the line, and the child that is being laid out."""

    def __init__(self, *, is_line: bool) -> None:
        self.is_line = is_line
        self.first: Any = None
        self.current: Any = None


@contextmanager
def patched_layout() -> Iterator[None]:
    """Keep words whole, and mark the text boxes after which a space is not drawn."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    split_box, split_level, split_text = inline.split_inline_box, inline.split_inline_level, inline.split_text_box
    strip = inline.remove_last_whitespace
    ancestors: list[_InlineBox] = []
    """The inline boxes around the text that is being laid out, the innermost last."""
    ends_with_space = False
    """Whether all that a text gave to the line was a space or the end of the line."""

    def split_inline_box(context: Any, box: Any, *arguments: Any) -> Any:
        ancestors.append(_InlineBox(is_line=isinstance(box, boxes.LineBox)))
        try:
            return split_box(context, box, *arguments)
        finally:
            ancestors.pop()

    def split_inline_level(context: Any, box: Any, *arguments: Any) -> Any:
        parent = ancestors[-1]
        parent.current = box
        result = split_level(context, box, *arguments)
        if parent.first is None and result[0] is not None:
            parent.first = box
        return result

    def split_text_box(context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool = True) -> Any:
        nonlocal ends_with_space
        if is_line_start and not skip and _may_break(box, available_width):
            is_line_start = not _follows_content(ancestors)
        new_box, resume, preserved = split_text(context, box, available_width, skip, is_line_start=is_line_start)
        text_case.note_part(box, new_box, skip)
        if resume is not None and (preserved or box.text.encode()[resume - 1 : resume] == b" "):
            if new_box is None:
                ends_with_space = True
            else:
                setattr(new_box, _MARK, True)
        return new_box, resume, preserved

    def remove_last_whitespace(context: Any, line: Any) -> None:
        nonlocal ends_with_space
        _mark_spaces(line, boxes, at_end=ends_with_space)
        ends_with_space = False
        strip(context, line)

    with (
        patch.object(inline, "split_inline_box", split_inline_box),
        patch.object(inline, "split_inline_level", split_inline_level),
        patch.object(inline, "split_text_box", split_text_box),
        patch.object(inline, "remove_last_whitespace", remove_last_whitespace),
    ):
        yield


@contextmanager
def patched_drawing() -> Iterator[None]:
    """Draw the spaces that the layout has marked."""
    from weasyprint import draw

    original = draw.draw_text

    def draw_text(stream: Any, box: Any, *arguments: Any) -> None:
        # Right-to-left words have their spaces in the structure tree, beside their glyphs. The text of the box itself
        # stays as it is: words that the end of a line breaks are found by it.
        if _MARK in box.__dict__ and not box.pango_layout.text.endswith(" ") and not is_shaped(box.text):
            box.pango_layout.text += " "
        original(stream, box, *arguments)

    with patch.object(draw, "draw_text", draw_text):
        yield


def _may_break(box: Any, available_width: float | None) -> bool:
    """Return whether the first word may be too long for the line."""
    first, _, _ = box.text.partition(" ")
    return available_width is not None and len(first) * float(box.style["font_size"]) * _WIDEST > available_width


def _follows_content(ancestors: list[_InlineBox]) -> bool:
    """Return whether the line has content before the text that is being laid out."""
    for box in reversed(ancestors):
        # A child that is laid out a second time, in less width, may be the first itself.
        if box.first is not None and box.first is not box.current:
            return True
        if box.is_line:
            break
    return False


def _mark_spaces(line: Any, boxes: Any, *, at_end: bool) -> None:
    """Mark the words before a space that fills a box of its own, or that ended the line."""
    space = at_end
    for leaf in _leaves_from_end(line, boxes):
        if isinstance(leaf, boxes.TextBox) and not leaf.text.strip():
            space = True
            continue
        if space and isinstance(leaf, boxes.TextBox | boxes.InlineBlockBox):
            words = [box for box in leaf.descendants() if isinstance(box, boxes.TextBox) and box.text.strip()]
            for last in words[-1:]:
                setattr(last, _MARK, True)
        space = False


def _leaves_from_end(box: Any, boxes: Any) -> Iterator[Any]:
    """Yield the text boxes, images and formulas of a line, the last first."""
    for child in reversed(box.children):
        if isinstance(child, boxes.InlineBox):
            yield from _leaves_from_end(child, boxes)
        elif child.is_in_normal_flow():
            yield child
