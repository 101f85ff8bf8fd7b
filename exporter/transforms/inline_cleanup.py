"""Inlines without crumbs: one Text where readers left several, nothing empty, no spaces at the edges of blocks."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from exporter.model import (
    Abbreviation,
    At,
    Blocks,
    Code,
    CodeBlock,
    Figure,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    MathBlock,
    Node,
    NoteReference,
    PageBreak,
    Paragraph,
    Publication,
    Table,
    Text,
)
from exporter.model.walk import rewrite, walk

_INLINES = get_args(Inline)
_TELLING = (Text, Abbreviation, Code, CodeBlock, Math, MathBlock, Image, NoteReference, PageBreak)
_SPACES = " \t\n\r\f\v"
_BLANKS = _SPACES + "\N{NO-BREAK SPACE}"
"""White space that means nothing at the edge of a block; only ordinary spaces mean nothing inside one."""


def apply(publication: Publication) -> Publication:
    """Merge neighbouring Text, drop empty inlines and empty paragraphs, trim the edges of blocks and of the title.

    So is a long description that tells nothing. An empty Span with an id stays, since links point at it, and so does a
    Link without words, for the lint to see.
    """
    about = publication.metadata
    title, subtitle = about.title.strip(), about.subtitle.strip()
    if (title, subtitle) != (about.title, about.subtitle):
        about = msgspec.structs.replace(about, title=title, subtitle=subtitle)
        publication = msgspec.structs.replace(publication, metadata=about)
    return rewrite(publication, _tidy)


def _tidy(node: Node) -> Node | tuple[Node, ...]:
    inside = isinstance(node, _INLINES)
    fresh: dict[str, Any] = {}
    for name in node.__struct_fields__:
        old = getattr(node, name)
        if isinstance(old, tuple) and old and isinstance(old[0], _INLINES):
            new = _merged(old) if inside else _merged(_trimmed(_merged(old)))
            if new != old:
                fresh[name] = new
    if isinstance(node, Figure | Table) and node.description and not _tells(node.description):
        fresh["description"] = ()
    if fresh:
        node = msgspec.structs.replace(node, **fresh)
    if isinstance(node, Paragraph) and not node.children:
        return ()
    return node


def _tells(description: Blocks) -> bool:
    """Return whether a long description has anything to tell; else there is none to announce."""
    return any(isinstance(node, _TELLING) for node in walk(description))


def _empty(node: Node) -> bool:
    if node.at.id or isinstance(node, Link):
        return False
    match node:
        case Text(text) | Code(text) | Abbreviation(text):
            return not text
        case Math(mathml, tex):
            return not (mathml or tex)
        case _:
            return getattr(node, "children", True) == ()


def _merged(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    out: list[Any] = []
    for node in nodes:
        if _empty(node):
            continue
        before = out[-1] if out else None
        if isinstance(node, Text) and isinstance(before, Text) and _same_place(before.at, node.at):
            out[-1] = msgspec.structs.replace(before, text=before.text + node.text)
        else:
            out.append(node)
    return tuple(out)


def _same_place(at: At, other: At) -> bool:
    return not at.id and not other.id and at.language == other.language and at.direction == other.direction


def _trimmed(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    return _trim_end(_trim_start(nodes))


def _trim_start(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    while nodes:
        first = _trim_node(nodes[0], start=True)
        if first is not None:
            return nodes if first is nodes[0] else (first, *nodes[1:])
        nodes = nodes[1:]
    return nodes


def _trim_end(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    while nodes:
        last = _trim_node(nodes[-1], start=False)
        if last is not None:
            return nodes if last is nodes[-1] else (*nodes[:-1], last)
        nodes = nodes[:-1]
    return nodes


def _trim_node(node: Any, *, start: bool) -> Any:
    """Return `node` without blanks at one of its edges; None when nothing is left of it."""
    fresh = node
    if isinstance(node, Text):
        text = node.text.lstrip(_BLANKS) if start else node.text.rstrip(_BLANKS)
        if text != node.text:
            fresh = msgspec.structs.replace(node, text=text)
    elif isinstance(node, LineBreak):
        return node if node.at.id else None
    elif inner := getattr(node, "children", ()):
        trimmed = _trim_start(inner) if start else _trim_end(inner)
        if trimmed is not inner:
            fresh = msgspec.structs.replace(node, children=_merged(trimmed))
    return None if _empty(fresh) else fresh
