"""Quotations that only their indents and quotation marks set apart (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeGuard

from exporter.model import ListStyle
from exporter.model.quotation_marks import closing_marks
from exporter.model.typed_lists import MARKER
from exporter.readers.attributions import DASH
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph, role_of
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.styles import ParagraphFormat

_LEAST = 284
"""Indents on both sides of a quotation, in twentieths of a point: half a centimetre."""
_MOST_PARAGRAPHS = 8
_LONGEST_ATTRIBUTION = 150
"""Characters."""
_OPENING = re.compile(r"\s*([“«„「\"])")
_DATE = re.compile(r"(?<!\d)\d{4}$|\d[./-]\d\d?[./-]\d\d$")
"""The end of a date: a year."""
_AFTER = re.compile(r"(?:\s*[(\[][^()\[\]]{1,80}[)\]])?[\s.,;:]*")
"""What follows the mark at the end: a place in brackets, and the end of the sentence around it."""


def mark_quotations(blocks: Sequence[ParsedBlock], plain: ParagraphFormat) -> None:
    """Read paragraphs in quotation marks that are indented on both sides as quotations.

    A line below any quotation that begins with a dash, or is on the right, says who said it.

    Args:
        blocks: The text.
        plain: The format of its plain paragraphs, beyond whose indents those of a quotation are.
    """
    index = 0
    while index < len(blocks):
        count = _count(blocks[index : index + _MOST_PARAGRAPHS], plain)
        for block in blocks[index : index + count]:
            assert isinstance(block, ParsedParagraph), "a quotation consists of paragraphs"
            block.meaning = Meaning(Role.QUOTE)
        is_quotation = bool(count) or role_of(blocks[index]) is Role.QUOTE
        index += count or 1
        if is_quotation and index < len(blocks) and _is_attribution(after := blocks[index], blocks, index, plain):
            after.meaning = Meaning(Role.ATTRIBUTION)


def _count(blocks: Sequence[ParsedBlock], plain: ParagraphFormat) -> int:
    """Return how many of the first blocks are a quotation, from its opening to its closing mark."""
    marks = ("", frozenset[str]())
    depth = 0
    for count, block in enumerate(blocks, 1):
        if not isinstance(block, ParsedParagraph) or not _is_plain(block) or not _is_set_apart(block, plain):
            return 0
        begins = _OPENING.match(block.text)
        if count == 1 and begins:
            marks = begins[1], closing_marks(begins[1]) | {begins[1]} & {'"'}
            depth = 1
        if not depth or (count > 1 and block.page_break):
            return 0
        # Each paragraph of a long quotation may begin with a mark.
        depth, end = _depth_after(block.text, begins.end() if begins else 0, depth, *marks)
        if not depth:
            return count if _AFTER.fullmatch(block.text, end) else 0
    return 0


def _depth_after(text: str, start: int, depth: int, opening: str, closing: frozenset[str]) -> tuple[int, int]:
    """Return how many quotations are open at the end of a text, and where the outermost ends, or its length."""
    for position in range(start, len(text)):
        if text[position] in closing:
            depth -= 1
        elif text[position] == opening:
            depth += 1
        if not depth:
            return 0, position + 1
    return depth, len(text)


def _is_plain(block: ParsedParagraph) -> bool:
    is_bold = all(run.run_format.bold for run in block.text_runs if run.text.strip())
    return block.meaning == PLAIN and block.number is None and not (block.images or is_bold)


def _is_set_apart(block: ParsedParagraph, plain: ParagraphFormat) -> bool:
    own = block.paragraph_format
    return min((own.left or 0) - (plain.left or 0), (own.right or 0) - (plain.right or 0)) >= _LEAST


def _is_attribution(
    block: ParsedBlock, blocks: Sequence[ParsedBlock], index: int, plain: ParagraphFormat
) -> TypeGuard[ParsedParagraph]:
    return (
        isinstance(block, ParsedParagraph)
        and _is_plain(block)
        and not block.page_break
        and len(block.text) <= _LONGEST_ATTRIBUTION
        and (
            _is_on_right(block)
            or (_has_dash(block) and (_is_set_apart(block, plain) or _is_alone(block, blocks, index)))
        )
    )


def _has_dash(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    return isinstance(block, ParsedParagraph) and DASH.match(block.text) is not None


def _is_alone(block: ParsedParagraph, blocks: Sequence[ParsedBlock], index: int) -> bool:
    """Return whether a line with a dash is no speech, item or ornament: no sentence, with none beside it."""
    name = DASH.sub("", block.text, count=1).strip()
    return (
        name[:1].isalpha()
        and not name[0].islower()
        and name[-1] not in ".!?…:,;—–―"
        and not (_is_item(blocks[index - 1]) or any(map(_is_item, blocks[index + 1 : index + 2])))
    )


def _is_item(block: ParsedBlock) -> bool:
    """Return whether a line begins with a dash or a bullet; paragraphs of many reports begin with numbers."""
    if not isinstance(block, ParsedParagraph):
        return False
    bullet = MARKER.match(block.text.strip())
    is_bullet = block.number is not None and block.number.level.style is ListStyle.BULLET
    return is_bullet or _has_dash(block) or (bullet is not None and bullet["bullet"] is not None)


def _is_on_right(block: ParsedParagraph) -> bool:
    """Return whether a line is aligned to the right; without a dash, it is words that may name the speaker."""
    is_right = block.paragraph_format.alignment in ("right", "end")
    return is_right and (_has_dash(block) or _may_name(block))


def _may_name(block: ParsedParagraph) -> bool:
    """Return whether a line is no sentence, number, date or salutation, and its text does not run from the right."""
    text = block.text.rstrip()
    is_other = text.endswith((".", "!", "?", ":", ",")) or _DATE.search(text) is not None
    return not (block.paragraph_format.bidi or is_other) and any(map(str.isalpha, text))
