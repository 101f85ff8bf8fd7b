"""Drawings that have a shape and no size, such as an SVG with nothing but a view box."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def placed() -> Iterator[None]:
    """Lay them out, inside this context, in text that runs from right to left too.

    WeasyPrint 70.0 moves such a picture before it has a place there, and crashes; the place that it has now is nought,
    and the line gives it the true one afterwards.
    """
    from weasyprint.formatting_structure import boxes

    with patch.object(boxes.InlineReplacedBox, "position_x", 0, create=True):
        yield
