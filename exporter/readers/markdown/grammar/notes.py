"""Rules for notes: the reference `[^name]`, the note `[^name]: text`, and the inline note `^[text]`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_NOTE = re.compile(r"\[\^([^\]\s^]{1,200})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s^]{1,200})\]")
_INDENT = 4


def install(markdown: MarkdownIt) -> None:
    """Add the rules."""
    markdown.block.ruler.before(
        "reference", "note", _note, {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    )
    markdown.inline.ruler.before("link", "note_reference", _reference)
    markdown.inline.ruler.before("link", "note_inline", _inline)


def _note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = _NOTE.match(state.src, start, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return True
    opening = state.push("note_open", "", 1)
    opening.info = match[1]
    opening.map = lines = [start_line, start_line + 1]
    saved = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.blkIndent)
    parent, state.parentType = state.parentType, "note"
    state.blkIndent += _INDENT
    state.bMarks[start_line], state.tShift[start_line] = match.end(), 0
    state.sCount[start_line] = state.blkIndent
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.blkIndent = saved
    state.parentType = parent
    state.line = max(state.line, start_line + 1)
    lines[1] = state.line
    state.push("note_close", "", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match or state.src.startswith("(", match.end(), state.posMax):
        return False
    if not silent:
        state.push("note_reference", "", 0).info = match[1]
    state.pos = match.end()
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos, state.posMax):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False)
    if end < 0:
        return False
    if not silent:
        start, position = state.pos + 2, state.pos
        children: list[Token] = []
        state.md.inline.parse(state.src[start:end], state.md, state.env, children)
        state.pos = position
        state.push("note_inline", "", 0).children = children
    state.pos = end + 1
    return True
