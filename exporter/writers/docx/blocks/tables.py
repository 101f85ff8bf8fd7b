"""Tables with header cells (ECMA-376-1, 17.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from exporter.inspect.docx.xml import name
from exporter.model import Alignment, Block, Cell, Column, Direction, Row, Scope, Table
from exporter.model.table_grid import place_cells
from exporter.model.walk import plain_text
from exporter.writers.docx.blocks import table_widths
from exporter.writers.docx.blocks.captions import add_caption
from exporter.writers.docx.blocks.content_controls import last_block, paragraphs
from exporter.writers.docx.blocks.paragraphs import ContainerWriter
from exporter.writers.docx.blocks.toc import AFTER_CONTENTS
from exporter.writers.docx.context import BlockContext
from exporter.writers.docx.xml import (
    Element,
    Properties,
    add,
    add_properties,
    make_element,
    properties_of,
    set_property,
)
from exporter.writers.markup.tables import numeric_columns

SPACE_AFTER = 260
"""Space after a table, in twentieths of a point."""
# "left" and "right" mean start and end: Word swaps them in right-to-left paragraphs (17.3.1.13).
_JUSTIFICATION = {Alignment.START: None, Alignment.CENTER: "center", Alignment.END: "right"}


class _Slot(NamedTuple):
    """The columns of one row that one cell covers."""

    cell: Cell | None
    """None if the manuscript has no cell there."""
    column: int
    """From 0."""
    span: int
    """Columns."""
    first: bool
    """Whether the cell begins in this row; otherwise it spans it from above."""
    merged: bool
    """Whether the cell spans more than one row."""


class TableWriter(ContainerWriter):
    """Writer of tables."""

    def add(self, parent: Element, node: Table, context: BlockContext) -> None:
        """Append a table with its caption.

        It is separated from a table before it, since Word merges adjacent tables. Space below the contents is that of
        their last line, since a table has none above it.
        """
        cell_context = msgspec.structs.replace(context, running=False)
        previous = last_block(parent)
        if node.caption:
            add_caption(self._state, self._paragraphs, parent, node, context=cell_context, properties=_ABOVE)
        elif previous is not None and previous.tag == _TABLE:
            self.separate(parent, context)
        elif previous is not None and context.story.pending.space_before == AFTER_CONTENTS:
            set_property(properties_of(previous, "pPr"), make_element("spacing", {"after": AFTER_CONTENTS}))
            context.story.pending.space_before = 0
        row_groups = _row_groups(node)
        rows = _fill_slots([group for _, group in row_groups], len(node.columns))
        if not rows or not rows[0]:
            return
        width = rows[0][-1].column + rows[0][-1].span
        columns = [*node.columns, *(Column() for _ in range(width - len(node.columns)))]
        own = [(slot.column, slot.cell) for row in rows for slot in row if slot.cell and slot.span == 1 and slot.first]
        widths, size, padding = table_widths.fit(own, columns, context.available_width)
        table = add(parent, "tbl")
        self._add_properties(table, node, context, padding)
        numbers = numeric_columns(place_cells(node.groups))
        grid = add(table, "tblGrid")
        for column_width in widths:
            add(grid, "gridCol", {"w:w": column_width})
        # Pending bookmarks are added to the first cell.
        requested_widths = [
            round(column.width * _FULL_WIDTH)
            if column.width and abs(width / context.available_width - column.width) < _SAME
            else None
            for column, width in zip(columns, widths, strict=True)
        ]
        remaining = iter(rows)
        for condition, group in row_groups:
            for index, row in enumerate(group):
                slots = next(remaining)
                # A rule separates a group of rows from the one above.
                has_rule = index == 0 and condition in _GROUPS and group is not row_groups[bool(node.head)][1]
                element = _add_row(table, condition)
                self._paragraphs.add_bookmark(context, row)
                for slot in slots:
                    cell = add(element, "tc")
                    width = sum(widths[slot.column : slot.column + slot.span])
                    requested = requested_widths[slot.column] if slot.span == 1 else None
                    self._add_cell_properties(cell, slot, width, requested, has_rule=has_rule)
                    alignment = _alignment(slot, columns, numbers, context.direction)
                    self._fill(cell, slot, alignment, _cell_context(cell_context.at(row), width))
                    if size != table_widths.SIZE:
                        _set_size(cell, size)
        context.story.pending.space_before = SPACE_AFTER

    def separate(self, parent: Element, context: BlockContext) -> None:
        """Append the paragraph that Word needs between two tables and after the last one of a part (17.4.66)."""
        context.story.pending.space_before = 0
        self._paragraphs.close(self._paragraphs.open(parent, context, "TableSpace"), needed=True)

    def _add_properties(self, table: Element, node: Table, context: BlockContext, padding: int) -> None:
        caption, description = plain_text(node.caption), plain_text(node.description)
        table_look = {
            "firstRow": int(bool(node.head)),
            "lastRow": int(bool(node.foot)),
            "firstColumn": int(_has_row_headers(node)),
            "lastColumn": 0,
            "noHBand": 1,
            "noVBand": 1,
        }
        bits = (
            0x0020 * table_look["firstRow"]
            + 0x0040 * table_look["lastRow"]
            + 0x0080 * table_look["firstColumn"]
            + 0x0600
        )
        add_properties(
            table,
            "tblPr",
            {
                "tblStyle": "ReportTable",
                "bidiVisual": context.direction is Direction.RTL,
                "tblW": {"w": context.available_width, "type": "dxa"},
                "tblInd": {"w": context.inset, "type": "dxa"} if context.inset else None,
                "tblLayout": {"type": "fixed"},
                "tblCellMar": _margins(padding) if padding != table_widths.PADDING else None,
                "tblLook": {"val": f"{bits:04X}", **table_look},
                "tblCaption": caption or None,
                "tblDescription": description or None,
            },
        )

    def _add_cell_properties(
        self, cell: Element, slot: _Slot, width: int, requested: int | None, *, has_rule: bool
    ) -> None:
        borders = None
        if has_rule:
            borders = make_element("tcBorders")
            colour = self._state.stylesheet.colour("rule")
            add(borders, "top", {"w:val": "single", "w:sz": 8, "w:space": 0, "w:color": colour})
        add_properties(
            cell,
            "tcPr",
            {
                "tcW": {"w": requested, "type": "pct"} if requested else {"w": width, "type": "dxa"},
                "gridSpan": slot.span if slot.span > 1 else None,
                "vMerge": ("restart" if slot.first else "continue") if slot.merged else None,
                "tcBorders": borders,
            },
        )

    def _fill(self, element: Element, slot: _Slot, alignment: Alignment | None, context: BlockContext) -> None:
        cell = slot.cell
        if cell is None or not slot.first:
            self._paragraphs.close(self._paragraphs.open(element, context), needed=True)
            return
        self._paragraphs.add_bookmark(context, cell)
        context = context.at(cell)
        if cell.scope:
            context = msgspec.structs.replace(context, style=_HEADINGS[cell.scope])
        blocks: Sequence[Block] = cell.children
        self._write_blocks(element, tuple(blocks), context)
        if element[-1].tag != _PARAGRAPH:
            # A cell ends with a paragraph (17.4.66).
            context.story.pending.space_before = 0
            self._paragraphs.close(self._paragraphs.open(element, context), needed=True)
        justification = _JUSTIFICATION[alignment or Alignment.START]
        if justification:
            for paragraph in paragraphs(element):
                set_property(properties_of(paragraph, "pPr"), make_element("jc", {"val": justification}))


_ABOVE: Properties = {"keepNext": True, "spacing": {"before": 280, "after": 100}}
_HEAD, _FOOT, _GROUPS = "100000000000", "010000000000", ("000000100000", "000000010000")
"""Conditional formatting of a row (17.3.1.8 cnfStyle): first, last, odd and even band."""
_HEADINGS = {
    Scope.COLUMN: "TableHeading",
    Scope.ROW: "TableHeadingRow",
    Scope.COLUMN_GROUP: "TableHeadingColumnGroup",
    Scope.ROW_GROUP: "TableHeadingRowGroup",
}
_SAME = 0.005
"""Difference of widths, relative to the table, that rounding makes."""
_FULL_WIDTH = 5000
"""The full width in fiftieths of a per cent (17.18.90 ST_TblWidth)."""
_TABLE = name("tbl")
_PARAGRAPH = name("p")


def _row_groups(node: Table) -> list[tuple[str, tuple[Row, ...]]]:
    """Return the non-empty groups of head, body and foot rows, with the conditional formatting of their rows."""
    bodies = [body for body in node.bodies if body]
    grouped = [(_GROUPS[index % 2], body) for index, body in enumerate(bodies)]
    return [part for part in ((_HEAD, node.head), *grouped, (_FOOT, node.foot)) if part[1]]


def _add_row(table: Element, condition: str) -> Element:
    """Append a row that is not split across pages; header rows are repeated on each page (17.4.49 tblHeader)."""
    element = add(table, "tr")
    add_properties(element, "trPr", {"cnfStyle": condition, "cantSplit": True, "tblHeader": condition == _HEAD})
    return element


def _alignment(
    slot: _Slot, columns: Sequence[Column], numbers: frozenset[int], direction: Direction
) -> Alignment | None:
    """Return the alignment of a cell; numbers and their headers are aligned on the right, as in the PDF."""
    alignment = (slot.cell.alignment if slot.cell else None) or columns[slot.column].alignment
    is_number = slot.column in numbers and slot.span == 1 and alignment in (None, Alignment.START)
    return Alignment.END if is_number and direction is Direction.LTR else alignment


def _cell_context(context: BlockContext, width: int) -> BlockContext:
    return BlockContext(
        context.story,
        context.language,
        context.direction,
        max(width - table_widths.PADDING, 1),
        style="TableText",
        depth=context.depth,
        running=False,
    )


def _margins(padding: int) -> Element:
    margins = make_element("tblCellMar")
    for side in ("left", "right"):
        add(margins, side, {"w:w": padding // 2, "w:type": "dxa"})
    return margins


def _set_size(cell: Element, size: int) -> None:
    """Set the size of the text in half points; that of notes and code is in their own styles."""
    for run in cell.iter(name("r")):
        properties = properties_of(run, "rPr")
        for tag in ("sz", "szCs"):
            set_property(properties, make_element(tag, {"val": size}))


def _has_row_headers(node: Table) -> bool:
    rows = [row for body in node.bodies for row in body if row.cells]
    return bool(rows) and any(row.cells[0].scope in {Scope.ROW, Scope.ROW_GROUP} for row in rows)


def _fill_slots(groups: Sequence[Sequence[Row]], columns: int) -> list[list[_Slot]]:
    """Return the slots of every row, filled up to one width."""
    lines = place_cells(groups)
    rows: list[list[_Slot]] = [[] for _ in lines]
    for line in lines:
        for placed in line:
            for row in range(placed.row, placed.row + placed.rows):
                first, merged = row == placed.row, placed.rows > 1
                rows[row].append(_Slot(placed.cell, placed.column, placed.columns, first=first, merged=merged))
    width = max([columns, *(slot.column + slot.span for row in rows for slot in row)])
    return [_fill(row, width) for row in rows]


def _fill(row: list[_Slot], width: int) -> list[_Slot]:
    covered = {column for slot in row for column in range(slot.column, slot.column + slot.span)}
    gaps = [_Slot(None, column, 1, first=True, merged=False) for column in range(width) if column not in covered]
    return sorted([*row, *gaps], key=lambda slot: slot.column)
