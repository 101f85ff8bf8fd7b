"""Tables in large print: as they are where they fit, else row by row, each value behind the head of its column."""

from __future__ import annotations

from exporter.model import Block, Scope, Table
from exporter.model.walk import plain_text
from exporter.writers.html import Attributes
from exporter.writers.html import table as tables
from exporter.writers.pdf.markup import PageMarkup

LETTER = 0.52
"""Mean width of a letter in the widths of its body."""
PADDING = 1.8
"""Letters that the white on both sides of a cell takes."""
COMFORT = 14
"""Letters that a cell of running words should hold on a line."""
_POINTS_PER_MILLIMETRE = 72 / 25.4


def room(measure: float, text_size: float) -> float:
    """Give the number of letters on a line of `measure` millimetres in type of `text_size` points."""
    return measure * _POINTS_PER_MILLIMETRE / (text_size * LETTER)


def need(lines: list[list[tables.Placed]]) -> float:
    """Give the number of letters that a table needs on a line, so that no word breaks and no column is a thread."""
    columns: dict[int, float] = {}
    for line in lines:
        for place in line:
            words = plain_text(place.cell)
            longest = max(map(len, words.split()), default=0)
            wanted = max(longest, min(len(words), COMFORT)) / place.cell.colspan
            for column in range(place.column, place.column + place.cell.colspan):
                columns[column] = max(columns.get(column, 0), wanted)
    return sum(width + PADDING for width in columns.values())


class LargeMarkup(PageMarkup):
    """The markup of the pages, with tables that a line can hold.

    A table told row by row keeps its elements, so that its tags are those of any table (ISO 14289-1, 7.5). What stands
    before a value for the eye, its heads, is made by the style sheet from `data-heads` and is an artifact.
    """

    line: float = 0
    """Letters that fit on a line."""
    _heads: list[tables.Placed] | None = None
    """The head cells of the table being told row by row."""

    def table(self, node: Table, depth: int) -> str:
        """Give a table."""
        was = self._heads
        lines = tables.grid(node)
        fits = need(lines) <= self.line
        self._heads = None if fits else [place for row in lines for place in row if place.cell.scope]
        try:
            return super().table(node, depth)
        finally:
            self._heads = was

    def table_classes(self, node: Table, lines: list[list[tables.Placed]]) -> list[str]:
        """Say whether the table is told row by row; type is never made smaller."""
        if self._heads is not None:
            return ["by-row"]
        return [name for name in super().table_classes(node, lines) if name != "wide"]

    def row_attributes(self, line: list[tables.Placed]) -> Attributes:
        """Give a row the heads that stand in rows above it and cover it."""
        if self._heads is None or not line:
            return {}
        row = line[0].row
        above = [head for head in self._heads if _heads_rows(head) and head.row < row < head.row + head.rows]
        return {"data-heads": _words(above) or None}

    def cell_attributes(self, place: tables.Placed) -> Attributes:
        """Give a value the heads of its columns."""
        if self._heads is None or place.cell.scope is not None:
            return {}
        heads = [head for head in tables.headers(place, self._heads) if not _heads_rows(head)]
        words = _words(heads)
        return {"data-heads": self.labels("pdf.head", name=words) + " " if words else None}

    def contents(self, nodes: tuple[Block, ...], depth: int, *, tight: bool = True) -> str:
        """Give the blocks of a cell; tables inside it stand for themselves."""
        was, self._heads = self._heads, None
        try:
            return super().contents(nodes, depth, tight=tight)
        finally:
            self._heads = was


def _heads_rows(head: tables.Placed) -> bool:
    return head.cell.scope in {Scope.ROW, Scope.ROW_GROUP}


def _words(heads: list[tables.Placed]) -> str:
    return ", ".join(filter(None, (plain_text(head.cell) for head in heads)))
