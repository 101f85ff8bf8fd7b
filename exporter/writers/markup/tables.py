"""Tables as markup."""

from __future__ import annotations

import re
from abc import abstractmethod

from exporter.model import Block, Cell, Node, Superscript, Table
from exporter.model.table_grid import PlacedCell, headers, place_cells
from exporter.model.walk import plain_text, walk
from exporter.writers.markup.element import Attributes, element
from exporter.writers.markup.inline import InlineMarkup

SHORT = 12
"""Rows up to which a table stays on one page."""
WIDE = 8
"""Columns from which a table needs smaller type."""


LONG = 30
"""Letters without a place to break, from which a word may break anywhere: else its column leaves the page."""
_LONG = re.compile(rf"\S{{{LONG},}}")
_NUMBER = re.compile(r"[(\[<>≈~±+−–-]*\s*[$€£]?\s*\d[\d.,\s\u00a0\u202f]*\s*(?:%|‰|[A-Z]{3}|[$€£])?[)\]*]*")
_NOTHING = frozenset({"", "-", "–", "—", "…", "n/a", "N/A"})


class TableMarkup(InlineMarkup):
    """Writes tables."""

    column_widths = True
    """Whether columns keep the widths that the manuscript gives them, which are shares of a page."""

    @abstractmethod
    def contents(self, nodes: tuple[Block, ...], depth: int, *, tight: bool = True) -> str:
        """Return the blocks of a cell."""

    @abstractmethod
    def description(self, node: Node, blocks: tuple[Block, ...], depth: int) -> tuple[str, str | None]:
        """Return a long description and its identifier."""

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes by which style sheets know a table."""
        classes = ["short"] if len(lines) <= SHORT else []
        return classes + (["wide"] if len(node.columns) >= WIDE else [])

    def framed(self, node: Table, table: str) -> str:  # noqa: ARG002 - for editions that put one around it
        """Return the element of a table in its frame; it needs none here."""
        return table

    def cell_classes(self, placed: PlacedCell) -> list[str]:  # noqa: ARG002 - for editions that add some
        """Return classes of a cell besides those of its alignment; none here."""
        return []

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return what a row carries besides its own; nothing here."""
        return {}

    def cell_attributes(self, placed: PlacedCell) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return what a cell carries besides its own; nothing here."""
        return {}

    def table(self, node: Table, depth: int) -> str:
        """Return a table; where it has spans each cell names its headers (WCAG H43)."""
        lines = place_cells(node.groups)
        classes = self.table_classes(node, lines)
        spans = any(placed.has_span for line in lines for placed in line)
        numbers = numeric_columns(lines)
        headings = [placed for line in lines for placed in line if placed.cell.scope] if spans else []
        rows = [row for group in node.groups for row in group]
        written: list[str] = []
        for row, line in zip(rows, lines, strict=True):
            cells = "".join(self._cell(node, placed, headings, numbers, depth) for placed in line)
            written.append(element("tr", cells, {**self.at(row), **self.row_attributes(line)}))
        parts: list[str] = []
        if node.caption:
            parts.append(element("caption", self.inlines(node.caption)))
        if self.column_widths and any(column.width for column in node.columns):
            widths = (f"width:{column.width:.4%}" if column.width else None for column in node.columns)
            parts.append(element("colgroup", "".join(element("col", "", {"style": width}) for width in widths)))
        first = 0
        # A head alone heads nothing, and PDF/UA-1 wants a body behind each head (ISO 14289-1, 7.5).
        head = "thead" if any(node.bodies) or node.foot else "tbody"
        for name, group in ((head, node.head), *(("tbody", body) for body in node.bodies), ("tfoot", node.foot)):
            if group:
                parts.append(element(name, "\n".join(written[first : first + len(group)])))
                first += len(group)
        values = {**self.at(node), "class": " ".join(classes) or None}
        description, reference = self.description(node, node.description, depth)
        table = element("table", "\n".join(parts), {**values, "aria-details": reference})
        return self.framed(node, table) + description

    def _cell(
        self,
        table: Table,
        placed: PlacedCell,
        headings: list[PlacedCell],
        numbers: frozenset[int],
        depth: int,
    ) -> str:
        cell = placed.cell
        values = self.at(cell)
        column = table.columns[placed.column] if placed.column < len(table.columns) else None
        alignment = cell.alignment or (column.alignment if column else None)
        classes = [f"align-{alignment.value}"] if alignment and alignment.value != "start" else []
        if placed.column in numbers and cell.colspan == 1:
            classes.append("number")
        if _LONG.search(plain_text(cell)):
            classes.append("long")
        classes += self.cell_classes(placed)
        values |= {
            "class": " ".join(classes) or None,
            "rowspan": str(placed.rows) if placed.rows > 1 else None,
            "colspan": str(placed.columns) if placed.columns > 1 else None,
        }
        if headings:
            if cell.scope:
                values["id"] = self._cell_id(table, placed)
            named = " ".join(self._cell_id(table, heading) for heading in headers(placed, headings))
            values["headers"] = named or None
        if cell.scope:
            values["scope"] = cell.scope.value
        values.update(self.cell_attributes(placed))
        return element("th" if cell.scope else "td", self.contents(cell.children, depth), values)

    def _cell_id(self, table: Table, placed: PlacedCell) -> str:
        return placed.cell.at.id or f"{table.at.id or 'table'}-r{placed.row + 1}-c{placed.column + 1}"


def numeric_columns(lines: list[list[PlacedCell]]) -> frozenset[int]:
    """Return the columns whose data cells are all numbers: these are set to the end of the cell, digit under digit.

    A raised mark behind a number, as of a remark below the table, leaves it a number.
    """
    texts: dict[int, list[str]] = {}
    for line in lines:
        for placed in line:
            if placed.cell.scope is None and placed.cell.colspan == 1:
                texts.setdefault(placed.column, []).append(_without_mark(placed.cell))
    return frozenset(
        column
        for column, words in texts.items()
        if any(word not in _NOTHING for word in words)
        and all(word in _NOTHING or _NUMBER.fullmatch(word) for word in words)
    )


def _without_mark(cell: Cell) -> str:
    text = plain_text(cell)
    raised = [plain_text(node) for node in walk(cell) if isinstance(node, Superscript)]
    return text.removesuffix(raised[-1]).rstrip() if raised else text
