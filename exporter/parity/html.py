"""What the HTML edition says, read with lxml as browsers read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from exporter.inspect.limits import MAX_PAGE
from exporter.parity import xhtml
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, Picture, normal
from exporter.parity.xhtml import Book, Document, elements

TITLE_LEVEL = 1
"""The title is the one heading of level 1; those of the text stand below it (WCAG 2.4.6)."""


def read(path: Path) -> Extraction:
    """Read a page whose text is its element `main`.

    Raises:
        OSError, ValueError, lxml.etree.LxmlError: It is none.
    """
    from lxml import html

    if path.stat().st_size > MAX_PAGE:
        raise ValueError("it is too large to be read")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = html.document_fromstring(path.read_bytes(), parser=parser)
    main = next((each for each in root.iter() if elements.name(each) == "main"), None)
    if main is None:
        raise ValueError("it has no element `main`")
    book = Book([Document("", main)])
    contents = next((each for each in root.iter() if elements.name(each) == "nav"), None)
    language = elements.language(root, "")
    entries = xhtml.lines(contents, book, "") if contents is not None else None
    found = xhtml.facts(book, language, contents=entries)
    headings = tuple(msgspec.structs.replace(each, level=_below(each)) for each in found.headings or ())
    return msgspec.structs.replace(
        found,
        title=normal(root.findtext(".//title") or ""),
        language=language,
        headings=headings,
        one_list=True,
        cover=_opening(root),
        about=_about(root),
    )


def _below(heading: Heading) -> int | None:
    return heading.level - TITLE_LEVEL if heading.level is not None else None


def _opening(root: Any) -> Picture | None:
    """Return the picture before the text."""
    for element in root.iter():
        if elements.name(element) == "main":
            return None
        if elements.name(element) == "img" and "opening-picture" in elements.kinds(element):
            return Picture(normal(element.get("alt") or "") or None)
    return None


def _about(root: Any) -> DocumentMetadata:
    named: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        named.setdefault(element.get("name") or "", []).append(normal(element.get("content") or ""))
    return DocumentMetadata(
        authors=tuple(named.get("author", ())),
        date=next(iter(named.get("dcterms.issued", ())), ""),
        description=next(iter(named.get("description", ())), ""),
    )


EXTRACTOR = Extractor(read)
