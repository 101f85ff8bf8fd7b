"""Superscript `^x^` and subscript `~x~`, as Pandoc has them: no spaces inside, or escaped ones."""

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
    found = (_SUPERSCRIPT if marker == "^" else _SUBSCRIPT).match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        tag = "sup" if marker == "^" else "sub"
        maximum = state.posMax
        state.pos, state.posMax = found.start(1), found.end(1)
        state.push(f"{tag}_open", tag, 1).markup = marker
        state.md.inline.tokenize(state)
        state.push(f"{tag}_close", tag, -1).markup = marker
        state.posMax = maximum
    state.pos = found.end()
    return True
