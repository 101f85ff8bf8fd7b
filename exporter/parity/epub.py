"""Extraction from an EPUB, with zipfile and lxml, in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter.inspect.archive import Archive
from exporter.inspect.epub import DC, OPF, Package
from exporter.inspect.xml import parse
from exporter.parity import xhtml
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, normal
from exporter.parity.xhtml import Book, Document, elements


def read(path: Path) -> Extraction:
    """Return the extraction of an EPUB.

    Raises:
        KeyError, ValueError, lxml.etree.XMLSyntaxError: It is not a valid EPUB.
    """
    with Archive(path) as archive:
        package = Package(archive)
        root = package.root
        names = {identifier: package.path(item) for identifier, item in package.items.items()}
        navs = [item.get("id") for item in package.navigation_items]
        roots = {key: parse(archive.read(names[key])) for key in dict.fromkeys((*package.spine, *navs[:1]))}
    book = Book([Document(names[key], _body(roots[key])) for key in package.spine])
    language = root.findtext(f"{OPF}metadata/{DC}language")
    nav = (names[navs[0]], roots[navs[0]]) if navs else None
    pages = _list(nav, "page-list", book)
    extraction = xhtml.facts(
        book,
        language or "",
        contents=_list(nav, "toc", book),
        pages=None if pages is None else [(normal(elements.text(link)), goal) for link, _, goal in pages],
    )
    return msgspec.structs.replace(
        extraction,
        title=normal(root.findtext(f"{OPF}metadata/{DC}title") or ""),
        language=language,
        about=_about(root),
    )


def _body(root: Any) -> Any:
    body = next((child for child in root if elements.name(child) == "body"), None)
    return root if body is None else body


def _list(nav: tuple[str, Any] | None, kind: str, book: Book) -> list[tuple[Any, int, Any]] | None:
    """Return the lines of a list of the navigation document, or None if it has no such list."""
    if nav is None:
        return None
    name, root = nav
    lists = [element for element in root.iter() if elements.name(element) == "nav" and kind in elements.kinds(element)]
    return xhtml.lines(lists[0], book, name) if lists else None


def _about(package: Any) -> DocumentMetadata:
    def values(name: str) -> Iterator[str]:
        return (normal("".join(element.itertext())) for element in package.iterfind(f"{OPF}metadata/{DC}{name}"))

    unique = package.get("unique-identifier")
    identifiers = package.iterfind(f"{OPF}metadata/{DC}identifier")
    return DocumentMetadata(
        authors=tuple(values("creator")),
        contributors=tuple(values("contributor")),
        publisher=next(values("publisher"), ""),
        date=next(values("date"), ""),
        identifier=next(
            (normal(identifier.text or "") for identifier in identifiers if identifier.get("id") == unique), ""
        ),
        description=next(values("description"), ""),
        subjects=tuple(values("subject")),
        rights=next(values("rights"), ""),
    )


EXTRACTOR = Extractor(read)
