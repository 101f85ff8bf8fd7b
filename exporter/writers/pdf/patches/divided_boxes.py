"""Boxes divided by a page break that end where their content does.

Changes: `block_box_layout` of `weasyprint.layout.block`.
Why: CSS lets a divided box fill the page (css-break-3, 5): its background, or the line beside a quotation, goes on
below its last words, down to the foot of the page, if what comes next does not fit there, and looks like a gap.
Upstream: no issue is known; it is what CSS says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """End divided boxes below their content."""
    from weasyprint.layout import block

    lay_out = block.block_box_layout

    def block_box_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        result = lay_out(context, box, *arguments, **named)
        laid_out, resume_at, *_ = result
        if laid_out and resume_at and box.height == "auto" and not laid_out.is_column:
            bottoms = [_bottom(child) for child in laid_out.children if not child.is_absolutely_positioned()]
            if bottoms:
                laid_out.height = max(0, min(laid_out.height, max(bottoms) - laid_out.content_box_y()))
        return result

    with patch.object(block, "block_box_layout", block_box_layout):
        yield


def _bottom(box: Any) -> float:
    """Return the lower edge of a box, without its margin."""
    return float(box.position_y + box.margin_height() - box.margin_bottom)
