"""An eBraille publication opened for checks: its package, documents and style sheets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from exporter.inspect.archive import Archive, resolve
from exporter.inspect.epub import CONTAINER, DC, OPF
from exporter.inspect.xml import NotXmlError, parse, parse_leniently

PACKAGE, ENTRY_PAGE = "package.opf", "index.html"
XHTML, CSS = "application/xhtml+xml", "text/css"
HTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"


class Document(NamedTuple):
    """An XHTML document."""

    name: str
    root: Any
    wrong: str
    """What is wrong with its XML; empty for a well-formed one."""


class Publication:
    """The files of an eBraille publication.

    Args:
        archive: It stays open as long as the publication is used.
        suffix: That of its file.

    Raises:
        KeyError, ValueError, lxml.etree.XMLSyntaxError: It has no package document, or one that cannot be read.
    """

    def __init__(self, archive: Archive, suffix: str) -> None:
        self.archive, self.suffix = archive, suffix
        self.name = PACKAGE if PACKAGE in archive else self.stated_package
        self.package = parse(archive.read(self.name))
        self.items = {item.get("id"): item for item in self.package.iterfind(f"{OPF}manifest/{OPF}item")}
        self.spine = self.package.findall(f"{OPF}spine/{OPF}itemref")

    @cached_property
    def stated_package(self) -> str:
        """The path of the package document that the container names; empty if it names none."""
        if "META-INF/container.xml" not in self.archive:
            return ""
        rootfile = parse(self.archive.read("META-INF/container.xml")).find(f".//{CONTAINER}rootfile")
        return "" if rootfile is None else rootfile.get("full-path") or ""

    def path(self, item: Any) -> str:
        """Return the path of an item in the archive."""
        return resolve(self.name, item.get("href") or "")

    def of_type(self, *media_types: str) -> Iterator[tuple[str, Any]]:
        """Yield the items of some media types that are there, with their paths."""
        for item in self.items.values():
            if item.get("media-type") in media_types and self.path(item) in self.archive:
                yield self.path(item), item

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All XHTML documents, that of the navigation too."""
        return tuple(self._document(name) for name, _ in self.of_type(XHTML))

    def _document(self, name: str) -> Document:
        try:
            root, wrong = parse_leniently(self.archive.read(name))
        except NotXmlError as error:
            return Document(name, None, str(error))
        return Document(name, root, wrong)

    @cached_property
    def content(self) -> tuple[Document, ...]:
        """The documents that can be read, without the primary entry page."""
        return tuple(
            document for document in self.documents if document.root is not None and not self.is_entry(document)
        )

    @cached_property
    def entry_page(self) -> Document | None:
        """The primary entry page."""
        return next((document for document in self.documents if self.is_entry(document)), None)

    def is_entry(self, document: Document) -> bool:
        """Return whether a document is the primary entry page."""
        return document.name == ENTRY_PAGE

    @cached_property
    def in_spine(self) -> frozenset[str]:
        """The paths of the documents in the reading order."""
        items = (self.items.get(reference.get("idref")) for reference in self.spine)
        return frozenset(self.path(item) for item in items if item is not None)

    @cached_property
    def sheets(self) -> dict[str, bytes]:
        """Style sheets, and the contents of elements for style, by file."""
        sheets = {name: self.archive.read(name) for name, _ in self.of_type(CSS)}
        for document in self.documents:
            for index, style in enumerate(document.root.iter(f"{HTML}style") if document.root is not None else ()):
                sheets[f"{document.name}, style {index + 1}"] = (style.text or "").encode()
        return sheets

    def dc(self, name: str) -> list[str]:
        """Return the values of an element of Dublin Core."""
        return [(element.text or "").strip() for element in self.package.iterfind(f"{OPF}metadata/{DC}{name}")]

    def meta(self, name: str) -> list[str]:
        """Return the values of a property of the publication."""
        metas = self.package.iterfind(f"{OPF}metadata/{OPF}meta")
        return [(meta.text or "").strip() for meta in metas if meta.get("property") == name and not meta.get("refines")]


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
