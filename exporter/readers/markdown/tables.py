"""Reading of pipe tables and their captions."""

from __future__ import annotations

import msgspec
from markdown_it.token import Token

from exporter.errors import SourceError
from exporter.model import Alignment, Cell, Column, Row, Scope, Source, Table
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.foreign_markup import report_foreign_markup
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.inlines import read_inlines
from exporter.readers.markdown.limits import MAX_TABLE_CELLS
from exporter.readers.markdown.table_cells import read_cell
from exporter.readers.markdown.token_tree import TokenNode, build_tree
from exporter.readers.row_headers import with_row_headers

_ALIGNMENTS = {"left": Alignment.START, "center": Alignment.CENTER, "right": Alignment.END}
_CLASSES = ("row-headers", "no-row-headers")


def read_table(node: TokenNode, context: Context) -> Table:
    """Return a pipe table, without row headers, which depend on its caption."""
    columns = tuple(Column(alignment=_alignment(cell.token)) for cell in node.children[0].children[0].children)
    rows = sum(len(part.children) for part in node.children)
    check_size(len(columns) * rows, node.line, context)
    head: list[Row] = []
    body: list[Row] = []
    for part in node.children:
        for row in part.children:
            (head if part.kind == "thead" else body).append(_row(row, context, header=part.kind == "thead"))
    if not any(cell.children for row in head for cell in row.cells):
        head.clear()
    bodies = (tuple(body),) if body else ()
    return Table(at=context.at(node.line), columns=columns, head=tuple(head), bodies=bodies)


def check_size(cells: int, line: int, context: Context) -> None:
    """Check the number of cells of a table.

    Raises:
        SourceError: There are too many.
    """
    if cells > MAX_TABLE_CELLS:
        raise SourceError(
            f"This table has more than {MAX_TABLE_CELLS:,} cells.",
            advice="Split it, or publish it as a data file.",
            source=Source(context.report.file, line),
        )


def with_caption(table: Table, caption: TokenNode, context: Context) -> Table:
    """Return the table with its caption, and with the id, language and classes of the caption."""
    attributes = attributes_of(caption.token)
    context.report_unknown(caption.line, attributes, classes=_CLASSES)
    caption_at = context.at(caption.line, attributes)
    at = msgspec.structs.replace(
        table.at,
        id=caption_at.id or table.at.id,
        language=caption_at.language or table.at.language,
        direction=caption_at.direction or table.at.direction,
    )
    requested = True if "row-headers" in attributes.classes else None
    if "no-row-headers" in attributes.classes:
        requested = False
    inlines = read_inlines(caption.children[0].token, context)
    return with_row_headers(msgspec.structs.replace(table, at=at, caption=inlines), requested=requested)


def _row(node: TokenNode, context: Context, *, header: bool) -> Row:
    return Row(at=context.at(node.line), cells=tuple(_cell(cell, context, header=header) for cell in node.children))


def _cell(node: TokenNode, context: Context, *, header: bool) -> Cell:
    inline = node.children[0]
    at = context.at(inline.line)
    nodes = build_tree(inline.token.children or (), inline.line)
    report_foreign_markup(inline.token, inline.line, context)
    return Cell(at=at, children=read_cell(nodes, at, context), scope=Scope.COLUMN if header else None)


def _alignment(token: Token) -> Alignment:
    return _ALIGNMENTS.get(str(token.attrs.get("style", "")).removeprefix("text-align:"), Alignment.START)
