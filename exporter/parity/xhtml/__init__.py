"""Content of HTML documents: chapters of an EPUB, a page, the text of a talking book.

`elements` knows what an element is, `book` where everything stands, `collector` and `content` tell it item by
item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exporter.parity.extraction import Extraction, Heading, Picture, normal
from exporter.parity.xhtml import elements, references, roles, stylesheets
from exporter.parity.xhtml.book import Book, Document
from exporter.parity.xhtml.content import XhtmlExtractor

__all__ = ["Book", "Document", "extract", "lines", "render"]


def render(root: Any, sheets: Iterable[str]) -> None:
    """Rewrite a document as it is shown and read out, by its style sheets, roles and names."""
    stylesheets.apply(root, sheets)
    roles.apply(root)


def extract(
    book: Book,
    language: str,
    *,
    contents: Sequence[tuple[Any, int, Any]] | None = None,
    pages: Iterable[tuple[str, Any]] | None = None,
) -> Extraction:
    """Return what the documents of a book say; its metadata are for the caller to read.

    Args:
        book: Its documents.
        language: Of a document that does not say.
        contents: Entries of the list of contents, as of `lines`.
        pages: What the list of pages says: words, and the element that each line leads to. None: there is none.
    """
    labels, numbers = book.labels(pages or ())
    teller = XhtmlExtractor(book, numbers)
    leads = None
    if contents is not None:
        leads = tuple((elements.text(link), goal) for link, _, goal in contents)
    content = teller.extract_content(language, leads)
    outline = None
    if contents is not None:
        outline = tuple(Heading(normal(elements.text(link)), level) for link, level, _ in contents)
    return Extraction(
        headings=tuple(teller.headings),
        plain=True,
        outline=outline,
        pictures=tuple(teller.pictures),
        decorative=teller.decorative,
        cover=_cover(book),
        content=content,
        pages=labels if pages is not None else None,
        boxes=tuple(sorted(references.box_names(book))),
        breaks=sum(
            elements.name(element) == "hr" and not elements.is_hidden(element)
            for document in book.documents
            for element in document.root.iter()
        ),
    )


def lines(element: Any, book: Book, document: str) -> list[tuple[Any, int, Any]]:
    """Return the lines of nested lists of links that lead into a document: the link, its depth from 1, and its goal.

    A line without a fragment leads to a document that the edition adds, such as the imprint, and is left out.
    """
    entries = []
    for link in element.iter():
        href = link.get("href") if elements.name(link) == "a" else None
        if href and "#" in href:
            depth = sum(1 for parent in link.iterancestors() if elements.name(parent) == "ol")
            entries.append((link, depth, book.target(href, document)))
    return entries


def _cover(book: Book) -> Picture | None:
    for document in book.documents:
        for element in document.root.iter():
            if elements.name(element) and "cover" in elements.kinds(element):
                image = next((descendant for descendant in element.iter() if elements.name(descendant) == "img"), None)
                alt = normal(image.get("alt") or "") if image is not None else ""
                return Picture(alt or None) if image is not None else None
    return None
