"""Volumes: where they begin, their title pages and contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from exporter.braille.liblouis import SPACE
from exporter.writers.braille.line_breaks import Block, wrap
from exporter.writers.braille.pages import Page, PageText, Paginator

_GUIDE = "⠐"
"""Dots between an entry of the contents and its page."""
_MIN_GUIDE = 2
_SEARCHED = 0.5
"""Part of a volume, at its end, in which a heading is looked for."""


class Entry(msgspec.Struct, frozen=True):
    """An entry of a table of contents."""

    level: int
    cells: str
    page: int
    """Number of the braille page."""


class Volume(msgspec.Struct, frozen=True):
    """The text of a volume."""

    pages: tuple[Page, ...]
    first_page: int
    """Number of its first page; the numbers go on from volume to volume."""
    entries: tuple[Entry, ...]


def volumes(
    blocks: Sequence[Block],
    paginator: Paginator,
    label: str,
    *,
    limit: int,
    duplex: bool,
    closing: Callable[[Sequence[Block], int, int], list[Block]],
) -> list[Volume]:
    """Return blocks in volumes.

    Args:
        blocks: All blocks.
        paginator: Divides them into pages.
        label: The page of print on which the text begins; empty if it is the first block or unknown.
        limit: Pages of a volume.
        duplex: Whether a volume begins on a right-hand page.
        closing: Returns what follows the blocks of a volume, from the blocks, its number and the number of volumes.
    """
    parts = list(_parts(blocks, paginator.paginate(blocks, label), limit))
    out: list[Volume] = []
    page = 1
    for number, own in enumerate(parts, 1):
        part = [*own, *closing(own, number, len(parts))]
        text = paginator.paginate(part, label)
        pages = (*text.pages, Page(())) if duplex and len(text.pages) % 2 else text.pages
        entries = tuple(
            Entry(block.heading, block.title, page + start)
            for block, start in zip(part, text.starts, strict=True)
            if block.heading
        )
        out.append(Volume(pages, page, entries))
        page, label = page + len(pages), text.print_label
    return out


def _parts(blocks: Sequence[Block], text: PageText, limit: int) -> Iterator[Sequence[Block]]:
    """Yield the blocks of each volume: of about the same size, and beginning with a heading where there is one."""
    if not blocks:
        yield ()
    first = 0
    count = -(-len(text.pages) // limit)
    while first < len(blocks):
        begin = text.starts[first]
        remaining = len(text.pages) - begin
        if remaining <= limit:
            yield blocks[first:]
            return
        size = min(-(-remaining // max(count, 2)) + 1, limit)
        candidates = [index for index in range(first + 1, len(blocks)) if begin < text.starts[index] <= begin + size]
        late = [index for index in candidates if text.starts[index] > begin + size * _SEARCHED]
        headings = [index for index in late if blocks[index].heading]
        top = min((blocks[index].heading for index in headings), default=0)
        best = [index for index in headings if blocks[index].heading == top] or candidates
        # A block that is longer than a volume is not divided.
        end = best[-1] if best else first + 1
        # A page of print that begins with the next volume is announced there.
        while end > first + 1 and blocks[end - 1].print_page is not None:
            end -= 1
        yield blocks[first:end]
        first, count = end, count - 1


def contents(entries: Sequence[Entry], number: Callable[[str], str], width: int, depth: int) -> list[Block]:
    """Return a table of contents, each entry with guide dots and its page.

    Args:
        entries: All headings.
        number: Returns a number as cells.
        width: Cells of a line.
        depth: Levels of headings that are listed.
    """
    out = []
    for entry in entries:
        if entry.level > depth:
            continue
        page = number(str(entry.page))
        indent = 2 * (entry.level - 1)
        title = "".join(character for character in entry.cells if "\u2800" <= character <= "\u28ff")
        first, *more = wrap(title, width - indent - 4 - len(page) - _MIN_GUIDE - 2)
        lines = [SPACE * indent + first, *(SPACE * (indent + 4) + line for line in more)]
        guide = width - len(lines[-1]) - len(page) - 2
        dots = _GUIDE * guide if guide >= _MIN_GUIDE else SPACE * guide
        lines[-1] = f"{lines[-1]}{SPACE}{dots}{SPACE}{page}"
        out.append(Block(lines=tuple(lines)))
    return out
