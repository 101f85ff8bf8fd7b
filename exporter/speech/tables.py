"""Read a table aloud: its size, its columns, then each row, each cell after its headers (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.model import Block, Table
from exporter.speech.notes import NoteUtteranceBuilder
from exporter.speech.table_headers import Header, SpokenRow, body_rows
from exporter.speech.utterance import UtteranceKind
from exporter.speech.utterance_builder import Context

_K = UtteranceKind


def read_table(teller: NoteUtteranceBuilder, block: Table, context: Context) -> None:
    """Say a table; what its cells refer to is read after it."""
    rows = sum(map(len, block.bodies)) + len(block.foot)
    if block.caption:
        own = context.with_kind(_K.CAPTION)
        teller.say_in_template("speech.table_caption", "caption", block.caption, own, teller.pauses.announcement)
    size = "speech.table_size" if block.caption else "speech.table"
    teller.announce(size, context, rows=rows, columns=len(block.columns))
    if block.head:
        teller.announce("speech.columns", context)
        for row in block.head:
            for cell in row.cells:
                inside = context.at(row.at).at(cell.at).with_kind(_K.HEADER)
                _cell(teller, cell.children, inside, teller.pauses.cell)
    for number, spoken in enumerate(body_rows(block), start=1):
        _row(teller, number, spoken, context)
    teller.announce("speech.end_table", context)


def _row(teller: NoteUtteranceBuilder, number: int, spoken: SpokenRow, outer: Context) -> None:
    first = len(teller.out)
    context = outer.at(spoken.row.at)
    if not spoken.headed:
        teller.announce("speech.row", context, number=number)
    _again(teller, spoken.reaching, outer)
    for headers, cell in spoken.cells:
        _again(teller, headers, outer)
        inside = context.at(cell.at).with_kind(_K.CELL)
        if not _cell(teller, cell.children, inside, teller.pauses.cell):
            teller.announce("speech.empty_cell", inside, place=teller.whole(cell.at))
    if len(teller.out) > first:
        teller.out[-1] = msgspec.structs.replace(teller.out[-1], after=teller.pauses.row)


def _again(teller: NoteUtteranceBuilder, headers: Iterable[Header], outer: Context) -> None:
    """Say headers once more, in the language of the rows that they stand in."""
    with teller.repeating():
        for header in headers:
            inside = outer.at(header.row.at).at(header.cell.at).with_kind(_K.HEADER)
            _cell(teller, header.cell.children, inside, teller.pauses.header)


def _cell(teller: NoteUtteranceBuilder, blocks: Iterable[Block], context: Context, after: float) -> bool:
    """Say what a cell holds and whether that was anything; a paragraph in a cell asks for no long silence."""
    first = len(teller.out)
    for block in blocks:
        teller.block(block, context)
    if len(teller.out) == first:
        return False
    teller.out[-1] = msgspec.structs.replace(teller.out[-1], after=after)
    return True
