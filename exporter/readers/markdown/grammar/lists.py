"""Rule for lists numbered by letters or Roman numerals, as fancy lists in Pandoc: `a.` `b)` `(c)` `iv.`.

The rule of CommonMark reads the list after the markers are replaced by decimal numbers of the same width.
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
"""Lines within which a second item has to follow."""
_MAX_DIGITS = 9
"""Digits of the number of a list item (CommonMark 5.2)."""
_ROMAN = {"i": 1, "v": 5, "x": 10}


class _Marker(NamedTuple):
    """The marker of a list item."""

    style: str
    form: tuple[str, str]
    """Characters before and after the value."""
    value: int
    start: int
    end: int

    def is_followed_by(self, other: _Marker) -> bool:
        """Return whether another marker is the next one of the same list."""
        return (other.style, other.form, other.value) == (self.style, self.form, self.value + 1)


def install(markdown: MarkdownIt) -> None:
    """Replace the rule of CommonMark."""
    markdown.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


def _list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    # Like a list that does not begin with 1, it cannot interrupt a paragraph.
    may_be_fancy = not silent and not state.is_code_block(start_line)
    first = _first_marker(state, start_line, end_line) if may_be_fancy else None
    if first is None:
        return read_list(state, start_line, end_line, silent)
    original = state.src
    replaced = _replace_markers(state, first, start_line, end_line)
    opening = len(state.tokens)
    is_list = read_list(state, start_line, end_line, False)
    if is_list:
        state.tokens[opening].meta |= {"style": first.style, "before": first.form[0]}
    state.src = _restore(original, state.src, replaced, state.line if is_list else start_line)
    return is_list


def _first_marker(state: StateBlock, line: int, end_line: int) -> _Marker | None:
    candidates = _markers(state, line)
    if not candidates:
        return None
    sibling = next(_siblings(state, line, min(end_line, line + _LOOK_AHEAD)), None)
    following = [] if sibling is None else _markers(state, sibling)
    for marker in candidates:
        is_continued = any(marker.is_followed_by(other) for other in following)
        # "B. Smith said" begins a paragraph: a letter with a full stop is a marker only if the next one follows.
        if is_continued or (marker.value == 1 and marker.form != ("", ".")) or marker.style == "decimal":
            return marker
    return None


def _markers(state: StateBlock, line: int) -> list[_Marker]:
    """Return the possible markers at the beginning of a line, the likelier first."""
    start = state.bMarks[line] + state.tShift[line]
    match = _MARKER.match(state.src, start, state.eMarks[line])
    if not match or (match["open"] and match["close"] == "."):
        return []
    value, form = match["value"], (match["open"], match["close"])
    case = "lower" if value.islower() else "upper"
    candidates: list[tuple[str, int]] = []
    if value.isdigit():
        candidates.append(("decimal", int(value)))
    elif value.isupper() or value.islower():
        if roman := _roman(value.lower()):
            candidates.append((f"{case}-roman", roman))
        if len(value) == 1:
            candidates.append((f"{case}-alpha", ord(value.lower()) - ord("a") + 1))
    if len(value) == 1 and value.lower() != "i":
        candidates.reverse()
    return [_Marker(style, form, number, start, match.end("close")) for style, number in candidates]


def _roman(value: str) -> int:
    """Return the value of a Roman numeral up to 39, or 0 for other texts."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", value) or not value:
        return 0
    total = 0
    for digit, after in zip(value, value[1:] + " ", strict=True):
        total += -_ROMAN[digit] if _ROMAN.get(after, 0) > _ROMAN[digit] else _ROMAN[digit]
    return total


def _siblings(state: StateBlock, line: int, end_line: int) -> Iterator[int]:
    """Yield the lines that could begin further items of the list that begins at `line`."""
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


def _replace_markers(state: StateBlock, first: _Marker, line: int, end_line: int) -> dict[int, tuple[int, int]]:
    """Replace the markers of a list in `state.src` by decimal numbers and return their positions by line."""
    replaced: dict[int, tuple[int, int]] = {}
    parts: list[str] = []
    position = 0
    before: _Marker | None = None
    for number in itertools.chain((line,), _siblings(state, line, end_line)):
        markers = [first] if before is None else filter(before.is_followed_by, _markers(state, number))
        marker = next(iter(markers), None)
        if marker is None:
            break
        width = marker.end - marker.start - 1
        digits = str(marker.value).zfill(width)
        if len(digits) > width or width > _MAX_DIGITS:
            break
        parts += [state.src[position : marker.start], digits, marker.form[1]]
        position = marker.end
        replaced[number] = (marker.start, marker.end)
        before = marker
    state.src = "".join(parts) + state.src[position:]
    return replaced


def _restore(original: str, current: str, replaced: dict[int, tuple[int, int]], line: int) -> str:
    """Return the text with the original markers from `line` on, as the list ended before."""
    for number, (start, end) in replaced.items():
        if number >= line:
            current = current[:start] + original[start:end] + current[end:]
    return current
