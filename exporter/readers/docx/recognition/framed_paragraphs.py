"""Boxes that are paragraphs with borders around them (ISO/IEC 29500-1, 17.3.1.24 pBdr)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph
from exporter.readers.docx.recognition.layout_tables import LONGEST_BOX, words
from exporter.readers.docx.roles import Role
from exporter.readers.heading_levels import is_heading_text

_OF_BOX = frozenset({Role.TEXT, Role.BULLETS, Role.NUMBERS, Role.LIST_CONTINUE})


def as_boxes(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return blocks with adjacent paragraphs that have the same frame as a box.

    A chapter, a whole document and a bold line, which may be a heading, are none.
    """
    out: list[ParsedBlock] = []
    for frame, group in groupby(blocks, _frame):
        inside = list(group)
        first = inside[0]
        is_box = frame and len(inside) < len(blocks) and len(list(words(inside))) <= LONGEST_BOX
        if is_box and isinstance(first, ParsedParagraph) and not (len(inside) == 1 and _may_be_heading(first)):
            inside = [Container(first.source, "box", inside, page_break=first.page_break)]
            first.page_break = False
        out += inside
    return out


def _may_be_heading(paragraph: ParsedParagraph) -> bool:
    return paragraph.look is not None and paragraph.look.bold and is_heading_text(paragraph.text)


def _frame(block: ParsedBlock) -> str:
    if isinstance(block, ParsedParagraph) and block.meaning.role in _OF_BOX and not (block.images or block.formula):
        return block.frame
    return ""
