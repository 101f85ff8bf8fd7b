"""Rule for HTML tables and lists with empty lines, at which CommonMark ends an HTML block."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.markdown.grammar.source_lines import is_in_container, line_text

_OPEN = re.compile(r"<(table|[uod]l)(?=[\s>])", re.IGNORECASE)
_TAGS = {name: re.compile(rf"<(/?){name}(?=[\s>])", re.IGNORECASE) for name in ("table", "ul", "ol", "dl")}
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?=[\s/>]|$)|<!--|$", re.IGNORECASE)
"""What the line after an empty one begins with in a list without Markdown."""


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    alternatives = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.before("html_block", "html_element", _element, {"alt": alternatives})


def _element(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 1] != "<" or state.is_code_block(start_line):
        return False
    if not (opening := _OPEN.match(state.src, start, state.eMarks[start_line])):
        return False
    name = opening[1].lower()
    unclosed = parse_state_of(state.env).unclosed_tags.setdefault(name, set())
    line = None if start_line in unclosed else _end(state, start_line, end_line, name, unclosed)
    if line is None:
        return False
    if silent:
        return True
    state.line = line + 1
    token = state.push("html_block", "", 0)
    token.map = [start_line, state.line]
    token.content = state.getLines(start_line, state.line, state.blkIndent, True)
    return True


def _end(state: StateBlock, start_line: int, end_line: int, name: str, unclosed: set[int]) -> int | None:
    """Return the line with the end tag of an element, or None.

    The lines of all elements that are open where the search ends without one are added to `unclosed`, so that each line
    is searched a few times only.
    """
    depth = 0
    open_tags: list[tuple[int, int]] = []  # lines, and the depth before each
    for line in range(start_line, end_line):
        text = line_text(state, line)
        is_markdown = name != "table" and line > start_line and state.isEmpty(line - 1) and not _MARKUP.match(text)
        if is_markdown or not is_in_container(state, line):
            break
        open_tags.append((line, depth))
        depth += sum(-1 if tag[1] else 1 for tag in _TAGS[name].finditer(text))
        while open_tags and depth <= open_tags[-1][1]:
            open_tags.pop()
        if not open_tags:
            return line
    unclosed.update(line for line, _ in open_tags)
    return None
