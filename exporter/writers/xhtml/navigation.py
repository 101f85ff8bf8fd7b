"""Table of contents: the headings of a publication as nested links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from exporter.model import Inlines, Node, Publication, Section
from exporter.model.walk import children, plain_text

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
