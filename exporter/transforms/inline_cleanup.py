"""Cleanup of inlines: merged texts, no empty inlines, no spaces at the edges of blocks."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from exporter import model as m
from exporter.model.walk import rewrite, walk

_INLINES = get_args(m.Inline)
_CONTENT = (m.Text, m.Abbreviation, m.Code, m.CodeBlock, m.Math, m.MathBlock, m.Image, m.NoteReference, m.PageBreak)
_SPACES = " \t\n\r\f\v"
_EDGE_SPACES = _SPACES + "\N{NO-BREAK SPACE}"
"""White space that is removed at the edges of blocks, with no-break spaces."""


def apply(publication: m.Publication) -> m.Publication:
    """Merge adjacent Text, remove empty inlines, paragraphs, code and long descriptions, and trim blocks and titles.

    An empty Span with an id stays as a link target, and a Link without text stays for the lint.
    """
    metadata = publication.metadata
    title, subtitle = metadata.title.strip(), metadata.subtitle.strip()
    if (title, subtitle) != (metadata.title, metadata.subtitle):
        metadata = msgspec.structs.replace(metadata, title=title, subtitle=subtitle)
        publication = msgspec.structs.replace(publication, metadata=metadata)
    return rewrite(publication, _clean_up)


def _clean_up(node: m.Node) -> m.Node | tuple[m.Node, ...]:
    is_inline = isinstance(node, _INLINES)
    changed: dict[str, Any] = {}
    for name in node.__struct_fields__:
        old = getattr(node, name)
        if isinstance(old, tuple) and old and isinstance(old[0], _INLINES):
            new = _merge(old) if is_inline else _merge(_trim(_merge(old)))
            if new != old:
                changed[name] = new
    if isinstance(node, m.Figure | m.Table) and node.description and not _has_content(node.description):
        changed["description"] = ()
    if changed:
        node = msgspec.structs.replace(node, **changed)
    if isinstance(node, m.Paragraph) and not node.children:
        return ()
    if isinstance(node, m.CodeBlock) and not (node.text.strip() or node.at.id):
        return ()
    return node


def _has_content(description: m.Blocks) -> bool:
    """Return whether a long description has any content."""
    return any(isinstance(node, _CONTENT) for node in walk(description))


def _is_empty(node: m.Node) -> bool:
    if node.at.id or isinstance(node, m.Link):
        return False
    match node:
        case m.Text(text) | m.Code(text) | m.Abbreviation(text):
            return not text
        case m.Math(mathml, tex):
            return not (mathml or tex)
        case _:
            return getattr(node, "children", True) == ()


def _merge(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    out: list[Any] = []
    for node in nodes:
        if _is_empty(node):
            continue
        before = out[-1] if out else None
        if isinstance(node, m.Text) and isinstance(before, m.Text) and _has_same_attributes(before.at, node.at):
            out[-1] = msgspec.structs.replace(before, text=before.text + node.text)
        else:
            out.append(node)
    return tuple(out)


def _has_same_attributes(at: m.At, other: m.At) -> bool:
    return not at.id and not other.id and at.language == other.language and at.direction == other.direction


def _trim(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
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
    """Return a node without white space at one of its edges, or None if nothing remains."""
    changed = node
    if isinstance(node, m.Text):
        text = node.text.lstrip(_EDGE_SPACES) if start else node.text.rstrip(_EDGE_SPACES)
        if text != node.text:
            changed = msgspec.structs.replace(node, text=text)
    elif isinstance(node, m.LineBreak):
        return node if node.at.id else None
    elif inner := getattr(node, "children", ()):
        trimmed = _trim_start(inner) if start else _trim_end(inner)
        if trimmed is not inner:
            changed = msgspec.structs.replace(node, children=_merge(trimmed))
    return None if _is_empty(changed) else changed
