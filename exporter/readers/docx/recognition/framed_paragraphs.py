"""Boxes that are paragraphs with borders around them (ISO/IEC 29500-1, 17.3.1.24 pBdr)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby
from operator import itemgetter

from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph, role_of
from exporter.readers.docx.recognition.layout_tables import LONGEST_BOX, words
from exporter.readers.docx.roles import Role
from exporter.readers.heading_levels import LONGEST, is_heading_text

_OF_LIST = frozenset({Role.BULLETS, Role.NUMBERS, Role.LIST_CONTINUE})
_OF_BOX = _OF_LIST | {Role.TEXT}
_SENTENCE_ENDS = (".", "!", "?", "…", "؟", "。", "！", "？", "”", "»", '"')


def as_boxes(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return blocks with adjacent paragraphs that have the same frame as a box, with the pictures between them.

    A line, such as a heading or a date, a chapter, a note between two items of a list, and the whole text are none.
    """
    if all(_frame(block) or role_of(block) is Role.HEADING for block in blocks):
        return list(blocks)
    out: list[ParsedBlock] = []
    end = 0
    areas = accumulate(isinstance(block, ParsedParagraph) and block.begins_frame for block in blocks)
    framed = zip(map(_frame, blocks), areas, blocks, strict=True)
    for (frame, _), group in groupby(framed, itemgetter(0, 1)):
        inside = [block for *_, block in group]
        end += len(inside)
        texts = [index for index, block in enumerate(inside) if frame and _is_text(block)]
        start, stop = (texts[0], texts[-1] + 1) if texts else (0, 0)
        box = inside[start:stop]
        if _is_box(box) and not _is_one_list(out[-1:], blocks[end : end + 1]):
            first = box[0]
            assert isinstance(first, ParsedParagraph), "only paragraphs have frames"
            inside[start:stop] = [Container(first.source, "box", box, page_break=first.page_break)]
            first.page_break = False
        out += inside
    return out


def _is_box(blocks: Sequence[ParsedBlock]) -> bool:
    is_line = len(blocks) == 1 and isinstance(blocks[0], ParsedParagraph) and _is_line(blocks[0])
    return bool(blocks) and not is_line and len(list(words(blocks))) <= LONGEST_BOX


def _is_line(paragraph: ParsedParagraph) -> bool:
    """Return whether a paragraph is short and no sentence, or is a bold question, which may be a heading."""
    text = " ".join(paragraph.text.split())
    is_bold = paragraph.look is not None and paragraph.look.bold
    return len(text) <= LONGEST and (not text.endswith(_SENTENCE_ENDS) or (is_bold and is_heading_text(text)))


def _is_one_list(above: Sequence[ParsedBlock], below: Sequence[ParsedBlock]) -> bool:
    """Return whether the blocks above and below are items of one list."""
    lists = {_list_of(block) for block in (*above, *below)}
    return len(above) == len(below) and len(lists) == 1 and None not in lists


def _list_of(block: ParsedBlock) -> tuple[Role, int] | None:
    if not isinstance(block, ParsedParagraph) or not (block.number or block.meaning.role in _OF_LIST):
        return None
    return block.meaning.role, block.number.instance if block.number else 0


def _is_text(block: ParsedBlock) -> bool:
    return isinstance(block, ParsedParagraph) and not (block.images or block.formula)


def _frame(block: ParsedBlock) -> str:
    return block.frame if isinstance(block, ParsedParagraph) and block.meaning.role in _OF_BOX else ""
