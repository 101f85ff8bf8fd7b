"""Rule for simple, multiline and grid tables of Pandoc, which are reported as unsupported and kept as code.

CommonMark would read their lines of dashes as thematic breaks, and the last row as a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.rules import TABLE_UNREADABLE

_MESSAGE = "Tables drawn with {characters} are not supported; it was kept as it was written."
_ADVICE = (
    "Write it with | between the cells and a line such as |---|---| below the first row; "
    "pandoc does so with: -t markdown-simple_tables-multiline_tables-grid_tables"
)
_GRID = re.compile(r"\+(?:[-=:]{3,}\+)+$")
_COLUMNS = re.compile(r"-{3,}(?: +-{3,})+$")
"""Line of dashes that marks the columns."""
_WIDE = re.compile(r"-{10,}$")
"""Line of dashes above and below a multiline table."""
_HEAD = 8
"""Maximum number of lines of a head."""


def install(markdown: MarkdownIt) -> None:
    """Add the rule before all others that match a part of such a table."""
    markdown.block.ruler.before("table", "drawn_table", _table)


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.is_code_block(start_line):
        return False

    def text(line: int) -> str:
        if line >= end_line or state.sCount[line] < state.blkIndent:
            return ""
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()

    end = _grid(text, start_line) or _multiline(text, start_line, end_line) or _simple(text, start_line)
    if not end:
        return False
    characters = "lines of + and -" if text(start_line).startswith("+") else "dashes and spaces"
    message = _MESSAGE.format(characters=characters)
    parse_state_of(state.env).report.add(TABLE_UNREADABLE, start_line + 1, message, advice=_ADVICE)
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start_line, end, state.blkIndent, False) + "\n"
    token.map = [start_line, end]
    state.line = end
    return True


def _grid(text: Callable[[int], str], line: int) -> int:
    """Return the line after a grid table such as `+---+---+`, or 0 if there is none."""
    if not _GRID.match(text(line)) or text(line + 1)[:1] not in ("|", "+"):
        return 0
    while text(line)[:1] in ("|", "+") and text(line):
        line += 1
    return line


def _multiline(text: Callable[[int], str], line: int, last: int) -> int:
    """Return the line after a multiline table, or 0 if there is none."""
    first = text(line)
    if not (_WIDE.match(first) or _COLUMNS.match(first)):
        return 0
    if not _COLUMNS.match(first):
        head_lines = range(line + 1, line + 1 + _HEAD)
        below = next((number for number in head_lines if _COLUMNS.match(text(number)) or not text(number)), 0)
        if not below or not text(below):
            return 0
    for number in range(line + 2, last):
        if (_WIDE.match(text(number)) or text(number) == first) and not text(number + 1):
            return number + 1
    return 0


def _simple(text: Callable[[int], str], line: int) -> int:
    """Return the line after a simple table, or 0 if there is none."""
    if not text(line) or not _COLUMNS.match(text(line + 1)):
        return 0
    while text(line):
        line += 1
    return line
