"""HTML tables: head, bodies and foot, merged cells and the scope of header cells."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from exporter.errors import SourceError
from exporter.model import Alignment, At, Blocks, Cell, Column, Inlines, Paragraph, Row, Scope, Source, Strong, Table
from exporter.readers import row_headers
from exporter.readers.html import elements
from exporter.readers.html.dom import Element
from exporter.readers.rules import TABLE_SPAN, Report

MAX_CELLS = 50_000
"""Of one table, with all the places that merged cells cover."""
MAX_COLUMNS = 1_000

ReadCell = Callable[[Element], tuple[At, Blocks]]

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
    table: Element,
    cell: ReadCell,
    words: Callable[[Element], Inlines],
    report: Report,
) -> Table:
    """Give a table; spans are kept within their group of rows, short rows are filled up, and both are reported.

    Raises:
        SourceError: The table has more cells than any table that can be read.
    """
    caption: Inlines = ()
    groups: list[tuple[str, list[Element]]] = []
    for child in table.elements():
        if child.tag == "caption":
            caption = words(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            groups.append((child.tag, [row for row in child.elements() if row.tag == "tr"]))
        elif child.tag == "tr":
            if not groups or groups[-1][0] != "tbody":
                groups.append(("tbody", []))
            groups[-1][1].append(child)
    reader = _Rows(cell, report)
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
    at = elements.place(table.attributes, table.line, report)
    columns = _columns(table, width)
    made = Table(at=at, columns=columns, head=tuple(head), bodies=tuple(bodies), foot=tuple(foot), caption=caption)
    asked = True if "row-headers" in table.classes else None
    if "no-row-headers" in table.classes:
        asked = False
    return row_headers.find(made, asked=asked)


def _is_head(row: Row) -> bool:
    """A first row of nothing but column headers is the head, where nobody wrote `thead`."""
    return (
        bool(row.cells)
        and all(cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP) for cell in row.cells)
        and all(cell.rowspan == 1 for cell in row.cells)
    )


def _columns(table: Element, width: int) -> tuple[Column, ...]:
    found: list[Column] = []
    for group in table.elements():
        if group.tag == "colgroup":
            columns = [one for one in group.elements() if one.tag == "col"] or [group]
            for column in columns:
                count = int(column.get("span")) if re.fullmatch(r"\d{1,4}", column.get("span")) else 1
                made = Column(alignment=_alignment(column) or Alignment.START, width=_width(column))
                found.extend([made] * min(count, MAX_COLUMNS - len(found)))
    found = (found + [Column()] * width)[:width]
    if sum(column.width or 0 for column in found) > 1.01:
        found = [Column(alignment=column.alignment) for column in found]
    return tuple(found)


def _width(column: Element) -> float | None:
    """Give the share of the table's width; widths in points or pixels say nothing about another page."""
    said = re.search(r"(?:^|[;\s])width\s*:\s*([\d.]{1,8})%", column.get("style")) or re.fullmatch(
        r"([\d.]{1,8})%", column.get("width")
    )
    try:
        share = round(float(said[1]) / 100, 6) if said else 0.0
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


_CLASS = re.compile(r"(?:has-text-align-|text-|align-?)(left|start|center|right|end)")


def _alignment(element: Element) -> Alignment | None:
    style = element.get("style").replace(" ", "").lower()
    written = element.get("align").lower()
    if "text-align:" in style:
        written = style.split("text-align:", 1)[1].split(";")[0]
    if not written:
        written = next((found[1] for name in element.classes if (found := _CLASS.fullmatch(name))), "")
    if written in ("left", "start"):
        return Alignment.START
    return _ALIGNMENTS.get(written)


class _Rows:
    def __init__(self, cell: ReadCell, report: Report) -> None:
        self._cell = cell
        self._report = report
        self._count = 0

    def group(self, rows: list[Element], *, head: bool) -> tuple[list[Row], _Grid]:
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

    def _row(self, element: Element, index: int, grid: _Grid, *, head: bool) -> Row:
        cells: list[Cell] = []
        column = 0
        line = element.line
        for child in element.elements():
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
                self._report.add(TABLE_SPAN, child.line, "This merged cell overlaps the one from above.")
                colspan = room
            grid.take(index, column, rowspan, colspan)
            at, children = self._cell(child)
            scope = _scope(child, head=head, first=column == 0)
            cells.append(
                Cell(
                    at=at,
                    children=_without_bold(children) if scope else children,
                    scope=scope,
                    rowspan=rowspan,
                    colspan=colspan,
                    alignment=_alignment(child),
                )
            )
        at = elements.place(element.attributes, line, self._report)
        return Row(at=at, cells=tuple(cells))

    def _span(self, cell: Element, name: str, limit: int, line: int) -> int:
        written = cell.get(name) or "1"
        value = int(written) if written.isdecimal() and len(written) < 7 else -1
        if value == 0 and name == "rowspan":
            return limit  # HTML: down to the end of the group
        if 1 <= value <= limit:
            return value
        message = f"The {name} {written[:20]!r} does not fit into the table; {limit if value > limit else 1} was taken."
        self._report.add(TABLE_SPAN, line, message)
        return limit if value > limit else 1


def _without_bold(children: Blocks) -> Blocks:
    """A header cell says that it is one; bold was the way to show it."""
    match children:
        case (Paragraph(children=(Strong(children=words),)) as paragraph,):
            return (msgspec.structs.replace(paragraph, children=words),)
        case _:
            return children


def _too_large(report: Report, line: int) -> SourceError:
    return SourceError(
        f"This table has more than {MAX_CELLS:,} cells or {MAX_COLUMNS:,} columns.",
        advice="Divide it, or publish it as a data file.",
        source=Source(report.file, line),
    )


def _scope(cell: Element, *, head: bool, first: bool) -> Scope | None:
    """Give what a header cell heads: as written, else by where it stands (HTML 4.9.12)."""
    if cell.tag != "th" and not {"columnheader", "rowheader"} & set(cell.roles):
        # A cell of the head with words in it is a header even if it was written as `td`.
        return Scope.COLUMN if head and cell.text() else None
    try:
        return Scope(cell.get("scope").lower())
    except ValueError:
        pass
    if "rowheader" in cell.roles:
        return Scope.ROW
    if head or "columnheader" in cell.roles:
        return Scope.COLUMN
    if first and cell.parent is not None and any(one.tag == "td" for one in cell.parent.elements()):
        return Scope.ROW
    return Scope.COLUMN
