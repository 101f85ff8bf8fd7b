"""Navigation of the EPUB: table of contents, lists of figures and tables, page list, landmarks, NCX."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import msgspec
from markupsafe import Markup as Safe

from exporter.model import Figure, Inlines, Publication, Table
from exporter.model.walk import has_content, plain_text, walk
from exporter.templates import safe
from exporter.writers.xhtml.chapters import NOTES
from exporter.writers.xhtml.documents import ABOUT, COVER, NAV, TITLE, Documents, render
from exporter.writers.xhtml.files import File
from exporter.writers.xhtml.navigation import Label, Landmark, Link, NavEntry, contents, page_entries
from exporter.writers.xhtml.package import NCX


class EntryList(msgspec.Struct, frozen=True):
    """A list of figures or tables in the navigation document."""

    type: str
    """`loi` or `lot` (EPUB Structural Semantics)."""
    title: str
    entries: tuple[NavEntry, ...]


class Point(msgspec.Struct, frozen=True):
    """A `navPoint` of the NCX."""

    id: str
    order: int
    href: str
    text: str
    children: tuple[Point, ...] = ()


class PageTarget(msgspec.Struct, frozen=True):
    """A `pageTarget` of the NCX (DAISY NCX 2005-1)."""

    id: str
    order: int
    href: str
    text: str
    type: str
    """`normal` for numbers, `special` for the rest; `front` pages are not distinguished."""
    value: str
    """The number; empty for a special page."""


def write(documents: Documents, *, lists: bool) -> tuple[File, File]:
    """Return the navigation document and the NCX, which have the same targets.

    Args:
        documents: The content documents, all written.
        lists: Whether lists of figures and tables are wanted.
    """
    publication, metadata, labels = documents.publication, documents.metadata, documents.labels
    link = documents.link

    def label(nodes: Inlines) -> Safe:
        return safe(documents.markup.label(nodes))

    def entry(name: str, text: str) -> NavEntry:
        return NavEntry(name, text, text)

    chapters = [chapter for chapter in documents.chapters if chapter.matter == "bodymatter"] or documents.chapters
    start = chapters[0].name
    entries = contents(publication, link, label) or (entry(start, metadata.title),)
    if documents.endnotes:
        entries += (entry(NOTES, labels("common.notes")),)
    entries += (entry(ABOUT, labels("common.about")),)
    pages = page_entries(publication, documents.paging.marks, link)
    all_lists = (
        EntryList("loi", labels("common.figures"), _captions(publication, Figure, link, label)),
        EntryList("lot", labels("common.tables"), _captions(publication, Table, link, label)),
    )
    shown_lists = [entry_list for entry_list in all_lists if lists and entry_list.entries]
    landmarks = [
        Landmark("cover", COVER, labels("common.cover")),
        Landmark("titlepage", TITLE, labels("epub.title_page")),
        Landmark("toc", f"{NAV}#toc", labels("common.contents")),
        Landmark("bodymatter", start, labels("epub.start")),
        *(Landmark(shown.type, f"{NAV}#{shown.type}", shown.title) for shown in shown_lists),
    ]
    if documents.endnotes:
        landmarks.append(Landmark("endnotes", NOTES, labels("common.notes")))
    landmarks.append(Landmark("colophon", ABOUT, labels("common.about")))
    nav = documents.write(
        NAV, "nav.xhtml", labels("common.contents"), matter="frontmatter",
        contents=entries, lists=shown_lists, pages=pages, landmarks=landmarks,
    )  # fmt: skip
    order = count(1)
    points = _points(entries, order)
    targets = _page_targets(pages, next(order))
    ncx = render(
        "toc.ncx",
        language=documents.language,
        identifier=metadata.identifier,
        title=metadata.full_title,
        depth=_depth(points),
        points=points,
        pages=targets,
        last_page=max((int(page.value) for page in targets if page.value), default=0),
    )
    return nav, File("toc.ncx", "ncx", NCX, ncx)


def _captions(
    publication: Publication, kind: type[Figure] | type[Table], link: Link, label: Label
) -> tuple[NavEntry, ...]:
    """Return the figures or tables that have a caption with words and an identifier."""
    return tuple(
        NavEntry(link(f"#{node.at.id}"), label(node.caption), plain_text(node.caption))
        for node in walk(publication)
        if isinstance(node, kind) and node.at.id and has_content(node.caption)
    )


def _points(entries: Iterable[NavEntry], order: count[int]) -> tuple[Point, ...]:
    """Return the entries as NCX points, numbered in reading order."""
    return tuple(
        Point(f"point-{(position := next(order))}", position, entry.href, entry.text, _points(entry.children, order))
        for entry in entries
    )


def _page_targets(pages: Iterable[NavEntry], first: int) -> tuple[PageTarget, ...]:
    """Return the pages as NCX targets; `first` is the first free position in the order."""
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


def _depth(points: tuple[Point, ...]) -> int:
    """Return the number of levels."""
    return max((1 + _depth(point.children) for point in points), default=0)
