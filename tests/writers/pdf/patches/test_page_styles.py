"""Pages have the styles that WeasyPrint computes for each of them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from weasyprint.layout import page as layout_page

from exporter.writers.pdf.patches import page_styles
from tests.writers.pdf.patches.pages import render, words

TEXT = (
    "<h1>One</h1><p>Text</p><h1>Two</h1><p>Text</p><h1>Three</h1><p>Text</p><h1>Four</h1><section><p>Text</p></section>"
)
STYLE = """
@page { margin: 20px; @bottom-center { content: counter(page) } }
@page :first { margin: 30px }
@page :left { margin-left: 50px; @top-left { content: "left" } }
@page wide { size: 900px 400px }
h1 { break-before: page } section { page: wide }
"""


def styles(folder: Path, style: str) -> list[tuple[object, ...]]:
    """Return the size, margins and margin boxes of each page."""
    boxes = [page._page_box for page in render(folder, TEXT, style).pages]
    return [
        (box.width, box.height, box.margin_left, box.margin_top, [words(child) for child in box.children])
        for box in boxes
    ]


@pytest.mark.parametrize(("style", "computed"), [(STYLE, 4), (STYLE + "@page :nth(3) { margin-top: 60px }", 5)])
def test_pages_have_their_styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str, computed: int) -> None:
    original, calls = layout_page.set_page_type_computed_styles, []
    monkeypatch.setattr(
        layout_page, "set_page_type_computed_styles", lambda *arguments: calls.append(1) or original(*arguments)
    )
    alike = styles(tmp_path, style)
    assert len(calls) == computed
    monkeypatch.setattr(page_styles, "patched", nullcontext)
    assert styles(tmp_path, style) == alike
    assert len(calls) == computed + 5
