"""Bookmarks of headings that are beside each other, in cells of a row that goes on over pages.

Changes: `Document.make_bookmark_tree` of `weasyprint.document`.
Why: WeasyPrint gathers bookmarks page by page, so that those of the second cell stood among those of the first; here
they are in the order of the text.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from exporter.writers.pdf.tagging.destinations import in_reading_order


@contextmanager
def patched() -> Iterator[None]:
    """Write bookmarks in the order of the text."""
    from weasyprint.document import Document

    with patch.object(Document, "make_bookmark_tree", _tree):
        yield


def _tree(document: Any, scale: float = 1, *, transform_pages: bool = False) -> list[Any]:
    from weasyprint.anchors import make_page_bookmark_tree
    from weasyprint.matrix import Matrix

    root: list[Any] = []
    skipped_levels: list[int] = []
    last_by_depth, level = [root], 0
    for number, _, bookmark in in_reading_order(document):
        height = document.pages[number].height * scale
        matrix = Matrix(a=scale, d=-scale, f=height) if transform_pages else Matrix(a=scale, d=scale)
        alone = SimpleNamespace(bookmarks=[bookmark])
        level = make_page_bookmark_tree(alone, skipped_levels, last_by_depth, level, number, matrix)
    return root
