"""Lines of a title page, which are no headings however they look."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TypeGuard

from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph, role_of, starts_page
from exporter.readers.docx.recognition.chapter_lines import line_text
from exporter.readers.docx.recognition.title_block import LONGEST_LINE
from exporter.readers.docx.roles import Role
from exporter.readers.docx.running_text import is_unreleased
from exporter.readers.heading_levels import chapter_kind

LONGEST = 8
"""Paragraphs above a title, at most."""
_LONGEST_COVER = 20
"""Lines of a title page."""
_SENTENCE_ENDS = (".", "!", "?", "…", "؟", "。")


def is_of_title_page(blocks: Sequence[ParsedBlock], index: int) -> bool:
    """Return whether a line is a label of a title page: “Submitted by:” above lines of names, or “Draft”."""
    if index >= LONGEST or _has_heading(blocks[:index]):
        return False
    block, following = blocks[index : index + 2]
    assert isinstance(block, ParsedParagraph)
    is_label = (
        block.text.rstrip().endswith(":")
        and isinstance(following, ParsedParagraph)
        and following.number is None
        and not following.text.rstrip().endswith(_SENTENCE_ENDS)
    )
    return is_label or is_unreleased(block.text)


def is_on_cover(blocks: Sequence[ParsedBlock], index: int) -> bool:
    """Return whether a line is one of several centred lines with which the first page ends."""
    if index >= _LONGEST_COVER or _has_heading(blocks[:index]):
        return False
    end = _end_of_page(blocks)
    lines = sum(1 for _ in takewhile(_is_centred_line, reversed(blocks[:end])))
    return lines > 1 and end - lines <= index < end


def end_of_cover(blocks: Sequence[ParsedBlock]) -> int:
    """Return how many blocks below a title are on its page, if they are centred lines; else 0."""
    end = 0 if any(map(starts_page, blocks[:1])) else _end_of_page(blocks)
    return end if all(map(_is_centred_line, blocks[:end])) else 0


def _has_heading(blocks: Sequence[ParsedBlock]) -> bool:
    return any(role_of(block) is Role.HEADING for block in blocks)


def _end_of_page(blocks: Sequence[ParsedBlock]) -> int:
    """Return how many blocks are on a first page that is no longer than a cover; 0 if what follows is centred, too."""
    end = 1 + sum(1 for _ in takewhile(lambda block: not starts_page(block), blocks[1 : _LONGEST_COVER + 1]))
    is_followed_by_text = not all(map(_is_centred, blocks[end : end + 2]))
    return end if end <= _LONGEST_COVER and is_followed_by_text else 0


def _is_centred_line(block: ParsedBlock) -> bool:
    return _is_centred(block) and len(block.text) <= LONGEST_LINE and not block.text.rstrip().endswith(_SENTENCE_ENDS)


def _is_centred(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    """Return whether a block is centred and neither a heading nor the number of a chapter."""
    return (
        isinstance(block, ParsedParagraph)
        and block.meaning.role is not Role.HEADING
        and block.paragraph_format.alignment == "center"
        and not chapter_kind(line_text(block))
    )
