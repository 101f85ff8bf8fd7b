"""Annotations, scripts, layers, empty, turned or cut pages, which no manuscript asks for; our PDFs have none."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Dictionary

from exporter.findings import Finding
from exporter.inspect.pdf import PdfFile
from exporter.parity import rules

_OURS = frozenset({"/Link"})
"""Annotations that our editions have (ISO 32000-2, 12.5.6)."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield annotations, actions, layers and boxes of pages that our editions never have."""
    root = file.pdf.Root
    for key in ("/AA", "/OpenAction"):
        action = root.get(key)
        # A destination, of a document that opens at a page, is an array (ISO 32000-2, 7.7.2).
        if isinstance(action, Dictionary) and action.get("/S", "/GoTo") != "/GoTo":
            yield rules.KINDS.finding("The document does something when it is opened.")
    if root.get("/OCProperties") is not None:
        yield rules.TEXT.finding("Parts of the document are in layers that can be switched off.")
    for number, page in enumerate(file.pdf.pages, 1):
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Subtype") not in _OURS:
                words = str(annotation.get("/Contents", ""))
                yield rules.TEXT.finding(f"Page {number} has an annotation that is not in the manuscript: “{words}”.")
        content = file.content(number - 1)
        drawn = (*content.runs.values(), *content.artifacts, *content.unmarked)
        if file.tagged and not drawn:
            yield rules.KINDS.finding(f"Page {number} is empty.")
        if page.get("/Rotate", 0):
            yield rules.KINDS.finding(f"Page {number} is turned.")
        if page.get("/CropBox", page.MediaBox) != page.MediaBox:
            yield rules.KINDS.finding(f"Page {number} is cut.")
