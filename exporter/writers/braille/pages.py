"""Pages: a line with running head and page of print, the text, and a line with the number of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from exporter.braille.liblouis import SPACE
from exporter.model.list_numbers import alphabetic
from exporter.writers.braille.line_breaks import Block, centre, wrap

_DASH = "⠤"
_GAP = 3
"""Spaces between the running head and the numbers beside it."""
_KEPT = 2
"""Lines of a block that stay with the heading before it."""


class Page(msgspec.Struct, frozen=True):
    """A page without its first and last line."""

    lines: tuple[str, ...]
    print_label: str = ""
    """The page of print with which it begins, with a letter if that began on a page before; empty if unknown."""


class PageText(msgspec.Struct, frozen=True):
    """Blocks on pages."""

    pages: tuple[Page, ...]
    starts: tuple[int, ...]
    """Index of the page on which each block begins."""
    print_label: str
    """Label of the last page of print."""


class Paginator:
    """Division of blocks into pages.

    Args:
        width: Cells of a line.
        height: Lines of a page.
        labels: Labels of the pages of print that begin inside a paragraph, by number.
        number: Returns a label as cells.
    """

    def __init__(self, width: int, height: int, labels: Sequence[str], number: Callable[[str], str]) -> None:
        self.width, self.height, self._labels, self._number = width, height - 2, labels, number
        self._reset("", 0)

    def _reset(self, label: str, continued: int) -> None:
        self._pages: list[Page] = []
        self._lines: list[str] = []
        self._label = label
        """The page of print at the current line."""
        self._continued = continued
        """Number of braille pages that have begun with the page of print before this one."""
        self._top = ""
        self._beginning: list[str] = []
        """The pages of print that begin with the next line; all but the last one are empty."""

    def paginate(self, blocks: Sequence[Block], label: str = "") -> PageText:
        """Return blocks on pages.

        Args:
            blocks: The blocks.
            label: The page of print that goes on at their beginning.
        """
        self._reset(label, 0)
        self._begin_page()
        starts: list[int] = []
        after = False
        for index, block in enumerate(blocks):
            if block.print_page is not None:
                self._beginning.append(block.print_page)
                starts.append(len(self._pages))
                continue
            lines = block.layout(self.width)
            is_apart = (block.space_before or after) and bool(self._lines) and bool(self._lines[-1])
            needed = self._needed(block, lines, blocks[index + 1 :]) + bool(self._beginning) + is_apart
            if self._lines and len(self._lines) + needed > self.height:
                self._end_page()
            self._begin_print_page()
            if is_apart and self._lines:
                self._lines.append("")
            starts.append(len(self._pages))
            self._add(lines, block)
            after = block.space_after
        if self._lines:
            self._end_page()
        return PageText(tuple(self._pages), tuple(starts), self._label)

    def _needed(self, block: Block, lines: Sequence[str | int], following: Sequence[Block]) -> int:
        """Return the number of lines that have to fit on the page for a block to begin there."""
        needed = len(lines) if block.lines or block.keep_with_next else min(len(lines), 1 + len(block.closing))
        for other in following if block.keep_with_next else ():
            if other.print_page is not None:
                continue
            needed += 1
            if not other.keep_with_next:
                needed += min(len(other.layout(self.width)), _KEPT) - 1 + block.space_after
                break
            needed += len(other.layout(self.width)) - 1
        return min(needed, self.height)

    def _add(self, lines: Sequence[str | int], block: Block) -> None:
        end = len(lines) - len(block.closing) - 1
        for index, line in enumerate(lines):
            if isinstance(line, int):
                self._beginning.append(self._labels[line])
                continue
            needed = 1 + bool(self._beginning) + (len(block.closing) if index == end else 0)
            if self._lines and len(self._lines) + needed > self.height:
                self._end_page()
            self._begin_print_page()
            self._lines.append(line)

    def _begin_print_page(self) -> None:
        """Begin a page of print before a line: at the top of a page by its number there, else by a line of dashes."""
        if not self._beginning:
            return
        first, self._label = self._beginning[0], self._beginning[-1]
        number = self._number(self._label if first == self._label else f"{first}-{self._label}")
        self._beginning, self._continued = [], 0
        if self._lines:
            self._lines.append(_DASH * (self.width - len(number)) + number)
        else:
            self._begin_page()

    def _begin_page(self) -> None:
        letter = alphabetic(self._continued) if self._continued else ""
        self._top = f"{letter}{self._label}" if self._label else ""

    def _end_page(self) -> None:
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        self._pages.append(Page(tuple(self._lines), self._top))
        self._lines = []
        self._continued += 1
        self._begin_page()


def finish(page: Page, size: tuple[int, int], *, number: str, head: str, print_number: str) -> list[str]:
    """Return all lines of a page.

    Args:
        page: The page.
        size: Cells of a line, and lines.
        number: Its number, as cells.
        head: The running head; it is shortened to what fits.
        print_number: The page of print, as cells.
    """
    width, height = size
    head_width = width - 2 * (len(print_number) + _GAP) if print_number else width - 2 * _GAP
    title = wrap(head, head_width)[0] if head else ""
    top = centre(title, width) if title else ""
    if print_number:
        top = top.ljust(width - len(print_number), SPACE) + print_number
    body = [*page.lines, *[""] * (height - 2 - len(page.lines))]
    return [top, *body, number.rjust(width, SPACE)]
