"""Nesting of blocks and headings into sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from exporter.findings import quoted
from exporter.model import At, Block, Blocks, Figure, Inlines, Node, PageBreak, Paragraph, Section, Span, ThematicBreak
from exporter.model.text_keys import same_words
from exporter.model.walk import plain_text
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, HEADING_SKIPPED, FindingCollector

_LONGEST_NAME = 12
"""Words of a line above a title; a longer one is text."""
_STOPS = (".", ":", "!", "?", "…", "؟", "。", ",")


class Heading(Node, frozen=True, gc=False):
    """A heading that has not become a section yet; finished trees have none."""

    title: Inlines
    level: int
    """As the manuscript writes it, from 1."""
    classes: tuple[str, ...] = ()


NO_CONTENT = "A heading without words: it is read as a paragraph."
"""Message about a heading that has notes or decorative images only."""


Flat = Block | Heading
"""Block or heading before sections are nested."""

Skipped = Callable[[Heading, int], None]
"""Function called with a heading that skips a level and with the deepest level allowed."""


def nest(flat: Sequence[Flat], skipped: Skipped) -> Blocks:
    """Nest blocks into the sections of their headings.

    The highest level in use becomes the first. A heading that skips a level (WCAG 1.3.1) is put one level below its
    parent, and `skipped` is called.
    """
    top = min((block.level for block in flat if isinstance(block, Heading)), default=1)
    root: list[Block] = []
    open_sections: list[tuple[int, Heading, list[Block]]] = []

    def close(level: int) -> None:
        while open_sections and open_sections[-1][0] >= level:
            _, heading, children = open_sections.pop()
            siblings = open_sections[-1][2] if open_sections else root
            at, title = _heading_parts(heading)
            siblings.append(Section(at=at, title=title, children=tuple(children)))

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


def title_index(flat: Sequence[Flat], title: str) -> int | None:
    """Return the index of the heading that is the title of a text, or None if no heading is.

    It is the only heading of the highest level, at the beginning or below a logo and names; if the title is known, it
    repeats that, and sections of the same level may follow.

    Args:
        flat: Blocks and headings.
        title: The title in the metadata, or an empty text.
    """
    headings = [(index, block) for index, block in enumerate(flat) if isinstance(block, Heading)]
    if not headings:
        return None
    index, first = headings[0]
    levels = [heading.level for _, heading in headings]
    is_sole = first.level == min(levels) and levels.count(first.level) == 1
    if title and not same_words(plain_text(first.title), title):
        return None
    if not all(map(_is_letterhead, flat[:index])):
        return None
    if title:
        return index if is_sole or first.level == levels[1] == min(levels) else None
    return index if is_sole and len(levels) > 1 else None


def _is_letterhead(block: Flat) -> bool:
    """Return whether a block may be above a title: an image, a name or a date."""
    words = plain_text(block).split()
    return isinstance(block, Figure | PageBreak | ThematicBreak) or (
        isinstance(block, Paragraph) and len(words) <= _LONGEST_NAME and not (words and words[-1].endswith(_STOPS))
    )


def _heading_parts(heading: Heading) -> tuple[At, Inlines]:
    """Return the attributes of the section of a heading, and its title; the language of a heading is its own alone."""
    at = heading.at
    if not at.language:
        return at, heading.title
    own = At(language=at.language, direction=at.direction)
    return At(id=at.id, source=at.source), (Span(at=own, children=heading.title),)


def report_skipped(report: FindingCollector, heading: Heading, expected: int, *, advice: str = "") -> None:
    """Report a heading that skips a level."""
    depth = f"level {expected} is the deepest allowed here"
    message = f"Skipped heading level: this heading has level {heading.level}; {depth}."
    report.add(HEADING_SKIPPED, heading.at.source, message, advice=advice)


def split_front(flat: Sequence[Flat]) -> tuple[list[Flat], list[Flat]]:
    """Return the leading sections with the class `front`, and all other blocks."""
    top = min((block.level for block in flat if isinstance(block, Heading)), default=1)
    is_front = True
    for index, block in enumerate(flat):
        if isinstance(block, Heading) and block.level == top:
            is_front = "front" in block.classes
        elif index == 0:
            is_front = False
        if not is_front:
            return list(flat[:index]), list(flat[index:])
    return (list(flat), []) if flat and is_front else ([], list(flat))


def inherit_attributes(at: At, blocks: Sequence[Flat], report: FindingCollector) -> Sequence[Flat]:
    """Return blocks with the language and direction of the element around them, the first one with its id."""
    out: list[Flat] = []
    for index, block in enumerate(blocks):
        own = block.at
        name = own.id or (at.id if index == 0 else None)
        if index == 0 and at.id and own.id and own.id != at.id:
            line = at.source.line if at.source else 0
            report.add(ATTRIBUTE_UNKNOWN, line, f"The id {quoted(at.id)} was ignored: the block inside has its own.")
        new = At(
            id=name,
            language=own.language or at.language,
            direction=own.direction or (None if own.language else at.direction),
            source=own.source,
        )
        out.append(block if new == own else msgspec.structs.replace(block, at=new))
    return out
