"""Parsers of markdown-it, extended by lines of inline tokens and limits that raise errors."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from exporter.errors import SourceError
from exporter.findings import quoted
from exporter.model import Source
from exporter.readers.markdown.attributes import NONE, Attributes, split_trailing
from exporter.readers.markdown.limits import MAX_IMAGE_NESTING, MAX_PARAGRAPH
from exporter.readers.rules import ATTRIBUTES_UNREADABLE, LINK_UNREADABLE, FindingCollector

_CAPTION = re.compile(r"(?:Table:|:)[ \t]+(?=\S)")

_BROKEN_LINK = re.compile(r"!?\[[^\[\]]{1,200}\]\([^()]{1,200}|!\[[^\[\]]{1,200}\]")

PARSE_STATE = "parse_state"
"""Key of the `ParseState` in markdown-it's environment."""
ATTRIBUTES = "attributes"
"""Key of `Attributes` in `Token.meta`."""


@dataclass
class ParseState:
    """State that the rules of the grammar share while a text is parsed."""

    report: FindingCollector
    line: int = 0
    """Line of the inline text that is parsed next, from 0."""
    state: LineState | None = None
    """The inline text that is being parsed."""
    depth: int = 0
    """Nested inline texts: an image in an alt text, a note in a note."""
    fences: list[Fence] = field(default_factory=list)
    """Open `:::` blocks, outermost first."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    unclosed_tags: dict[str, set[int]] = field(default_factory=dict)
    """Lines of start tags of HTML tables and lists, by name, whose end tag was not found."""
    unclosed_elements: dict[str, int] = field(default_factory=dict)
    """Lines before which elements with `markdown="1"`, by name, have no end tag."""

    def too_deep(self, line: int) -> SourceError:
        """Return the error for a text that is nested too deeply at a line, from 0."""
        return SourceError(
            "The text is nested too deeply here: lists, quotes, brackets or emphasis inside each other.",
            advice="Use fewer levels.",
            source=Source(self.report.file, line + 1),
        )


@dataclass
class Fence:
    """A `:::` block that is being parsed."""

    level: int
    """`StateBlock.level` of the blocks inside it."""
    closed: int | None = None
    """Line of its closing fence, from 0, or None."""


def parse_state_of(env: MutableMapping[str, Any]) -> ParseState:
    """Return the state of the text that is being parsed."""
    parse_state = env[PARSE_STATE]
    assert isinstance(parse_state, ParseState)
    return parse_state


def attributes_of(token: Token) -> Attributes:
    """Return the attributes of a token."""
    attributes = token.meta.get(ATTRIBUTES, NONE)
    assert isinstance(attributes, Attributes)
    return attributes


class LineState(StateInline):
    """State of inline parsing that writes the line of each token into its `map`."""

    def __init__(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], out_tokens: list[Token], *, line: int
    ) -> None:
        super().__init__(src, md, env, out_tokens)
        self.first_line = line
        self._counted = (0, line)

    def line(self) -> int:
        """Return the line of the current position, from 0."""
        position, line = self._counted
        if self.pos < position:
            position, line = 0, self.first_line
        line += self.src.count("\n", position, self.pos)
        self._counted = (self.pos, line)
        return line

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        token = super().pushPending()
        line = self.line()
        token.map = [line, line]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        line = self.line()
        token.map = [line, line]
        return token


class InlineParser(ParserInline):
    """Parser of inlines that raises an error where markdown-it silently truncates."""

    def tokenize(self, state: StateInline) -> None:
        self._check(state)
        super().tokenize(state)

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        self._check(state)
        super().skipToken(state)

    def _check(self, state: StateInline) -> None:
        if state.level >= state.md.options["maxNesting"]:
            assert isinstance(state, LineState)
            raise parse_state_of(state.env).too_deep(state.line())

    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        parse_state = parse_state_of(env)
        outer = parse_state.state
        line = outer.line() if outer else parse_state.line
        if len(src) > MAX_PARAGRAPH:
            raise SourceError(
                f"A paragraph has {len(src):,} characters; the limit is {MAX_PARAGRAPH:,}.",
                advice="Separate its parts by empty lines.",
                source=Source(parse_state.report.file, line + 1),
            )
        if parse_state.depth > MAX_IMAGE_NESTING:
            raise parse_state.too_deep(line)
        state = LineState(src, md, env, tokens, line=line)
        parse_state.state = state
        parse_state.depth += 1
        try:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        finally:
            parse_state.state = outer
            parse_state.depth -= 1
        return state.tokens


class BlockParser(ParserBlock):
    """Parser of blocks that raises an error where markdown-it silently skips text."""

    def tokenize(self, state: StateBlock, start_line: int, end_line: int) -> None:
        if state.level >= state.md.options.maxNesting:
            raise parse_state_of(state.env).too_deep(start_line)
        super().tokenize(state, start_line, end_line)


def parse_inlines(state: StateCore) -> None:
    """Parse the inline text of each block, after splitting attributes from the end of headings and captions."""
    parse_state = parse_state_of(state.env)
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        assert token.map is not None
        parse_state.line = token.map[0]
        opening = state.tokens[index - 1]
        caption = opening.type == "paragraph_open" and _CAPTION.match(token.content)
        if caption and _is_next_to_table(state.tokens, index):
            opening.meta["caption"] = True
            token.content = token.content[caption.end() :]
        if opening.type == "heading_open" or "caption" in opening.meta:
            token.content, opening.meta[ATTRIBUTES], is_invalid = split_trailing(token.content)
            if is_invalid:
                owner = "heading" if opening.type == "heading_open" else "caption"
                message = f"Invalid attributes at the end of this {owner}."
                parse_state.report.add(ATTRIBUTES_UNREADABLE, token.map[0] + 1, message)
        token.children = token.children or []
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        _report_broken_links(token.children, parse_state)


def _report_broken_links(tokens: list[Token], parse_state: ParseState) -> None:
    """Report texts that look like links; escaped brackets are tokens of another type."""
    for token in tokens:
        if token.type == "text" and token.map and (match := _BROKEN_LINK.search(token.content)):
            target = "image" if match[0].startswith("!") else "link"
            message = f"Invalid {target}: {quoted(match[0])}."
            parse_state.report.add(LINK_UNREADABLE, token.map[0] + 1, message)


def _is_next_to_table(tokens: list[Token], index: int) -> bool:
    adjacent = (tokens[position] for position in (index - 2, index + 2) if 0 <= position < len(tokens))
    return any(
        token.type in ("table_open", "table_close")
        or (token.type == "html_block" and token.content.lstrip()[:6].lower() == "<table")
        for token in adjacent
    )
