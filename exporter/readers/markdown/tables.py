"""Reading of pipe tables and their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from markdown_it.token import Token

from exporter.errors import SourceError
from exporter.model import (
    Alignment,
    At,
    Block,
    Cell,
    Column,
    List,
    ListItem,
    ListStyle,
    Paragraph,
    Row,
    Scope,
    Source,
    Table,
)
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.foreign_markup import report_foreign_markup
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.inlines import read_inline_nodes, read_inlines
from exporter.readers.markdown.limits import MAX_TABLE_CELLS
from exporter.readers.markdown.token_tree import TokenNode, build_tree
from exporter.readers.row_headers import with_row_headers

_ALIGNMENTS = {"left": Alignment.START, "center": Alignment.CENTER, "right": Alignment.END}
_LIST_TAG = re.compile(r"<(/?(?:ul|ol|li))(?:\s[^>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|\s+", re.IGNORECASE)
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
    return Cell(at=at, children=tuple(_blocks(nodes, at, context)), scope=Scope.COLUMN if header else None)


def _blocks(nodes: Sequence[TokenNode], at: At, context: Context) -> Iterator[Block]:
    """Yield the text of a cell and the lists in it, which pipe tables can only have as HTML."""
    before: list[TokenNode] = []
    items: list[list[TokenNode]] = []
    style = ""
    for node in nodes:
        tag = _LIST_TAG.fullmatch(node.token.content) if node.kind == "html_inline" else None
        name = tag[1].lower() if tag else ""
        if not style and name in ("ul", "ol"):
            yield from _paragraph(before, at, context)
            style, before, items = name, [], []
        elif style and name == "li":
            items.append([])
        elif style and name == f"/{style}":
            children = (ListItem(at=at, children=tuple(_paragraph(item, at, context))) for item in items)
            list_style = ListStyle.BULLET if style == "ul" else ListStyle.DECIMAL
            if items:
                yield List(at=at, items=tuple(children), style=list_style)
            style = ""
        elif not (style and name == "/li"):
            (items[-1] if style and items else before).append(node)
    yield from _paragraph([*before, *(node for item in items if style for node in item)], at, context)


def _paragraph(nodes: Sequence[TokenNode], at: At, context: Context) -> Iterator[Paragraph]:
    while nodes and _BREAK.fullmatch(nodes[-1].token.content):
        nodes = nodes[:-1]  # before a list, which begins a line anyway
    if inlines := read_inline_nodes(nodes, context):
        yield Paragraph(at=at, children=inlines)


def _alignment(token: Token) -> Alignment:
    return _ALIGNMENTS.get(str(token.attrs.get("style", "")).removeprefix("text-align:"), Alignment.START)
