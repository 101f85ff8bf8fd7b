"""Requirements of PDF/UA-2 that PDF/UA-1 does not have (ISO 14289-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Node, ObjectReference, PdfFile, values
from exporter.inspect.pdf.navigation import tree_entries
from exporter.inspect.pdf.types import MATHML, PDF_2
from exporter.validate.pdf.claims import UA_PART
from exporter.validate.pdf.locations import location_of, on_page

UA_2 = Rule(
    "pdf-ua-2",
    Severity.ERROR,
    "A file that claims PDF/UA-2 meets what PDF/UA-2 asks for.",
    "Fix it in the program that made the file, or remove the claim.",
    "ISO 14289-2",
)
RULES = (UA_2,)
_REVISION = re.compile(r"pdfuaid:rev(?:>|\s*=\s*[\"'])\s*\d{4}\s*[<\"']")


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is missing in a file that claims PDF/UA-2."""
    part = UA_PART.search(file.xmp)
    if part and part[1] == "2":
        for checked in (_whole, _elements, _links, _annotations, _attachments):
            yield from checked(file)


def _finding(clause: str, message: str, location: str = "") -> Finding:
    return msgspec.structs.replace(UA_2, clause=f"ISO 14289-2, {clause}").finding(message, place=location)


def _whole(file: PdfFile) -> Iterator[Finding]:
    if not _REVISION.search(file.xmp):
        yield _finding("5", "The claim of PDF/UA-2 does not name the year of the standard (pdfuaid:rev).")
    if [(node.type, node.namespace) for node in file.structure.root.nodes] != [("Document", PDF_2)]:
        yield _finding("8.2.5.2", "The structure is not one Document element of PDF 2.0.")
    for mark in file.bookmarks:
        if mark.target is not None and mark.target.element is None:
            yield _finding("8.8", f"The bookmark “{mark.title[:60]}” leads to a page, not to an element.")


def _elements(file: PdfFile) -> Iterator[Finding]:
    for node in file.structure.root.all():
        if node.type == "H":
            yield _finding("8.2.5.12", "A heading has no level.", location_of(node))
        around = node.parent
        if node.namespace == MATHML and around is not None and around.namespace != MATHML and around.type != "Formula":
            yield _finding("8.2.5.29", "MathML is outside of a formula.", location_of(node))


def _links(file: PdfFile) -> Iterator[Finding]:
    for node in file.structure.root.all("Link"):
        links = [file.annotations[number] for number in _annotation_numbers(node) if number in file.annotations]
        if len({(link.address, link.target) for link in links}) > 1:
            yield _finding("8.2.5.20", "One link leads to several places.", location_of(node))


def _annotations(file: PdfFile) -> Iterator[Finding]:
    owners = {number: node for node in file.structure.root.all() for number in _annotation_numbers(node)}
    for number, annotation in file.annotations.items():
        node = owners.get(number)
        if node is not None and annotation.hidden and node.type != "Artifact" and not node.within("Artifact"):
            message = f"A hidden annotation ({annotation.type}) is part of the structure."
            yield _finding("8.9.2.2", message, location_of(node))
        words = annotation.contents.strip() or (node is not None and file.text(node).strip())
        if annotation.type == "Widget" and not annotation.hidden and not words:
            yield _finding("8.10.2.3", "A form field has no description (Contents).", on_page(annotation.page))


def _attachments(file: PdfFile) -> Iterator[Finding]:
    embedded = values.get(values.get(file.catalog, "/Names"), "/EmbeddedFiles")
    for _, attached in tree_entries(embedded, "/Names"):
        name = values.text(values.get(attached, "/UF")) or "without a name"
        if not (values.text(values.get(attached, "/Desc")) or "").strip():
            yield _finding("8.14.1", f"The attached file {name} has no description (Desc).")
    for index, page in enumerate(file.pages):
        for annotation in values.items(values.get(page, "/Annots")):
            if values.name(values.get(annotation, "/Subtype")) == "FileAttachment" and not _relationship(annotation):
                message = "An attached file does not say how it is related to the page (AFRelationship)."
                yield _finding("8.9.2.4.10", message, on_page(index))


def _relationship(annotation: Any) -> str:
    return values.name(values.get(values.get(annotation, "/FS"), "/AFRelationship"))


def _annotation_numbers(node: Node) -> Iterator[tuple[int, int]]:
    return (kid.number for kid in node.kids if isinstance(kid, ObjectReference))
