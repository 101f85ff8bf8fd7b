"""Lines that stay as they are: program text and verse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.model import Block, CodeBlock, Line, LineBlock, LineBreak
from exporter.model.walk import plain_text
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph
from exporter.readers.docx.text_runs import TextRun

if TYPE_CHECKING:
    from exporter.readers.docx.block_builder import BlockBuilder

_SYNTAX = re.compile(r"Source Code \((.+)\)")


def code(assembly: BlockBuilder, blocks: Sequence[ParsedBlock], place: int) -> tuple[Block, int]:
    """Return the block that begins at a place, and the place behind it."""
    first = blocks[place]
    assert isinstance(first, ParsedParagraph)
    lines = [_characters(first)]
    end = place + 1
    while not assembly.reading.own and end < len(blocks):
        following = blocks[end]
        if not (isinstance(following, ParsedParagraph) and following.meaning == first.meaning) or following.page_break:
            break
        lines.append(_characters(following))
        end += 1
    syntax = _SYNTAX.fullmatch(first.style)
    return (
        CodeBlock(at=assembly.settings.at(first), text="\n".join(lines), syntax=syntax[1] if syntax else ""),
        end,
    )


def verse(assembly: BlockBuilder, blocks: Sequence[ParsedBlock], place: int) -> tuple[Block, int]:
    """Return the block that begins at a place, and the place behind it."""
    first = blocks[place]
    assert isinstance(first, ParsedParagraph)
    lines = _lines(assembly, first)
    end = place + 1
    while not assembly.reading.own and end < len(blocks):
        following = blocks[end]
        if not (isinstance(following, ParsedParagraph) and following.meaning == first.meaning) or following.page_break:
            break
        lines += _lines(assembly, following)
        end += 1
    return LineBlock(at=assembly.settings.at(first), lines=tuple(lines)), end


def _lines(assembly: BlockBuilder, block: ParsedParagraph) -> list[Line]:
    rows: list[list[TextRun]] = [[]]
    for piece in block.pieces:
        if isinstance(piece.node, LineBreak):
            rows.append([])
        else:
            rows[-1].append(piece)
    out: list[Line] = []
    for cells in rows:
        row, indent = cells, 0
        while row and row[0].node is None and row[0].text[:1] in ("\u00a0", " ", "\t"):
            text = row[0].text.lstrip("\u00a0 \t")
            indent += len(row[0].text) - len(text)
            row = [row[0]._replace(text=text), *row[1:]] if text else row[1:]
        out.append(Line(children=assembly.settings.inlines(block, row), indent=indent))
    return out


def _characters(block: ParsedParagraph) -> str:
    """Return characters as they are."""
    parts = []
    for piece in block.pieces:
        parts.append("\n" if isinstance(piece.node, LineBreak) else piece.text if piece.node is None else "")
        if piece.node is not None and not isinstance(piece.node, LineBreak):
            parts[-1] = plain_text(piece.node)
    return "".join(parts)
