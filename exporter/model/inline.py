"""Inline nodes: what runs inside a paragraph, a heading, a caption or a cell."""

from __future__ import annotations

from exporter.model.alt import Alt
from exporter.model.node import Node


class Text(Node, frozen=True, gc=False):
    """Characters. A line end of the manuscript inside a paragraph is one space."""

    text: str


class Emphasis(Node, frozen=True, gc=False):
    """Stressed words (HTML `em`)."""

    children: Inlines


class Strong(Node, frozen=True, gc=False):
    """Words of importance (HTML `strong`)."""

    children: Inlines


class Strikethrough(Node, frozen=True, gc=False):
    """Words that no longer hold (HTML `s`)."""

    children: Inlines


class Superscript(Node, frozen=True, gc=False):
    children: Inlines


class Subscript(Node, frozen=True, gc=False):
    children: Inlines


class Span(Node, frozen=True, gc=False):
    """A passage that differs only in `at`: its language, its direction or its id."""

    children: Inlines


class Quotation(Node, frozen=True, gc=False):
    """A short quotation whose marks belong to the language (HTML `q`)."""

    children: Inlines


class Code(Node, frozen=True, gc=False):
    """Characters to be read letter by letter: a file name, a command."""

    text: str


class Link(Node, frozen=True, gc=False):
    """A link; its children are what it is called (WCAG 2.4.4)."""

    children: Inlines
    target: str
    """`#id` of a node of this publication, or a URL."""
    title: str = ""
    """More about the target, never the only place that names it."""


class NoteReference(Node, frozen=True, gc=False):
    """The mark in the text that sends the reader to a note."""

    note: str
    """`Note.id`."""


class Abbreviation(Node, frozen=True, gc=False):
    """A short form and what it stands for (WCAG 3.1.4, PDF `E`, HTML `abbr`)."""

    text: str
    expansion: str


class Image(Node, frozen=True, gc=False):
    """A picture."""

    source: str
    """`Asset.name` in `Publication.assets`: the path as the manuscript writes it."""
    alt: Alt


class Math(Node, frozen=True, gc=False):
    """A formula inside a line."""

    mathml: str
    """A complete `<math>` element in the MathML namespace."""
    tex: str = ""
    """The formula as it was written; empty when it did not come from TeX."""


class LineBreak(Node, frozen=True, gc=False):
    """A line end that means something, as in an address."""


Inline = (
    Text
    | Emphasis
    | Strong
    | Strikethrough
    | Superscript
    | Subscript
    | Span
    | Quotation
    | Code
    | Link
    | NoteReference
    | Abbreviation
    | Image
    | Math
    | LineBreak
)
Inlines = tuple[Inline, ...]
