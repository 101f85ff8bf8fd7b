"""HTML tables: head, bodies and foot, merged cells and the scope of header cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from exporter.errors import SourceError
from exporter.model import Alignment, At, Blocks, Cell, Column, Inlines, Row, Scope, Source, Table
from exporter.readers import row_headers
from exporter.readers.html import elements
from exporter.readers.rules import TABLE_SPAN, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CELLS = 50_000
"""Of one table, with all the places that merged cells cover."""
MAX_COLUMNS = 1_000

ReadCell = Callable[["HtmlElement"], tuple[At, Blocks]]

_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}


class _Grid:
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
        """Give the first free column of a row, from `column` on."""
        while column in self.taken[row]:
            column += 1
        return column

    def room(self, row: int, column: int, colspan: int) -> int:
        """Give how many columns from `column` on are free, up to `colspan`."""
        for width in range(colspan):
            if column + width in self.taken[row]:
                return max(width, 1)
        return colspan

    def width(self, row: int) -> int:
        return max(self.taken[row], default=-1) + 1


def read_table(
    table: HtmlElement,
    cell: ReadCell,
    words: Callable[[HtmlElement], Inlines],
    line: Callable[[HtmlElement], int],
    report: Report,
) -> Table:
    """Give a table; spans are kept within their group of rows, short rows are filled up, and both are reported.

    Raises:
        SourceError: The table has more cells than any table that can be read.
    """
    caption: Inlines = ()
    groups: list[tuple[str, list[HtmlElement]]] = []
    for child in table:
        if child.tag == "caption":
            caption = words(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            groups.append((str(child.tag), [row for row in child if row.tag == "tr"]))
        elif child.tag == "tr":
            if not groups or groups[-1][0] != "tbody":
                groups.append(("tbody", []))
            groups[-1][1].append(child)
    reader = _Rows(cell, line, report)
    read = [(name, *reader.group(rows, head=name == "thead")) for name, rows in groups if rows]
    width = max((grid.width(row) for _, _, grid in read for row in range(grid.rows)), default=0)
    head: list[Row] = []
    bodies: list[tuple[Row, ...]] = []
    foot: list[Row] = []
    for name, rows, grid in read:
        full = tuple(reader.fill(row, grid.width(index), width) for index, row in enumerate(rows))
        if name == "thead":
            head.extend(full)
        elif name == "tfoot":
            foot.extend(full)
        else:
            bodies.append(full)
    if not head and bodies and _is_head(bodies[0][0]) and len(bodies[0]) > 1:
        head, bodies[0] = [bodies[0][0]], bodies[0][1:]
    at = elements.place({str(key): str(value) for key, value in table.attrib.items()}, line(table), report)
    columns = tuple(Column(alignment=alignment) for alignment in _columns(table, width))
    made = Table(at=at, columns=columns, head=tuple(head), bodies=tuple(bodies), foot=tuple(foot), caption=caption)
    asked = True if "row-headers" in str(table.get("class", "")).split() else None
    if "no-row-headers" in str(table.get("class", "")).split():
        asked = False
    return row_headers.find(made, asked=asked)


def _is_head(row: Row) -> bool:
    """A first row of nothing but column headers is the head, where nobody wrote `thead`."""
    return (
        bool(row.cells)
        and all(cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP) for cell in row.cells)
        and all(cell.rowspan == 1 for cell in row.cells)
    )


def _columns(table: HtmlElement, width: int) -> list[Alignment]:
    found: list[Alignment] = []
    for column in table.iter("col"):
        span = column.get("span", "1")
        count = min(int(span), MAX_COLUMNS) if str(span).isdecimal() else 1
        found.extend([_alignment(column) or Alignment.START] * count)
    return (found + [Alignment.START] * width)[:width]


def _alignment(element: HtmlElement) -> Alignment | None:
    style = str(element.get("style", "")).replace(" ", "")
    written = str(element.get("align", ""))
    if "text-align:" in style:
        written = style.split("text-align:", 1)[1].split(";")[0]
    if written in ("left", "start"):
        return Alignment.START
    return _ALIGNMENTS.get(written)


class _Rows:
    def __init__(self, cell: ReadCell, line: Callable[[HtmlElement], int], report: Report) -> None:
        self._cell = cell
        self._line = line
        self._report = report
        self._count = 0

    def group(self, rows: list[HtmlElement], *, head: bool) -> tuple[list[Row], _Grid]:
        grid = _Grid(len(rows))
        return [self._row(row, index, grid, head=head) for index, row in enumerate(rows)], grid

    def fill(self, row: Row, width: int, full: int) -> Row:
        """Add the cells that a row lacks."""
        if width >= full:
            return row
        source = row.at.source
        message = f"This row has {width} columns; the table has {full}. Empty cells were added."
        self._report.add(TABLE_SPAN, source.line if source else 0, message)
        return msgspec.structs.replace(row, cells=(*row.cells, *[Cell(at=row.at, children=())] * (full - width)))

    def _row(self, element: HtmlElement, index: int, grid: _Grid, *, head: bool) -> Row:
        cells: list[Cell] = []
        column = 0
        line = self._line(element)
        for child in element:
            if child.tag not in ("td", "th"):
                continue
            colspan = self._span(child, "colspan", MAX_COLUMNS, line)
            rowspan = self._span(child, "rowspan", grid.rows - index, line)
            self._count += colspan * rowspan
            if self._count > MAX_CELLS:
                raise _too_large(self._report, line)
            column = grid.free(index, column)
            if column >= MAX_COLUMNS:
                raise _too_large(self._report, line)
            room = grid.room(index, column, colspan)
            if room < colspan:
                self._report.add(TABLE_SPAN, self._line(child), "This merged cell overlaps the one from above.")
                colspan = room
            grid.take(index, column, rowspan, colspan)
            at, children = self._cell(child)
            cells.append(
                Cell(
                    at=at,
                    children=children,
                    scope=_scope(child, head=head, first=column == 0),
                    rowspan=rowspan,
                    colspan=colspan,
                    alignment=_alignment(child),
                )
            )
        at = elements.place({str(key): str(value) for key, value in element.attrib.items()}, line, self._report)
        return Row(at=at, cells=tuple(cells))

    def _span(self, cell: HtmlElement, name: str, limit: int, line: int) -> int:
        written = str(cell.get(name, "1")).strip()
        value = int(written) if written.isdecimal() and len(written) < 7 else -1
        if value == 0 and name == "rowspan":
            return limit  # HTML: down to the end of the group
        if 1 <= value <= limit:
            return value
        message = f"The {name} {written[:20]!r} does not fit into the table; {limit if value > limit else 1} was taken."
        self._report.add(TABLE_SPAN, line, message)
        return limit if value > limit else 1


def _too_large(report: Report, line: int) -> SourceError:
    return SourceError(
        f"This table has more than {MAX_CELLS:,} cells or {MAX_COLUMNS:,} columns.",
        advice="Divide it, or publish it as a data file.",
        source=Source(report.file, line),
    )


def _scope(cell: HtmlElement, *, head: bool, first: bool) -> Scope | None:
    """Give what a header cell heads: as written, else by where it stands (HTML 4.9.12)."""
    if cell.tag != "th":
        # A cell of the head with words in it is a header even if it was written as `td`.
        return Scope.COLUMN if head and str(cell.text_content()).strip() else None
    try:
        return Scope(str(cell.get("scope", "")).lower())
    except ValueError:
        pass
    if head:
        return Scope.COLUMN
    if first and len(cell.getparent().findall("td")):
        return Scope.ROW
    return Scope.COLUMN
