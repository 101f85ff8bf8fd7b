"""Positions in running text, the inlines of a block, so that two numbers identify a range of it.

Each character of `Text` has a position; every other leaf (an image, a formula, code, an abbreviation, a line break, a
note reference) has a single one, as no range begins inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from exporter.model.block import Aside, Cue, Figure, Line, Paragraph, Quote, Section, Table, Term
from exporter.model.inline import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteReference,
    Quotation,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.node import Node

FIELDS: dict[type[Node], str] = {
    Paragraph: "children",
    Section: "title",
    Table: "caption",
    Figure: "caption",
    Quote: "attribution",
    Aside: "title",
    Term: "children",
    Line: "children",
    Cue: "children",
}
"""Field with the running text of a node, by its type; nodes of other types have none."""


class Leaf(NamedTuple):
    """An inline without children, and its position."""

    begin: int
    node: Inline


def size(node: Inline) -> int:
    """Return the number of positions of an inline."""
    match node:
        case Text(text):
            return len(text)
        case (
            Emphasis(children)
            | Strong(children)
            | Strikethrough(children)
            | Superscript(children)
            | Subscript(children)
            | Span(children)
            | Quotation(children)
            | Link(children)
        ):
            return sum(map(size, children))
        case Code() | NoteReference() | Abbreviation() | Image() | Math() | LineBreak():
            return 1
        case _:
            assert_never(node)


def running_text(node: Node) -> Inlines:
    """Return the running text of a node, or an empty tuple if it has none."""
    field = FIELDS.get(type(node))
    inlines: Inlines = getattr(node, field) if field else ()
    return inlines


def leaves(inlines: Inlines, begin: int = 0) -> Iterator[Leaf]:
    """Yield the leaves in reading order, the first one at position `begin`."""
    for node in inlines:
        children: Inlines = getattr(node, "children", ())
        if children:
            yield from leaves(children, begin)
        else:
            yield Leaf(begin, node)
        begin += size(node)
