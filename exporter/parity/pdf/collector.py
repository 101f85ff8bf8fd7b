"""Words of a tagged PDF, gathered into items: links, marks of notes, pictures, formulas in them."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from exporter.inspect.pdf import NEW_LINE, Annotation, Marked, Node, ObjectReference, PdfFile
from exporter.inspect.pdf.types import NOTES
from exporter.parity.content import NOWHERE, ContentItem, InlineItem, PageEntry, letters, merged
from exporter.parity.item_builder import ALONE, with_positions
from exporter.parity.pdf.glyph_styles import Piece, styles_of

LINK_EDGE = 3.0
"""Points by which the words of a link may be beside it."""
LINE = 40.0
"""Points within which a target is in the line of a reference."""
_NUMBER = re.compile(r"\w+")
_DRAWN = ("Figure", "Formula")


def said_instead(node: Node) -> str | None:
    """Return what is read in the place of the content of an element (ISO 32000-2, 14.9.3, 14.9.4), or None."""
    return node.actual if node.actual is not None else node.alt


class Open:
    """An item while it is being gathered."""

    def __init__(self, kind: str, path: tuple[str, ...], node: Node) -> None:
        self.kind = kind
        self.path = path
        self.node = node
        self.parts: list[str] = []
        self.runs: list[tuple[str, str]] = []
        self.pieces: list[Piece] = []
        self.marks: list[InlineItem] = []
        self.page: int | None = None
        self.y: float | None = None
        """Base line of the words before."""
        self.first_y: float | None = None
        """Base line of the first words."""


class ContentCollector:
    """Gathers items."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self.language = file.language or ""
        self.items: list[ContentItem] = []
        self.first: dict[tuple[int, int], int] = {}
        """Index of the first item of each element, by its object number; less than 0 in a note."""
        self.references: dict[str, set[str]] = defaultdict(set)
        """Numbers of the notes that each note refers to, by its number; by "" those of the text."""
        self.places: dict[str, list[tuple[int | None, float | None]]] = defaultdict(list)
        """Pages and base lines of the references to each note."""
        self.note_number = ""
        """Number of the note being read; empty in the text."""
        self.note_numbers: dict[tuple[int, int], str] = {}
        self.note_names: dict[str, str] = {}
        self.waiting: list[tuple[int, int]] = []
        """Elements whose first item is still to come."""
        self.label = ""
        self.cells: dict[str, str] = {}
        """Letters of each cell that has a name."""
        self.italics = frozenset(_italics(file))
        notes = list(file.structure.root.all(*NOTES))
        self._number(notes)
        self._number(self._in_order_of_references(notes))

    def _number(self, notes: Sequence[Node]) -> None:
        for number, node in enumerate(notes, 1):
            self.note_numbers[node.number] = str(number)
            if node.id:
                self.note_names[node.id] = str(number)

    def _in_order_of_references(self, notes: Sequence[Node]) -> list[Node]:
        """Return notes in the order of their first references, in the text and then in notes, the others after them."""
        by_number = {self.note_numbers[node.number]: node for node in notes}
        in_text = dict.fromkeys(
            self._note_of(reference)
            for reference in self.file.structure.root.all("Reference")
            if not reference.within(*NOTES)
        )
        numbers = list(in_text)
        for number in numbers:  # grows while notes refer to other notes
            references = by_number[number].all("Reference") if number in by_number else ()
            numbers += [other for other in dict.fromkeys(map(self._note_of, references)) if other not in numbers]
        return [by_number[number] for number in dict.fromkeys((*numbers, *by_number)) if number in by_number]

    @abstractmethod
    def note(self, node: Node) -> None:
        """Add a note."""

    def inline(self, kid: Node | Marked | ObjectReference, open_: Open, language: str | None) -> None:
        """Add what an element says to an item."""
        if isinstance(kid, Marked):
            run = self.file.run(kid)
            if run.y is not None and open_.y is not None and abs(run.y - open_.y) > NEW_LINE:
                open_.parts.append(" ")  # a line ends without a space
            open_.y = run.y if run.y is not None else open_.y
            text = "" if run.is_turned else run.text  # what is read sideways is not read
            self._say(open_, text, run.language or language, kid.page, Piece(text, run.font, run.size, run.y))
        elif isinstance(kid, Node):
            self._inline_node(kid, open_, kid.lang if kid.lang is not None else language)

    def _say(self, open_: Open, text: str, language: str | None, page: int | None, piece: Piece) -> None:
        open_.pieces.append(piece)
        if open_.first_y is None and piece.y is not None and letters(text):
            # Empty lines of program text may be on the page before.
            open_.page, open_.first_y = page, piece.y
        open_.page = page if open_.page is None else open_.page
        open_.parts.append(text)
        open_.runs.append((language if language is not None else self.language, text))

    def _inline_node(self, node: Node, open_: Open, language: str | None) -> None:
        if node.number != (0, 0):
            self.first.setdefault(node.number, len(self.items))
        match node.type:
            case "Figure":
                open_.page = node.page if open_.page is None else open_.page
                alt, own, here = said_instead(node) or None, language or "", len(open_.parts)
                file, shape = self.file.picture(node)
                width = str(shape[0])
                mark = InlineItem(
                    "picture", "", alt, structure=file, shape=shape, width=width, language=own, before=here
                )
                open_.marks.append(mark)
                return
            case "Formula":
                open_.page = node.page if open_.page is None else open_.page
                open_.marks.append(InlineItem("formula", "", said_instead(node) or "", before=len(open_.parts)))
                return
            case "Reference":
                number = self._note_of(node)
                self.references[self.note_number].add(number)
                shown = letters(next(filter(None, map(said_instead, node.all())), number))
                called = f"{number}, called “{shown}”" if shown != number else number
                open_.marks.append(InlineItem("note", "", called, before=len(open_.parts)))
                return
            case "Lbl" | "Artifact" | "Private":
                return
            case kind if kind in NOTES:
                self.note(node)
                return
        before, first_piece, first_mark = len(open_.parts), len(open_.pieces), len(open_.marks)
        replacement = said_instead(node)
        if replacement is not None:
            page, piece = self._piece(node, replacement)
            self._say(open_, replacement, language, page, piece)
        else:
            for kid in node.kids:
                self.inline(kid, open_, language)
        words = letters("".join(open_.parts[before:]))
        if node.type == "Code":
            open_.marks.append(InlineItem("code", words))
            open_.pieces[first_piece:] = [piece._replace(is_code=True) for piece in open_.pieces[first_piece:]]
        elif node.type == "Link" and (len(open_.marks) > first_mark or "".join(open_.parts[before:]).strip()):
            open_.marks.append(self._link(node, words))
        if node.expansion is not None:
            open_.marks.append(InlineItem("abbreviation", words, node.expansion))

    def _piece(self, node: Node, text: str) -> tuple[int | None, Piece]:
        """Return text that is read in the place of an element, where and as its first glyph is drawn."""
        for marked in node.contents():
            run = self.file.run(marked)
            if run.y is not None:
                return marked.page, Piece(text, run.font, run.size, run.y)
        return node.page, Piece(text)

    def _position(self, node: Node) -> tuple[int | None, float | None]:
        """Return the page and the base line of the first words of an element."""
        marked = next(node.contents(), None)
        return (marked.page, self.file.run(marked).y) if marked is not None else (None, None)

    def is_reference(self, link: Node, note: str) -> bool:
        """Return whether a link leads to where the text refers to a note."""
        targets = [
            annotation.target
            for annotation in map(self.annotation, link.references())
            if annotation and annotation.target
        ]
        return any(
            target.page == page and (target.top is None or y is None or abs(target.top - y) <= LINE)
            for target in targets
            for page, y in self.places[note]
        )

    def annotation(self, reference: ObjectReference) -> Annotation | None:
        """Return what a reference to an annotation means."""
        return self.file.annotations.get(reference.number)

    def placed(self, item: ContentItem) -> ContentItem:
        """Return an item whose links know the items that they lead to, and a cell that knows its heads."""
        if item.headers is not None:
            heads = (self.cells.get(name, "?") for name in item.headers)
            return msgspec.structs.replace(item, headers=tuple(sorted(heads)))
        if not any(mark.kind == "link" and mark.goal for mark in item.marks):
            return item
        marks = tuple(
            msgspec.structs.replace(mark, goal=(self.first.get((mark.goal[0], mark.goal[1]), NOWHERE),))
            if mark.kind == "link" and mark.goal
            else mark
            for mark in item.marks
        )
        return msgspec.structs.replace(item, marks=marks)

    def _link(self, node: Node, words: str) -> InlineItem:
        annotations = [annotation for annotation in map(self.annotation, node.references()) if annotation is not None]
        addresses = {(annotation.address, annotation.target) for annotation in annotations}
        if len(addresses) != 1:
            return InlineItem("link", words, "nowhere" if not addresses else "several places")
        ((address, target),) = addresses
        if any(annotation.hidden for annotation in annotations) or not self._is_under(annotations, node):
            return InlineItem("link", words, "nowhere")
        if target is None:
            return InlineItem("link", words, address or "nowhere")
        if target.page is None:
            return InlineItem("link", words, "nowhere")
        entry = PageEntry(words, target.page, target.top)
        return InlineItem("link", words, f"#{target.name}", target.element, entry=entry)

    def _is_under(self, annotations: Sequence[Annotation], node: Node) -> bool:
        """Return whether the words of a link are where it can be clicked."""
        for marked in node.contents():
            run = self.file.run(marked)
            if run.x is None or run.y is None or not letters(run.text):
                continue
            areas = (area for annotation in annotations if annotation.page == marked.page for area in annotation.areas)
            if not any(area.wider(LINK_EDGE).contains(run.x, run.y) for area in areas):
                return False
        return True

    def _note_of(self, node: Node) -> str:
        """Return the number of the note that a reference leads to."""
        for reference in node.references():
            annotation = self.annotation(reference)
            target = annotation.target if annotation is not None else None
            if target is not None and target.element in self.note_numbers:
                return self.note_numbers[target.element]
            if target is not None and target.page is not None and target.name in self.note_names:
                return self.note_names[target.name]
        return "?"

    def close(self, open_: Open) -> None:
        """Add the item that was gathered; pictures and formulas alone are items of their own."""
        text = " ".join("".join(open_.parts).split())
        if not letters(text) and open_.marks and all(mark.kind in ALONE for mark in open_.marks):
            for mark in open_.marks:
                item = ContentItem(mark.kind, "", open_.path, marks=(mark,), page=open_.page, y=open_.first_y)
                self.add(item, open_.node)
        elif letters(text) or open_.marks:
            if open_.node.expansion is not None:
                open_.marks.append(InlineItem("abbreviation", letters(text), open_.node.expansion))
            runs, marks = merged(open_.runs), with_positions(open_.marks, open_.parts)
            item = ContentItem(open_.kind, text, open_.path, runs, marks, page=open_.page, y=open_.first_y)
            self.add(msgspec.structs.replace(item, styles=styles_of(open_.pieces, self.italics)), open_.node)

    def add(self, item: ContentItem, node: Node) -> None:
        """Add an item that an element makes."""
        number = _NUMBER.search(self.label)
        page = item.page if item.page is not None else node.page
        location = f"page {page + 1}, {node.path}" if page is not None else node.path
        for waiting in self.waiting:
            self.first.setdefault(waiting, len(self.items))
        self.waiting.clear()
        if node.number != (0, 0):
            self.first.setdefault(node.number, len(self.items))
        self.items.append(
            msgspec.structs.replace(item, label=number[0] if number else "", page=page, location=location)
        )
        self.label = ""


def _italics(file: PdfFile) -> Iterator[str]:
    """Yield the font families that text outside of figures and formulas has in italics."""
    for node in file.structure.root.all():
        if node.type not in _DRAWN and not node.within(*_DRAWN):
            fonts = (file.run(kid).font for kid in node.kids if isinstance(kid, Marked))
            yield from (font.family for font in fonts if font is not None and font.is_italic)
