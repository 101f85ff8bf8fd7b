"""Long footnotes: split into notes that continue on the next page, and the check that no note is lost.

WeasyPrint does not break a footnote across pages; what does not fit on its page is lost. A footnote that does not fit
may move to the next page, though: so each paragraph of a long note is laid out as a note of its own, and only the first
must be on the page of its reference (WeasyPrint's issue 1833).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from weasyprint import Document

CONTINUES = "data-continues"
"""The attribute of a part of a note that holds the ID of the note."""
LONG = 100
"""Words from which a note may continue on the next page: shorter ones are easier to read in one place."""
_PART_STYLE = "footnote-policy:auto"


def split(root: ElementTree.Element) -> None:
    """Replace each long footnote by one footnote for each of its paragraphs."""
    for parent in list(root.iter()):
        if parent.get("role") == "doc-endnotes":
            continue
        for note in [child for child in parent if _is_long_note(child)]:
            index = list(parent).index(note)
            parts = [ElementTree.Element(note.tag, _part_attributes(note)) for _ in note[1:]]
            for part, paragraph in zip(parts, list(note)[1:], strict=True):
                note.remove(paragraph)
                part.append(paragraph)
            parts[-1].tail, note.tail = note.tail, None
            for offset, part in enumerate(parts, 1):
                parent.insert(index + offset, part)


def _is_long_note(element: ElementTree.Element) -> bool:
    if element.get("role") != "doc-footnote" or len(element) < 2 or not element.get("id"):
        return False
    return len("".join(element.itertext()).split()) >= LONG


def _part_attributes(note: ElementTree.Element) -> dict[str, str]:
    attributes = {key: value for key, value in note.items() if key not in {"id", "role", "aria-label"}}
    return {**attributes, CONTINUES: note.get("id", ""), "style": _PART_STYLE}


def has_lost_notes(document: Document) -> bool:
    """Return whether a note, or a part of one, is on no page or extends beyond the edge of its page."""
    placed: set[Any] = set()
    for page in document.pages:
        box = page._page_box
        area = next((child for child in box.children if type(child).__name__ == "FootnoteAreaBox"), None)
        if area is None or not area.children:
            continue
        # Measured and drawn positions differ by fractions of a pixel.
        if area.position_y < box.content_box_y() - 4:
            return True
        placed.update(child.element for child in area.children)
    root = document.pages[0]._page_box.children[0].element
    endnotes = {note for section in root.iter("section") if section.get("role") == "doc-endnotes" for note in section}
    return any(
        element not in placed and element not in endnotes
        for element in root.iter("aside")
        if element.get("role") == "doc-footnote" or CONTINUES in element.keys()  # noqa: SIM118 - not a dict
    )
