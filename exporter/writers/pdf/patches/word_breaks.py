"""Words break only on a line that they have to themselves.

WeasyPrint 70.0 lets a word that is too long break where the line begins, and takes every text inside an element inside
an element for such a beginning: a name in italics in the item of a list was torn in two instead of going to the next
line (`Garcí-a`). Here it is looked up what really stands before the text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from unittest.mock import patch

_WIDEST = 1.25
"""Width of the widest letters by the size of their type."""


@contextmanager
def whole_words() -> Iterator[None]:
    """Lay lines out, inside this context, without tearing words that would fit on a line of their own."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    split = inline.split_text_box

    def split_text_box(context: Any, box: Any, available_width: float, skip: int, is_line_start: bool = True) -> Any:
        if is_line_start and not skip and _may_break(box, available_width):
            is_line_start = not _follows(sys._getframe(1), boxes.LineBox)
        return split(context, box, available_width, skip, is_line_start=is_line_start)

    with patch.object(inline, "split_text_box", split_text_box):
        yield


def _may_break(box: Any, available_width: float | None) -> bool:
    """Return whether the first word may be too long for the line; most are not, and looking further takes time."""
    first, _, _ = box.text.partition(" ")
    return available_width is not None and len(first) * float(box.style["font_size"]) * _WIDEST > available_width


def _follows(frame: FrameType | None, line: type) -> bool:
    """Whether anything stands on the line before the text that is being laid out, in any of the elements around it.

    Args:
        frame: The caller of `split_text_box`.
        line: The class of line boxes, where the search ends.
    """
    again = end = False
    while frame is not None and not end:
        values, before = frame.f_locals, []
        match frame.f_code.co_name:
            case "_break_waiting_children":
                # A box that is laid out again is among the children of the element around it already.
                before, again = [*values["children"], *values["waiting_children_copy"]], True
            case "split_inline_box":
                if not again:
                    before = [*values["children"], *values["waiting_children"]]
                again, end = False, isinstance(values["box"], line)
            case "split_inline_level":
                pass
            case _:
                return False
        if any(child.is_in_normal_flow() for _, child, *_ in before):
            return True
        frame = frame.f_back
    return False
