"""Tables that say what heads what (ECMA-376-1, 17.4)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import Alignment, Block, Code, Column, Direction, Row, Scope, Table
from exporter.model.walk import plain_text, walk
from exporter.writers.docx.captions import add_caption
from exporter.writers.docx.content_controls import last_block, paragraphs
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.table_grid import Slot, lay_out
from exporter.writers.docx.xml import Element, Properties, add, add_properties, make, name

SPACE_AFTER = 260
"""Between a table and what follows, in twentieths of a point."""
_PADDING = 192
"""Left and right of the words of a cell, as the table style has it."""
_CHARACTER = 105
"""Width of an average letter of table text, in twentieths of a point."""
_BROAD_CHARACTER = 126
"""The same in a cell that holds code."""
_NARROWEST = 700
# "left" and "right" mean start and end: Word turns them round in paragraphs from right to left (17.3.1.13).
_JUSTIFICATION = {Alignment.START: None, Alignment.CENTER: "center", Alignment.END: "right"}


class TableWriter:
    """Writes tables."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._write_blocks = write_blocks

    def add(self, story: Story, parent: Element, node: Table, place: BlockContext) -> None:
        """Append a table with its caption above; two tables never touch, for Word would make them one."""
        still = msgspec.structs.replace(place, running=False)
        before = last_block(parent)
        if node.caption:
            add_caption(self._draft, self._paragraphs, story, parent, node, place=still, properties=_ABOVE)
        elif before is not None and before.tag == _TABLE:
            self.separate(story, parent, place)
        parts = _parts(node)
        rows = lay_out([group for _, group in parts], len(node.columns))
        if not rows or not rows[0]:
            return
        width = rows[0][-1].column + rows[0][-1].span
        columns = [*node.columns, *(Column() for _ in range(width - len(node.columns)))]
        table = add(parent, "tbl")
        self._add_properties(table, node, place)
        widths = _widths(rows, columns, place.room)
        grid = add(table, "tblGrid")
        for column_width in widths:
            add(grid, "gridCol", {"w:w": column_width})
        # What waits for a paragraph finds it in the first cell.
        asked = [round(column.width * _WHOLE) if column.width else None for column in columns]
        remaining = iter(rows)
        for part, group in parts:
            for index, row in enumerate(group):
                slots = next(remaining)
                # A group of rows is told from the one above by a line.
                ruled = index == 0 and part in _GROUPS and group is not parts[bool(node.head)][1]
                element = self._add_row(story, table, row, part)
                for slot in slots:
                    cell = add(element, "tc")
                    width = sum(widths[slot.column : slot.column + slot.span])
                    share = asked[slot.column] if slot.span == 1 else None
                    self._add_cell_properties(cell, slot, width, share, ruled=ruled)
                    self._fill(story, cell, slot, columns, _inside(still.at(row), width))
        story.pending.space_before = SPACE_AFTER

    def separate(self, story: Story, parent: Element, place: BlockContext) -> None:
        """Append the paragraph that Word needs between two tables and after the last one of a part (17.4.66)."""
        story.pending.space_before = 0
        self._paragraphs.close(self._paragraphs.open(story, parent, place, "TableSpace"), needed=True)

    def _add_properties(self, table: Element, node: Table, place: BlockContext) -> None:
        caption, description = plain_text(node.caption), plain_text(node.description)
        look = {
            "firstRow": int(bool(node.head)),
            "lastRow": int(bool(node.foot)),
            "firstColumn": int(_has_row_headers(node)),
            "lastColumn": 0,
            "noHBand": 1,
            "noVBand": 1,
        }
        bits = 0x0020 * look["firstRow"] + 0x0040 * look["lastRow"] + 0x0080 * look["firstColumn"] + 0x0600
        add_properties(
            table,
            "tblPr",
            {
                "tblStyle": "ReportTable",
                "bidiVisual": place.direction is Direction.RTL,
                "tblW": {"w": place.room, "type": "dxa"},
                "tblInd": {"w": place.inset, "type": "dxa"} if place.inset else None,
                "tblLayout": {"type": "fixed"},
                "tblLook": {"val": f"{bits:04X}", **look},
                "tblCaption": caption or None,
                "tblDescription": description or None,
            },
        )

    def _add_row(self, story: Story, table: Element, row: Row, part: str) -> Element:
        """Append a row that is never split over pages; heads are repeated on each (17.4.49 tblHeader)."""
        element = add(table, "tr")
        add_properties(element, "trPr", {"cnfStyle": part, "cantSplit": True, "tblHeader": part == _HEAD})
        self._paragraphs.mark(story, row)
        return element

    def _add_cell_properties(self, cell: Element, slot: Slot, width: int, share: int | None, *, ruled: bool) -> None:
        borders = None
        if ruled:
            borders = make("tcBorders")
            colour = self._draft.stylesheet.colour("rule")
            add(borders, "top", {"w:val": "single", "w:sz": 8, "w:space": 0, "w:color": colour})
        add_properties(
            cell,
            "tcPr",
            {
                "tcW": {"w": share, "type": "pct"} if share else {"w": width, "type": "dxa"},
                "gridSpan": slot.span if slot.span > 1 else None,
                "vMerge": ("restart" if slot.first else "continue") if slot.merged else None,
                "tcBorders": borders,
            },
        )

    def _fill(self, story: Story, element: Element, slot: Slot, columns: Sequence[Column], place: BlockContext) -> None:
        cell = slot.cell
        if cell is None or not slot.first:
            self._paragraphs.close(self._paragraphs.open(story, element, place), needed=True)
            return
        self._paragraphs.mark(story, cell)
        place = place.at(cell)
        if cell.scope:
            place = msgspec.structs.replace(place, style=_HEADINGS[cell.scope])
        blocks: Sequence[Block] = cell.children
        self._write_blocks(story, element, tuple(blocks), place)
        if element[-1].tag != _PARAGRAPH:
            # A cell ends with a paragraph (17.4.66).
            story.pending.space_before = 0
            self._paragraphs.close(self._paragraphs.open(story, element, place), needed=True)
        justification = _JUSTIFICATION[cell.alignment or columns[slot.column].alignment]
        if justification:
            for paragraph in paragraphs(element):
                _justify(paragraph, justification)


