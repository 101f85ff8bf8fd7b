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
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Tag files with our structure tree."""
    from weasyprint import pdf

    from exporter.writers.pdf.tagging import add_tags

    with patch.object(pdf, "add_tags", add_tags):
        yield
