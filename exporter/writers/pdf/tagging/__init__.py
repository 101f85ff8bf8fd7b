"""The structure tree of our PDF editions: it follows the document, not the pages.

WeasyPrint makes a structure element for each piece of an element that stands on a page. Here each element of the text
is one structure element, and what is no part of the text is an artifact. `marked_content` reads what layout has
put on the pages, `builder` adds it to the elements by the rules of `roles`, and `objects` writes the tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pydyf

from exporter.writers.pdf.tagging import formulas
from exporter.writers.pdf.tagging.builder import Builder
from exporter.writers.pdf.tagging.destinations import Destinations
from exporter.writers.pdf.tagging.html_tree import root_of
from exporter.writers.pdf.tagging.marked_content import MarkedContent, contents
from exporter.writers.pdf.tagging.objects import TreeWriter

_JOINER = "200d"
"""Zero-width joiner: stands for a glyph that is only part of a letter, such as its dots."""


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> list[MarkedContent]:
    """Tag a document, and return its contents without artifacts; takes the arguments of `weasyprint.pdf.add_tags`.

    Args:
        pdf: The `pydyf.PDF`.
        document: WeasyPrint's document, its pages laid out and drawn.
        pdf_version: Such as "1.7" or "2.0"; text, bytes or None.
        page_streams: The pages' streams, not yet written.
    """
    version = pdf_version.decode() if isinstance(pdf_version, bytes) else str(pdf_version)
    pdf2 = version >= "2.0"
    root = root_of(document)
    builder = Builder(root, pdf2=pdf2)
    every = list(contents(document.pages, page_streams))
    tree = builder.build(every)
    _mark_artifacts(builder.artifacts, page_streams)
    _map_every_glyph(pdf)
    _name_links(builder)
    writer = TreeWriter(pdf, len(document.pages), pdf2=pdf2)
    writer.write(tree)
    if pdf2:
        Destinations(pdf, builder, writer.written).set(document)
        formulas.attach(pdf, writer.written)
    preferences = {"DisplayDocTitle": "true"}  # ISO 14289-1, 7.1
    if root.get("dir") == "rtl":
        preferences["Direction"] = "/R2L"  # ISO 32000-1, table 150
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)
    artifacts = {_identity(content) for content in builder.artifacts}
    return [content for content in every if _identity(content) not in artifacts]


def _identity(content: MarkedContent) -> tuple[int, int | None, int]:
    return content.page, content.mcid, id(content.annotation)


def _name_links(builder: Builder) -> None:
    """Set the text of each link as the description of its annotation (ISO 14289-1, 7.18.5)."""
    for element, structure in builder.links:
        name = element.get("aria-label") or " ".join("".join(_words(element)).split())
        for content in structure.contents():
            if content.annotation is not None and name:
                content.annotation["Contents"] = pydyf.String(name)


def _words(element: Any) -> Iterator[str]:
    """Yield the text of an element, with the names of drawn formulas and the alt texts of images."""
    yield element.text or ""
    for child in element:
        name = child.get("aria-label") or child.get("alt")
        yield from (name,) if name else _words(child)
        yield child.tail or ""


def _mark_artifacts(artifacts: Iterable[MarkedContent], page_streams: list[Any]) -> None:
    """Turn each content into an artifact in its page's stream (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2.2)."""
    for operators, index, content in _operands(artifacts, page_streams):
        assert content.artifact is not None
        operators[index - 1] = "/Artifact"
        operators[index] = content.artifact.property_list(operators[index], content.box)


def _map_every_glyph(pdf: Any) -> None:
    """Map glyphs that stand for no character to a joiner (ISO 14289-1, 7.21.7)."""
    for entry in pdf.objects:
        if (
            isinstance(entry, pydyf.Stream)
            and entry.stream
            and entry.stream[0] == b"/CIDInit /ProcSet findresource begin"
        ):
            entry.stream[:] = [
                item.replace(b"<>", f"<{_JOINER}>".encode()) if item.endswith(b" <>") else item for item in entry.stream
            ]


def _operands(
    contents: Iterable[MarkedContent], page_streams: list[Any]
) -> Iterable[tuple[list[Any], int, MarkedContent]]:
    """Yield, for each content, the operators of its page and the index of its property list among them."""
    pages: dict[int, dict[int, MarkedContent]] = defaultdict(dict)
    for content in contents:
        if content.mcid is not None:
            pages[content.page][content.mcid] = content
    for page, wanted in pages.items():
        operators = page_streams[page].stream
        for index, operand in enumerate(operators):
            if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in wanted:
                yield operators, index, wanted[operand["MCID"]]
