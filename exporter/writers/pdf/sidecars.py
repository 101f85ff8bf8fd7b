"""Data about the pages for other editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.model import Publication
from exporter.model.walk import referenced_notes
from exporter.writers.pdf.page_starts import PageStart, starts

if TYPE_CHECKING:
    from weasyprint import Document


class Pages(msgspec.Struct, frozen=True):
    """The pages of the text."""

    labels: tuple[str, ...]
    """What is printed on each page, in order."""
    nodes: dict[str, int]
    """Index of the page on which a node begins, from 0, by `At.id`."""
    starts: tuple[PageStart | None, ...]
    """The beginning of each page."""


def missing_notes(document: Document, publication: Publication) -> list[str]:
    """Return the IDs of referenced notes that are on no page."""
    placed = {name for page in document.pages for name in page.anchors}
    referenced = {note.id for note in referenced_notes(publication)}
    names = ((note.at.id or f"note-{number}", note.id) for number, note in enumerate(publication.notes, 1))
    return [name for name, note in names if note in referenced and name not in placed]


def pages(document: Document) -> bytes:
    """Return `Pages` as JSON."""
    nodes: dict[str, int] = {}
    for index, page in enumerate(document.pages):
        for name in page.anchors:
            nodes.setdefault(name, index)
    labels = tuple(str(number) for number in range(1, len(document.pages) + 1))
    return msgspec.json.encode(Pages(labels=labels, nodes=nodes, starts=starts(document)), order="deterministic")
