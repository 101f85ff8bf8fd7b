"""Lists numbered by letters or Roman numerals: `a.` `b)` `(c)` `iv.`, as Pandoc's fancy lists.

CommonMark's own rule reads the list: the markers are shown to it as decimal numbers of the same width.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import list_block as read_list

_MARKER = re.compile(
    r"(?P<open>\(?)(?P<value>[A-Za-z]|[ivxIVX]{1,8}|(?<=\()\d{1,7})(?P<close>[.)])(?P<space>[ \t]+(?=\S)|$)"
)
_LOOK_AHEAD = 1_000
"""Lines in which a second item has to follow."""
_MAX_DIGITS = 9
"""Of a number before a list item (CommonMark 5.2)."""
_ROMAN = {"i": 1, "v": 5, "x": 10}


class _Marker(NamedTuple):
    style: str
    form: tuple[str, str]
    """What stands before and after the value."""
    value: int
    start: int
    end: int

    def is_followed_by(self, other: _Marker) -> bool:
        """Return whether the other one is the next of the same list."""
        return (other.style, other.form, other.value) == (self.style, self.form, self.value + 1)


def install(markdown: MarkdownIt) -> None:
    """Put the rule in place of CommonMark's."""
    markdown.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


def _list(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 - markdown-it's names
    # Like a list that does not begin with 1, it cannot break into a paragraph.
    fancy = not silent and not state.is_code_block(startLine)
    first = _first_marker(state, startLine, endLine) if fancy else None
    if first is None:
        return read_list(state, startLine, endLine, silent)
    original = state.src
    changed = _as_decimal(state, first, startLine, endLine)
    opening = len(state.tokens)
    read = read_list(state, startLine, endLine, False)
    if read:
        state.tokens[opening].meta |= {"style": first.style, "before": first.form[0]}
    state.src = _restored(original, state.src, changed, state.line if read else startLine)
    return read


def _first_marker(state: StateBlock, line: int, end_line: int) -> _Marker | None:
    candidates = _markers(state, line)
    if not candidates:
        return None
    sibling = next(_siblings(state, line, min(end_line, line + _LOOK_AHEAD)), None)
    following = [] if sibling is None else _markers(state, sibling)
    for marker in candidates:
        goes_on = any(marker.is_followed_by(other) for other in following)
        # "B. Smith said" begins a paragraph: a letter with a full stop is a marker only when the next one follows.
        if goes_on or (marker.value == 1 and marker.form != ("", ".")) or marker.style == "decimal":
            return marker
    return None


def _markers(state: StateBlock, line: int) -> list[_Marker]:
    """Give the ways to read the marker at the beginning of a line, the likelier first; none when there is no marker."""
    start = state.bMarks[line] + state.tShift[line]
    found = _MARKER.match(state.src, start, state.eMarks[line])
    if not found or (found["open"] and found["close"] == "."):
        return []
    value, form = found["value"], (found["open"], found["close"])
    case = "lower" if value.islower() else "upper"
    ways: list[tuple[str, int]] = []
    if value.isdigit():
        ways.append(("decimal", int(value)))
    elif value.isupper() or value.islower():
        if roman := _roman(value.lower()):
            ways.append((f"{case}-roman", roman))
        if len(value) == 1:
            ways.append((f"{case}-alpha", ord(value.lower()) - ord("a") + 1))
    if len(value) == 1 and value.lower() != "i":
        ways.reverse()
    return [_Marker(style, form, number, start, found.end("close")) for style, number in ways]


def _roman(value: str) -> int:
    """Return the value of a Roman numeral up to 39; 0 when it is none."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", value) or not value:
        return 0
    total = 0
    for this, after in zip(value, value[1:] + " ", strict=True):
        total += -_ROMAN[this] if _ROMAN.get(after, 0) > _ROMAN[this] else _ROMAN[this]
    return total


def _siblings(state: StateBlock, line: int, end_line: int) -> Iterator[int]:
    """Yield the lines below that could begin further items of the list that begins at `line`."""
    after_blank = False
    for number in range(line + 1, end_line):
        if state.isEmpty(number):
            after_blank = True
            continue
        if state.sCount[number] < state.blkIndent:
            return
        if state.sCount[number] <= state.sCount[line] + 1:
            if _markers(state, number):
                yield number
            elif after_blank:
                return
        after_blank = False


def _as_decimal(state: StateBlock, first: _Marker, line: int, end_line: int) -> dict[int, tuple[int, int]]:
    """Rewrite the markers of one list in `state.src`; gives by line what was rewritten."""
    changed: dict[int, tuple[int, int]] = {}
    parts: list[str] = []
    position = 0
    before: _Marker | None = None
    for number in itertools.chain((line,), _siblings(state, line, end_line)):
        ways = [first] if before is None else [way for way in _markers(state, number) if before.is_followed_by(way)]
        if not ways:
            break
        marker = ways[0]
        width = marker.end - marker.start - 1
        digits = str(marker.value).zfill(width)
        if len(digits) > width or width > _MAX_DIGITS:
            break
        parts += [state.src[position : marker.start], digits, marker.form[1]]
        position = marker.end
        changed[number] = (marker.start, marker.end)
        before = marker
    state.src = "".join(parts) + state.src[position:]
    return changed


def _restored(original: str, current: str, changed: dict[int, tuple[int, int]], line: int) -> str:
    """Undo the rewriting from `line` on: the list ended before."""
    for number, (start, end) in changed.items():
        if number >= line:
            current = current[:start] + original[start:end] + current[end:]
    return current
