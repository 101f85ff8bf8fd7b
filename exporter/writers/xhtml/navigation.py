"""Lists of the navigation document: the headings of a publication as nested links, its pages, its landmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from exporter.model import Inlines, Node, PageBreak, Publication, Section
from exporter.model.walk import children, plain_text, walk
from exporter.writers.xhtml.page_list import Mark

Link = Callable[[str], str]
"""Returns the address of `#id` as seen from the navigation document."""
Label = Callable[[Inlines], str]
"""Returns inlines as markup without identifiers, links and note references."""


class NavEntry(msgspec.Struct, frozen=True):
    """A link of a list in the navigation document."""

    href: str
    label: object
    """Its text as `markupsafe.Markup`, or as text to be escaped."""
    text: str
    """Its plain text."""
    children: tuple[NavEntry, ...] = ()


class Landmark(msgspec.Struct, frozen=True):
    """A part of the book that reading apps can open by its type (EPUB 3.3, 7.4.4)."""

    type: str
    """A term of the EPUB Structural Semantics vocabulary."""
    href: str
    label: str


def contents(publication: Publication, link: Link, label: Label) -> tuple[NavEntry, ...]:
    """Return all headings of front and body, nested like their sections."""
    return tuple(_headings((*publication.front, *publication.body), link, label))


def _headings(nodes: Iterable[Node], link: Link, label: Label) -> Iterator[NavEntry]:
    for node in nodes:
        inner = _headings(children(node), link, label)
        if isinstance(node, Section) and node.at.id:
            href = link(f"#{node.at.id}")
            yield NavEntry(href, label(node.title), plain_text(node.title) or href, tuple(inner))
        else:
            # Headings in quotations and boxes are listed too, one level up.
            yield from inner


def page_entries(publication: Publication, marks: Iterable[Mark], link: Link) -> tuple[NavEntry, ...]:
    """Return the marked pages of a printed original, or else those of the PDF edition, in reading order."""
    breaks = (node for node in walk(publication) if isinstance(node, PageBreak))
    printed = [Mark(node.at.id, node.label) for node in breaks if node.label and node.at.id]
    return tuple(NavEntry(link(f"#{mark.id}"), mark.label, mark.label) for mark in printed or marks)