_ABOVE: Properties = {"keepNext": True, "spacing": {"before": 280, "after": 100}}
_HEAD, _FOOT, _GROUPS = "100000000000", "010000000000", ("000000100000", "000000010000")
"""What a row is, as the conditions of table styles have it (17.3.1.8 cnfStyle): first, last, odd and even band."""
_HEADINGS = {
    Scope.COLUMN: "TableHeading",
    Scope.ROW: "TableHeadingRow",
    Scope.COLUMN_GROUP: "TableHeadingColumnGroup",
    Scope.ROW_GROUP: "TableHeadingRowGroup",
}
_WHOLE = 5000
"""The full width in fiftieths of a per cent (17.18.90 ST_TblWidth)."""
_TABLE = name("tbl")
_PARAGRAPH = name("p")


def _parts(node: Table) -> list[tuple[str, tuple[Row, ...]]]:
    """Return head, groups of body rows and foot, as far as they have rows, with what their rows are."""
    bodies = [body for body in node.bodies if body]
    grouped = [(_GROUPS[index % 2], body) for index, body in enumerate(bodies)]
    return [part for part in ((_HEAD, node.head), *grouped, (_FOOT, node.foot)) if part[1]]


def _inside(place: BlockContext, width: int) -> BlockContext:
    return BlockContext(
        language=place.language,
        direction=place.direction,
        width=max(width - _PADDING, 1),
        style="TableText",
        depth=place.depth,
        running=False,
    )


def _justify(paragraph: Element, value: str) -> None:
    properties = paragraph.find(name("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    element = make("jc", {"val": value})
    for other in properties.findall(name("jc")):
        properties.remove(other)
    following = next((child for child in properties if child.tag in {name("outlineLvl"), name("rPr")}), None)
    if following is None:
        properties.append(element)
    else:
        following.addprevious(element)


def _has_row_headers(node: Table) -> bool:
    rows = [row for body in node.bodies for row in body if row.cells]
    return bool(rows) and any(row.cells[0].scope in {Scope.ROW, Scope.ROW_GROUP} for row in rows)


def _widths(rows: Sequence[Sequence[Slot]], columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of each column: as asked for, else so that long texts get room and no word is cut."""
    count = len(columns)
    needed = [_NARROWEST] * count
    wanted = [float(_NARROWEST)] * count
    for slots in rows:
        for slot in slots:
            if slot.cell is None or slot.span > 1 or not slot.first:
                continue
            text = plain_text(slot.cell)
            longest = max((len(word) for word in text.split()), default=0)
            broad = any(isinstance(node, Code) for node in walk(slot.cell))
            character = _BROAD_CHARACTER if broad else _CHARACTER
            needed[slot.column] = max(needed[slot.column], longest * character + _PADDING)
            wanted[slot.column] = max(wanted[slot.column], min(len(text), 90) * _CHARACTER + _PADDING)
    asked = [column.width for column in columns]
    if any(asked):
        free = max(1 - sum(share or 0 for share in asked), 0.05 * asked.count(None))
        rest = sum(want for want, share in zip(wanted, asked, strict=True) if share is None) or 1
        shares = [share or free * want / rest for share, want in zip(asked, wanted, strict=True)]
    else:
        spare = max(room - sum(needed), 0)
        more = [max(want - need, 0.0) for want, need in zip(wanted, needed, strict=True)]
        total = sum(more)
        shares = [
            need + spare * (extra / total if total else 1 / count) for need, extra in zip(needed, more, strict=True)
        ]
    whole = sum(shares)
    widths = [max(round(share / whole * room), 1) for share in shares]
    widths[-1] = max(widths[-1] + room - sum(widths), 1)
    return widths
