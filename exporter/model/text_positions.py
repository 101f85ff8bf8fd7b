"""Running text: the inlines of a block as one row of places, so that a stretch of it can be named by two numbers.

A character of `Text` takes one place; every other leaf (a picture, a formula, code, a short form, a line end, the mark
of a note) takes one as a whole, since nothing points inside it.
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
"""Where the running text of a node stands; a node of another type has none."""


class Leaf(NamedTuple):
    """An inline without children, and where it begins."""

    begin: int
    node: Inline


def size(node: Inline) -> int:
    """Return how many places an inline takes."""
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
    """Return the running text of a node; empty when it has none."""
    field = FIELDS.get(type(node))
    found: Inlines = getattr(node, field) if field else ()
    return found


def leaves(inlines: Inlines, begin: int = 0) -> Iterator[Leaf]:
    """Yield the leaves in reading order, the first one at place `begin`."""
    for node in inlines:
        children: Inlines = getattr(node, "children", ())
        if children:
            yield from leaves(children, begin)
        else:
            yield Leaf(begin, node)
        begin += size(node)
