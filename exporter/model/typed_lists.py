"""Lists that were typed: lines that begin with a bullet or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from exporter.model.block import List, ListDelimiter, ListStyle, Paragraph
from exporter.model.inline import LineBreak
from exporter.model.list_numbers import item_number
from exporter.model.node import Node
from exporter.model.walk import plain_text

MARKER = re.compile(
    r"(?P<bullet>[•◦▪▫■□●○‣⁃·*►✓✔➢-])(?=\s+\S)"
    r"|(?P<open>[(（]?)(?P<value>\d{1,3}|[a-z]|[ivx]{1,4})(?P<close>\)(?=\s+\S)|）(?=\s*\S))"
    r"|(?P<number>\d{1,3})(?:\.(?=\s+\S)|[．、](?=\s*\S))",
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


class Levels(NamedTuple):
    """The marks of the items of a list, and of those below its items."""

    outer: Numbering
    inner: Numbering
    depths: Sequence[int]
    """For each line that begins with a marker, 0 or 1."""


def levels_of(lines: Sequence[str]) -> Levels | None:
    """Return how the lines that begin with a marker are marked if they are a list with one level of items below."""
    marked = [line for line in lines if MARKER.match(line.strip())]
    kinds = [_kind(line) for line in marked]
    depths = [int(kind != kinds[0]) for kind in kinds]
    outer = numbering_of([line for line, depth in zip(marked, depths, strict=True) if not depth])
    runs = [list(run) for depth, run in groupby(zip(depths, marked, strict=True), itemgetter(0)) if depth]
    inner = {numbering_of([line for _, line in run]) for run in runs}
    if outer is None or len(inner) != 1 or (below := inner.pop()) is None or below.start != 1 or depths.count(0) < 2:
        return None
    return Levels(outer, below, depths)


def _kind(line: str) -> tuple[str, ...]:
    """Return what tells the marker of a line from those of other levels: its signs, and whether it is a number."""
    marker = MARKER.match(line.strip())
    assert marker is not None, "the line begins with a marker"
    value = marker["number"] or marker["value"] or ""
    return marker["bullet"] or "", marker["open"] or "", marker["close"] or "", str(value.isdecimal())


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
