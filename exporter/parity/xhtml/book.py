"""The documents of a publication: where everything stands that links can lead to."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag

from exporter.inspect.archive import resolve
from exporter.parity import picture_files
from exporter.parity.picture_files import PictureFile
from exporter.parity.xhtml import elements

_DIGITS = re.compile(r"\d+")


class Document(NamedTuple):
    """A document in reading order."""

    name: str
    """By which others refer to it."""
    root: Any
    """The element `html`, or the part of it that holds the text."""


class Book:
    """All documents, with an index of their elements.

    Args:
        documents: In reading order.
        pictures: Files of the pictures, by name.
    """

    def __init__(self, documents: Sequence[Document], pictures: Mapping[str, PictureFile] = {}) -> None:
        self.documents = documents
        self._pictures = pictures
        self._names: dict[str, Any] = {}
        self._ids: dict[tuple[str, str], Any] = {}
        self._styles: dict[Any, frozenset[str]] = {}
        self.home: dict[Any, str] = {}
        """The document of every element; it keeps them all alive, so that each is one object."""
        self.notes: list[Any] = []
        """In the order of the documents."""
        self.marks: list[Any] = []
        """Marks of pages, in the order of the documents."""
        for document in documents:
            self._names.setdefault(document.name, document.root)
            for element in document.root.iter():
                self.home[element] = document.name
                if elements.name(element):
                    self._index(document.name, element)

    def _index(self, document: str, element: Any) -> None:
        identifier = element.get("id")
        if identifier:
            self._ids.setdefault((document, identifier), element)
        kinds = elements.kinds(element)
        if kinds & elements.PAGE_MARKS:
            self.marks.append(element)
        elif elements.is_note(element):
            self.notes.append(element)

    def target(self, href: str, document: str) -> Any:
        """Return the element that an address inside the book leads to; None when there is none.

        Args:
            href: As the document has it.
            document: Name of the document in which it stands.
        """
        address, fragment = urldefrag(href)
        name = resolve(document, address) if address else document
        return self._ids.get((name, unquote(fragment))) if fragment else self._names.get(name)

    def picture(self, element: Any) -> PictureFile:
        """Return what is known of the file of an image."""
        source = element.get("src") or ""
        head, _, data = source.partition(";base64,")
        if head.startswith("data:"):
            with suppress(binascii.Error):
                return picture_files.read(base64.b64decode(data))
        return self._pictures.get(resolve(self.home.get(element, ""), source), PictureFile())

    def styles(self, element: Any) -> frozenset[str]:
        """Return the styles of the text of an element, those of the elements around it included."""
        known = self._styles.get(element)
        if known is None:
            outer = element.getparent()
            known = elements.styles(element, self.styles(outer) if outer is not None else frozenset())
            if element in self.home:
                self._styles[element] = known
        return known

    def direction(self, element: Any) -> str:
        """Return the direction of a block."""
        return "rtl" if "rtl" in self.styles(element) else "ltr"

    def labels(self, lines: Iterable[tuple[str, Any]]) -> tuple[tuple[str, ...], dict[Any, int]]:
        """Return what is printed on each page that is marked in the text, and the number of each mark from 0.

        Args:
            lines: What a list of pages says: words, and the element that each leads to.
        """
        named = {element: words for words, element in lines if element is not None}
        marks = [mark for mark in self.marks if mark in named]
        return tuple(named[mark] for mark in marks), {mark: number for number, mark in enumerate(marks)}


def is_inside(href: str) -> bool:
    """Return whether an address leads to a place in the book."""
    return ":" not in href.partition("#")[0].partition("/")[0]


def note_number(note: Any) -> str:
    """Return the number of a note."""
    for element in note.iter():
        if elements.name(element) and "note-number" in elements.kinds(element):
            match = _DIGITS.search("".join(element.itertext()))
            return match[0] if match else ""
    return ""


def ways_back(note: Any, book: Book) -> int:
    """Count the links of a note that lead to marks of it in the text, each mark once."""
    marks = set()
    for link in _links(note, "backlink"):
        goal = book.target(link.get("href") or "", book.home[link])
        mark = next(_references(goal), None) if goal is not None else None
        if mark is not None and book.target(mark.get("href") or "", book.home[mark]) is note:
            marks.add(mark)
    return len(marks)


def _links(element: Any, kind: str) -> Iterator[Any]:
    return (link for link in element.iter() if elements.name(link) == "a" and kind in elements.kinds(link))


def _references(element: Any) -> Iterator[Any]:
    """Return the links of the mark of a note, which may stand around or inside the element that a link leads to."""
    return _links(element, "noteref")
