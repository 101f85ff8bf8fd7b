"""Typed lists that become lists in Markdown (CommonMark 0.31.2, 5.2; letters and Roman numerals as in Pandoc)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.model import List, ListStyle
from exporter.model.list_numbers import marker
from exporter.revise.changes import TypedList
from exporter.revise.list_marks import LINE_MARKER, NO_LIST, numbering
from exporter.revise.text_edits import TextEdits

_ESCAPED = re.compile(r"\\([^\w\s])")
_BREAK = re.compile(r"(?:\\|[ \t]{2,})$")
_INSIDE = re.compile(r" {4}|\t| {0,3}(?:>|\|)")


def make_list(edits: TextEdits, change: TypedList) -> None:
    """Write the marks of a list in place of the bullets or numbers that were typed.

    Raises:
        RefusedError: The lines are inside a quotation or a table, or no list without levels.
    """
    lines = [list(_lines(edits, source.line)) for source in (change.source, *change.others) if source.line]
    contents = {number: _ESCAPED.sub(r"\1", edits.content(number)) for numbers in lines for number in numbers}
    if any(_INSIDE.match(content) for content in contents.values()):
        raise NO_LIST
    wanted = numbering(list(contents.values()))
    block = List(items=(), style=wanted.style, start=wanted.start, delimiter=wanted.delimiter)
    position = 0
    for numbers in lines:
        for before, number in zip((0, *numbers), numbers, strict=False):
            match = LINE_MARKER.match(contents[number])
            if match is None:
                continue
            mark = "-" if wanted.style is ListStyle.BULLET else marker(block, position)
            start, end = edits.line(number)
            rest = _without(edits.text[start:end], match.end())
            begins_below = "\n" if before and not position else ""
            edits.replace(start, end, f"{begins_below}{mark} {_BREAK.sub('', rest)}")
            if begins_below and (hard := _BREAK.search(edits.content(before))):
                beginning = edits.line(before)[0]
                edits.replace(beginning + hard.start(), beginning + hard.end(), "")
            position += 1


def _lines(edits: TextEdits, line: int) -> Iterator[int]:
    """Yield the numbers of the lines of a paragraph."""
    last = edits.text.count("\n") + 1
    while line <= last and edits.content(line).strip():
        yield line
        line += 1


def _without(written: str, count: int) -> str:
    """Return a line as it is written without its first characters, each of which may be escaped."""
    position = 0
    for _ in range(count):
        match = _ESCAPED.match(written, position)
        position = match.end() if match else position + 1
    return written[position:]
