"""Ways into the book: contents, lists of figures and tables, page list, landmarks, and the NCX of old readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from exporter.labels import Labels
from exporter.model import Figure, Inlines, Node, PageBreak, Publication, Section, Table
from exporter.model.walk import children, plain_text, walk
from exporter.writers.epub.page_list import Mark


class NavEntry(msgspec.Struct, frozen=True):
    """A line of a list that leads somewhere."""

    href: str
    label: object
    """What is shown: `markupsafe.Markup`, or text to be escaped."""
    text: str
    """The same as plain text."""
    children: tuple[NavEntry, ...] = ()


class Landmark(msgspec.Struct, frozen=True):
    """A part of the book that readers go to by its kind (EPUB 3.3, 7.4.4)."""

    type: str
    """A term of the EPUB Structural Semantics vocabulary."""
    href: str
    label: str


class EntryList(msgspec.Struct, frozen=True):
    """A further list of the navigation document."""

    type: str
    """`loi` or `lot` (EPUB Structural Semantics)."""
    title: str
    entries: tuple[NavEntry, ...]


class Point(msgspec.Struct, frozen=True):
    """A place of the NCX."""

    id: str
    order: int
    href: str
    text: str
    children: tuple[Point, ...] = ()


class PageTarget(msgspec.Struct, frozen=True):
    """A page of the NCX (DAISY NCX 2005-1)."""

    id: str
    order: int
    href: str
    text: str
    type: str
    """`normal` for numbers, `special` for the rest; `front` pages are not told apart."""
    value: str
    """The number; empty for a special page."""


Link = Callable[[str], str]
"""Gives the address of `#id` as seen from the navigation document."""
Label = Callable[[Inlines], str]
"""Gives inlines as markup without identifiers, links and marks of notes."""


def contents(publication: Publication, link: Link, label: Label) -> tuple[NavEntry, ...]:
    """Return all headings of front and body, nested as their sections are."""
    return tuple(_headings((*publication.front, *publication.body), link, label))


def _headings(nodes: Iterable[Node], link: Link, label: Label) -> Iterator[NavEntry]:
    for node in nodes:
        inside = _headings(children(node), link, label)
        if isinstance(node, Section) and node.at.id:
            href = link(f"#{node.at.id}")
            yield NavEntry(href, label(node.title), plain_text(node.title) or href, tuple(inside))
        else:
            # Headings inside quotes and boxes stand in the contents too, one level up.
            yield from inside


def captions(
    publication: Publication, kind: type[Figure] | type[Table], link: Link, label: Label
) -> tuple[NavEntry, ...]:
    """Return the figures or tables that have a caption and an identifier."""
    return tuple(
        NavEntry(link(f"#{node.at.id}"), label(node.caption), plain_text(node.caption))
        for node in walk(publication)
        if isinstance(node, kind) and node.caption and node.at.id
    )


def page_list(publication: Publication, marks: Iterable[Mark], link: Link) -> tuple[NavEntry, ...]:
    """Return the marked pages of a printed original, or those of our own PDF, in reading order."""
    breaks = (node for node in walk(publication) if isinstance(node, PageBreak))
    printed = [Mark(node.at.id, node.label) for node in breaks if node.label and node.at.id]
    return tuple(NavEntry(link(f"#{mark.id}"), mark.label, mark.label) for mark in printed or marks)


def lists(publication: Publication, link: Link, label: Label, labels: Labels) -> tuple[EntryList, ...]:
    """Return the lists of figures and tables that are not empty."""
    every = (
        EntryList("loi", labels("common.figures"), captions(publication, Figure, link, label)),
        EntryList("lot", labels("common.tables"), captions(publication, Table, link, label)),
    )
    return tuple(each for each in every if each.entries)


def points(entries: Iterable[NavEntry]) -> tuple[Point, ...]:
    """Return the entries as NCX points, numbered in reading order from 1."""
    order = iter(range(1, 1 << 31))

    def number(entry: NavEntry) -> Point:
        mine = next(order)
        return Point(f"point-{mine}", mine, entry.href, entry.text, tuple(number(child) for child in entry.children))

    return tuple(number(entry) for entry in entries)


def page_targets(pages: Iterable[NavEntry], first: int) -> tuple[PageTarget, ...]:
    """Return the pages as NCX targets; `first` is the first free place in the order."""
    return tuple(
        PageTarget(
            id=f"page-target-{number}",
            order=first + number - 1,
            href=page.href,
            text=page.text,
            type="normal" if page.text.isdecimal() else "special",
            value=str(int(page.text)) if page.text.isdecimal() else "",
        )
        for number, page in enumerate(pages, start=1)
    )


def depth(entries: tuple[NavEntry, ...] | tuple[Point, ...]) -> int:
    """Return the number of levels."""
    return max((1 + depth(entry.children) for entry in entries), default=0)


def count(entries: tuple[NavEntry, ...] | tuple[Point, ...]) -> int:
    """Return the number of entries on all levels."""
    return sum(1 + count(entry.children) for entry in entries)
