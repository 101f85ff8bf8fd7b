"""Rule for HTML tables with empty lines, at which CommonMark ends an HTML block."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.markdown.grammar.source_lines import is_in_container

_OPEN = re.compile(r"<table(?=[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)table(?=[\s>])", re.IGNORECASE)


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    markdown.block.ruler.before("html_block", "html_table", _table, {"alt": ["paragraph", "reference", "blockquote"]})


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 1] != "<" or state.is_code_block(start_line):
        return False
    if not _OPEN.match(state.src, start, state.eMarks[start_line]):
        return False
    parse_state = parse_state_of(state.env)
    if parse_state.last_table_end is None:
        parse_state.last_table_end = state.src.lower().rfind("</table")
    if start > parse_state.last_table_end:
        return False
    depth = 0
    for line in range(start_line, end_line):
        if not is_in_container(state, line):
            return False
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        depth += sum(-1 if tag[1] else 1 for tag in _TAG.finditer(text))
        if depth <= 0:
            break
    else:
        parse_state.last_table_end = -1  # no further search: this table is never closed
        return False
    if silent:
        return True
    state.line = line + 1
    token = state.push("html_block", "", 0)
    token.map = [start_line, state.line]
    token.content = state.getLines(start_line, state.line, state.blkIndent, True)
    return True
