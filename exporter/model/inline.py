"""Inline nodes: content of paragraphs, headings, captions and terms."""

from __future__ import annotations

from typing import Annotated

import msgspec

from exporter.model.alt import Alt
from exporter.model.node import Node


class Text(Node, frozen=True, gc=False):
    """Text; a line end of the manuscript inside a paragraph is a space."""

    text: str


class Emphasis(Node, frozen=True, gc=False):
    """Stress emphasis (HTML `em`)."""

    children: Inlines


class Strong(Node, frozen=True, gc=False):
    """Strong importance (HTML `strong`)."""

    children: Inlines


class Strikethrough(Node, frozen=True, gc=False):
    """Content that is no longer accurate (HTML `s`)."""

    children: Inlines


class Superscript(Node, frozen=True, gc=False):
    children: Inlines


class Subscript(Node, frozen=True, gc=False):
    children: Inlines


class Span(Node, frozen=True, gc=False):
    """Content with a language, direction or id of its own (HTML `span`)."""

    children: Inlines


class Quotation(Node, frozen=True, gc=False):
    """An inline quotation, with the quotation marks of the language (HTML `q`)."""

    children: Inlines


class Code(Node, frozen=True, gc=False):
    """Code, such as a file name or a command (HTML `code`)."""

    text: str


class Link(Node, frozen=True, gc=False):
    """A link; its children are its text (WCAG 2.4.4)."""

    children: Inlines
    target: str
    """`#id` of a node of this publication, or a URL."""
    title: str = ""
    """Additional information about the target (HTML `title`)."""


class NoteReference(Node, frozen=True, gc=False):
    """A note reference (DPUB-ARIA doc-noteref)."""

    note: str
    """`Note.id`."""


class Abbreviation(Node, frozen=True, gc=False):
    """An abbreviation and its expansion (WCAG 3.1.4, PDF `E`, HTML `abbr`)."""

    text: str
    expansion: str


class Image(Node, frozen=True, gc=False):
    """An image."""

    source: str
    """`Asset.name` in `Publication.assets`: the path as the manuscript writes it."""
    alt: Alt
    width: Annotated[float, msgspec.Meta(gt=0)] | None = None
    """Width in millimetres that the manuscript sets; None for that of the file."""


class Math(Node, frozen=True, gc=False):
    """An inline formula."""

    mathml: str
    """A complete `<math>` element in the MathML namespace."""
    tex: str = ""
    """TeX source, or empty."""


class LineBreak(Node, frozen=True, gc=False):
    """A hard line break, as in an address."""


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
