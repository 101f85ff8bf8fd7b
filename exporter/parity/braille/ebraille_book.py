"""The documents of an eBraille publication, and their paragraphs as cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from exporter.braille.codes import Grade
from exporter.braille.liblouis import SPACE
from exporter.inspect.archive import Archive
from exporter.inspect.epub import DC, OPF, Package
from exporter.inspect.xml import parse
from exporter.parity.braille.text import Text
from exporter.parity.extraction import normal
from exporter.parity.xhtml import elements

HTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_FRAME = frozenset({"titlepage", "colophon", "cover", "toc"})
"""Types and classes of what the edition adds around the text."""
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup", "wbr"})
_SKIPPED = frozenset({"doc-pagebreak", "doc-noteref", "doc-backlink"})
"""Roles of what is not text of the manuscript."""


class _Document(NamedTuple):
    name: str
    root: Any


class Book:
    """The documents of an eBraille publication."""

    def __init__(self, path: Path) -> None:
        with Archive(path) as archive:
            package = Package(archive)
            self.package = package.root
            names = [package.path(package.items[key]) for key in package.spine]
            documents = [_Document(name, parse(archive.read(name))) for name in names]
            sheets = [name for name in archive.names if name.endswith(".css")]
            self.sheet = archive.read(sheets[0]).decode("utf-8", "replace") if len(sheets) == 1 else ""
            self.navigation = parse(archive.read(package.path(package.navigation_items[0])))
        self.documents = [document for document in documents if not _is_frame(document.root)]
        self.ids = {(name, element.get("id")): element for name, root in self.documents for element in root.iter()}

    def links(self, role: str = "") -> Iterator[tuple[str, Any]]:
        """Yield the links of all documents, each with the name of its document, or those of a role."""
        for name, root in self.documents:
            yield from ((name, link) for link in root.iter(f"{HTML}a") if not role or link.get("role") == role)

    def metadata(self, name: str) -> list[str]:
        """Return the values of an element of Dublin Core."""
        return [normal(element.text or "") for element in self.package.iterfind(f"{OPF}metadata/{DC}{name}")]

    @property
    def grade(self) -> Grade:
        """The grade of the first braille system."""
        metas = self.package.iterfind(f"{OPF}metadata/{OPF}meta")
        first = next((meta.text or "" for meta in metas if meta.get("property") == "a11y:brailleSystem"), "")
        return Grade.CONTRACTED if "grade2" in first else Grade.UNCONTRACTED

    def nav(self, kind: str) -> Any:
        """Return a list of the primary entry page, or None."""
        navs = self.navigation.iter(f"{HTML}nav")
        return next((nav for nav in navs if kind in (nav.get(_TYPE) or "").split()), None)

    @property
    def text(self) -> Text:
        """The text, paragraph by paragraph."""
        paragraphs = (words for document in self.documents for words in _paragraphs(document.root.find(f"{HTML}body")))
        toc = self.nav("toc")
        return Text(tuple(paragraphs), "" if toc is None else in_cells("".join(toc.itertext())))


def is_note(element: Any) -> bool:
    """Return whether an element is a note."""
    parent = element.getparent()
    is_listed = parent is not None and any(around.get("role") == "doc-endnotes" for around in parent.iterancestors())
    return element.get("role") == "doc-footnote" or (is_listed and element.tag == f"{HTML}li")


def _is_frame(root: Any) -> bool:
    kinds = (f"{element.get(_TYPE) or ''} {element.get('class') or ''}".split() for element in root.iter(f"{HTML}*"))
    return any(_FRAME.intersection(names) for names in kinds)


def in_cells(text: str) -> str:
    """Return cells in which the words are separated by one empty cell."""
    return SPACE.join(text.replace(SPACE, " ").split())


def _paragraphs(block: Any) -> Iterator[str]:
    """Yield the text of each block, without numbers of notes and pages."""
    parts: list[str] = []

    def visit(element: Any) -> Iterator[str]:
        name = element.tag.removeprefix(HTML) if isinstance(element.tag, str) else ""
        if not name or _SKIPPED.intersection((element.get("role") or "").split()) or elements.is_hidden(element):
            return
        is_block = name not in _INLINE
        if is_block:
            yield from flush()
        parts.append(element.text or "")
        for child in element:
            yield from visit(child)
            parts.append(child.tail or "")
        if is_block:
            yield from flush()

    def flush() -> Iterator[str]:
        words = in_cells("".join(parts))
        parts.clear()
        if words:
            yield words

    return visit(block)
