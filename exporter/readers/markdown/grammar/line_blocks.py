"""Rule for line blocks: lines that begin with `| `."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.rules import TABLE_UNREADABLE

_LINE = re.compile(r"\|(?:[ \t]|$)")


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    markdown.block.ruler.before("paragraph", "line_block", _lines)


def _lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.is_code_block(start_line):
        return False
    texts: list[tuple[int, str]] = []
    line = start_line
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        start = state.bMarks[line] + state.tShift[line]
        text = state.src[start : state.eMarks[line]]
        if _LINE.match(text):
            texts.append((line, text[1:].removeprefix(" ")))
        elif texts and state.sCount[line] > state.blkIndent:
            texts[-1] = (texts[-1][0], f"{texts[-1][1].rstrip()} {text.strip()}")
        else:
            break
        line += 1
    if not texts:
        return False
    if all(text.rstrip().endswith("|") and text.count("|") > 1 for _, text in texts):
        message = "Invalid table: the line of dashes below the head is missing or has other columns."
        parse_state_of(state.env).report.add(TABLE_UNREADABLE, start_line + 1, message)
    state.push("line_block_open", "div", 1).map = [start_line, line]
    for number, text in texts:
        opening = state.push("line_open", "span", 1)
        opening.map = [number, number + 1]
        opening.meta = {"indent": len(text) - len(text.lstrip(" \t\xa0"))}
        token = state.push("inline", "", 0)
        token.map = [number, number + 1]
        token.content = text.strip(" \t\xa0")
        token.children = []
        state.push("line_close", "span", -1)
    state.push("line_block_close", "div", -1)
    state.line = line
    return True
