"""Columns of tables: where cells stand, how wide columns are and how their text is aligned."""

from __future__ import annotations

import re

import msgspec

from exporter.model import Alignment, Cell, Column, Row, Table
from exporter.readers.html.dom import Element

MAX_COLUMNS = 1_000
_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}


class Grid:
    """Where the cells of one group of rows stand."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.taken: list[set[int]] = [set() for _ in range(rows)]
        """The taken columns of each row, from 0."""

    def take(self, row: int, column: int, rowspan: int, colspan: int) -> None:
        """Take the places of a cell."""
        for below in range(row, row + rowspan):
            self.taken[below].update(range(column, column + colspan))

    def free(self, row: int, column: int) -> int:
        """Return the first free column of a row, from `column` on."""
        while column in self.taken[row]:
            column += 1
        return column

    def room(self, row: int, column: int, colspan: int) -> int:
        """Return how many columns from `column` on are free, up to `colspan`."""
        for width in range(colspan):
            if column + width in self.taken[row]:
                return max(width, 1)
        return colspan

    def width(self, row: int) -> int:
        return max(self.taken[row], default=-1) + 1


def read_columns(table: Element, width: int) -> tuple[Column, ...]:
    """Return as many columns as the table has, as `colgroup` describes them (HTML 4.9.3)."""
    found: list[Column] = []
    for group in table.elements():
        if group.tag == "colgroup":
            columns = [element for element in group.elements() if element.tag == "col"] or [group]
            for column in columns:
                count = int(column.get("span")) if re.fullmatch(r"\d{1,4}", column.get("span")) else 1
                made = Column(alignment=alignment_of(column) or Alignment.START, width=_width(column))
                found.extend([made] * min(count, MAX_COLUMNS - len(found)))
    found = (found + [Column()] * width)[:width]
    if sum(column.width or 0 for column in found) > 1.01:
        found = [Column(alignment=column.alignment) for column in found]
    return tuple(found)


def _width(column: Element) -> float | None:
    """Return the share of the table's width; widths in points or pixels say nothing about another page."""
    said = re.search(r"(?:^|[;\s])width\s*:\s*([\d.]{1,8})%", column.get("style")) or re.fullmatch(
        r"([\d.]{1,8})%", column.get("width")
    )
    try:
        share = round(float(said[1]) / 100, 6) if said else 0.0
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


_CLASS = re.compile(r"(?:has-text-align-|text-|align-?)(left|start|center|right|end)")


def alignment_of(element: Element) -> Alignment | None:
    """Return where text stands in a cell or column, by its style, attribute or class."""
    style = element.get("style").replace(" ", "").lower()
    written = element.get("align").lower()
    if "text-align:" in style:
        written = style.split("text-align:", 1)[1].split(";")[0]
    if not written:
        written = next((found[1] for name in element.classes if (found := _CLASS.fullmatch(name))), "")
    if written in ("left", "start"):
        return Alignment.START
    return _ALIGNMENTS.get(written)


def by_column(table: Table) -> Table:
    """Return a table whose columns say how they are aligned where all their cells say the same."""
    groups = (table.head, *table.bodies, table.foot)
    width = len(table.columns)
    alignmentses: list[set[Alignment | None]] = [set() for _ in range(width)]
    for rows in groups:
        for line in _placed(rows):
            for column, cell in line:
                if cell.colspan == 1 and column < width:
                    alignmentses[column].add(cell.alignment)
    found = {
        column: alignment
        for column, alignments in enumerate(alignmentses)
        if len(alignments) == 1 and (alignment := next(iter(alignments))) is not None
    }
    if not found:
        return table

    def changed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        lines = zip(rows, _placed(rows), strict=True)
        return tuple(
            msgspec.structs.replace(row, cells=tuple(_follows(cell, found.get(column)) for column, cell in line))
            for row, line in lines
        )

    columns = tuple(
        msgspec.structs.replace(column, alignment=found.get(index, column.alignment))
        for index, column in enumerate(table.columns)
    )
    bodies = tuple(map(changed, table.bodies))
    return msgspec.structs.replace(
        table, columns=columns, head=changed(table.head), bodies=bodies, foot=changed(table.foot)
    )


def _follows(cell: Cell, alignment: Alignment | None) -> Cell:
    same = alignment is not None and cell.alignment is alignment and cell.colspan == 1
    return msgspec.structs.replace(cell, alignment=None) if same else cell


def _placed(rows: tuple[Row, ...]) -> list[list[tuple[int, Cell]]]:
    """Return the cells of a group of rows with the columns in which they begin."""
    grid = Grid(len(rows))
    out: list[list[tuple[int, Cell]]] = []
    for index, row in enumerate(rows):
        column = 0
        line: list[tuple[int, Cell]] = []
        for cell in row.cells:
            column = grid.free(index, column)
            grid.take(index, column, min(cell.rowspan, len(rows) - index), cell.colspan)
            line.append((column, cell))
        out.append(line)
    return out
