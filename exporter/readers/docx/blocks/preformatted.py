"""Code blocks and verse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.model import Block, CodeBlock, Line, LineBlock, LineBreak
from exporter.model.walk import plain_text
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.parsed import ParsedParagraph

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SYNTAX = re.compile(r"Source Code \((.+)\)")


def code(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> Block:
    """Return the code block that begins with a paragraph."""
    syntax = _SYNTAX.fullmatch(first.style)
    text = "\n".join(map(_characters, _paragraphs(builder, first, cursor)))
    return CodeBlock(at=builder.attributes.at(first), text=text, syntax=syntax[1] if syntax else "")


def verse(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> Block:
    """Return the verse that begins with a paragraph."""
    paragraphs = _paragraphs(builder, first, cursor)
    lines = tuple(line for paragraph in paragraphs for line in _lines(builder, paragraph))
    return LineBlock(at=builder.attributes.at(first), lines=lines)


def _paragraphs(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> list[ParsedParagraph]:
    """Return the paragraphs of a block; in the Word edition it is a single one."""
    if builder.context.is_word_edition:
        return [first]
    return [first, *cursor.take_paragraphs(lambda other: other.meaning == first.meaning and not other.page_break)]


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
