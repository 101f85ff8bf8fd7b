"""Bookmarks are in the order of the text where headings are beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from exporter.writers.pdf.patches import bookmark_order
from tests.writers.pdf.patches.pages import render

CELL = "".join("<td>{}</td>".format("".join(f'<h2>{name}{n}</h2><p class="tall">x</p>' for n in "12")) for name in "ab")
CSS = "h2 { bookmark-level: 2 } .tall { height: 170mm }"


def _words(tree: list[Any]) -> list[str]:
    return [word for label, _, children, _ in tree for word in (label, *_words(children))]


def test_bookmarks_of_cells_beside_each_other_are_in_the_order_of_the_text(tmp_path: Path) -> None:
    document = render(tmp_path, f"<table><tr>{CELL}</tr></table>", CSS)
    with bookmark_order.patched():
        assert _words(document.make_bookmark_tree()) == ["a1", "a2", "b1", "b2"]


def test_weasyprint_still_gathers_bookmarks_page_by_page(tmp_path: Path) -> None:
    """If this fails, the patch can be deleted."""
    document = render(tmp_path, f"<table><tr>{CELL}</tr></table>", CSS)
    assert _words(document.make_bookmark_tree()) == ["a1", "b1", "a2", "b2"]
