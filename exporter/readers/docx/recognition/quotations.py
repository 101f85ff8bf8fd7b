"""Quotations that only their indents and quotation marks set apart (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeGuard

from exporter.model.quotation_marks import closing_marks
from exporter.readers.attributions import DASH
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import PLAIN, Meaning, Role

_LEAST = 284
"""Indents on both sides of a quotation, in twentieths of a point: half a centimetre."""
_MOST_PARAGRAPHS = 8
_LONGEST_ATTRIBUTION = 150
"""Characters."""
_OPENING = re.compile(r"\s*([“«„「\"])")
_AFTER = re.compile(r"(?:\s*[(\[][^()\[\]]{1,80}[)\]])?[\s.,;:]*")
"""What follows the mark at the end: a place in brackets, and the end of the sentence around it."""


def mark_quotations(blocks: Sequence[ParsedBlock]) -> None:
    """Read paragraphs in quotation marks that are indented on both sides as quotations.

    A line below them that begins with a dash says who said it.
    """
    index = 0
    while index < len(blocks):
        count = _count(blocks[index : index + _MOST_PARAGRAPHS])
        for block in blocks[index : index + count]:
            assert isinstance(block, ParsedParagraph), "a quotation consists of paragraphs"
            block.meaning = Meaning(Role.QUOTE)
        index += count or 1
        if count and index < len(blocks) and _is_attribution(after := blocks[index]):
            after.meaning = Meaning(Role.ATTRIBUTION)


def _count(blocks: Sequence[ParsedBlock]) -> int:
    """Return how many of the first blocks are a quotation, from its opening to its closing mark."""
    closing: frozenset[str] = frozenset()
    for count, block in enumerate(blocks, 1):
        if not isinstance(block, ParsedParagraph) or not _is_plain(block) or not _is_set_apart(block):
            return 0
        if count == 1:
            opening = _OPENING.match(block.text)
            closing = closing_marks(opening[1]) | {opening[1]} & {'"'} if opening else closing
        if _is_end(block.text, closing):
            return count
        if not closing or block.page_break:
            return 0
    return 0


def _is_end(text: str, marks: frozenset[str]) -> bool:
    """Return whether a text ends with one of some marks, which it has after its beginning."""
    position = max(map(text.rfind, marks), default=0)
    return position > 0 and _AFTER.fullmatch(text, position + 1) is not None


def _is_plain(block: ParsedParagraph) -> bool:
    return block.meaning == PLAIN and block.number is None and not block.images


def _is_set_apart(block: ParsedParagraph) -> bool:
    return min(block.paragraph_format.left or 0, block.paragraph_format.right or 0) >= _LEAST


def _is_attribution(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    return (
        isinstance(block, ParsedParagraph)
        and _is_plain(block)
        and not block.page_break
        and len(block.text) <= _LONGEST_ATTRIBUTION
        and DASH.match(block.text) is not None
        and (block.paragraph_format.alignment in ("right", "end") or _is_set_apart(block))
    )
