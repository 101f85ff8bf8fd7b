"""From headings in a row to sections inside sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from exporter.findings import quoted
from exporter.model import At, Block, Blocks, Inlines, Node, Section
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, FindingCollector


class Heading(Node, frozen=True, gc=False):
    """A heading on its way to becoming a section; never in a finished tree."""

    title: Inlines
    level: int
    """As the manuscript writes it, from 1."""
    classes: tuple[str, ...] = ()


Flat = Block | Heading
"""What a reader meets one after the other."""

Skipped = Callable[[Heading, int], None]
"""Told about a heading that goes down too far, and the level that was expected."""


def nest(flat: Sequence[Flat], skipped: Skipped) -> Blocks:
    """Put everything under its heading.

    The highest level in use becomes the first, wherever the manuscript begins. A heading that goes down by more than
    one level (WCAG 1.3.1) is put one level below its parent, and `skipped` is told.
    """
    top = min((block.level for block in flat if isinstance(block, Heading)), default=1)
    root: list[Block] = []
    open_sections: list[tuple[int, Heading, list[Block]]] = []

    def close(level: int) -> None:
        while open_sections and open_sections[-1][0] >= level:
            _, heading, children = open_sections.pop()
            above = open_sections[-1][2] if open_sections else root
            above.append(Section(at=heading.at, title=heading.title, children=tuple(children)))

    for block in flat:
        if not isinstance(block, Heading):
            (open_sections[-1][2] if open_sections else root).append(block)
            continue
        close(block.level)
        expected = open_sections[-1][0] + 1 if open_sections else top
        if block.level > expected:
            skipped(block, expected)
        open_sections.append((block.level, block, []))
    close(0)
    return tuple(root)


def split_front(flat: Sequence[Flat]) -> tuple[list[Flat], list[Flat]]:
    """Return the leading sections that carry the class `front`, and all the rest."""
    top = min((block.level for block in flat if isinstance(block, Heading)), default=1)
    front = True
    for index, block in enumerate(flat):
        if isinstance(block, Heading) and block.level == top:
            front = "front" in block.classes
        elif index == 0:
            front = False
        if not front:
            return list(flat[:index]), list(flat[index:])
    return (list(flat), []) if flat and front else ([], list(flat))


def spread(at: At, inside: Sequence[Flat], report: FindingCollector) -> Sequence[Flat]:
    """Return blocks the language and direction of what surrounds them, and the first one its id."""
    out: list[Flat] = []
    for index, block in enumerate(inside):
        here = block.at
        name = here.id or (at.id if index == 0 else None)
        if index == 0 and at.id and here.id and here.id != at.id:
            line = at.source.line if at.source else 0
            report.add(ATTRIBUTE_UNKNOWN, line, f"The id {quoted(at.id)} was left out: the block inside has its own.")
        new = At(
            id=name,
            language=here.language or at.language,
            direction=here.direction or (None if here.language else at.direction),
            source=here.source,
        )
        out.append(block if new == here else msgspec.structs.replace(block, at=new))
    return out
