"""HTML tables: head, bodies and foot, spans and the scope of header cells."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.errors import SourceError
from exporter.findings import quoted
from exporter.model import At, Blocks, Cell, Inlines, Paragraph, Row, Scope, Source, Strong, Table
from exporter.model.table_grid import Grid
from exporter.readers.html.blocks.columns import MAX_COLUMNS, alignment_of, move_alignments_to_columns, read_columns
from exporter.readers.html.inlines import inline_elements
from exporter.readers.html.markup.dom import Element
from exporter.readers.row_headers import with_row_headers
from exporter.readers.rules import TABLE_SPAN, FindingCollector

MAX_CELLS = 50_000
"""Cells of a table; a merged cell counts for each position that it spans."""

ReadCell = Callable[[Element], tuple[At, Blocks]]


def read_table(
    table: Element,
    cell: ReadCell,
    read_inlines: Callable[[Element], Inlines],
    report: FindingCollector,
) -> Table:
    """Return a table; spans are limited to their group of rows, short rows are filled up, and both are reported.

    Raises:
        SourceError: The table has more than MAX_CELLS cells or MAX_COLUMNS columns.
    """
    caption: Inlines = ()
    groups: list[tuple[str, list[Element]]] = []
    for child in table.elements():
        if child.tag == "caption":
            caption = read_inlines(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            groups.append((child.tag, [row for row in child.elements() if row.tag == "tr"]))
        elif child.tag == "tr":
            if not groups or groups[-1][0] != "tbody":
                groups.append(("tbody", []))
            groups[-1][1].append(child)
    reader = _RowReader(cell, report)
    row_groups = [(name, *reader.read_group(rows, head=name == "thead")) for name, rows in groups if rows]
    width = max((grid.width(row) for _, _, grid in row_groups for row in range(grid.rows)), default=0)
    head: list[Row] = []
    bodies: list[tuple[Row, ...]] = []
    foot: list[Row] = []
    for name, rows, grid in row_groups:
        full = tuple(reader.fill_row(row, grid.count_covered(index), width) for index, row in enumerate(rows))
        if name == "thead":
            head.extend(full)
        elif name == "tfoot":
            foot.extend(full)
        else:
            bodies.append(full)
    if not head and bodies and _is_head(bodies[0][0]) and len(bodies[0]) > 1:
        head, bodies[0] = [bodies[0][0]], bodies[0][1:]
    at = inline_elements.read_at(table.attributes, table.line, report)
    columns = read_columns(table, width)
    result = Table(at=at, columns=columns, head=tuple(head), bodies=tuple(bodies), foot=tuple(foot), caption=caption)
    has_row_headers = True if "row-headers" in table.classes else None
    if "no-row-headers" in table.classes:
        has_row_headers = False
    return with_row_headers(move_alignments_to_columns(result), requested=has_row_headers)


def _is_head(row: Row) -> bool:
    """Return whether a first row consists of column headers, so that it is the head of a table without `thead`."""
    return (
        bool(row.cells)
        and all(cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP) for cell in row.cells)
        and all(cell.rowspan == 1 for cell in row.cells)
    )


class _RowReader:
    """Reader of the rows of a table."""

    def __init__(self, cell: ReadCell, report: FindingCollector) -> None:
        self._cell = cell
        self._report = report
        self._count = 0

    def read_group(self, rows: list[Element], *, head: bool) -> tuple[list[Row], Grid]:
        grid = Grid(len(rows))
        return [self._row(row, index, grid, head=head) for index, row in enumerate(rows)], grid

    def fill_row(self, row: Row, width: int, full: int) -> Row:
        """Return a row with the missing cells added."""
        if width >= full:
            return row
        source = row.at.source
        message = f"Short row: it has {width} columns, the table has {full}. Empty cells were added."
        self._report.add(TABLE_SPAN, source.line if source else 0, message)
        return msgspec.structs.replace(row, cells=(*row.cells, *[Cell(at=row.at, children=())] * (full - width)))

    def _row(self, element: Element, index: int, grid: Grid, *, head: bool) -> Row:
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
            column = grid.first_free(index, column)
            if column >= MAX_COLUMNS:
                raise _too_large(self._report, line)
            free = grid.count_free(index, column, colspan)
            if free < colspan:
                self._report.add(TABLE_SPAN, child.line, "This merged cell overlaps the one from above.")
                colspan = free
            grid.cover(index, column, rowspan, colspan)
            at, children = self._cell(child)
            scope = _scope(child, head=head, first=column == 0)
            cells.append(
                Cell(
                    at=at,
                    children=_without_bold(children) if scope else children,
                    scope=scope,
                    rowspan=rowspan,
                    colspan=colspan,
                    alignment=alignment_of(child),
                )
            )
        at = inline_elements.read_at(element.attributes, line, self._report)
        return Row(at=at, cells=tuple(cells))

    def _span(self, cell: Element, name: str, limit: int, line: int) -> int:
        written = cell.get(name) or "1"
        value = int(written) if written.isdecimal() and len(written) < 7 else -1
        if value == 0 and name == "rowspan":
            return limit  # down to the end of the group (HTML 4.9.11)
        if 1 <= value <= limit:
            return value
        used = limit if value > limit else 1
        message = f"Invalid {name} {quoted(written, 20)}: it does not fit into the table; {used} was used."
        self._report.add(TABLE_SPAN, line, message)
        return used


def _without_bold(children: Blocks) -> Blocks:
    """Return the content of a header cell without bold, which only marked it as header."""
    match children:
        case (Paragraph(children=(Strong(children=words),)) as paragraph,):
            return (msgspec.structs.replace(paragraph, children=words),)
        case _:
            return children


def _too_large(report: FindingCollector, line: int) -> SourceError:
    return SourceError(
        f"This table has more than {MAX_CELLS:,} cells or {MAX_COLUMNS:,} columns.",
        advice="Split it, or publish it as a data file.",
        source=Source(report.file, line),
    )


def _scope(cell: Element, *, head: bool, first: bool) -> Scope | None:
    """Return the scope of a header cell: as written, or by its position (HTML 4.9.12); None for other cells."""
    if cell.tag != "th" and not {"columnheader", "rowheader"} & set(cell.roles):
        # A cell of the head with text is a header cell even if it was written as `td`.
        return Scope.COLUMN if head and cell.text() else None
    try:
        return Scope(cell.get("scope").lower())
    except ValueError:
        pass
    if "rowheader" in cell.roles:
        return Scope.ROW
    if head or "columnheader" in cell.roles:
        return Scope.COLUMN
    if first and cell.parent is not None and any(element.tag == "td" for element in cell.parent.elements()):
        return Scope.ROW
    return Scope.COLUMN
