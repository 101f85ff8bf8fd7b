"""Footnotes on the page of the line that refers to them.

Changes: `LayoutContext` of `weasyprint.document`; `_linebox_layout` and `iter_line_boxes` of `weasyprint.layout.block`.

Lost notes. Why: to fit a line, WeasyPrint moves footnotes of earlier lines to the next page, and then does
not lay out the footnotes of the line itself: their text is lost. It does neither inside columns, so the layout of
lines is given a context that says it is in one; the line moves to the next page with its footnotes.
Upstream: the rule came with pull request 2437; no issue about lost notes is known.

Height. Why: WeasyPrint checks whether the footnotes fit into their area, but not whether the area fits on the page.
Upstream: issue 1833 (open) is about footnotes that are longer than the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_MIN_TEXT_HEIGHT = 80
"""The height of a page that footnotes leave to the text; CSS pixels."""


class _LineContext:
    """A layout context that says that it is inside a column."""

    in_column = True

    def __init__(self, context: Any) -> None:
        self.context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)


@contextmanager
def patched() -> Iterator[None]:
    """Keep footnotes on the pages of their lines."""
    from weasyprint import document
    from weasyprint.layout import LayoutContext, block

    lay_out_lines, iter_lines = block._linebox_layout, block.iter_line_boxes

    class Context(LayoutContext):  # type: ignore[misc] # WeasyPrint has no types
        def layout_footnote(self, footnote: Any) -> bool:
            overflow = super().layout_footnote(footnote)
            top = self.current_footnote_area.page.content_box_y() + _MIN_TEXT_HEIGHT
            return bool(overflow or self.page_bottom < top)

    def linebox_layout(context: Any, *arguments: Any) -> Any:
        return lay_out_lines(_LineContext(context), *arguments)

    def iter_line_boxes(context: Any, *arguments: Any) -> Any:
        # Boxes inside the lines are in a column only if the lines are.
        return iter_lines(context.context, *arguments)

    with (
        patch.object(document, "LayoutContext", Context),
        patch.object(block, "_linebox_layout", linebox_layout),
        patch.object(block, "iter_line_boxes", iter_line_boxes),
    ):
        yield
