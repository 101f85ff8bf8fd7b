"""Drafts of a document of which only the pages are counted, in parts that begin a page and need not be laid out again.

A draft has the same lines as the document, whichever of its parts it has, but for a footnote that goes on on the first
page of the next part: fields are replaced by their results, and note marks by their numbers. Images are replaced by
placeholders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree

from exporter.inspect.docx.xml import name
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import Element, add

_DOCUMENT = "/word/document.xml"
_FOOTNOTES = "/word/footnotes.xml"
_SETTINGS = "/word/settings.xml"
_FIRST_BOOKMARK = 1_000_000
"""Above the identifiers of the bookmarks of a document."""


class DraftPart:
    """A part of a draft: blocks from the beginning of a page, with their footnotes.

    Args:
        bookmark: Name of the bookmark at its beginning.
        blocks: Elements of the body, simplified.
        notes: All footnotes of the document by identifier.
    """

    def __init__(self, bookmark: str, blocks: Sequence[Element], notes: dict[str, Element]) -> None:
        self.bookmark = bookmark
        self.blocks = blocks
        references = (reference for block in blocks for reference in block.iter(name("footnoteReference")))
        self.notes = [notes[reference.get(name("id")) or ""] for reference in references]
        self.bookmarks = [
            mark.get(name("name")) or "" for block in blocks for mark in block.iter(name("bookmarkStart"))
        ]


class Draft:
    """The draft of a document.

    Args:
        package: The document.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        contents = package.xml_parts()
        self._root = deepcopy(contents[_DOCUMENT])
        self._notes = deepcopy(contents[_FOOTNOTES]) if _FOOTNOTES in contents else None
        (body,) = self._root
        self._section = body[-1]
        for element in (self._root, self._notes):
            if element is not None:
                _simplify(element)
        notes = {note.get(name("id")) or "": note for note in self._notes} if self._notes is not None else {}
        # Endnotes are behind the last part, wherever their marks are.
        is_divided = next(body.iter(name("endnoteReference")), None) is None
        groups: list[list[Element]] = []
        for block in list(body)[:-1]:
            if not groups or (is_divided and _begins_page(block)):
                groups.append([])
            groups[-1].append(block)
        self.parts = tuple(DraftPart(f"_Part{number}", blocks, notes) for number, blocks in enumerate(groups))
        self._shared = _digest(
            [
                self._section,
                *(child for child in contents[_SETTINGS] if child.tag != name("docVars")),
                *(contents[address] for address in sorted(contents.keys() - {_DOCUMENT, _FOOTNOTES, _SETTINGS})),
            ]
        )

    def key(self, part: DraftPart) -> str:
        """Return the digest of what decides the lines of a part."""
        return f"{self._shared}:{_digest([*part.blocks, *part.notes])}"

    def save(self, target: Path, parts: Iterable[DraftPart]) -> None:
        """Write a draft of some parts, in their order, each with a bookmark at its beginning."""
        (body,) = self._root
        body[:] = []
        notes = [] if self._notes is None else [note for note in self._notes if note.get(name("type"))]
        for number, part in enumerate(parts, _FIRST_BOOKMARK):
            body.extend(part.blocks)
            notes += part.notes
            paragraph = _first_paragraph(part.blocks[0])
            if paragraph is not None:
                start = add(paragraph, "bookmarkStart", {"w:id": number, "w:name": part.bookmark})
                end = add(paragraph, "bookmarkEnd", {"w:id": number})
                at = int(paragraph[0].tag == name("pPr"))
                paragraph[at:at] = [start, end]
        body.append(self._section)
        contents = {_DOCUMENT: self._root}
        if self._notes is not None:
            self._notes[:] = notes
            contents[_FOOTNOTES] = self._notes
        self._package.save(target, draft=contents)


def _first_paragraph(block: Element) -> Element | None:
    return next(block.iter(name("p")), None)


def _begins_page(block: Element) -> bool:
    paragraph = _first_paragraph(block)
    return paragraph is not None and paragraph.find(f"{name('pPr')}/{name('pageBreakBefore')}") is not None


def _simplify(element: Element) -> None:
    """Replace fields by their results, and note marks by their numbers."""
    for mark in [*element.iter(name("fldChar"), name("instrText"))]:
        run = mark.getparent()
        assert run is not None
        run.remove(mark)
    for reference in [*element.iter(name("footnoteReference"))]:
        reference.set(name("customMarkFollows"), "1")
        _add_number(reference, reference.get(name("id")) or "")
    for note in element.iter(name("footnote")):
        for mark in [*note.iter(name("footnoteRef"))]:
            _add_number(mark, note.get(name("id")) or "")


def _add_number(mark: Element, number: str) -> None:
    run = mark.getparent()
    assert run is not None
    add(run, "t", text=number)
    if mark.tag == name("footnoteRef"):
        run.remove(mark)


def _digest(elements: Iterable[Element]) -> str:
    return hashlib.sha256(b"\n".join(map(etree.tostring, elements))).hexdigest()
