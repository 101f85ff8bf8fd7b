"""Styles of pages that are alike, computed once.

Changes: `set_page_type_computed_styles` of `weasyprint.layout.page`.
Why: WeasyPrint computes the styles of each page and its margin boxes, and looks for them among those of all elements.
Upstream: issue 578 (open) is about the speed of long documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Compute the styles of pages of a side and a name once."""
    from weasyprint.layout import page

    original = page.set_page_type_computed_styles

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        selectors = (selector for sheet, *_ in style_for._sheets for _, own, _ in sheet.page_rules for selector in own)
        if any(page_selector.index for *_, page_selector in selectors):
            original(page_type, html, style_for)  # pages may differ by their numbers
            return
        known = style_for.__dict__.setdefault("_of_pages", {})
        alike = page_type._replace(index=bool(page_type.index), groups=())
        computed = style_for.get_computed_styles()
        if alike not in known:
            original(page_type, html, style_for)
            known[alike] = {pseudo: style for (element, pseudo), style in computed.items() if element == page_type}
        for pseudo, style in known[alike].items():
            computed[page_type, pseudo] = style

    with patch.object(page, "set_page_type_computed_styles", set_page_type_computed_styles):
        yield
