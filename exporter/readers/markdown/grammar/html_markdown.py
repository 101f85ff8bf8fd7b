"""Rule for HTML elements whose content is Markdown: `<aside markdown="1">` (kramdown, Markdown Extra)."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.markdown.grammar.source_lines import is_in_container, line_text

_OPEN = re.compile(
    r"<([a-z][a-z0-9]*)\s(?:[^<>]*\s)?markdown=[\"']?(?:1|block|span)[\"']?(?:\s[^<>]*)?>", re.IGNORECASE
)
_IN_LINE = re.compile(r"</?(?:a|abbr|b|br|cite|code|em|i|img|q|small|span|strong|sub|sup)(?=[\s/>])", re.IGNORECASE)
_FENCE = re.compile("`{3,}|~{3,}")
_INSIDE = "markdown element"
"""`StateBlock.parentType` of what is inside."""


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    alternatives = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.before("html_block", "html_markdown", _element, {"alt": alternatives})
    markdown.block.ruler.at("html_block", _html_block, {"alt": alternatives})


def _element(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    match = None if state.is_code_block(start_line) else _OPEN.fullmatch(line_text(state, start_line))
    unclosed = parse_state_of(state.env).unclosed_elements
    if match is None or start_line < unclosed.get(name := match[1].lower(), 0):
        return False
    tag, depth, fence = re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE), 0, ""
    for end in range(start_line, end_line):
        if not is_in_container(state, end):
            break
        text = line_text(state, end)
        if code := _FENCE.match(text):
            fence = "" if fence and text.startswith(fence) and not text.strip(fence[0]) else fence or code[0]
        elif not fence:
            depth += sum(-1 if written[1] else 1 for written in tag.finditer(text))
        if depth <= 0:
            break
    if depth:
        unclosed[name] = end + 1  # no further search
        return False
    if line_text(state, end).lower() != f"</{name}>":
        return False
    if silent:
        return True
    _push_tag(state, start_line)
    parent, state.parentType = state.parentType, _INSIDE
    last, state.lineMax = state.lineMax, end
    state.level += 1
    state.md.block.tokenize(state, start_line + 1, end)
    state.level -= 1
    state.parentType, state.lineMax = parent, last
    _push_tag(state, end)
    state.line = end + 1
    return True


def _push_tag(state: StateBlock, line: int) -> None:
    token = state.push("html_block", "", 0)
    token.map = [line, line + 1]
    token.content = line_text(state, line) + "\n"


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an HTML block, but for tags inside of lines, which begin paragraphs of an element with Markdown."""
    if state.parentType == _INSIDE and _IN_LINE.match(line_text(state, start_line)):
        return False
    return html_block(state, start_line, end_line, silent)
