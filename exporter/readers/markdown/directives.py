"""Directives of MyST that are figures, tables and code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import zip_longest

import msgspec

from exporter.findings import quoted
from exporter.model import (
    Cell,
    Column,
    Decorative,
    Described,
    Figure,
    Image,
    Inlines,
    List,
    Paragraph,
    Row,
    Scope,
    Table,
    Undescribed,
)
from exporter.readers import links
from exporter.readers.image_widths import read_width
from exporter.readers.markdown.attributes import Attributes
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.grammar.callouts import FIGURES, TABLES
from exporter.readers.markdown.grammar.fences import OPTIONS
from exporter.readers.markdown.inlines import read_inlines
from exporter.readers.markdown.tables import check_size
from exporter.readers.markdown.token_tree import TokenNode
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, TABLE_UNREADABLE
from exporter.readers.sections import Flat

DIRECTIVES = FIGURES | TABLES
_LOOK = frozenset(
    {
        *("align", "class", "figclass", "figwidth", "height", "scale", "width", "widths"),
        *("dedent", "emphasize-lines", "force", "lineno-match", "lineno-start", "linenos", "number-lines"),
    }
)
"""Options that only decide what something looks like, which here the edition does."""
_OPTIONS = re.compile(r"(?::[\w-]+:.*(?:\n|\Z))+\n?")
_OPTION = re.compile(r":(?P<name>[\w-]+):(?P<value>.*)")


def read_directive(name: str, node: TokenNode, content: Sequence[Flat], context: Context) -> Sequence[Flat]:
    """Return the figure or table of a directive, and the blocks in it that belong to neither.

    Args:
        name: One of `DIRECTIVES`.
        node: Its token, with the argument and the options.
        content: The blocks in it.
        context: Gets findings.
    """
    if name in FIGURES:
        return _figure(node, content, context)
    _report_options(node.token.meta[OPTIONS], {"header-rows", "stub-columns"}, node.line, context)
    caption = next((read_inlines(child.token, context) for child in node.children if child.kind == "inline"), ())
    table = content[0] if content else None
    if name == "list-table":
        table = _list_table(node, table, context)
    if not isinstance(table, Table):
        message = f"Invalid `{name}`: " + (
            "a row is an item of a list, and contains a list of its cells."
            if name == "list-table"
            else "it contains no table."
        )
        context.report.add(TABLE_UNREADABLE, node.line, message)
        return (*((Paragraph(at=context.at(node.line), children=caption),) if caption else ()), *content)
    name_at = context.at(node.line, _named(node))
    table = msgspec.structs.replace(table, at=msgspec.structs.replace(table.at, id=name_at.id or table.at.id))
    return (msgspec.structs.replace(table, caption=caption or table.caption), *content[1:])


def read_code_directive(language: str, content: str, line: int, context: Context) -> tuple[Attributes, str]:
    """Return the identifier and language of a directive with code, and the code below its options."""
    match = _OPTIONS.match(content)
    written = match[0] if match else ""
    options = {option["name"]: option["value"].strip() for option in _OPTION.finditer(written)}
    _report_options(options, frozenset(), line, context)
    return Attributes(id=_identifier(options), classes=tuple(language.split()[:1])), content.removeprefix(written)


def _figure(node: TokenNode, content: Sequence[Flat], context: Context) -> Sequence[Flat]:
    options = node.token.meta[OPTIONS]
    _report_options(options, {"alt"}, node.line, context)
    at = context.at(node.line, _named(node))
    alt = Described(options["alt"]) if options.get("alt") else Decorative() if "alt" in options else Undescribed()
    image = Image(
        at=context.at(node.line),
        source=links.image_path(node.token.meta["rest"]),
        alt=alt,
        width=read_width(options.get("width", "")),
    )
    caption: Inlines = ()
    if content and isinstance(content[0], Paragraph):
        caption, content = content[0].children, content[1:]
    return (Figure(at=at, images=(image,), caption=caption), *content)


def _list_table(node: TokenNode, rows: Flat | None, context: Context) -> Table | None:
    """Return the table of a list whose items contain lists of cells, or None for any other block."""
    if not isinstance(rows, List):
        return None
    lists = [item.children[0] if len(item.children) == 1 else None for item in rows.items]
    row_cells = [row.items for row in lists if isinstance(row, List)]
    if len(row_cells) != len(lists):
        return None
    width = max(map(len, row_cells))
    check_size(width * len(row_cells), node.line, context)
    heads, stubs = (_number(node, option) for option in ("header-rows", "stub-columns"))
    table_rows = []
    for number, (item, cells) in enumerate(zip(rows.items, row_cells, strict=True)):
        scopes = [Scope.COLUMN if number < heads else Scope.ROW if column < stubs else None for column in range(width)]
        row = (
            Cell(at=cell.at if cell else item.at, children=cell.children if cell else (), scope=scope)
            for cell, scope in zip_longest(cells, scopes)
        )
        table_rows.append(Row(at=item.at, cells=tuple(row)))
    body = tuple(table_rows[heads:])
    return Table(
        at=context.at(node.line),
        columns=(Column(),) * width,
        head=tuple(table_rows[:heads]),
        bodies=(body,) if body else (),
    )


def _number(node: TokenNode, option: str) -> int:
    written = node.token.meta[OPTIONS].get(option, "")
    return int(written) if written.isdecimal() and len(written) < 4 else 0


def _named(node: TokenNode) -> Attributes:
    return Attributes(id=_identifier(node.token.meta[OPTIONS]))


def _identifier(options: Mapping[str, str]) -> str:
    return options.get("name") or options.get("label", "")


def _report_options(options: Mapping[str, str], read: Set[str], line: int, context: Context) -> None:
    for name in options.keys() - read - _LOOK - {"name", "label"}:
        written = f":{name}: {options[name]}".strip()
        context.report.add(ATTRIBUTE_UNKNOWN, line, f"The option {quoted(written)} of the block was ignored.")
