"""Rules for pipe tables as in GFM, which keep extra cells and allow a caption without an empty line before it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as read_table
from markdown_it.rules_block.table import escapedSplit

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.markdown.grammar.source_lines import line_text
from exporter.readers.rules import TABLE_RAGGED

_CAPTION = re.compile(r"(?:Table:|:)[ \t]+[^|]*$")


def install(markdown: MarkdownIt) -> None:
    """Replace the rule of GFM."""
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.before("paragraph", "table_caption", _caption, {"alt": ["blockquote"]})


def _caption(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    return silent and state.parentType == "table" and _CAPTION.match(line_text(state, start_line)) is not None


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    opening = len(state.tokens)
    if not read_table(state, start_line, end_line, silent):
        return False
    if not silent:
        _compare_rows(state, opening)
    return True


def _compare_rows(state: StateBlock, opening: int) -> None:
    """Report rows that are too short or too long, and move extra cells into their last cell."""
    columns = sum(token.type == "th_open" for token in state.tokens[opening:])
    cells: list[str] = []
    count = 0
    for token in state.tokens[opening:]:
        if token.type == "tr_open" and token.map:
            cells = [cell.strip() for cell in escapedSplit(line_text(state, token.map[0]))]
            if cells and not cells[0]:
                cells.pop(0)
            if cells and not cells[-1]:
                cells.pop()
            count = 0
            if len(cells) != columns:
                message = f"Wrong number of cells: this row has {len(cells)}, the head has {columns}."
                parse_state_of(state.env).report.add(TABLE_RAGGED, token.map[0] + 1, message)
        elif token.type == "inline":
            count += 1
            if count == columns and len(cells) > columns:
                token.content = " ".join(cells[columns - 1 :])
