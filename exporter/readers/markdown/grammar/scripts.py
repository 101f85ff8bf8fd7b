"""Rule for superscript `^x^` and subscript `~x~`, as in Pandoc, with escaped spaces only."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SUPERSCRIPT = re.compile(r"\^(?![\^\[])((?:\\.|[^\s^\\])+)\^", re.DOTALL)
_SUBSCRIPT = re.compile(r"(?<!~)~(?!~)((?:\\.|[^\s~\\])+)~(?!~)", re.DOTALL)


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    markdown.inline.ruler.after("emphasis", "scripts", _scripts)


def _scripts(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if marker not in "^~":
        return False
    match = (_SUPERSCRIPT if marker == "^" else _SUBSCRIPT).match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        tag = "sup" if marker == "^" else "sub"
        maximum = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.push(f"{tag}_open", tag, 1).markup = marker
        state.md.inline.tokenize(state)
        state.push(f"{tag}_close", tag, -1).markup = marker
        state.posMax = maximum
    state.pos = match.end()
    return True
