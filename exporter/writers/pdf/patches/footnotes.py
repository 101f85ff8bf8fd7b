"""Notes stay on the page of the line that refers to them, and go on overleaf when they are long.

WeasyPrint 70.0 makes room for a line that no longer fits by moving notes of earlier lines to the next page, and then
forgets the notes of that very line: the text of a note is lost. It does neither inside columns, so it is told that
lines are laid out in one; such a line goes to the next page together with its notes.

Nor does it break a note: what has no room on a page is lost. But a note that has none goes to the next page if it may;
so each paragraph of a long note is laid out as a note of its own, and only the first must stand with its line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from weasyprint import Document

CONTINUES = "data-continues"
"""The attribute of a piece of a note with the identifier of the note."""
LONG = 100
"""Words from which a note may go on overleaf: shorter ones are easier to read in one place."""
_PIECE = "footnote-policy:auto"
_ROOM = 80
"""What notes leave to the text on a page; CSS pixels."""


@contextmanager
def notes_with_their_lines() -> Iterator[None]:
    """Lay pages out, inside this context, without moving notes away from their lines."""
    from weasyprint import document
    from weasyprint.layout import LayoutContext

    class Context(LayoutContext):  # type: ignore[misc] # WeasyPrint has no types
        _columns = False

        @property
        def in_column(self) -> bool:
            # Only the function that lays lines out is told so; what it calls still needs the truth.
            return self._columns or sys._getframe(1).f_code.co_name == "_linebox_layout"

        @in_column.setter
        def in_column(self, value: bool) -> None:
            self._columns = value

        def layout_footnote(self, footnote: Any) -> bool:
            # The engine asks whether the notes fit in their area, not whether the area fits on the page.
            overflow = super().layout_footnote(footnote)
            return bool(overflow or self.page_bottom < self.current_footnote_area.page.content_box_y() + _ROOM)

    document.LayoutContext = Context
    try:
        yield
    finally:
        document.LayoutContext = LayoutContext


def part_long_notes(root: ElementTree.Element) -> None:
    """Make a note of its own of each further paragraph of a long note at the foot of a page."""
    for parent in list(root.iter()):
        if parent.get("role") == "doc-endnotes":
            continue
        for note in [child for child in parent if _is_long_note(child)]:
            place = list(parent).index(note)
            pieces = [ElementTree.Element(note.tag, _as_piece(note)) for _ in note[1:]]
            for piece, paragraph in zip(pieces, list(note)[1:], strict=True):
                note.remove(paragraph)
                piece.append(paragraph)
            pieces[-1].tail, note.tail = note.tail, None
            for offset, piece in enumerate(pieces, 1):
                parent.insert(place + offset, piece)


def _is_long_note(element: ElementTree.Element) -> bool:
    if element.get("role") != "doc-footnote" or len(element) < 2 or not element.get("id"):
        return False
    return len("".join(element.itertext()).split()) >= LONG


def _as_piece(note: ElementTree.Element) -> dict[str, str]:
    kept = {key: value for key, value in note.items() if key not in {"id", "role", "aria-label"}}
    return {**kept, CONTINUES: note.get("id", ""), "style": _PIECE}


def has_lost_notes(document: Document) -> bool:
    """Return whether a note, or a piece of one, stands on no page or reaches beyond the edge of its page."""
    placed: set[Any] = set()
    for page in document.pages:
        box = page._page_box
        area = next((child for child in box.children if type(child).__name__ == "FootnoteAreaBox"), None)
        if area is None or not area.children:
            continue
        # Half a line of grace: what is measured and what is drawn differ by fractions.
        if area.position_y < box.content_box_y() - 4:
            return True
        placed.update(child.element for child in area.children)
    root = document.pages[0]._page_box.children[0].element
    behind = {note for section in root.iter("section") if section.get("role") == "doc-endnotes" for note in section}
    return any(
        element not in placed and element not in behind
        for element in root.iter("aside")
        if element.get("role") == "doc-footnote" or CONTINUES in element.keys()  # noqa: SIM118 - not a dict
    )
