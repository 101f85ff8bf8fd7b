"""Read a table aloud: its size, its columns, then each row, each cell after its headers (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Block, Table
from exporter.speech.grid import SpokenRow, body_rows
from exporter.speech.telling import Context
from exporter.speech.utterance import UtteranceKind

if TYPE_CHECKING:
    from exporter.speech.script import Reader

_K = UtteranceKind


def read_table(reader: Reader, block: Table, context: Context) -> None:
    """Say a table; what its cells refer to is read after it."""
    rows = sum(map(len, block.bodies)) + len(block.foot)
    if block.caption:
        own = context.saying(_K.CAPTION)
        reader.framed("speech.table_caption", "caption", block.caption, own, reader.pauses.announcement)
    size = "speech.table_size" if block.caption else "speech.table"
    reader.announce(size, context, rows=rows, columns=len(block.columns))
    if block.head:
        reader.announce("speech.columns", context)
        for row in block.head:
            for cell in row.cells:
                inside = context.at(row.at).at(cell.at).saying(_K.HEADER)
                _cell(reader, cell.children, inside, reader.pauses.cell)
    for number, spoken in enumerate(body_rows(block), start=1):
        _row(reader, number, spoken, context.at(spoken.row.at))
    reader.announce("speech.end_table", context)
    reader.description(block.description, context)


def _row(reader: Reader, number: int, spoken: SpokenRow, context: Context) -> None:
    first = len(reader.out)
    if not spoken.headed:
        reader.announce("speech.row", context, number=number)
    again = context.saying(_K.HEADER)
    with reader.repeating():
        for cell in spoken.reaching:
            _cell(reader, cell.children, again.at(cell.at), reader.pauses.header)
    for headers, cell in spoken.cells:
        with reader.repeating():
            for header in headers:
                _cell(reader, header.children, again.at(header.at), reader.pauses.header)
        inside = context.at(cell.at).saying(_K.CELL)
        if not _cell(reader, cell.children, inside, reader.pauses.cell):
            reader.announce("speech.empty_cell", inside)
    if len(reader.out) > first:
        reader.out[-1] = msgspec.structs.replace(reader.out[-1], after=reader.pauses.row)


def _cell(reader: Reader, blocks: Iterable[Block], context: Context, after: float) -> bool:
    """Say what a cell holds and whether that was anything; a paragraph in a cell asks for no long silence."""
    first = len(reader.out)
    for block in blocks:
        reader.block(block, context)
    if len(reader.out) == first:
        return False
    reader.out[-1] = msgspec.structs.replace(reader.out[-1], after=after)
    return True
