"""Rule for definitions of abbreviations: `*[HTML]: HyperText Markup Language`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from exporter.findings import quoted
from exporter.readers.markdown.grammar.parsers import parse_state_of
from exporter.readers.rules import ABBREVIATION_UNREADABLE

_DEFINITION = re.compile(r"\*\[((?:\\.|[^\]\\\n]){1,200})\]:[ \t]*(.*)")


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    markdown.block.ruler.before("reference", "abbreviation", _definition, {"alt": ["paragraph", "reference"]})


def _definition(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.match(state.src, start, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return True
    parse_state = parse_state_of(state.env)
    short, long = match[1].replace("\\", "").strip(), match[2].strip()
    state.line = start_line + 1
    if not short or not long:
        parse_state.report.add(ABBREVIATION_UNREADABLE, start_line + 1, "This abbreviation has no long form.")
    elif parse_state.abbreviations.setdefault(short, long) != long:
        message = f"The abbreviation {quoted(short)} has two long forms; the first one was used."
        parse_state.report.add(ABBREVIATION_UNREADABLE, start_line + 1, message)
    return True
