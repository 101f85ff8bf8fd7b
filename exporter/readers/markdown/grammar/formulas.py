"""Rules for TeX between dollar signs, as in Pandoc, so that amounts of money stay text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.markdown.grammar.source_lines import line_text
from exporter.readers.rules import MATH_UNREADABLE

_DISPLAY = re.compile(r"\$\$((?:\\.|[^$\\])+)\$\$", re.DOTALL)
_MONEY = re.compile(r"\d[^\\^_={}]*\s[^\W\d_]{2,}[^\\^_={}]*")
"""A number and words: `$30 to 50$` is an amount of money."""
_INLINE = re.compile(r"\$(?![\s$])((?:\\.|[^$\\])+)(?<!\s)\$(?!\d)", re.DOTALL)


def install(markdown: MarkdownIt) -> None:
    """Add the rules."""
    markdown.inline.ruler.before("escape", "math", _inline)
    markdown.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    display = state.src.startswith("$$", state.pos, state.posMax)
    match = (_DISPLAY if display else _INLINE).match(state.src, state.pos, state.posMax)
    if not match or (not display and _MONEY.fullmatch(match[1])):
        return False
    if not silent:
        token = state.push("math_display" if display else "math_inline", "math", 0)
        token.content = match[1].strip()
    state.pos = match.end()
    return True


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    first = line_text(state, start_line)
    if not first.startswith("$$") or state.is_code_block(start_line):
        return False
    if "$$" in first[2:]:
        if not first.endswith("$$") or first.count("$$") != 2 or len(first) <= 4:
            return False  # a formula inside a paragraph
        parts, line = [first[2:-2]], start_line
    else:
        parts, line = [first[2:]], start_line + 1
        while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
            text = line_text(state, line)
            if text.startswith("$$") and len(text) > 2:
                return False
            if text.endswith("$$"):
                parts.append(text[:-2])
                break
            parts.append(text)
            line += 1
        else:
            if not silent:
                message = "Unclosed formula: no $$ follows before the next empty line."
                parse_state_of(state.env).report.add(MATH_UNREADABLE, start_line + 1, message)
            return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.content = "\n".join(parts).strip()
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True
