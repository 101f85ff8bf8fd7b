"""Reading of `:::` blocks."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.findings import quoted
from exporter.model import Aside, AsideKind
from exporter.readers.attributions import read_quote
from exporter.readers.markdown.attributes import Attributes
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.directives import DIRECTIVES, read_directive
from exporter.readers.markdown.grammar.callouts import CALLOUTS
from exporter.readers.markdown.grammar.fences import OPTIONS
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.inlines import read_inlines
from exporter.readers.markdown.token_tree import TokenNode
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, FENCE_UNKNOWN
from exporter.readers.sections import Flat, Heading, inherit_attributes
from exporter.readers.transcripts import read_transcript

DESCRIPTION = "description"
_QUARTO = "callout-"
"""Beginning of the classes of callouts in Quarto."""
_CALLOUTS = (
    dict.fromkeys(CALLOUTS, AsideKind.BOX)
    | dict.fromkeys(("note", "info", "important", "attention"), AsideKind.NOTICE)
    | dict.fromkeys(("warning", "caution", "danger", "error"), AsideKind.WARNING)
    | dict.fromkeys(("abstract", "tldr"), AsideKind.SUMMARY)
)
_ASIDES = (
    _CALLOUTS
    | {f"{_QUARTO}{name}": kind for name, kind in _CALLOUTS.items()}
    | {"aside": AsideKind.BOX, "sidebar": AsideKind.BOX}
    | {kind.value: kind for kind in AsideKind}
)
NAMES = frozenset({"transcript", "quote", DESCRIPTION, *_ASIDES})


def fence_name(node: TokenNode) -> str:
    """Return the name of a block: the word after the colons, or the first class that is a known name."""
    if node.token.info:
        return node.token.info
    classes = attributes_of(node.token).classes
    return next((name for name in classes if name in NAMES), classes[0] if classes else "")


def is_colon_fence(node: TokenNode) -> bool:
    """Return whether a token node is a `:::` block."""
    return node.kind == "colon_fence"


def fence_blocks(node: TokenNode) -> Sequence[TokenNode]:
    """Return the blocks in a `:::` block, without its title."""
    return [child for child in node.children if child.kind != "inline"]


def read_fence(node: TokenNode, content: Sequence[Flat], context: Context) -> Sequence[Flat]:
    """Return the blocks of a `:::` block other than a description."""
    name = fence_name(node)
    attributes = attributes_of(node.token)
    line = node.line
    at = context.at(line, attributes)
    if node.token.meta.get("unclosed"):
        return content
    if name == "transcript":
        _report_unknown(node, attributes, context)
        return (read_transcript(at, context.nest(content), context.voices, context.report),)
    if name == "quote":
        _report_unknown(node, attributes, context)
        return (read_quote(at, content, context.nest),)
    if name in DIRECTIVES and OPTIONS in node.token.meta:
        return read_directive(name, node, content, context)
    if kind := _ASIDES.get(name):
        _report_unknown(node, attributes, context, values=frozenset({"title"}))
        title = next((read_inlines(child.token, context) for child in node.children if child.kind == "inline"), ())
        if name.startswith(_QUARTO) and not title and content and isinstance(content[0], Heading):
            title, content = content[0].title, content[1:]
        return (Aside(at=at, kind=kind, title=title, children=context.nest(content)),)
    if name:
        written = f"{name} {node.token.meta['rest']}".strip()
        context.report.add(FENCE_UNKNOWN, line, f"Unknown block name {quoted(written)}; its content was kept.")
    else:
        context.report_unknown(line, attributes)
    return inherit_attributes(at, content, context.report)


def _report_unknown(
    node: TokenNode, attributes: Attributes, context: Context, values: frozenset[str] = frozenset()
) -> None:
    context.report_unknown(node.line, attributes, values=values, classes=tuple(NAMES))
    if node.token.meta["rest"] and "title" not in values:
        message = f"The words {quoted(node.token.meta['rest'])} after the name of the block were ignored."
        context.report.add(ATTRIBUTE_UNKNOWN, node.line, message)
