"""The grammar: CommonMark by markdown-it-py, and small rules of our own for what the dialect adds."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from exporter.readers.markdown.grammar import (
    abbreviations,
    fences,
    formulas,
    html_tables,
    line_blocks,
    lists,
    notes,
    pandoc_tables,
    scripts,
    spans,
    tables,
)
from exporter.readers.markdown.grammar.parsers import DESK, BlockParser, InlineParser, ParseState, parse_inlines
from exporter.readers.markdown.limits import MAX_NESTING
from exporter.readers.rules import FindingCollector


@cache
def parser() -> MarkdownIt:
    """Return the configured parser; it keeps nothing between two texts."""
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    markdown.block = _configured(BlockParser(), markdown.block)
    markdown.inline = _configured(InlineParser(), markdown.inline)
    markdown.enable(["table", "strikethrough"])
    markdown.validateLink = _any_link  # type: ignore[method-assign]  # unsafe links become findings, not text
    markdown.core.ruler.at("inline", parse_inlines)
    deflist_plugin(markdown)
    for part in (
        spans,
        scripts,
        formulas,
        notes,
        fences,
        tables,
        pandoc_tables,
        line_blocks,
        lists,
        abbreviations,
        html_tables,
    ):
        part.install(markdown)
    return markdown


def tokens(text: str, report: FindingCollector) -> tuple[list[Token], ParseState]:
    """Parse a text into tokens; their `map` counts lines from 0.

    Raises:
        SourceError: Nested too deeply, or a paragraph is too long.
    """
    desk = ParseState(report)
    env: dict[str, Any] = {DESK: desk}
    return parser().parse(text, env), desk


def _any_link(url: str) -> bool:  # noqa: ARG001 - the shape is markdown-it's
    return True


def _configured(new: Any, old: Any) -> Any:
    """Return `new` the same enabled rules as `old` has."""
    new.ruler.enableOnly(old.ruler.get_active_rules())
    if hasattr(old, "ruler2"):
        new.ruler2.enableOnly(old.ruler2.get_active_rules())
    return new
