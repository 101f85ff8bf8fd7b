"""The check that no footnote is lost: WeasyPrint loses what does not fit on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from exporter.writers.pdf.page_starts import counted
from exporter.writers.pdf.tagging.html_tree import root_of

if TYPE_CHECKING:
    from weasyprint import Document

_SOFT_HYPHEN = "\u00ad"
_SVG = "{http://www.w3.org/2000/svg}svg"


def has_lost_notes(document: Document, is_laid_out: Callable[[Any], bool] | None = None) -> bool:
    """Return whether a note, or a part of one, is on no page or extends beyond the edge of its page.

    Args:
        document: The pages.
        is_laid_out: Whether an element is on pages that were laid out; if not, it is elsewhere, or on pages from the
            cache, which has none with lost notes.
    """
    placed: Counter[Any] = Counter()
    for page in document.pages:
        if not hasattr(page, "_page_box"):
            continue
        box = page._page_box
        area = next((child for child in box.children if type(child).__name__ == "FootnoteAreaBox"), None)
        if area is None or not area.children:
            continue
        # Measured and drawn positions differ by fractions of a pixel.
        if area.position_y < box.content_box_y() - 4:
            return True
        for note in area.children:
            placed[note.element] += sum(counted(getattr(part, "text", "")) for part in note.descendants())
    root = root_of(document)
    endnotes = {note for section in root.iter("section") if section.get("role") == "doc-endnotes" for note in section}
    return any(
        note.get("role") == "doc-footnote"
        and note not in endnotes
        and placed[note] < counted(_text(note))
        and (is_laid_out is None or is_laid_out(note))
        for note in root.iter("aside")
    )


def _text(element: Any) -> str:
    """Return the text of an element without formulas, which are drawn, and links back, of which print has but one."""
    parts = [element.text or ""]
    for part in element:
        is_text = part.tag != _SVG and part.get("role") != "doc-backlink"
        parts += [_text(part) if is_text else "", part.tail or ""]
    return "".join(parts).replace(_SOFT_HYPHEN, "")
