"""The structure tree of our PDF editions: it follows the document, not the pages.

WeasyPrint makes a structure element for each piece of an element that stands on a page. Here each element of the text
is one structure element, and what is no part of the text is an artifact. The way: `marked_content` reads what layout
has put on the pages, `builder` hangs it on the elements by the rules of `roles`, `content_streams` rewrites the rest,
`objects` writes the tree.
"""

from __future__ import annotations

from typing import Any

import pydyf

from exporter.writers.pdf.tagging import content_streams, formulas
from exporter.writers.pdf.tagging.builder import Builder
from exporter.writers.pdf.tagging.destinations import Destinations
from exporter.writers.pdf.tagging.marked_content import contents
from exporter.writers.pdf.tagging.objects import TreeWriter


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """Tag a document; stands in the place of `weasyprint.pdf.add_tags` and takes its arguments.

    Args:
        pdf: The `pydyf.PDF`.
        document: WeasyPrint's document, its pages laid out and drawn.
        pdf_version: Such as "1.7" or "2.0"; text, bytes or None.
        page_streams: The pages' streams, not yet written.
    """
    version = pdf_version.decode() if isinstance(pdf_version, bytes) else str(pdf_version)
    pdf2 = version >= "2.0"
    root = document.pages[0]._page_box.children[0].element
    builder = Builder(root, pdf2=pdf2)
    tree = builder.build(contents(document.pages, page_streams))
    content_streams.mark_artifacts(builder.artifacts, page_streams)
    content_streams.map_every_glyph(pdf)
    _name_links(builder)
    writer = TreeWriter(pdf, len(document.pages), pdf2=pdf2)
    writer.write(tree)
    if pdf2:
        Destinations(pdf, builder, writer.written).set(document.pages)
        formulas.attach(pdf, writer.written)
    preferences = {"DisplayDocTitle": "true"}  # ISO 14289-1, 7.1
    if root.get("dir") == "rtl":
        preferences["Direction"] = "/R2L"  # ISO 32000-1, table 150
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)


def _name_links(builder: Builder) -> None:
    """Let each link annotation say what its link says (ISO 14289-1, 7.18.5)."""
    for element, structure in builder.links:
        name = element.get("aria-label") or " ".join("".join(element.itertext()).split())
        name = name or next((image.get("alt", "") for image in element.iter("img")), "")
        for content in structure.contents():
            if content.annotation is not None and name:
                content.annotation["Contents"] = pydyf.String(name)
