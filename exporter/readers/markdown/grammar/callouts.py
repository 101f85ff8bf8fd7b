"""Callouts as blocks: `> [!NOTE]` (GitHub, Obsidian), `!!! note` (MkDocs), ```` ```{note} ```` (MyST).

Those of Quarto, VuePress and Docusaurus are written with colons, as ours.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.token import Token

from exporter.readers.markdown.grammar.fences import DIRECTIVE, OPTIONS, open_block, read_options
from exporter.readers.markdown.grammar.source_lines import is_in_container, line_text

CALLOUTS = frozenset(
    {
        *("note", "info", "important", "attention", "tip", "hint", "success", "check", "done", "example", "question"),
        *("help", "faq", "todo", "seealso", "admonition", "warning", "caution", "danger", "error", "failure", "fail"),
        *("missing", "bug", "abstract", "tldr", "cite"),
    }
)
"""Names of callouts that the programs share."""
FIGURES = frozenset({"figure", "image"})
TABLES = frozenset({"table", "list-table"})
_DIRECTIVES = CALLOUTS | FIGURES | TABLES
_QUOTED = re.compile(r">[ \t]?[ ]{0,3}\[!(?P<name>[A-Za-z][\w-]*)\][+-]?(?P<title>[ \t].*)?")
_MARKED = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+(?P<name>[a-z]+)(?:[ \t]+[a-z]+)*(?:[ \t]+\"(?P<title>.*)\")?[ \t]*")
_FENCE = re.compile(r"(?P<fence>`{3,})[ \t]*(?P<directive>\{.*)")
_INDENT = 4


def install(markdown: MarkdownIt) -> None:
    """Add the rules."""
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("fence", "callout_directive", _directive, alternatives)
    markdown.block.ruler.before("fence", "callout_marked", _marked, alternatives)
    markdown.block.ruler.before("blockquote", "callout_quoted", _quoted, alternatives)


def _directive(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    match = None if state.is_code_block(start_line) else _FENCE.fullmatch(line_text(state, start_line))
    directive = DIRECTIVE.fullmatch(match["directive"].strip()) if match else None
    if match is None or directive is None or directive["name"] not in _DIRECTIVES:
        return False
    if silent:
        return True
    end, is_closed = start_line + 1, False
    while end < end_line and is_in_container(state, end) and not is_closed:
        text = line_text(state, end)
        is_closed = text.startswith(match["fence"]) and not text.strip("`")
        end += not is_closed
    first, options = read_options(state, start_line + 1, end)
    opening = _read(state, directive["name"], directive["title"], first, end)
    opening.meta[OPTIONS] = options
    state.line = end + is_closed
    return True


def _marked(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    match = None if state.is_code_block(start_line) else _MARKED.fullmatch(line_text(state, start_line))
    if match is None or match["name"] not in CALLOUTS:
        return False
    if silent:
        return True
    state.blkIndent += _INDENT
    end = start_line + 1
    while end < end_line and is_in_container(state, end):
        end += 1
    _read(state, match["name"], match["title"] or "", start_line + 1, end)
    state.blkIndent -= _INDENT
    state.line = end
    return True


def _read(state: StateBlock, name: str, title: str, first: int, end: int) -> Token:
    """Read lines as the content of a callout that begins in the line of the state; return its first token."""
    opening = open_block(state, state.line, name, title)
    opening.map = [state.line, end]
    parent, state.parentType = state.parentType, "callout"
    last, state.lineMax = state.lineMax, end
    state.md.block.tokenize(state, first, end)
    state.parentType, state.lineMax = parent, last
    state.push("colon_fence_close", "div", -1)
    return opening


def _quoted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    match = None if state.is_code_block(start_line) else _QUOTED.fullmatch(line_text(state, start_line))
    if match is None:
        return False
    position = len(state.tokens)
    if not blockquote(state, start_line, end_line, silent) or silent:
        return True
    opening, paragraph, inline = state.tokens[position : position + 3]
    if paragraph.type != "paragraph_open":
        return True
    name, end = match["name"].lower(), len(state.tokens)
    block = open_block(state, start_line, name if name in CALLOUTS else "admonition", (match["title"] or "").strip())
    state.level -= 1  # it begins in place of the quotation
    block.map = opening.map
    beginning = state.tokens[end:]
    del state.tokens[end:]
    inline.content = inline.content.partition("\n")[2]
    if paragraph.map and inline.map:
        inline.map = paragraph.map = [start_line + 1, max(start_line + 1, paragraph.map[1])]
    state.tokens[position : position + (1 if inline.content else 4)] = beginning
    state.tokens[-1].type, state.tokens[-1].tag = "colon_fence_close", "div"
    return True
