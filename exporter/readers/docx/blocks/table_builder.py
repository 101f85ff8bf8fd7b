"""Builder of tables from rows of cells (WCAG 1.3.1)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from exporter.labels import direction_of
from exporter.model import Alignment, At, Block, Cell, Column, Direction, Paragraph, Row, Scope, Table, Text
from exporter.model.walk import plain_text
from exporter.readers import row_headers
from exporter.readers.docx import parsed
from exporter.readers.docx.roles import Role

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SCOPES = {
    Role.HEADER_COLUMN: Scope.COLUMN,
    Role.HEADER_ROW: Scope.ROW,
    Role.HEADER_COLUMN_GROUP: Scope.COLUMN_GROUP,
    Role.HEADER_ROW_GROUP: Scope.ROW_GROUP,
}
# In Word, "left" and "right" mean start and end, in right-to-left paragraphs too (17.3.1.13).
_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}
_BANDS = ("oddHBand", "evenHBand")


def build(block: parsed.Table, builder: BlockBuilder) -> Table:
    """Return a table; the caller adds its caption and long description."""
    own = builder.context.is_word_edition
    head = _head_rows(block, own=own)
    foot = _foot_rows(block, head, own=own)
    _limit_spans(block, head)
    alignments = _columns(block)
    _pad(block)
    grid = _Grid(builder, head, len(block.rows), alignments)
    rows = [_row(row, index, grid) for index, row in enumerate(block.rows)]
    columns = tuple(
        Column(alignment=alignment, width=block.widths[index] if own and index < len(block.widths) else None)
        for index, alignment in enumerate(alignments)
    )
    language = builder.attributes.language
    turned = Direction.RTL if block.right_to_left and direction_of(language or "en") is Direction.LTR else None
    description: tuple[Block, ...] = ()
    if block.description and not own:
        description = (Paragraph(children=(Text(text=block.description),)),)
    table = Table(
        at=At(id=builder.attributes.id_of(block), direction=turned, source=block.source),
        columns=columns,
        head=tuple(rows[:head]),
        bodies=_groups(block.rows[head : len(rows) - foot], rows[head : len(rows) - foot], own=own),
        foot=tuple(rows[len(rows) - foot :] if foot else ()),
        caption=(Text(text=block.title),) if block.title and not own else (),
        description=description,
    )
    return table if own else row_headers.with_row_headers(table, requested=block.row_headers or None)


def _head_rows(block: parsed.Table, *, own: bool) -> int:
    """Return the number of header rows: those that repeat on each page, or the first if its style marks it."""
    count = 0
    for row in block.rows:
        if not (row.condition == "firstRow" if own else row.header):
            break
        count += 1
    if own:
        return count
    if count == len(block.rows) and count:
        count = 1 if count > 1 else 0
    if not count and block.first_row and len(block.rows) > 1:
        count = 1
    count = max(count, _heading_style(block)) if len(block.rows) > 1 else count
    # Rows spanned by cells of the header rows are header rows, too.
    reach = max((index + cell.rowspan for index in range(count) for cell in block.rows[index].cells), default=0)
    return reach if count < reach < len(block.rows) else count


def _heading_style(block: parsed.Table) -> int:
    """Return 1 if every cell of the first row has the style of a header cell, else 0."""
    cells = [cell for cell in block.rows[0].cells if cell.content]
    return int(bool(cells) and all(_scope_of(cell) is not None for cell in cells))


def _foot_rows(block: parsed.Table, head: int, *, own: bool) -> int:
    if own:
        count = 0
        while count < len(block.rows) - head and block.rows[-1 - count].condition == "lastRow":
            count += 1
        return count
    last = len(block.rows) - 1
    is_reached = any(index + cell.rowspan > last for index, row in enumerate(block.rows[:last]) for cell in row.cells)
    return int(block.last_row and last > head and not is_reached)


def _groups(block: list[parsed.Row], rows: list[Row], *, own: bool) -> tuple[tuple[Row, ...], ...]:
    groups: list[list[Row]] = []
    before = ""
    for line, row in zip(block, rows, strict=True):
        band = line.condition if own and line.condition in _BANDS else ""
        if not groups or band != before:
            groups.append([])
        groups[-1].append(row)
        before = band
    return tuple(map(tuple, groups))


def _columns(block: parsed.Table) -> list[Alignment]:
    """Return the alignment of each column, which is that of most of its cells."""
    counts: list[Counter[Alignment]] = [Counter() for _ in range(block.columns)]
    for row in block.rows:
        for cell in row.cells:
            alignment = _alignment(cell)
            if alignment is not None and cell.colspan == 1:
                counts[cell.column][alignment] += 1
    return [count.most_common(1)[0][0] if count else Alignment.START for count in counts]


def _alignment(cell: parsed.Cell) -> Alignment | None:
    first = next((block for block in cell.content if isinstance(block, parsed.ParsedParagraph)), None)
    return _ALIGNMENTS.get(first.paragraph_format.alignment or "", Alignment.START) if first is not None else None


class _Grid(NamedTuple):
    """Data of a table that its cells depend on."""

    builder: BlockBuilder
    head: int
    """Number of header rows."""
    rows: int
    alignments: list[Alignment]


def _row(row: parsed.Row, index: int, grid: _Grid) -> Row:
    return Row(cells=tuple(_cell(cell, index, grid) for cell in row.cells))


def _cell(cell: parsed.Cell, index: int, grid: _Grid) -> Cell:
    own = grid.builder.context.is_word_edition
    children = grid.builder.nested(cell.content)
    alignment = _alignment(cell)
    usual = grid.alignments[cell.column] if cell.column < len(grid.alignments) else Alignment.START
    scope = _scope_of(cell)
    if scope is None and not own and index < grid.head:
        scope = Scope.COLUMN
    if not own and not any(plain_text(child).strip() for child in children):
        scope = None
    return Cell(
        children=children,
        scope=scope,
        rowspan=min(cell.rowspan, grid.rows - index),
        colspan=cell.colspan,
        alignment=alignment if alignment is not None and alignment is not usual else None,
    )


def _scope_of(cell: parsed.Cell) -> Scope | None:
    """Return the scope of a header cell by the style of its text, or None for a data cell."""
    for block in cell.content:
        if isinstance(block, parsed.Container):
            inner = parsed.Cell(block.content, 0)
            return _scope_of(inner)
        if isinstance(block, parsed.ParsedParagraph):
            return _SCOPES.get(block.meaning.role)
    return None


def _limit_spans(block: parsed.Table, head: int) -> None:
    """Limit cells of the header rows to these rows (HTML, 4.9.12.1), with an empty cell below each."""
    for index, row in enumerate(block.rows[:head]):
        for cell in row.cells:
            below = index + cell.rowspan - head
            if below > 0 and head < len(block.rows):
                cell.rowspan -= below
                cells = block.rows[head].cells
                cells.append(parsed.Cell([], cell.column, cell.colspan, below))
                cells.sort(key=lambda other: other.column)


def _pad(block: parsed.Table) -> None:
    """Add empty cells to rows that are shorter than the table."""
    for row, filled in zip(block.rows, _filled(block), strict=True):
        if filled < block.columns:
            row.cells.append(parsed.Cell([], filled, block.columns - filled))


def _filled(block: parsed.Table) -> list[int]:
    """Return the number of columns that each row spans."""
    filled: Counter[int] = Counter()
    for index, row in enumerate(block.rows):
        for cell in row.cells:
            for line in range(index, min(index + cell.rowspan, len(block.rows))):
                filled[line] += cell.colspan
    return [filled[line] for line in range(len(block.rows))]
