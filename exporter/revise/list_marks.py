"""Typed lists that become lists: what they are in the tree before, and whether they are lists after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from exporter.model import List, ListStyle, Paragraph, Publication
from exporter.model.typed_lists import MARKER, Numbering, levels_of, lines_of, numbering_of
from exporter.model.walk import plain_text, walk
from exporter.revise.changes import TypedList
from exporter.revise.element_texts import ElementText, text_of
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.places import position
from exporter.revise.refusal import RefusedError

LINE_MARKER = re.compile(rf"\s*(?:{MARKER.pattern})\s*", re.IGNORECASE)
"""What is removed from the beginning of a line that becomes an item."""
NO_LIST = RefusedError(
    "The lines could not be made a list.",
    "Remove the typed bullets or numbers in your document, and use the button for bullets or numbers there.",
)


def numbering(lines: list[str]) -> Numbering:
    """Return how the items of a typed list are marked.

    Raises:
        RefusedError: They are no list without levels.
    """
    marks = numbering_of(lines) if len([line for line in lines if LINE_MARKER.match(line)]) > 1 else None
    if marks is None:
        raise NO_LIST
    return marks


def levels(lines: list[str]) -> tuple[Sequence[Numbering], Sequence[int]]:
    """Return how the items of a typed list are marked on each of its levels, and the level of each, from 0.

    Raises:
        RefusedError: They are no list with one or two levels.
    """
    marks = levels_of(lines)
    if marks is None:
        return [numbering(lines)], [0] * len(lines)
    return [marks.outer, marks.inner], marks.depths


def remove_marker(
    edits: PartEdits,
    line: Sequence[ElementText],
    line_break: str,
    note: Callable[[Element], None] = lambda _holder: None,
) -> None:
    """Remove the bullet or number at the beginning of a line.

    Args:
        edits: Edits of its part.
        line: Its text.
        line_break: Local name of line breaks, which stay.
        note: Called with each element whose text becomes shorter.

    Raises:
        RefusedError: A program writes the number.
    """
    match = LINE_MARKER.match(text_of(line))
    left = match.end() if match else 0
    for piece in line:
        count = min(left, len(piece.text))
        left -= count
        if count and piece.is_fixed:
            raise NO_LIST
        if count and piece.span[0] < piece.span[1]:
            edits.replace(piece.span, text(piece.text[count:]))
            note(piece.holder)
        elif count and piece.holder.local != line_break:
            edits.delete(piece.holder)


def typed_markers(publication: Publication, change: TypedList) -> list[tuple[str, str]]:
    """Return the words of which a change removes the bullet or number, and what remains of them, mostly nothing."""
    lines = [line.strip() for line in _lines(publication, change)]
    marked = [(line.split()[0], match[0].strip()) for line in lines if (match := LINE_MARKER.match(line))]
    return [(word, word.removeprefix(mark)) for word, mark in marked]


def items_of(lines: Iterable[str]) -> list[str]:
    """Return the texts of the items of a typed list, without their bullets or numbers."""
    items: list[str] = []
    for line in lines:
        if match := LINE_MARKER.match(line):
            items.append(line[match.end() :])
        elif items:
            items[-1] += f" {line}"
    return items


def is_list(before: Publication, after: Publication, change: TypedList) -> bool:
    """Return whether the lines of a change are one list after it, with the same numbers."""
    lines = list(_lines(before, change))
    nested = levels_of(lines)
    wanted = nested.outer if nested else numbering_of(lines)
    expected = [item.split() for item in items_of(lines)]
    if nested:
        below, expected = expected, []
        for depth, item in zip(nested.depths, below, strict=True):
            if depth:
                expected[-1] += item
            else:
                expected.append(item)
    if wanted is None:
        return False
    nodes = [node for node in walk(after) if isinstance(node, List)]
    return any(_contains(node, wanted, expected) for node in nodes)


def _contains(node: List, wanted: Numbering, expected: Sequence[Sequence[str]]) -> bool:
    """Return whether a list has certain items with certain numbers, perhaps after those of a list that goes on."""
    items = [plain_text(item).split() for item in node.items]
    starts = range(len(items)) if wanted.style is ListStyle.BULLET else (wanted.start - node.start,)
    return (node.style, node.delimiter) == (wanted.style, wanted.delimiter) and any(
        start >= 0 and items[start : start + len(expected)] == expected for start in starts
    )


def _lines(publication: Publication, change: TypedList) -> Iterator[str]:
    positions = [position(source) for source in (change.source, *change.others)]
    for node in walk(publication):
        source = node.at.source
        if isinstance(node, Paragraph) and source and position(source) in positions:
            yield from lines_of(node)
