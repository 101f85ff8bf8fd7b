"""Columns of tables: how wide they are and how their text is aligned."""

from __future__ import annotations

import re
from itertools import chain

import msgspec

from exporter.model import Alignment, Cell, Column, Row, Table
from exporter.model.table_grid import place_cells
from exporter.readers.html.dom import Element

MAX_COLUMNS = 1_000
_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}


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
    width = len(table.columns)
    lines = place_cells(table.groups)
    alignments_by_column: list[set[Alignment | None]] = [set() for _ in range(width)]
    for placed in chain.from_iterable(lines):
        if placed.cell.colspan == 1 and placed.column < width:
            alignments_by_column[placed.column].add(placed.cell.alignment)
    found = {
        column: alignment
        for column, alignments in enumerate(alignments_by_column)
        if len(alignments) == 1 and (alignment := next(iter(alignments))) is not None
    }
    if not found:
        return table

    remaining = iter(lines)

    def changed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            msgspec.structs.replace(
                row, cells=tuple(_follows(placed.cell, found.get(placed.column)) for placed in next(remaining))
            )
            for row in rows
        )

    columns = tuple(
        msgspec.structs.replace(column, alignment=found.get(index, column.alignment))
        for index, column in enumerate(table.columns)
    )
    head, *bodies, foot = map(changed, table.groups)
    return msgspec.structs.replace(table, columns=columns, head=head, bodies=tuple(bodies), foot=foot)


def _follows(cell: Cell, alignment: Alignment | None) -> Cell:
    same = alignment is not None and cell.alignment is alignment and cell.colspan == 1
    return msgspec.structs.replace(cell, alignment=None) if same else cell
