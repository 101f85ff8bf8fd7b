"""Tables as markup."""

from __future__ import annotations

import re
from abc import abstractmethod

from exporter.model import Block, Node, Table
from exporter.model.walk import plain_text
from exporter.writers.markup import table_grid
from exporter.writers.markup.element import Attributes, element
from exporter.writers.markup.inline import InlineMarkup

SHORT = 12
"""Rows up to which a table stays on one page."""
WIDE = 8
"""Columns from which a table needs smaller type."""


LONG = 30
"""Letters without a place to break, from which a word may break anywhere: else its column leaves the page."""
_LONG = re.compile(rf"\S{{{LONG},}}")


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

    def table_classes(self, node: Table, lines: list[list[table_grid.Placed]]) -> list[str]:
        """Return the classes by which style sheets know a table."""
        classes = ["short"] if len(lines) <= SHORT else []
        return classes + (["wide"] if len(node.columns) >= WIDE else [])

    def framed(self, node: Table, table: str) -> str:  # noqa: ARG002 - for editions that put one around it
        """Return the element of a table in its frame; it needs none here."""
        return table

    def cell_classes(self, place: table_grid.Placed) -> list[str]:  # noqa: ARG002 - for editions that add some
        """Return classes of a cell besides those of its alignment; none here."""
        return []

    def row_attributes(self, line: list[table_grid.Placed]) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return what a row carries besides its own; nothing here."""
        return {}

    def cell_attributes(self, place: table_grid.Placed) -> Attributes:  # noqa: ARG002 - for editions that add some
        """Return what a cell carries besides its own; nothing here."""
        return {}

    def table(self, node: Table, depth: int) -> str:
        """Return a table; where it has spans each cell names its headers (WCAG H43)."""
        lines = table_grid.grid(node)
        classes = self.table_classes(node, lines)
        spans = table_grid.has_spans(node)
        numbers = table_grid.numeric_columns(lines)
        headings = [place for line in lines for place in line if place.cell.scope] if spans else []
        rows = [row for part in (node.head, *node.bodies, node.foot) for row in part]
        written: list[str] = []
        for row, line in zip(rows, lines, strict=True):
            cells = "".join(self._cell(node, place, headings, numbers, depth) for place in line)
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
        place: table_grid.Placed,
        headings: list[table_grid.Placed],
        numbers: frozenset[int],
        depth: int,
    ) -> str:
        cell = place.cell
        values = self.at(cell)
        column = table.columns[place.column] if place.column < len(table.columns) else None
        alignment = cell.alignment or (column.alignment if column else None)
        classes = [f"align-{alignment.value}"] if alignment and alignment.value != "start" else []
        if place.column in numbers and cell.colspan == 1:
            classes.append("number")
        if _LONG.search(plain_text(cell)):
            classes.append("long")
        classes += self.cell_classes(place)
        values |= {
            "class": " ".join(classes) or None,
            "rowspan": str(place.rows) if place.rows > 1 else None,
            "colspan": str(cell.colspan) if cell.colspan > 1 else None,
        }
        if headings:
            if cell.scope:
                values["id"] = self._cell_id(table, place)
            named = " ".join(self._cell_id(table, heading) for heading in table_grid.headers(place, headings))
            values["headers"] = named or None
        if cell.scope:
            values["scope"] = cell.scope.value
        values.update(self.cell_attributes(place))
        return element("th" if cell.scope else "td", self.contents(cell.children, depth), values)

    def _cell_id(self, table: Table, place: table_grid.Placed) -> str:
        return place.cell.at.id or f"{table.at.id or 'table'}-r{place.row + 1}-c{place.column + 1}"
