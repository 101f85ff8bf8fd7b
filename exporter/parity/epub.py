"""What an EPUB says, read with zipfile and lxml in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from exporter.parity.facts import Facts, Heading, Picture, normal
from exporter.parity.xml import parse

CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
MATH = "{http://www.w3.org/1998/Math/MathML}math"

FRAME = frozenset({"cover", "titlepage", "toc", "landmarks", "page-list", "loi", "lot", "colophon"})
"""Parts that an edition adds; their headings and pictures are not those of the manuscript."""
NOTES = frozenset({"footnote", "endnotes"})
"""Parts whose headings are none of the text, and whose pictures are counted behind it."""


def read(path: Path) -> Facts:
    """Read an EPUB.

    Raises:
        KeyError, OSError, zipfile.BadZipFile, lxml.etree.XMLSyntaxError: It is none.
    """
    with zipfile.ZipFile(path) as archive:
        rootfile = parse(archive.read("META-INF/container.xml")).find(f".//{CONTAINER}rootfile")
        name = rootfile.get("full-path")
        package = parse(archive.read(name))
        items = {item.get("id"): item for item in package.iterfind(f"{OPF}manifest/{OPF}item")}
        spine = [items[reference.get("idref")] for reference in package.iterfind(f"{OPF}spine/{OPF}itemref")]

        def document(item: Any) -> Any:
            return parse(archive.read(posixpath.join(posixpath.dirname(name), unquote(item.get("href")))))

        found = _Found()
        for item in spine:
            found.visit(document(item).find(f"{HTML}body"), in_note=False)
        nav = next((item for item in items.values() if "nav" in (item.get("properties") or "").split()), None)
        outline = tuple(_contents(document(nav))) if nav is not None else None
        return Facts(
            title=normal(package.findtext(f"{OPF}metadata/{DC}title") or ""),
            language=package.findtext(f"{OPF}metadata/{DC}language"),
            headings=tuple(found.headings),
            outline=outline,
            pictures=(*found.pictures, *found.pictures_of_notes),
            decorative=found.decorative,
            cover=found.cover,
        )


class _Found:
    """Headings and pictures of the manuscript in reading order."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.pictures: list[Picture] = []
        self.pictures_of_notes: list[Picture] = []
        self.decorative = 0
        self.cover: Picture | None = None

    def visit(self, element: Any, *, in_note: bool) -> None:
        kinds = set((element.get(OPS_TYPE) or "").split())
        if "cover" in kinds:
            image = next(element.iter(f"{HTML}img"), None)
            self.cover = Picture(normal(image.get("alt") or "") or None) if image is not None else None
        if kinds & FRAME:
            return
        in_note = in_note or bool(kinds & NOTES)
        if element.tag == f"{HTML}img":
            self._picture(element.get("alt"), in_note=in_note)
        elif _level(element) is not None and not in_note:
            self.headings.append(Heading(normal(_words(element)), _level(element)))
        for child in element.iterchildren("*"):
            self.visit(child, in_note=in_note)

    def _picture(self, alt: str | None, *, in_note: bool) -> None:
        if alt == "":
            self.decorative += 1
        else:
            pictures = self.pictures_of_notes if in_note else self.pictures
            pictures.append(Picture(normal(alt) if alt is not None else None))


def _level(element: Any) -> int | None:
    tag = element.tag
    if element.get("role") == "heading" or (tag.startswith(f"{HTML}h") and tag[-1] in "123456" and tag[-2] == "h"):
        stated = element.get("aria-level")
        return int(stated) if stated else int(tag[-1])
    return None


def _words(element: Any) -> str:
    """Give the words of an element without the marks of notes; a formula by its `alttext`."""
    kinds = (element.get(OPS_TYPE) or "").split()
    if "noteref" in kinds or element.get("role") == "doc-noteref":
        return ""
    if element.tag == MATH:
        return str(element.get("alttext") or "")
    if element.tag == f"{HTML}br":
        return " "
    parts = [element.text or ""]
    for child in element.iterchildren():
        parts += (_words(child) if isinstance(child.tag, str) else "", child.tail or "")
    return "".join(parts)


def _contents(nav: Any) -> Iterator[Heading]:
    """Give the entries of the contents that lead to a heading inside a document, with their depth."""
    for section in nav.iter(f"{HTML}nav"):
        if "toc" in (section.get(OPS_TYPE) or "").split():
            # An entry without a fragment leads to a whole document that the edition adds, such as the imprint.
            for link in section.iter(f"{HTML}a"):
                if "#" in link.get("href"):
                    depth = sum(1 for parent in link.iterancestors(f"{HTML}ol"))
                    yield Heading(normal(_words(link)), depth)
