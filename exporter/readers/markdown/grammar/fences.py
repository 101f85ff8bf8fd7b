"""Rule for fenced divs: `::: name title` ... `:::`, nested as in Pandoc; a bare fence closes the innermost block.

The title is an `inline` token before the blocks of the content.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from exporter.findings import quoted
from exporter.readers.markdown.attributes import NONE, Attributes, parse
from exporter.readers.markdown.grammar.parsers import ATTRIBUTES, Fence, parse_state_of
from exporter.readers.rules import ATTRIBUTES_UNREADABLE, FENCE_STRAY, FENCE_UNCLOSED

_FENCE = re.compile(r":{3,}[ \t]*(?P<name>[^\s{}:\[\]]+)?[ \t]*")
DIRECTIVE = re.compile(r"\{(?P<name>[a-z][\w-]*)\}[ \t]*(?P<title>.*)")
"""What follows the fence of a directive in MyST."""
_TITLE_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
"""As Docusaurus has it."""
OPTIONS = "options"
"""Key of the options of a directive in the `meta` of its token."""
_DIRECTIVE_OPTION = re.compile(r":(?P<name>[\w-]+):(?:[ \t](?P<value>.*))?")


def install(markdown: MarkdownIt) -> None:
    """Add the rule."""
    markdown.block.ruler.before(
        "fence", "colon_fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    match = _FENCE.match(state.src, start, end)
    if not match:
        return False
    if silent:
        return True
    rest = state.src[match.end() : end].strip()
    if not match["name"] and not rest.strip(":"):
        _close(state, start_line, end_line)
    else:
        _open(state, start_line, end_line, match["name"] or "", match.end())
    return True


def _close(state: StateBlock, line: int, end_line: int) -> None:
    parse_state = parse_state_of(state.env)
    if parse_state.fences and parse_state.fences[-1].level == state.level:
        parse_state.fences[-1].closed = line
        state.line = end_line  # ends the parsing of the content; `_open` sets the actual line
    else:
        parse_state.report.add(FENCE_STRAY, line + 1, "Unmatched closing fence `:::`; it was ignored.")
        state.line = line + 1


def open_block(state: StateBlock, line: int, name: str, title: str, attributes: Attributes = NONE) -> Token:
    """Add the token that begins a block, and its title."""
    opening = state.push("colon_fence_open", "div", 1)
    opening.info = name
    opening.meta = {ATTRIBUTES: attributes, "rest": title}
    opening.map = [line, line + 1]
    opening.block = True
    if title := attributes.values.get("title") or title:
        inline = state.push("inline", "", 0)
        inline.map = [line, line + 1]
        inline.content = title
        inline.children = []
    return opening


def read_options(state: StateBlock, line: int, end_line: int) -> tuple[int, dict[str, str]]:
    """Return the first line of a directive after its options (`:class: dropdown`), and these."""
    options: dict[str, str] = {}
    while line < end_line:
        start = state.bMarks[line] + state.tShift[line]
        if not (option := _DIRECTIVE_OPTION.fullmatch(state.src, start, state.eMarks[line])):
            break
        options[option["name"]] = (option["value"] or "").strip()
        line += 1
    return line, options


def _open(state: StateBlock, line: int, end_line: int, name: str, position: int) -> None:
    parse_state = parse_state_of(state.env)
    attributes = NONE
    options: dict[str, str] | None = None
    end = state.eMarks[line]
    rest = state.src[position:end].strip()
    first = line + 1
    if not name and (directive := DIRECTIVE.fullmatch(rest)):
        name, rest = directive["name"], directive["title"]
        first, options = read_options(state, first, end_line)
    elif rest.startswith("{"):
        parsed = parse(state.src, position, end)
        if parsed:
            position, attributes = parsed
            rest = state.src[position:end].strip()
        else:
            parse_state.report.add(ATTRIBUTES_UNREADABLE, line + 1, f"Invalid attributes {quoted(rest)}.")
            rest = ""
    rest = rest.rstrip(":").strip()
    bracketed = _TITLE_IN_BRACKETS.fullmatch(rest) if name else None
    opening = open_block(state, line, name, bracketed[1] if bracketed else rest, attributes)
    if options is not None:
        opening.meta[OPTIONS] = options
    lines = opening.map = [line, line + 1]
    fence = Fence(state.level)
    parse_state.fences.append(fence)
    if first < end_line:
        state.md.block.tokenize(state, first, end_line)
    else:
        state.line = first
    parse_state.fences.pop()
    if fence.closed is None:
        opening.meta["unclosed"] = True
        parse_state.report.add(
            FENCE_UNCLOSED, line + 1, f"Unclosed block `{state.src[state.bMarks[line] : end].strip()}`."
        )
    else:
        state.line = fence.closed + 1
    lines[1] = state.line
    state.push("colon_fence_close", "div", -1)
