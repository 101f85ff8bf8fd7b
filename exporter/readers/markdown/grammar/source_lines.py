"""Lines of the text, as the rules of blocks read them."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock


def line_text(state: StateBlock, line: int) -> str:
    """Return the text of a line, without its indentation and the space at its end."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def is_in_container(state: StateBlock, line: int) -> bool:
    """Return whether a line is in the list item or note that is read; an empty line may be."""
    return state.isEmpty(line) or state.sCount[line] >= state.blkIndent
