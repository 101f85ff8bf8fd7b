"""The text of paragraphs of Word files as it is written (ISO/IEC 29500-1, 17.3.3.31 t, 17.16.18 fldChar)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.revise.element_texts import ElementText, texts
from exporter.revise.elements import Element, PartEdits

_NO_TEXT = ("AlternateContent", "drawing", "pict", "object", "del", "moveFrom", "pPr", "rPr")
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FIELD_DEPTH = {"begin": 1, "end": -1}


def pieces_of(edits: PartEdits, paragraph: Element) -> Iterator[ElementText]:
    """Yield the text of a paragraph in order; what fields show is fixed."""
    depth = 0
    for piece in texts(edits, paragraph, without=_NO_TEXT):
        holder = piece.holder
        if holder.local == "fldChar" and not piece.text:
            depth += _FIELD_DEPTH.get(holder.attributes.get("fldCharType", ""), 0)
        is_fixed = depth > 0 or any(ancestor.local == "fldSimple" for ancestor in holder.ancestors())
        if holder.local in _SIGNS and not piece.text:
            yield piece._replace(text=_SIGNS[holder.local], is_fixed=is_fixed)
        elif holder.local == "t" and piece.text:
            yield piece._replace(is_fixed=is_fixed)


def keep_spaces(edits: PartEdits, text: Element) -> None:
    """Keep the spaces at the beginning and the end of a text."""
    edits.set_attribute(text, "xml:space", "preserve")
