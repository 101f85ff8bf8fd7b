"""Words of a document, gathered into items: links, marks of notes, pictures, formulas in them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import msgspec

from exporter.parity import formulas
from exporter.parity.content import NOWHERE, ContentItem, InlineItem, in_note, letters, lines_of
from exporter.parity.extraction import Picture, normal
from exporter.parity.item_builder import ItemBuilder
from exporter.parity.picture_files import as_shown
from exporter.parity.xhtml import elements
from exporter.parity.xhtml.book import Book, is_inside, note_number

_SEEN = 5
"""Pixels of a picture that can be seen, at least."""
_LEADING = frozenset({"backlink", "note-number"})
"""What leads a note."""


class PagedOpen(ItemBuilder):
    """An item that knows on which page its first words are."""

    page: int | None = None


class Words:
    """Gathers items.

    Args:
        book: All documents.
        pages: The number of each mark of a page, from 0.
    """

    def __init__(self, book: Book, pages: Mapping[Any, int]) -> None:
        self.book = book
        self.pages = pages
        self.page: int | None = None
        self.items: list[ContentItem] = []
        self.first: dict[Any, int] = {}
        """Index of the first item of each element that has a name, and of headings, or the place of its note."""
        self.goals: list[Any] = []
        """Elements that links lead to."""
        self.numbers = {note: note_number(note) for note in book.notes}
        self.references: list[Any] = []
        """The notes that marks lead to, in reading order."""
        self.pictures: list[Picture] = []
        self.decorative = 0
        self.label = ""
        """Of a list item whose first item is still to come."""

    @abstractmethod
    def block(self, element: Any, path: tuple[str, ...], kind: str, language: str) -> None:
        """Add the content of an element."""

    def enter(self, element: Any) -> None:
        """Remember where an element begins."""
        if element.get("id") or elements.level(element) is not None:
            self.first.setdefault(element, len(self.items))

    def inline(self, element: Any, open_: PagedOpen, language: str) -> None:
        """Add what an element says to an item."""
        tag = elements.name(element)
        kinds = elements.kinds(element)
        self.enter(element)
        if elements.PAGE_MARKS & kinds:
            self.turn(element)
            return
        if not tag or tag in elements.UNSAID or elements.is_hidden(element) or kinds & _LEADING:
            return
        language = elements.language(element, language)
        if "noteref" in kinds:
            open_.marks.append(InlineItem("note", "", self._note_of(element), before=len(open_.parts)))
        elif tag == "img":
            self._picture(element, open_, language)
        elif tag == "math":
            name = element.get("alttext") or ""
            signs, structure = formulas.signs(element), formulas.structure(element)
            styles = self.book.styles(element) - {"rtl", "override"}
            here = len(open_.parts)
            open_.marks.append(InlineItem("formula", signs, name, structure=structure, styles=styles, before=here))
        elif tag == "svg":
            open_.marks.append(InlineItem("formula", "", element.get("aria-label") or "", before=len(open_.parts)))
        elif tag == "span" and "formula" in kinds:
            words = normal("".join(element.itertext()))
            open_.marks.append(InlineItem("formula", "", words, before=len(open_.parts)))
        elif tag == "br":
            self.say(open_, " ", language, element)
        else:
            self._run(element, tag, open_, language)

    def _run(self, element: Any, tag: str, open_: PagedOpen, language: str) -> None:
        before, marks = len(open_.parts), len(open_.marks)
        self.say(open_, element.text or "", language, element)
        for child in element:
            self.inline(child, open_, language)
            self.say(open_, child.tail or "", language, element)
        if tag == "code":
            lines = lines_of("".join(open_.parts[before:])) if elements.name(element.getparent()) == "pre" else ""
            open_.marks.append(InlineItem("code", open_.letters_since(before), structure=lines))
        elif tag == "abbr":
            open_.marks.append(InlineItem("abbreviation", open_.letters_since(before), element.get("title") or ""))
        elif tag == "a" and element.get("href") is not None:
            is_quotation = any(elements.name(inner) == "q" for inner in element.iter())
            if is_quotation or open_.shows_since(before, marks):
                open_.marks.append(self._link(element, open_.letters_since(before)))

    def say(self, open_: PagedOpen, text: str, language: str, element: Any) -> None:
        """Add words of an element to an item."""
        if not text:
            return
        if open_.page is None and letters(text):
            open_.page = self.page
        open_.add_text(text, language, self.book.styles(element))

    def turn(self, element: Any) -> None:
        """Go on to the page that a mark begins."""
        self.page = self.pages.get(element, self.page)

    def _picture(self, element: Any, open_: PagedOpen, language: str) -> None:
        alt = element.get("alt")
        if alt == "" and "undescribed" in elements.kinds(element):
            alt = None  # XHTML 1.0 knows no picture without `alt`
        if alt == "":
            self.decorative += 1
            return
        words = normal(alt) if alt is not None else None
        self.pictures.append(Picture(words))
        file, here = self.book.picture(element), len(open_.parts)
        shape = as_shown(file.shape, element.get("width") or "", element.get("height") or "", _SEEN)
        open_.marks.append(
            InlineItem("picture", "", words, structure=file.digest, shape=shape, language=language, before=here)
        )

    def _link(self, element: Any, words: str) -> InlineItem:
        href = element.get("href")
        title = element.get("title") or ""
        if not is_inside(href):
            return InlineItem("link", words, href, title=title)
        goal = self.book.target(href, self.book.home[element])
        if goal is None:
            return InlineItem("link", words, "nowhere")
        self.goals.append(goal)
        return InlineItem("link", words, f"#{href.partition('#')[2]}", (len(self.goals) - 1,), title=title)

    def _note_of(self, element: Any) -> str:
        """Return the number of the note that a mark leads to; both numbers where the reference shows another."""
        link = next((descendant for descendant in element.iter() if elements.name(descendant) == "a"), None)
        href = link.get("href") if link is not None else None
        goal = self.book.target(href, self.book.home[element]) if href else None
        if goal not in self.numbers:
            return "nowhere"
        self.references.append(goal)
        shown = "".join(element.itertext()).strip()
        number = self.numbers[goal]
        return number if shown == number else f"{number}, called “{shown}”"

    def close(self, open_: PagedOpen, element: Any) -> None:
        """Add the items that were gathered."""
        direction = self.book.direction(elements.paragraph_of(element))
        for item in open_.build():
            self.add(msgspec.structs.replace(item, direction=direction), element, open_.page)

    def add(self, item: ContentItem, element: Any, page: int | None = None) -> None:
        """Add an item that an element makes."""
        label, self.label = self.label, ""
        location = f"{self.book.home[element]}, line {element.sourceline}"
        page = self.page if page is None else page
        self.items.append(msgspec.structs.replace(item, label=label, location=location, page=page))

    def placed(self, item: ContentItem) -> ContentItem:
        """Return an item whose links know the items that they lead to."""
        if not any(mark.goal for mark in item.marks):
            return item
        marks = tuple(
            msgspec.structs.replace(mark, goal=(self._index_of(self.goals[mark.goal[0]]),)) if mark.goal else mark
            for mark in item.marks
        )
        return msgspec.structs.replace(item, marks=marks)

    def _index_of(self, goal: Any) -> int:
        known = self.first.get(goal)
        if known is not None:
            return known
        for element in (goal, *goal.iterancestors()):
            number = self.numbers.get(element, "")
            if number.isdigit():
                return in_note(int(number))
        return NOWHERE
