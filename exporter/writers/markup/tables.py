"""Tables as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from exporter.model import Cell, LineBreak, Node, Paragraph, Scope, Superscript, Table, Text
from exporter.model.table_grid import Headings, PlacedCell, place_cells
from exporter.model.walk import plain_text, walk
from exporter.writers.markup import figures
from exporter.writers.markup.element import element, escape

if TYPE_CHECKING:
    from exporter.writers.markup.block import Markup

NARROW = 2
"""Columns that fit on a phone in large type; a table with more is placed in a wrapper that scrolls."""
_NUMBER = re.compile(
    r"(?!\D*\d+(?:\s\d{3})*\s(?:\d{1,2}|\d{4,})(?!\d))"  # groups of other than three digits: of a telephone number
    r"[(\[<>≈~±+−–-]*\s*[$€£]?\s*\d[\d.,\s\u00a0\u202f]*\s*(?:%|‰|[A-Z]{3}|[$€£])?[)\]*]*"
)
_ROLES = {
    None: "cell",
    Scope.COLUMN: "columnheader",
    Scope.COLUMN_GROUP: "columnheader",
    Scope.ROW: "rowheader",
    Scope.ROW_GROUP: "rowheader",
}
_NOTHING = frozenset({"", "-", "–", "—", "…", "n/a", "N/A"})
# Not in scripts without spaces, whose lines break between letters (Unicode Standard Annex 14).
_LONG_WORD = re.compile(
    r"([^\s\u0E00-\u0EFF\u2E80-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\U00020000-\U0003FFFF]{30,})"
)


def table(markup: Markup, node: Table, depth: int) -> str:
    """Return a table; if it has spans, each cell lists its headers (WCAG H43)."""
    lines = place_cells(node.groups)
    classes = markup.table_classes(node, lines)
    has_spans = any(placed.has_span for line in lines for placed in line)
    numbers = numeric_columns(lines)
    headings = Headings(lines if has_spans else ())
    rows = [row for group in node.groups for row in group]
    # In reading order, since the first reference to a note is written differently.
    caption = element("caption", markup.inlines(node.caption)) if node.caption else ""
    written: list[str] = []
    for row, line in zip(rows, lines, strict=True):
        cells = "".join(_cell(markup, node, placed, headings, depth, numbers=numbers) for placed in line)
        written.append(
            element("tr", cells, {**markup.at(row), **markup.table_role("row"), **markup.row_attributes(line)})
        )
    parts = [caption] if caption else []
    if markup.column_widths and any(column.width for column in node.columns):
        widths = (f"width:{column.width:.4%}" if column.width else None for column in node.columns)
        parts.append(element("colgroup", "".join(element("col", "", {"style": width}) for width in widths)))
    first = 0
    # PDF/UA-1 requires a body after each head (ISO 14289-1, 7.5).
    head = "thead" if node.has_body else "tbody"
    for name, group in ((head, node.head), *(("tbody", body) for body in node.bodies), ("tfoot", node.foot)):
        if group:
            parts.append(element(name, "\n".join(written[first : first + len(group)]), markup.table_role("rowgroup")))
            first += len(group)
    values = {**markup.at(node), "class": " ".join(classes) or None, **markup.table_role("table")}
    reference = figures.description_id(markup, node)
    markup_of_table = element("table", "\n".join(parts), {**values, "aria-details": reference})
    return markup.framed(node, markup_of_table) + figures.description(markup, node, depth, reference)


def scrollable(
    markup: Markup, node: Table, table: str, names: set[str], classes: tuple[str, ...] = ("table-scroll",)
) -> str:
    """Return a table, a wide one in a wrapper that also scrolls by keyboard (WCAG 1.4.10, 2.1.1).

    Args:
        markup: The markup of the edition.
        node: The table.
        table: Its element.
        names: Names of wrappers that are regions; that of this one is added.
        classes: Classes of the wrapper.
    """
    if len(node.columns) <= NARROW:
        return table
    name = plain_text(node.caption) or markup.labels("epub.table")
    # A region is a landmark, and landmarks need different names (axe landmark-unique).
    role = "group" if name in names else "region"
    names.add(name)
    return element("div", table, {"class": " ".join(classes), "role": role, "aria-label": name, "tabindex": "0"})


def _cell(
    markup: Markup,
    table: Table,
    placed: PlacedCell,
    headings: Headings,
    depth: int,
    *,
    numbers: frozenset[int],
) -> str:
    cell = placed.cell
    values = markup.at(cell)
    column = table.columns[placed.column] if placed.column < len(table.columns) else None
    alignment = cell.alignment or (column.alignment if column else None)
    classes = [f"align-{alignment.value}"] if alignment and alignment.value != "start" else []
    if placed.column in numbers and cell.colspan == 1:
        classes.append("number")
    if _is_joined(cell):
        classes.append("long")
    classes += markup.cell_classes(placed)
    values |= {
        "class": " ".join(classes) or None,
        "rowspan": str(placed.rows) if placed.rows > 1 else None,
        "colspan": str(placed.columns) if placed.columns > 1 else None,
    }
    if headings:
        if cell.scope:
            values["id"] = _cell_id(table, placed)
        ids = (_cell_id(table, heading) for heading in headings.of(placed))
        values["headers"] = " ".join(ids) or None
    if cell.scope:
        values["scope"] = cell.scope.value
    values.update({**markup.table_role(_ROLES[cell.scope]), **markup.cell_attributes(placed)})
    return element("th" if cell.scope else "td", _contents(markup, cell, depth), values)


def _contents(markup: Markup, cell: Cell, depth: int) -> str:
    was, markup.text_markup = markup.text_markup, _mark_long_words
    try:
        return markup.contents(cell.children, depth)
    finally:
        markup.text_markup = was


def _cell_id(table: Table, placed: PlacedCell) -> str:
    return placed.cell.at.id or f"{table.at.id or 'table'}-r{placed.row + 1}-c{placed.column + 1}"


def numeric_columns(lines: list[list[PlacedCell]]) -> frozenset[int]:
    """Return the columns whose data cells are all numbers, which are aligned at the end of the cell.

    A superscript after a number, as of a note below the table, is not part of it. A cell may have several numbers, each
    on a line.
    """
    texts: dict[int, list[str]] = {}
    for line in lines:
        for placed in line:
            if placed.cell.scope is None and placed.cell.colspan == 1:
                texts.setdefault(placed.column, []).extend(map(_without_superscript, _lines(placed.cell)))
    return frozenset(
        column
        for column, words in texts.items()
        if any(word not in _NOTHING for word in words)
        and all(word in _NOTHING or _NUMBER.fullmatch(word) for word in words)
    )


def _lines(cell: Cell) -> Iterator[Sequence[Node]]:
    """Yield the lines of a cell: its blocks, and what is between the line breaks of a paragraph."""
    for block in cell.children:
        if isinstance(block, Paragraph):
            for is_break, line in groupby(block.children, lambda node: isinstance(node, LineBreak)):
                if not is_break:
                    yield tuple(line)
        else:
            yield (block,)


def _without_superscript(line: Sequence[Node]) -> str:
    text = plain_text(line)
    superscripts = [plain_text(node) for node in walk(line) if isinstance(node, Superscript)]
    return text.removesuffix(superscripts[-1]).rstrip() if superscripts else text


def _mark_long_words(text: str) -> str:
    """Return a text as markup with an element around each long word."""
    parts = _LONG_WORD.split(text)
    parts[::2] = map(escape, parts[::2])
    parts[1::2] = (element("span", escape(word), {"class": "long"}) for word in parts[1::2])
    return "".join(parts)


def _is_joined(cell: Cell) -> bool:
    """Return whether a long word of a cell consists of several nodes."""
    texts = [node.text for node in walk(cell) if isinstance(node, Text)]
    return len(_LONG_WORD.findall(plain_text(cell))) > sum(len(_LONG_WORD.findall(text)) for text in texts)
