"""The grid of a table: where each cell stands once spans are counted, and which headers speak for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.model import Cell, Row, Scope, Superscript, Table
from exporter.model.walk import plain_text, walk

_NUMBER = re.compile(r"[(\[<>≈~±+−–-]*\s*[$€£]?\s*\d[\d.,\s\u00a0\u202f]*\s*(?:%|‰|[A-Z]{3}|[$€£])?[)\]*]*")
_NOTHING = frozenset({"", "-", "–", "—", "…", "n/a", "N/A"})


class Placed(NamedTuple):
    """A cell and where it stands."""

    cell: Cell
    row: int
    """From 0, through head, bodies and foot."""
    column: int
    rows: int
    """Rows it covers, never beyond its own group (HTML 4.9.12.1)."""
    group: int
    """0 is the head, then one for each body, then the foot."""


def grid(table: Table) -> list[list[Placed]]:
    """Return the cells of each row, head first, with their true columns."""
    placed: list[list[Placed]] = []
    for group, rows in enumerate((table.head, *table.bodies, table.foot)):
        placed.extend(_group(rows, group, len(placed)))
    return placed


def _group(rows: tuple[Row, ...], group: int, first: int) -> list[list[Placed]]:
    taken: set[tuple[int, int]] = set()
    out: list[list[Placed]] = []
    for index, row in enumerate(rows):
        column = 0
        line: list[Placed] = []
        for cell in row.cells:
            while (index, column) in taken:
                column += 1
            height = min(cell.rowspan, len(rows) - index)
            taken.update((index + down, column + right) for down in range(height) for right in range(cell.colspan))
            line.append(Placed(cell, first + index, column, height, group))
            column += cell.colspan
        out.append(line)
    return out


def has_spans(table: Table) -> bool:
    """Return whether any cell covers more than one place, so that `scope` alone does not tell what heads what."""
    rows = (row for part in (table.head, *table.bodies, table.foot) for row in part)
    return any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row.cells)


def headers(place: Placed, headings: list[Placed]) -> list[Placed]:
    """Return the header cells that speak for a cell, columns first (WCAG H43; PDF 1.7, table 349, Headers)."""
    columns = [
        head
        for head in headings
        if head.cell.scope in {Scope.COLUMN, Scope.COLUMN_GROUP}
        and head.group in {0, place.group}
        and head.row + head.rows <= place.row
        and head.column < place.column + place.cell.colspan
        and place.column < head.column + head.cell.colspan
    ]
    rows = [
        head
        for head in headings
        if head.cell.scope in {Scope.ROW, Scope.ROW_GROUP}
        and head.row < place.row + place.rows
        and place.row < head.row + head.rows
        and head.column + head.cell.colspan <= place.column
    ]
    return columns + rows


def numeric_columns(lines: list[list[Placed]]) -> frozenset[int]:
    """Return the columns whose data cells are all numbers: these are set to the end of the cell, digit under digit.

    A raised mark behind a number, as of a remark below the table, leaves it a number.
    """
    texts: dict[int, list[str]] = {}
    for line in lines:
        for place in line:
            if place.cell.scope is None and place.cell.colspan == 1:
                texts.setdefault(place.column, []).append(_without_mark(place.cell))
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
