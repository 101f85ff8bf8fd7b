"""Lists that were typed: lines that begin with a bullet or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from exporter.model.block import List, ListDelimiter, ListStyle, Paragraph
from exporter.model.inline import LineBreak
from exporter.model.list_numbers import item_number
from exporter.model.node import Node
from exporter.model.walk import plain_text

MARKER = re.compile(
    r"(?P<bullet>[•◦▪▫■□●○‣⁃·*►✓✔➢-])(?=\s+\S)"
    r"|(?P<open>\(?)(?P<value>\d{1,3}|[a-z]|[ivx]{1,4})(?P<close>\))(?=\s+\S)|(?P<number>\d{1,3})\.(?=\s+\S)",
    re.IGNORECASE,
)
_NUMBERED = [style for style in ListStyle if style is not ListStyle.BULLET]
_HIGHEST = 1000


class Numbering(NamedTuple):
    """The marks of the items of a list."""

    style: ListStyle
    delimiter: ListDelimiter
    start: int


def lines_of(paragraph: Paragraph) -> list[str]:
    """Return the lines of a paragraph."""
    lines: list[list[Node]] = [[]]
    for child in paragraph.children:
        if isinstance(child, LineBreak):
            lines.append([])
        else:
            lines[-1].append(child)
    return [plain_text(line) for line in lines]


def numbering_of(lines: Sequence[str]) -> Numbering | None:
    """Return how the lines that begin with a marker are marked, or None if they are not one list without levels."""
    markers = [marker for line in lines if (marker := MARKER.match(line.strip()))]
    if len({marker["bullet"] for marker in markers}) != 1 or len({bool(marker["open"]) for marker in markers}) != 1:
        return None
    if markers[0]["bullet"]:
        return Numbering(ListStyle.BULLET, ListDelimiter.PERIOD, 1)
    if len({marker["close"] for marker in markers}) != 1:
        return None
    delimiter = (
        ListDelimiter.PERIOD
        if markers[0]["number"]
        else ListDelimiter.PARENTHESES
        if markers[0]["open"]
        else ListDelimiter.PARENTHESIS
    )
    values = [marker["number"] or marker["value"] for marker in markers]
    for style in _NUMBERED:
        candidates = (List(items=(), style=style, start=number) for number in range(1, _HIGHEST))
        first = next((candidate for candidate in candidates if item_number(candidate, 0) == values[0]), None)
        if first and values == [item_number(first, index) for index in range(len(values))]:
            return Numbering(style, delimiter, first.start)
    return None
