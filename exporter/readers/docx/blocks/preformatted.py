"""Code blocks and verse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.model import Block, CodeBlock, Line, LineBlock, LineBreak
from exporter.model.walk import plain_text
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SYNTAX = re.compile(r"Source Code \((.+)\)")


def code(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block, int]:
    """Return the code block that begins at an index, and the index after it."""
    paragraphs = _paragraphs(builder, blocks, index)
    syntax = _SYNTAX.fullmatch(paragraphs[0].style)
    text = "\n".join(map(_characters, paragraphs))
    block = CodeBlock(at=builder.attributes.at(paragraphs[0]), text=text, syntax=syntax[1] if syntax else "")
    return block, index + len(paragraphs)


def verse(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block, int]:
    """Return the verse that begins at an index, and the index after it."""
    paragraphs = _paragraphs(builder, blocks, index)
    lines = tuple(line for paragraph in paragraphs for line in _lines(builder, paragraph))
    return LineBlock(at=builder.attributes.at(paragraphs[0]), lines=lines), index + len(paragraphs)


def _paragraphs(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> list[ParsedParagraph]:
    """Return the paragraphs of the block that begins at an index; in the Word edition it is a single one."""
    first = blocks[index]
    assert isinstance(first, ParsedParagraph)
    paragraphs = [first]
    for following in range(index + 1, index + 1 if builder.context.is_word_edition else len(blocks)):
        block = blocks[following]
        if not isinstance(block, ParsedParagraph) or block.meaning != first.meaning or block.page_break:
            break
        paragraphs.append(block)
    return paragraphs


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
