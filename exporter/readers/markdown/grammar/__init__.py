"""Grammar of the Markdown dialect: CommonMark of markdown-it-py, and a rule for each extension."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from exporter.readers.markdown.grammar import (
    abbreviations,
    callouts,
    fences,
    formulas,
    html_elements,
    html_markdown,
    line_blocks,
    lists,
    notes,
    pandoc_tables,
    scripts,
    spans,
    tables,
)
from exporter.readers.markdown.grammar.parsers import PARSE_STATE, BlockParser, InlineParser, ParseState, parse_inlines
from exporter.readers.markdown.limits import MAX_NESTING
from exporter.readers.rules import FindingCollector


@cache
def parser() -> MarkdownIt:
    """Return the configured parser; it has no state between texts."""
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    markdown.block = _with_rules_of(markdown.block, BlockParser())
    markdown.inline = _with_rules_of(markdown.inline, InlineParser())
    markdown.enable(["table", "strikethrough"])
    markdown.validateLink = _any_link  # type: ignore[method-assign]  # unsafe links become findings, not text
    markdown.core.ruler.at("inline", parse_inlines)
    deflist_plugin(markdown)
    for extension in (
        spans,
        scripts,
        formulas,
        notes,
        fences,
        callouts,
        tables,
        pandoc_tables,
        line_blocks,
        lists,
        abbreviations,
        html_elements,
        html_markdown,
    ):
        extension.install(markdown)
    return markdown


def parse_tokens(text: str, report: FindingCollector) -> tuple[list[Token], ParseState]:
    """Parse a text into tokens; their `map` counts lines from 0.

    Raises:
        SourceError: The text is nested too deeply, or a paragraph is too long.
    """
    state = ParseState(report)
    env: dict[str, Any] = {PARSE_STATE: state}
    return parser().parse(text, env), state


def _any_link(url: str) -> bool:  # noqa: ARG001 - signature of markdown-it
    return True


def _with_rules_of(old: Any, new: Any) -> Any:
    """Return the new parser with the enabled rules of the old one."""
    new.ruler.enableOnly(old.ruler.get_active_rules())
    if hasattr(old, "ruler2"):
        new.ruler2.enableOnly(old.ruler2.get_active_rules())
    return new
