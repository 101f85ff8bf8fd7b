"""Borders of paragraphs (ISO/IEC 29500-1, 17.3.1.24 pBdr)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lxml import etree

from exporter.inspect.docx.xml import VAL, Element, name

CONTENT = tuple(
    map(name, ("drawing", "pict", "object", "sym", "m:oMath", "footnoteReference", "endnoteReference", "subDoc"))
)
"""What a paragraph without text may contain."""
_MARKS = frozenset(map(name, ("bookmarkStart", "bookmarkEnd", "proofErr")))
"""What stands between blocks and is none."""
_P, _T = name("p"), name("t")
_OF_PARAGRAPH = f"{name('pPr')}/{name('pBdr')}"
_COLOUR, _WHITE = name("color"), "FFFFFF"
_STYLE = f"{name('pPr')}/{name('pStyle')}"
_SIDES = ({"top"}, {"bottom"}, {"left", "start"}, {"right", "end"})


def as_xml(borders: Element | None) -> str:
    """Return borders as XML; empty if there are none."""
    return etree.tostring(borders, with_tail=False).decode() if borders is not None else ""


def frame_of(borders: Element) -> str:
    """Return borders on all sides as XML, or an empty text if one side has none."""
    drawn = _drawn(borders)
    return as_xml(borders) if all(map(drawn.intersection, _SIDES)) else ""


def is_ruled(borders: Element) -> bool:
    """Return whether borders are only a line above or below, and the first of an area without content.

    Paragraphs with the same borders have one area together, with a line above and one below.
    """
    sides = _drawn(borders)
    if not sides or not sides <= {"top", "bottom"}:
        return False
    area = as_xml(borders)
    paragraph = next(borders.iterancestors(_P))
    if _area(next(neighbours(paragraph, preceding=True), None)) == area:
        return False
    others = itertools.takewhile(lambda other: _area(other) == area, neighbours(paragraph))
    return not any(
        any(text.text for text in other.iter(_T)) or any(True for _ in other.iter(*CONTENT)) for other in others
    )


def is_below_blank(paragraph: Element) -> bool:
    """Return whether the block above a paragraph is an empty paragraph without borders or a style of its own."""
    above = next(neighbours(paragraph, preceding=True), None)
    return (
        above is not None
        and above.tag == _P
        and next(above.iter(_T, *CONTENT), None) is None
        and above.find(_OF_PARAGRAPH) is None
        and above.find(_STYLE) is None
    )


def neighbours(paragraph: Element, *, preceding: bool = False) -> Iterator[Element]:
    """Return the blocks after a paragraph, or before it, the nearest first."""
    return (block for block in paragraph.itersiblings("{*}*", preceding=preceding) if block.tag not in _MARKS)


def _drawn(borders: Element) -> set[str]:
    """Return the sides that have a border that is seen on paper."""
    return {
        str(side.tag).rpartition("}")[2]
        for side in borders
        if side.get(VAL, "none") not in ("", "none", "nil") and side.get(_COLOUR, "").upper() != _WHITE
    }


def _area(block: Element | None) -> str:
    """Return the borders of a paragraph; empty for other blocks."""
    return as_xml(block.find(_OF_PARAGRAPH) if block is not None else None)
