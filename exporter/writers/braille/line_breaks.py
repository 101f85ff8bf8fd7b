"""Blocks of cells, and their division into lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import msgspec

from exporter.braille.liblouis import SPACE
from exporter.writers.braille.translation import BREAK, PAGE_MARK

CONTINUATION = "\ue000"
"""Character for the sign at the end of a line in which a word is divided, which depends on the code."""
MIN_WIDTH = 12
"""Cells that a line keeps, however deep its block is nested."""


class Block(msgspec.Struct, frozen=True):
    """A paragraph, heading, list item or another part with lines of its own."""

    cells: str = ""
    """Words between spaces, with marks of pages of print."""
    first: int = 0
    """Spaces before the first line."""
    runover: int = 0
    """Spaces before the other lines."""
    centred: bool = False
    lines: tuple[str, ...] = ()
    """Lines that are laid out already, instead of `cells`; they stay on one page."""
    closing: tuple[str, ...] = ()
    """Lines that stay with the last one, such as the end of a box."""
    space_before: bool = False
    space_after: bool = False
    keep_with_next: bool = False
    heading: int = 0
    """Level, from 1; 0 for what is in no table of contents."""
    title: str = ""
    """Of a heading: its words without notes, for the table of contents."""
    print_page: str | None = None
    """Label of a page of print that begins here, instead of text."""
    notes: tuple[str, ...] = ()
    """IDs of the notes that it refers to."""

    def indented(self, cells: int) -> Block:
        """Return the block with more spaces before its lines."""
        lines, closing = (tuple(SPACE * cells + line for line in own) for own in (self.lines, self.closing))
        first, runover = self.first + cells, self.runover + cells
        return msgspec.structs.replace(self, first=first, runover=runover, lines=lines, closing=closing)

    def as_item(self, prefix: str, first: int, runover: int) -> Block:
        """Return the block with words before its own and other spaces before its lines.

        A page of print that begins with its own words begins with these.
        """
        words = self.cells.lstrip("".join(filter(_is_mark, self.cells)))
        marks = self.cells[: len(self.cells) - len(words)]
        cells = f"{marks}{prefix}{SPACE}{words}" if prefix else self.cells
        return msgspec.structs.replace(self, cells=cells, first=first, runover=runover)

    def layout(self, width: int) -> list[str | int]:
        """Return the lines, and between them the numbers of the pages of print that begin in the text."""
        if self.lines:
            return [_fitting(line, width) for line in (*self.lines, *self.closing)]
        lines = _centred(self.cells, width) if self.centred else _wrapped(self.cells, width, self.first, self.runover)
        return [*lines, *(_fitting(line, width) for line in self.closing)]


def spaced(blocks: list[Block]) -> list[Block]:
    """Return blocks with an empty line before the first and after the last one."""
    if blocks:
        blocks[0] = msgspec.structs.replace(blocks[0], space_before=True)
        blocks[-1] = msgspec.structs.replace(blocks[-1], space_after=True)
    return blocks


def wrap(cells: str, width: int) -> list[str]:
    """Return the lines of cells in a column."""
    return [line for line in _wrapped(cells, width, 0, 0) if isinstance(line, str)]


def centre(cells: str, width: int) -> str:
    """Return a line in the middle of a page."""
    return SPACE * ((width - len(cells)) // 2) + cells


def _centred(cells: str, width: int) -> Iterator[str | int]:
    for line in _wrapped(cells, width - 6, 0, 0):
        yield centre(line, width) if isinstance(line, str) else line


def _fitting(line: str, width: int) -> str:
    """Return a line that is laid out already, with fewer spaces before it where it is nested too deep."""
    excess = len(line) - width
    return line[min(excess, len(line) - len(line.lstrip(SPACE))) :][:width] if excess > 0 else line


def _is_mark(character: str) -> bool:
    return ord(character) >= PAGE_MARK


def _wrapped(cells: str, width: int, first: int, runover: int) -> Iterator[str | int]:
    first, runover = (min(indent, max(width - MIN_WIDTH, 0)) for indent in (first, runover))
    indent, line = first, ""
    for part in cells.split(SPACE):
        marks = [ord(character) - PAGE_MARK for character in part if _is_mark(character)]
        *starts, end = "".join(character for character in part if not _is_mark(character)).split(BREAK)
        # Where the word may be divided: after each of its parts.
        breaks = list(accumulate(map(len, starts)))
        word = "".join((*starts, end))
        if marks:
            if line:
                yield SPACE * indent + line
                indent, line = runover, ""
            yield from marks
        if not word:
            continue
        if line and len(line) + 1 + len(word) > width - indent:
            yield SPACE * indent + line
            indent, line = runover, ""
        while not line and len(word) > width - indent:
            available = width - indent - 1
            fitting = max((position for position in breaks if 0 < position <= available), default=available)
            yield SPACE * indent + word[:fitting] + CONTINUATION
            indent, word = runover, word[fitting:]
            breaks = [position - fitting for position in breaks]
        line = f"{line}{SPACE}{word}" if line else word
    if line:
        yield SPACE * indent + line
