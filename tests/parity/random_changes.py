"""Changes of one node of a tree: its text, description, form, mark, formula, target, language, level or order."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from exporter import model as m
from exporter.model.walk import plain_text, rewrite, walk
from exporter.parity.content import letters

STYLED = (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Span, m.Quotation)
Changed = tuple[str, m.Node | tuple[m.Node, ...]]
OTHER_LANGUAGE = "cy"
"""One in which no generated text is."""


class Change(NamedTuple):
    """A tree of which one node is changed."""

    kind: str
    node: m.Node
    tree: m.Publication


def random_change(tree: m.Publication, edition: str, dice: random.Random) -> Change | None:
    """Return a tree of which one node is changed; None if nothing can be."""
    kinds: dict[str, list[tuple[m.Node, m.Node | tuple[m.Node, ...]]]] = defaultdict(list)
    root = m.Section((), tree.body)
    ids = [node.at.id for node in walk((*tree.front, *tree.body)) if node.at.id]
    for node in (*walk(tree.front), *walk(root)):
        for kind, changed in _changes(node, tree, ids):
            # What a page shows of emphasis depends on its fonts; it is planted elsewhere.
            if not (edition == "pdf" and kind == "mark"):
                kinds[kind].append((node, changed))
    if not kinds:
        return None
    kind = dice.choice(sorted(kinds))
    chosen, changed = dice.choice(kinds[kind])
    if chosen is root and isinstance(changed, m.Section):
        return Change(kind, chosen, msgspec.structs.replace(tree, body=changed.children))
    return Change(kind, chosen, rewrite(tree, lambda node: changed if node is chosen else node))


def _changes(node: m.Node, tree: m.Publication, ids: Sequence[str]) -> Iterator[Changed]:
    """Yield what may stand in the place of a node, with the kind of the change."""
    replace = msgspec.structs.replace
    match node:
        case m.Text(text) | m.Code(text):
            yield "text", replace(node, text=f"{text}zq")
        case m.CodeBlock(text):
            yield "text", replace(node, text=f"{text}zq")
        case m.Image(alt=m.Described(text)):
            yield "description", replace(node, alt=m.Described(f"{text}zq"))
            yield "description", replace(node, alt=m.Decorative())
        case m.Abbreviation(expansion=expansion):
            yield "mark", replace(node, expansion=f"{expansion}zq")
        case m.Math() | m.MathBlock():
            yield "formula", replace(node, mathml=node.mathml.replace("<mi>x</mi>", "<mi>z</mi>"))
        case m.Link(target=target):
            yield "target", replace(node, target=target.replace("example", "example2"))
            yield from (("target", replace(node, target=f"#{name}")) for name in ids)
        case m.NoteReference(note=note):
            # A reference to another empty note is the same.
            words = {other.id: _words(other) for other in tree.notes}
            yield from (("target", replace(node, note=name)) for name in words if words[name] != words.get(note))
        case m.Cell(scope=scope):
            yield "mark", replace(node, scope=m.Scope.ROW if scope is not m.Scope.ROW else None)
        case m.List(style=style, start=start):
            other = m.ListStyle.DECIMAL if style is m.ListStyle.BULLET else m.ListStyle.BULLET
            yield "level", replace(node, style=other)
            yield "order", replace(node, start=start + 1)
        case m.Quote() | m.Aside() if _has_words(m.Section((), node.children)):
            yield "level", node.children
        case m.Section(children=(*before, m.Section() as last)) if _words(m.Span(last.title)):
            yield "level", (replace(node, children=tuple(before)), last)
        case _ if isinstance(node, STYLED) and _words(node):
            yield "mark", m.Strong((node,)) if isinstance(node, m.Span) else m.Span(node.children, at=node.at)
        case _:
            pass
    if _words(node):
        yield "language", replace(node, at=replace(node.at, language=OTHER_LANGUAGE))
    yield from (("order", other) for other in _reordered(node))


def _words(node: m.Node) -> str:
    return letters(plain_text(node))


def _has_words(node: m.Node) -> bool:
    """Return whether a node has something that every edition shows."""
    pictures = (inner for inner in walk(node) if isinstance(inner, m.Image))
    return bool(_words(node)) or any(isinstance(image.alt, m.Described) for image in pictures)


def _reordered(node: m.Node) -> Iterator[m.Node]:
    """Yield a node with two of its children, which follow each other, in the other order."""
    for name in node.__struct_fields__:
        nodes: Any = getattr(node, name)
        if not isinstance(nodes, tuple) or not all(isinstance(child, m.Node) for child in nodes):
            continue
        for place, (first, second) in enumerate(pairwise(nodes)):
            if _has_words(first) and _has_words(second) and _words(first) != _words(second):
                swapped = (*nodes[:place], second, first, *nodes[place + 2 :])
                yield msgspec.structs.replace(node, **{name: swapped})
