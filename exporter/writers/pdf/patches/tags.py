"""The structure tree of `exporter.writers.pdf.tagging` instead of WeasyPrint's.

Changes: `weasyprint.pdf.add_tags`.
Why: WeasyPrint makes one structure element for each fragment of an element on a page, tags running headers and leaders
as content, and has no languages, table headers, notes or link names that PDF/UA needs.
Upstream: issues 2903, 2902, 2482, 2508 and 1836 (open).

Besides the function, `tagging` depends on `weasyprint/pdf/stream.py` (`marked`, `_tags`) and on the boxes that
`marked_content` reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from exporter.writers.pdf.margin_boxes import MarginBoxes
    from exporter.writers.pdf.parts.drawing import Drawing


@contextmanager
def patched(margins: MarginBoxes, drawing: Drawing | None = None) -> Iterator[None]:
    """Tag files with our structure tree.

    Args:
        margins: The margin boxes of the document, which are not tagged.
        drawing: The drawing of the document in parts, which are kept once they are tagged.
    """
    from weasyprint import pdf

    from exporter.writers.pdf.parts.part_recorder import Recorder
    from exporter.writers.pdf.tagging import add_tags

    def add(file: Any, document: Any, version: Any, streams: list[Any]) -> None:
        contents = add_tags(file, document, version, streams)
        if drawing:
            Recorder(drawing, document.pages, contents, streams).record()
        margins.attach(file)

    with patch.object(pdf, "add_tags", add):
        yield
