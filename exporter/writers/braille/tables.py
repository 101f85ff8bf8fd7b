"""Tables: in columns where they fit, else row by row, each cell after the headings of its column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from exporter import model as m
from exporter.braille.liblouis import SPACE
from exporter.model.table_grid import Headings, PlacedCell, place_cells
from exporter.model.walk import walk
from exporter.writers.braille.line_breaks import Block, wrap
from exporter.writers.braille.translation import BREAK, PAGE_MARK

if TYPE_CHECKING:
    from exporter.writers.braille.blocks import BlockWriter

_GAP = 2
"""Spaces between columns."""
_NARROWEST = 9
"""Cells of a column whose text is divided into lines."""
_RUNOVER = 2
"""Spaces before the lines of a cell after its first one."""
_TALLEST = 4
"""Lines of a row; where it needs more, the table is written row by row."""
_LINE = "⠒"
_ABOVE = frozenset({m.Scope.COLUMN, m.Scope.COLUMN_GROUP})


def columns(writer: BlockWriter, table: m.Table, language: str) -> list[Block]:
    """Return a table in columns, or nothing if it does not fit, has merged cells or more than a paragraph in a cell."""
    lines = place_cells(table.groups)
    placed = list(chain.from_iterable(lines))
    if any(cell.has_span or not _is_simple(cell.cell) for cell in placed):
        return []
    count = len(table.columns)
    if any(cell.column >= count for cell in placed):
        return []
    rows = [[""] * count for _ in lines]
    notes: list[tuple[str, ...]] = []
    pages: list[list[Block]] = []
    for line, row in zip(lines, rows, strict=True):
        writer.translator.met_notes = []
        for cell in line:
            row[cell.column] = _text(writer, cell.cell, language)
        notes.append(tuple(writer.translator.met_notes))
        pages.append(_pages(writer, row))
        row[:] = map(_without_marks, row)
    widths = _widths(rows, len(table.head), writer.width)
    if not widths:
        return []
    out: list[Block] = []
    heads = len(table.head)
    for index, row in enumerate(rows):
        runover = _RUNOVER if index >= heads else 0
        wrapped = [_lines(text, width, runover) for text, width in zip(row, widths, strict=True)]
        if max(map(len, wrapped), default=0) > _TALLEST:
            return []
        laid_out = _side_by_side(wrapped, widths, table.columns)
        is_last_head = index == heads - 1
        if is_last_head:
            laid_out.append((SPACE * _GAP).join(_LINE * width for width in widths))
        out += pages[index]
        if laid_out:
            out.append(Block(lines=tuple(laid_out), keep_with_next=index < heads, notes=notes[index]))
    return out


def rows(writer: BlockWriter, table: m.Table, language: str, depth: int) -> list[Block]:
    """Return a table row by row, with a note of the transcriber that says so."""
    return _RowWriter(writer, table, language, depth).rows()


class _RowWriter:
    """Writer of the rows of one table."""

    def __init__(self, writer: BlockWriter, table: m.Table, language: str, depth: int) -> None:
        self.writer, self.language, self.depth = writer, language, depth
        self.translator = writer.translator
        self.lines = place_cells(table.groups)
        self.first_row = len(table.head)
        self.heads = Headings(self.lines)
        self.translator.met_notes = []
        self.texts = {id(head.cell): _text(writer, head.cell, language) for head in self.heads}
        self.names = {cell: _without_marks(text) for cell, text in self.texts.items()}
        """Without the marks of pages of print, since headings are repeated."""
        self.notes = tuple(self.translator.met_notes)
        """Notes to which the headings of the columns refer."""
        self.used: set[int] = set()
        """The headings of cells that are not empty, by `id`."""
        self.written: set[int] = set()
        """Those of them that stand before a cell."""

    def rows(self) -> list[Block]:
        note = self.translator.transcriber_note(self.translator.text(self.writer.labels("braille.row_by_row")))
        above = (self.texts[id(head.cell)] for head in self.heads if head.row < self.first_row)
        first = [*_pages(self.writer, above), Block(note, 6, 4, keep_with_next=True, notes=self.notes)]
        out: list[Block] = []
        for number, line in enumerate(self.lines[self.first_row :], 1):
            titles = [placed for placed in line if _is_title(placed)]
            label = SPACE.join(f"{self._prefix(placed)}{SPACE}{self.names[id(placed.cell)]}" for placed in titles)
            row = self.translator.text(self.writer.labels("speech.row", number=number))
            out += _pages(self.writer, (self.texts[id(placed.cell)] for placed in titles))
            out.append(Block(label or row, 0, 4, keep_with_next=True, space_before=number > 1))
            for placed in line:
                if placed not in titles:
                    out += self._cell(placed)
        return [*first, *self._empty_columns(), *out]

    def _empty_columns(self) -> Iterator[Block]:
        """Yield the headings of columns whose cells are all empty, or all wider than their column."""
        dash = f"{self.translator.text(':')}{SPACE}{self.translator.text('–')}"
        for head in self.heads:
            name = self.names[id(head.cell)]
            if name and head.row < self.first_row and id(head.cell) not in self.written:
                cells = name if id(head.cell) in self.used else f"{name}{dash}"
                yield Block(cells, 0, 4, keep_with_next=True)

    def _prefix(self, placed: PlacedCell) -> str:
        """Return the headings of the columns of a cell."""
        self.used.update(id(head.cell) for head in self.heads.of(placed) if head.cell.scope in _ABOVE)
        above = [head for head in self.heads.before(placed) if head.cell.scope in _ABOVE]
        self.written.update(id(head.cell) for head in above)
        names = [name for head in above if (name := self.names[id(head.cell)])]
        comma = self.translator.text(",") + SPACE
        return comma.join(names) + self.translator.text(":") if names else ""

    def _cell(self, placed: PlacedCell) -> list[Block]:
        cell = placed.cell
        inner = self.writer.nested(cell.children, cell.at.language or self.language, self.depth, 4)
        if not inner:
            return []
        prefix, first = self._prefix(placed), inner[0]
        if not first.cells:
            return [Block(prefix, 2, 4, keep_with_next=True), *(block.indented(4) for block in inner)]
        return [first.as_item(prefix, 2, 4), *(block.indented(4) for block in inner[1:])]


def _is_title(placed: PlacedCell) -> bool:
    return placed.cell.scope in {m.Scope.ROW, m.Scope.ROW_GROUP} and _is_simple(placed.cell)


def _is_simple(cell: m.Cell) -> bool:
    return len(cell.children) <= 1 and all(isinstance(child, m.Paragraph) for child in cell.children)


def _text(writer: BlockWriter, cell: m.Cell, language: str) -> str:
    tongue = cell.at.language or language
    paragraphs = (node for node in walk(cell) if isinstance(node, m.Paragraph | m.Term | m.Line))
    cells = (
        writer.translator.inlines(child.children, child.at.language or tongue, plain=bool(cell.scope))
        for child in paragraphs
    )
    return SPACE.join(cells).strip(SPACE).replace(BREAK, "")


def _without_marks(cells: str) -> str:
    return "".join(character for character in cells if ord(character) < PAGE_MARK)


def _pages(writer: BlockWriter, texts: Iterable[str]) -> list[Block]:
    """Return the pages of print that begin in texts."""
    marks = (ord(character) - PAGE_MARK for text in texts for character in text if ord(character) >= PAGE_MARK)
    return [Block(print_page=writer.page_labels[mark]) for mark in marks]


def _lines(text: str, width: int, runover: int) -> list[str]:
    """Return the lines of a cell, all but the first one indented where its words are short enough."""
    first, *rest = wrap(text, width) or [""]
    words = text[len(first) :].strip(SPACE)
    if not rest or max(map(len, words.split(SPACE))) > width - runover:
        return [first, *rest]
    return [first, *(SPACE * runover + line for line in wrap(words, width - runover))]


def _widths(rows: list[list[str]], heads: int, width: int) -> list[int]:
    """Return the width of each column, or nothing if they do not fit.

    Where they are too wide, first headers are divided into lines, down to the width of the cells below, then the widest
    cells, but none of them into lines of fewer than `_NARROWEST` cells.
    """
    if not rows or not rows[0]:
        return []
    columns = [[row[index] for row in rows] for index in range(len(rows[0]))]
    words = [max(len(word) for text in column for word in text.split(SPACE)) for column in columns]
    widths = [max(1, *map(len, column)) for column in columns]
    cells = [max(map(len, column[heads:]), default=0) for column in columns]
    for limits in (
        [max(pair) for pair in zip(words, cells, strict=True)],
        [max(word, min(cell, _NARROWEST)) for word, cell in zip(words, cells, strict=True)],
    ):
        while (excess := sum(widths) + _GAP * (len(widths) - 1) - width) > 0:
            wider = [index for index, limit in enumerate(limits) if widths[index] > limit]
            if not wider:
                break
            widths[max(wider, key=widths.__getitem__)] -= 1
        if excess <= 0:
            return widths
    return []


def _side_by_side(cells: list[list[str]], widths: list[int], columns: Sequence[m.Column]) -> list[str]:
    """Return the lines of a row."""
    height = max(map(len, cells), default=0)
    padded = [
        [_aligned(line, width, column) for line in (*lines, *[""] * (height - len(lines)))]
        for lines, width, column in zip(cells, widths, columns, strict=True)
    ]
    return [(SPACE * _GAP).join(parts).rstrip(SPACE) for parts in zip(*padded, strict=True)]


def _aligned(line: str, width: int, column: m.Column) -> str:
    return line.rjust(width, SPACE) if column.alignment is m.Alignment.END else line.ljust(width, SPACE)
