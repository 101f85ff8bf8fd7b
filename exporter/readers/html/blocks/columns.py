"""Columns of tables: widths and alignments."""

from __future__ import annotations

import re
from itertools import chain

import msgspec

from exporter.model import Alignment, Cell, Column, Row, Table
from exporter.model.table_grid import place_cells
from exporter.readers.html.markup.dom import Element

MAX_COLUMNS = 1_000
_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}


def read_columns(table: Element, width: int) -> tuple[Column, ...]:
    """Return `width` columns as `colgroup` describes them (HTML 4.9.3)."""
    columns: list[Column] = []
    for group in table.elements():
        if group.tag == "colgroup":
            elements = [element for element in group.elements() if element.tag == "col"] or [group]
            for element in elements:
                count = int(element.get("span")) if re.fullmatch(r"\d{1,4}", element.get("span")) else 1
                column = Column(alignment=alignment_of(element) or Alignment.START, width=_width(element))
                columns.extend([column] * min(count, MAX_COLUMNS - len(columns)))
    columns = (columns + [Column()] * width)[:width]
    if sum(column.width or 0 for column in columns) > 1.01:
        columns = [Column(alignment=column.alignment) for column in columns]
    return tuple(columns)


def _width(column: Element) -> float | None:
    """Return the width as a fraction of the table, or None; widths in points or pixels do not fit another page."""
    percentage = re.search(r"(?:^|[;\s])width\s*:\s*([\d.]{1,8})%", column.get("style")) or re.fullmatch(
        r"([\d.]{1,8})%", column.get("width")
    )
    try:
        fraction = round(float(percentage[1]) / 100, 6) if percentage else 0.0
    except ValueError:
        return None
    return fraction if 0 < fraction <= 1 else None


_CLASS = re.compile(r"(?:has-text-align-|text-|align-?)(left|start|center|right|end)")


def alignment_of(element: Element) -> Alignment | None:
    """Return the alignment of a cell or column by its style, attribute or class."""
    style = element.get("style").replace(" ", "").lower()
    written = element.get("align").lower()
    if "text-align:" in style:
        written = style.split("text-align:", 1)[1].split(";")[0]
    if not written:
        written = next((match[1] for name in element.classes if (match := _CLASS.fullmatch(name))), "")
    if written in ("left", "start"):
        return Alignment.START
    return _ALIGNMENTS.get(written)


def move_alignments_to_columns(table: Table) -> Table:
    """Return a table with the alignments of cells moved to the columns in which all cells have the same."""
    width = len(table.columns)
    lines = place_cells(table.groups)
    alignments_by_column: list[set[Alignment | None]] = [set() for _ in range(width)]
    for placed in chain.from_iterable(lines):
        if placed.cell.colspan == 1 and placed.column < width:
            alignments_by_column[placed.column].add(placed.cell.alignment)
    column_alignments = {
        column: alignment
        for column, alignments in enumerate(alignments_by_column)
        if len(alignments) == 1 and (alignment := next(iter(alignments))) is not None
    }
    if not column_alignments:
        return table

    remaining = iter(lines)

    def without_alignments(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            msgspec.structs.replace(
                row,
                cells=tuple(
                    _without_alignment(placed.cell, column_alignments.get(placed.column)) for placed in next(remaining)
                ),
            )
            for row in rows
        )

    columns = tuple(
        msgspec.structs.replace(column, alignment=column_alignments.get(index, column.alignment))
        for index, column in enumerate(table.columns)
    )
    head, *bodies, foot = map(without_alignments, table.groups)
    return msgspec.structs.replace(table, columns=columns, head=head, bodies=tuple(bodies), foot=foot)


def _without_alignment(cell: Cell, alignment: Alignment | None) -> Cell:
    is_same = alignment is not None and cell.alignment is alignment and cell.colspan == 1
    return msgspec.structs.replace(cell, alignment=None) if is_same else cell
