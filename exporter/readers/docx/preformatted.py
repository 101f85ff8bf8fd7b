"""Code blocks and verse."""

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


def code(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block, int]:
    """Return the block that begins at an index, and the index after it."""
    first = blocks[index]
    assert isinstance(first, ParsedParagraph)
    lines = [_characters(first)]
    end = index + 1
    while not builder.context.is_word_edition and end < len(blocks):
        following = blocks[end]
        if not (isinstance(following, ParsedParagraph) and following.meaning == first.meaning) or following.page_break:
            break
        lines.append(_characters(following))
        end += 1
    syntax = _SYNTAX.fullmatch(first.style)
    return (
        CodeBlock(at=builder.attributes.at(first), text="\n".join(lines), syntax=syntax[1] if syntax else ""),
        end,
    )


def verse(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block, int]:
    """Return the block that begins at an index, and the index after it."""
    first = blocks[index]
    assert isinstance(first, ParsedParagraph)
    lines = _lines(builder, first)
    end = index + 1
    while not builder.context.is_word_edition and end < len(blocks):
        following = blocks[end]
        if not (isinstance(following, ParsedParagraph) and following.meaning == first.meaning) or following.page_break:
            break
        lines += _lines(builder, following)
        end += 1
    return LineBlock(at=builder.attributes.at(first), lines=tuple(lines)), end


def _lines(builder: BlockBuilder, block: ParsedParagraph) -> list[Line]:
    rows: list[list[TextRun]] = [[]]
    for run in block.text_runs:
        if isinstance(run.node, LineBreak):
            rows.append([])
        else:
            rows[-1].append(run)
    out: list[Line] = []
    for cells in rows:
        row, indent = cells, 0
        while row and row[0].node is None and row[0].text[:1] in ("\u00a0", " ", "\t"):
            text = row[0].text.lstrip("\u00a0 \t")
            indent += len(row[0].text) - len(text)
            row = [row[0]._replace(text=text), *row[1:]] if text else row[1:]
        out.append(Line(children=builder.attributes.inlines(block, row), indent=indent))
    return out


def _characters(block: ParsedParagraph) -> str:
    """Return the characters of a paragraph unchanged."""
    parts = []
    for run in block.text_runs:
        parts.append("\n" if isinstance(run.node, LineBreak) else run.text if run.node is None else "")
        if run.node is not None and not isinstance(run.node, LineBreak):
            parts[-1] = plain_text(run.node)
    return "".join(parts)
