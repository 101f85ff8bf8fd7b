"""Transparent elements whose text keeps its tags.

Changes: `draw_stacking_context` of `weasyprint.draw` and `Stream.set_alpha` of `weasyprint.pdf.stream`.
Why: WeasyPrint draws an element with `opacity` as a group, a stream of its own, whose marked contents the structure
tree looks for on the page (ISO 32000-1, 14.7.4.2). Here everything in the element is drawn on the page, with its
opacity.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_OPACITY = "_opacity_of_element"


@contextmanager
def patched() -> Iterator[None]:
    """Draw transparent elements without groups."""
    from weasyprint import draw
    from weasyprint.pdf.stream import Stream

    draw_context, set_alpha = draw.draw_stacking_context, Stream.set_alpha

    def draw_stacking_context(stream: Any, context: Any) -> None:
        box = context.box
        style, opacity, around = box.style, box.style["opacity"], getattr(stream, _OPACITY, 1)
        if opacity >= 1:
            draw_context(stream, context)
            return
        box.style = style.copy()
        box.style["opacity"] = 1
        setattr(stream, _OPACITY, around * opacity)
        try:
            with stream.stacked():
                stream.set_alpha(1, stroke=True, fill=True)
                draw_context(stream, context)
        finally:
            box.style = style
            setattr(stream, _OPACITY, around)

    def set_stream_alpha(stream: Any, alpha: float, *arguments: Any, **values: Any) -> None:
        set_alpha(stream, round(alpha * getattr(stream, _OPACITY, 1), 3), *arguments, **values)

    with (
        patch.object(draw, "draw_stacking_context", draw_stacking_context),
        patch.object(Stream, "set_alpha", set_stream_alpha),
    ):
        yield
