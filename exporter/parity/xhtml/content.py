"""Documents as items: blocks, lists, tables, turns, notes (HTML, 4.4-4.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.parity.content import (
    NESTED,
    STYLES,
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    letters,
    list_label,
    list_step,
    words_of,
)
from exporter.parity.extraction import Heading, Picture, normal
from exporter.parity.xhtml import elements, tables
from exporter.parity.xhtml.book import note_number, ways_back
from exporter.parity.xhtml.collector import PagedOpen, Words


class XhtmlExtractor(Words):
    """Tells documents one after the other."""

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self.headings: list[Heading] = []
        self.speakers: list[str] = []
        self._in_note = False

    def extract_content(self, language: str, leads: tuple[tuple[str, Any], ...] | None) -> ExtractedContent:
        """Return the content of all documents.

        Args:
            language: Of a document that does not say.
            leads: Entries of the list of contents: words, and the element that each leads to.
        """
        for document in self.book.documents:
            if elements.kinds(document.root) & elements.FRAME:
                self._pass(document.root)
            else:
                self.block(document.root, (), "paragraph", _spoken(document.root, language))
        text_pictures, self.pictures = self.pictures, []
        notes = self._notes(language)
        self.pictures = [*text_pictures, *self.pictures]
        entries = None if leads is None else tuple((words, self._lead(goal)) for words, goal in leads)
        return ExtractedContent(
            tuple(map(self.placed, self.items)),
            tuple(notes),
            includes_cover=False,
            toc_links=entries,
            speakers=tuple(self.speakers),
            quotes=False,
            cues=True,
            styles=STYLES | {NESTED},
            spaced=True,
        )

    def _lead(self, goal: Any) -> int | None:
        index = self.first.get(goal) if goal is not None else None
        return index if index is None or index >= 0 else None

    # Notes

    def _notes(self, language: str) -> list[ExtractedNote]:
        """Add the notes in the order in which they are referred to; those without a reference last."""
        notes: dict[Any, ExtractedNote] = {}
        pictures: dict[Any, list[Picture]] = {}
        for note in self.references:  # grows while notes refer to further notes
            if note not in notes:
                notes[note] = self._note(note, language, unreferenced=False)
                pictures[note] = self.pictures
        for note in self.book.notes:
            if note not in notes:
                notes[note] = self._note(note, language, unreferenced=True)
                pictures[note] = self.pictures
        # In the order of the documents, not of the references.
        self.pictures = [picture for note in self.book.notes for picture in pictures[note]]
        return [msgspec.structs.replace(note_, items=tuple(map(self.placed, note_.items))) for note_ in notes.values()]

    def _note(self, note: Any, language: str, *, unreferenced: bool) -> ExtractedNote:
        """Return a note; its pictures are in `self.pictures`."""
        before, first, page = self.items, self.first, self.page
        self.items, self.first, self.pictures, self._in_note = [], {}, [], True
        if not any(elements.is_hidden(element) for element in (note, *note.iterancestors())):
            self.block(note, (), "paragraph", _spoken(note, language))
        location = f"{self.book.home[note]}, note {note_number(note) or '?'}"
        items, back = tuple(self.items), ways_back(note, self.book)
        self.items, self.first, self.page, self._in_note = before, first, page, False
        return ExtractedNote(items, back, location=location, unreferenced=unreferenced)

    # Blocks

    def block(self, element: Any, path: tuple[str, ...], kind: str, language: str) -> None:
        """Add the content of an element; words directly in it are an item of a kind."""
        self.enter(element)
        open_ = PagedOpen(kind, path)
        self.say(open_, element.text or "", language, element)
        figure = elements.name(element) == "figure" or bool(elements.kinds(element) & {"figure", "pictures"})
        for child in element:
            if figure and elements.name(child) == "img":
                self.close(open_, element)
                open_ = PagedOpen(kind, path)
            if elements.name(child) in elements.BLOCKS or elements.holds_notes(child) or elements.is_note(child):
                self.close(open_, element)
                open_ = PagedOpen(kind, path)
                self._inner(child, path, kind, language)
            else:
                self.inline(child, open_, language)
            self.say(open_, child.tail or "", language, element)
        self.close(open_, element)

    def _inner(self, element: Any, path: tuple[str, ...], kind: str, language: str) -> None:
        tag, kinds = elements.name(element), elements.kinds(element)
        aside = kinds & (elements.PAGE_MARKS | elements.FRAME) or tag == "nav" or elements.is_hidden(element)
        if aside or elements.is_note(element):
            self._pass(element)  # notes are told beside the text
            return
        if elements.holds_notes(element):
            self._beside_notes(element, path, language)
            return
        language = elements.language(element, language)
        level = elements.level(element)
        if level is not None:
            if not self._in_note:
                self.headings.append(Heading(normal(elements.text(element)), level))
            self.block(element, path, "heading", language)
        elif tag in {"ol", "ul"}:
            self._list(element, path, language)
        elif tag == "dl":
            self._terms(element, path, language)
        elif tag == "table":
            self._table(element, path, language)
        elif tag == "blockquote":
            self.block(element, (*path, "quote"), "paragraph", language)
        elif tag == "details" and "description" not in kinds:
            self.block(element, (*path, "folded"), "paragraph", language)
        elif tag == "aside" or "sidebar" in kinds:
            self.block(element, path if "aside" in path else (*path, "aside"), "paragraph", language)
        elif step := next((step for step in ("turn", "cue") if step in kinds), ""):
            self.block(element, (*path, step), "paragraph", language)
        else:
            if "speaker" in kinds and path[-1:] == ("turn",):
                self.speakers.append(letters(elements.text(element)))
            self.block(element, path, _kind(tag, kinds, kind), language)

    def _beside_notes(self, element: Any, path: tuple[str, ...], language: str) -> None:
        """Add what is among the notes and is no note, such as a stray paragraph; their heading is expected."""
        for child in element:
            if elements.level(child) is not None or "endnotes" in elements.kinds(child) or not elements.name(child):
                self._pass(child)
            else:
                self._inner(child, path, "paragraph", elements.language(element, language))

    def _pass(self, element: Any) -> None:
        """Pass over an element; the pages that begin in it begin all the same, and links may lead there."""
        for descendant in element.iter():
            if elements.PAGE_MARKS & elements.kinds(descendant):
                self.enter(descendant)
                self.turn(descendant)

    def _list(self, element: Any, path: tuple[str, ...], language: str) -> None:
        self.enter(element)
        ordered = elements.name(element) == "ol"
        style, label = elements.numbering_style(element) if ordered else ("bullet", "")
        opening = list_step(style, label)
        step = -1 if element.get("reversed") is not None else 1
        value = elements.number(element, "start")
        index = 0
        for child in element:
            if elements.name(child) != "li":
                if elements.name(child):
                    self._inner(child, path, "paragraph", language)
                continue
            index += 1
            value = elements.number(child, "value", value)
            self.label = list_label(style, value) if ordered else ""
            if not elements.is_hidden(child):
                inside = (*path, opening, f"item {index}")
                self.block(child, inside, "paragraph", elements.language(child, language))
            self.label = ""
            value += step

    def _terms(self, element: Any, path: tuple[str, ...], language: str) -> None:
        self.enter(element)
        inside = (*path, "terms")
        open_ = PagedOpen("term", inside)
        for child in _parts(element):
            spoken = elements.language(child, _between(child, element, language))
            if elements.name(child) == "dt":
                # Terms that share a definition are one label.
                self.inline(child, open_, spoken)
                self.say(open_, " ", spoken, child)
                continue
            self.close(open_, element)
            open_ = PagedOpen("term", inside)
            self.block(child, inside, "paragraph", spoken)
        self.close(open_, element)

    # Tables

    def _table(self, element: Any, path: tuple[str, ...], language: str) -> None:
        self.enter(element)
        for child in element:
            if elements.name(child) == "caption":
                self.block(child, path, "caption", elements.language(child, language))
        start = len(self.items)
        names: dict[str, str] = {}
        headed: list[int] = []
        number = 0
        for group in tables.groups(element):
            for index, row in enumerate(group):
                cells = [cell for cell in row if elements.name(cell) in {"td", "th"}]
                number += bool(cells)
                self.enter(row)
                for column, cell in enumerate(cells, 1):
                    where = (*path, "table", f"row {number}", f"cell {column}")
                    spoken = elements.language(cell, _between(cell, element, language))
                    headed.append(len(self.items))
                    words = self._cell(cell, where, len(group) - index, spoken)
                    if cell.get("id"):
                        names[cell.get("id")] = letters(words)
        if all(item.kind == "cell" and not item.text for item in self.items[start:]):
            del self.items[start:]  # an empty table tells nothing
            self.first.update({element_: start for element_, index in self.first.items() if index > start})
            return
        for here in headed:
            heads = self.items[here].headers
            if heads is not None:
                known = tuple(sorted(names.get(header, "?") for header in heads))
                self.items[here] = msgspec.structs.replace(self.items[here], headers=known)

    def _cell(self, cell: Any, path: tuple[str, ...], left: int, language: str) -> str:
        here = len(self.items)
        headers = cell.get("headers")
        heads = tuple(headers.split()) if headers is not None else None
        self.enter(cell)
        self.add(ContentItem("cell", "", path, detail=tables.detail(cell, left), headers=heads), cell)
        if not elements.is_hidden(cell):
            self.block(cell, path, "paragraph", language)
        words = words_of(self.items[here + 1 :])
        self.items[here] = msgspec.structs.replace(self.items[here], text=words)
        return words


def _spoken(element: Any, language: str) -> str:
    """Return the language of an element by itself and all around it."""
    for ancestor in reversed([element, *element.iterancestors()]):
        language = elements.language(ancestor, language)
    return language


def _between(element: Any, outer: Any, language: str) -> str:
    """Return the language of what is around an element, inside of another whose language is known."""
    parent = element.getparent()
    if parent is outer or parent is None:
        return language
    return elements.language(parent, _between(parent, outer, language))


def _kind(tag: str, kinds: frozenset[str], inherited: str) -> str:
    if tag == "figcaption" or "figcaption" in kinds:
        return "caption"
    return "paragraph" if tag != "div" else inherited


def _parts(element: Any) -> Iterator[Any]:
    """Yield the terms and definitions of a list of them, in groups or not."""
    for child in element:
        tag = elements.name(child)
        if elements.is_hidden(child):
            continue
        if tag in {"dt", "dd"}:
            yield child
        elif tag == "div":
            yield from _parts(child)
