"""Boxes divided by a page break that end where their content does.

Changes: `block_box_layout` and `find_earlier_page_break` of `weasyprint.layout.block`.
Why: CSS lets a divided box fill the page (css-break-3, 5): its background, or the line beside a quotation, goes on
below its last words, down to the foot of the page, if what comes next does not fit there, and looks like a gap.
Where a box that was whole is divided, since what comes next does not fit, WeasyPrint leaves it its height and its lower
border.
Upstream: no issue is known; the first is what CSS says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """End divided boxes below their content."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block

    lay_out, find_break = block.block_box_layout, block.find_earlier_page_break

    def block_box_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        result = lay_out(context, box, *arguments, **named)
        laid_out, resume_at, *_ = result
        if laid_out and resume_at and box.height == "auto" and not laid_out.is_column:
            _end_below_content(laid_out)
        return result

    def find_earlier_page_break(*arguments: Any) -> Any:
        result = find_break(*arguments)
        if result:
            children, resume_at = result
            last = children[-1]
            if isinstance(last, boxes.BlockBox) and resume_at.get(last.index) and last.style["height"] == "auto":
                last.remove_decoration(start=False, end=True)
                _end_below_content(last)
        return result

    with (
        patch.object(block, "block_box_layout", block_box_layout),
        patch.object(block, "find_earlier_page_break", find_earlier_page_break),
    ):
        yield


def _end_below_content(box: Any) -> None:
    bottoms = [_bottom(child) for child in box.children if not child.is_absolutely_positioned()]
    if bottoms:
        box.height = max(0, min(box.height, max(bottoms) - box.content_box_y()))


def _bottom(box: Any) -> float:
    """Return the lower edge of a box, without its margin."""
    return float(box.position_y + box.margin_height() - box.margin_bottom)
