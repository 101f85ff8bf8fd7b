"""Rules for spans such as `[words]{lang=es}`, and for attributes after links, images and code."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from exporter.findings import quoted
from exporter.readers.markdown.attributes import looks_like_attributes, parse
from exporter.readers.markdown.grammar.parsers import ATTRIBUTES, LineState, parse_state_of
from exporter.readers.rules import ATTRIBUTES_UNATTACHED, ATTRIBUTES_UNREADABLE

_CARRIERS = frozenset({"image", "code_inline", "link_close", "span_close"})


def install(markdown: MarkdownIt) -> None:
    """Add the rules."""
    markdown.inline.ruler.after("link", "span", _span)
    markdown.inline.ruler.push("attributes", _attributes)


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    if end < 0 or not state.src.startswith("{", end + 1, state.posMax):
        return False
    parsed = parse(state.src, end + 1, state.posMax)
    if parsed is None:
        return False
    if not silent:
        start, maximum = state.pos + 1, state.posMax
        state.pos, state.posMax = start, end
        state.push("span_open", "span", 1).meta[ATTRIBUTES] = parsed[1]
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = maximum
    state.pos = parsed[0]
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "{":
        return False
    assert isinstance(state, LineState)
    is_attached = not state.pending and bool(state.tokens) and state.tokens[-1].type in _CARRIERS
    parsed = parse(state.src, state.pos, state.posMax) if is_attached else None
    if parsed is None:
        _report(state, is_attached=is_attached)
        return False
    carrier = _opening(state.tokens)
    carrier.meta[ATTRIBUTES] = parsed[1]
    state.pos = parsed[0]
    return True


def _opening(tokens: list[Token]) -> Token:
    level = 0
    for token in reversed(tokens):
        level += token.nesting
        if level == 0:
            return token
    return tokens[-1]


def _report(state: LineState, *, is_attached: bool) -> None:
    if not looks_like_attributes(state.src, state.pos):
        return
    written = state.src[state.pos : state.pos + 40].split("\n")[0]
    is_valid = parse(state.src, state.pos, state.posMax) is not None
    report = parse_state_of(state.env).report
    if is_valid and not is_attached:
        message = f"Unattached attributes {quoted(written)}: they do not follow a link, image, code or span."
        report.add(ATTRIBUTES_UNATTACHED, state.line() + 1, message)
    else:
        report.add(ATTRIBUTES_UNREADABLE, state.line() + 1, f"Invalid attributes {quoted(written)}.")
