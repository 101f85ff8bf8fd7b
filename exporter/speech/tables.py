"""Utterances of a table: its size, its columns, then each row, each cell after its headers (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from exporter.model import Block, Paragraph, Table
from exporter.model.walk import plain_text
from exporter.speech.notes import NoteUtteranceBuilder
from exporter.speech.options import ColumnHeaders
from exporter.speech.table_headers import Header, SpokenRow, body_rows
from exporter.speech.text_pieces import TextPiece
from exporter.speech.utterance import UtteranceKind
from exporter.speech.utterance_builder import Context

_K = UtteranceKind
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")


def say_table(builder: NoteUtteranceBuilder, block: Table, context: Context) -> None:
    """Add a table; notes that its cells refer to are read after it."""
    rows = sum(map(len, block.bodies)) + len(block.foot)
    if block.caption:
        own = context.with_kind(_K.CAPTION)
        builder.say_in_template("speech.table_caption", "caption", block.caption, own, builder.pauses.announcement)
    size = "speech.table_size" if block.caption else "speech.table"
    builder.announce(size, context, rows=rows, columns=len(block.columns))
    if block.head:
        builder.announce("speech.columns", context)
        for row in block.head:
            for cell in row.cells:
                inside = context.at(row.at).at(cell.at).with_kind(_K.HEADER)
                _say_cell(builder, cell.children, inside, builder.pauses.cell)
    for number, spoken in enumerate(body_rows(block), start=1):
        _say_row(builder, number, spoken, context)
    builder.announce("speech.end_table", context)


def _say_row(builder: NoteUtteranceBuilder, number: int, spoken: SpokenRow, outer: Context) -> None:
    first = len(builder.utterances)
    context = outer.at(spoken.row.at)
    if not spoken.has_header:
        builder.announce("speech.row", context, number=number)
    _say_headers(builder, spoken.spanning_headers, outer)
    previous: tuple[Header, ...] = ()
    for headers, cell in spoken.cells:
        match builder.options.column_headers:
            case ColumnHeaders.CELL:
                _say_headers(builder, headers, outer)
            case ColumnHeaders.CHANGES:
                groups = [header for header in headers[:-1] if header not in previous]
                _say_headers(builder, (*groups, *headers[-1:]), outer, short=True)
            case ColumnHeaders.ONCE:
                pass
        previous = headers
        inside = context.at(cell.at).with_kind(_K.CELL)
        if not _say_cell(builder, cell.children, inside, builder.pauses.cell):
            builder.announce("speech.empty_cell", inside, text_range=builder.node_range(cell.at))
    if len(builder.utterances) > first:
        builder.utterances[-1] = msgspec.structs.replace(builder.utterances[-1], after=builder.pauses.row)


def _say_headers(
    builder: NoteUtteranceBuilder, headers: Iterable[Header], outer: Context, *, short: bool = False
) -> None:
    """Repeat headers, each in the language of its row; if `short`, without what is in brackets."""
    with builder.repeating():
        for header in headers:
            inside = outer.at(header.row.at).at(header.cell.at).with_kind(_K.REPEATED_HEADER)
            match header.cell.children:
                case (Paragraph(children=inlines) as paragraph,) if short and _BRACKETS.search(plain_text(inlines)):
                    own = inside.at(paragraph.at)
                    words = _BRACKETS.sub("", plain_text(inlines))
                    builder.say_pieces([TextPiece(words, own.language)], own, builder.pauses.header)
                case blocks:
                    _say_cell(builder, blocks, inside, builder.pauses.header)


def _say_cell(builder: NoteUtteranceBuilder, blocks: Iterable[Block], context: Context, after: float) -> bool:
    """Add the blocks of a cell; return whether any of them is spoken. No long pause follows a paragraph in a cell."""
    first = len(builder.utterances)
    for block in blocks:
        builder.block(block, context)
    if len(builder.utterances) == first:
        return False
    builder.utterances[-1] = msgspec.structs.replace(builder.utterances[-1], after=after)
    return True
