"""Images without a width and height, such as an SVG that has only a viewBox, in right-to-left text.

Changes: `InlineReplacedBox` of `weasyprint.formatting_structure.boxes` has a default `position_x`.
Why: WeasyPrint moves such an image before it has a position, and fails with an AttributeError. The position that it has
now is 0; the layout of the line sets the right one afterwards.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Accept images without a size in right-to-left text."""
    from weasyprint.formatting_structure import boxes

    with patch.object(boxes.InlineReplacedBox, "position_x", 0, create=True):
        yield
