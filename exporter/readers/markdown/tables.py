"""Pipe tables and their captions."""

from __future__ import annotations

import msgspec
from markdown_it.token import Token

from exporter.errors import SourceError
from exporter.model import Alignment, Blocks, Cell, Column, Paragraph, Row, Scope, Source, Table
from exporter.readers import row_headers
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.inlines import read_inlines
from exporter.readers.markdown.limits import MAX_TABLE_CELLS
from exporter.readers.markdown.token_tree import TokenNode

_ALIGNMENTS = {"left": Alignment.START, "center": Alignment.CENTER, "right": Alignment.END}
_CLASSES = ("row-headers", "no-row-headers")


def read_table(branch: TokenNode, context: Context) -> Table:
    """Return a pipe table; row headers are found when its caption is known."""
    columns = tuple(Column(alignment=_alignment(cell.token)) for cell in branch.children[0].children[0].children)
    rows = sum(len(part.children) for part in branch.children)
    if len(columns) * rows > MAX_TABLE_CELLS:
        raise SourceError(
            f"This table has more than {MAX_TABLE_CELLS:,} cells.",
            advice="Divide it, or publish it as a data file.",
            source=Source(context.report.file, branch.line),
        )
    head: list[Row] = []
    body: list[Row] = []
    for part in branch.children:
        for row in part.children:
            (head if part.kind == "thead" else body).append(_row(row, context, header=part.kind == "thead"))
    if not any(cell.children for row in head for cell in row.cells):
        head.clear()
    bodies = (tuple(body),) if body else ()
    return Table(at=context.at(branch.line), columns=columns, head=tuple(head), bodies=bodies)


def with_caption(table: Table, caption: TokenNode, context: Context) -> Table:
    """Return the table with a caption paragraph's words, id, language and wishes."""
    attributes = attributes_of(caption.token)
    context.known(caption.line, attributes, classes=_CLASSES)
    said = context.at(caption.line, attributes)
    at = msgspec.structs.replace(
        table.at,
        id=said.id or table.at.id,
        language=said.language or table.at.language,
        direction=said.direction or table.at.direction,
    )
    asked = True if "row-headers" in attributes.classes else None
    if "no-row-headers" in attributes.classes:
        asked = False
    words = read_inlines(caption.children[0].token, context)
    return row_headers.find(msgspec.structs.replace(table, at=at, caption=words), asked=asked)


def _row(branch: TokenNode, context: Context, *, header: bool) -> Row:
    return Row(at=context.at(branch.line), cells=tuple(_cell(cell, context, header=header) for cell in branch.children))


def _cell(branch: TokenNode, context: Context, *, header: bool) -> Cell:
    inline = branch.children[0]
    at = context.at(inline.line)
    words = read_inlines(inline.token, context)
    children: Blocks = (Paragraph(at=at, children=words),) if words else ()
    return Cell(at=at, children=children, scope=Scope.COLUMN if header else None)


def _alignment(token: Token) -> Alignment:
    return _ALIGNMENTS.get(str(token.attrs.get("style", "")).removeprefix("text-align:"), Alignment.START)
