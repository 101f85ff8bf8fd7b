"""What an EPUB says, read with zipfile and lxml in the order of its spine (EPUB 3.3, 5.7)."""

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
    """Read an EPUB.

    Raises:
        KeyError, ValueError, lxml.etree.XMLSyntaxError: It is none.
    """
    with Archive(path) as archive:
        opened = Package(archive)
        package = opened.root
        names = {identifier: opened.path(item) for identifier, item in opened.items.items()}
        navs = [item.get("id") for item in opened.navigation_items]
        roots = {key: parse(archive.read(names[key])) for key in dict.fromkeys((*opened.spine, *navs[:1]))}
    book = Book([Document(names[key], _body(roots[key])) for key in opened.spine])
    language = package.findtext(f"{OPF}metadata/{DC}language")
    nav = (names[navs[0]], roots[navs[0]]) if navs else None
    pages = _list(nav, "page-list", book)
    found = xhtml.facts(
        book,
        language or "",
        contents=_list(nav, "toc", book),
        pages=None if pages is None else [(normal(elements.text(link)), goal) for link, _, goal in pages],
    )
    return msgspec.structs.replace(
        found,
        title=normal(package.findtext(f"{OPF}metadata/{DC}title") or ""),
        language=language,
        about=_about(package),
    )


def _body(root: Any) -> Any:
    body = next((child for child in root if elements.name(child) == "body"), None)
    return root if body is None else body


def _list(nav: tuple[str, Any] | None, kind: str, book: Book) -> list[tuple[Any, int, Any]] | None:
    """Return the lines of a list of the navigation document; None when it has no such list."""
    if nav is None:
        return None
    name, root = nav
    found = [each for each in root.iter() if elements.name(each) == "nav" and kind in elements.kinds(each)]
    return xhtml.lines(found[0], book, name) if found else None


def _about(package: Any) -> DocumentMetadata:
    def every(name: str) -> Iterator[str]:
        return (normal("".join(each.itertext())) for each in package.iterfind(f"{OPF}metadata/{DC}{name}"))

    unique = package.get("unique-identifier")
    identifiers = package.iterfind(f"{OPF}metadata/{DC}identifier")
    return DocumentMetadata(
        authors=tuple(every("creator")),
        contributors=tuple(every("contributor")),
        publisher=next(every("publisher"), ""),
        date=next(every("date"), ""),
        identifier=next((normal(each.text or "") for each in identifiers if each.get("id") == unique), ""),
        description=next(every("description"), ""),
        subjects=tuple(every("subject")),
        rights=next(every("rights"), ""),
    )


EXTRACTOR = Extractor(read)
