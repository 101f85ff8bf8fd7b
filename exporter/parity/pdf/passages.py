"""The structure tree of a PDF as passages (ISO 32000-2, 14.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.inspect.pdf import NEW_LINE, Annotation, Marked, Node, ObjectReference, PdfFile
from exporter.inspect.pdf.types import HEADINGS, INLINE, NOTES
from exporter.parity.passages import Mark, Note, Passage, Told, letters, merged, words_of

_NUMBERING = {
    **{"Decimal": "decimal", "LowerAlpha": "lower-alpha", "UpperAlpha": "upper-alpha"},
    **{"LowerRoman": "lower-roman", "UpperRoman": "upper-roman"},
    **dict.fromkeys(("Disc", "Circle", "Square", "Unordered"), "bullet"),
}
_TERMS = frozenset({"None", "Description"})
"""Numbering of lists whose labels are terms (ISO 32000-2, table 382; PDF 1.7 has no name of its own for them)."""
_KINDS = {"Caption": "caption", **dict.fromkeys(HEADINGS, "heading")}
_DIGITS = re.compile(r"\d+")


def told(file: PdfFile) -> Told:
    """Give everything that a tagged PDF tells."""
    return _Teller(file).told()


class _Open:
    """A passage while it is being gathered."""

    def __init__(self, kind: str, path: tuple[str, ...], node: Node) -> None:
        self.kind = kind
        self.path = path
        self.node = node
        self.parts: list[str] = []
        self.runs: list[tuple[str, str]] = []
        self.marks: list[Mark] = []
        self.page: int | None = None
        self.y: float | None = None
        """Base line of the words before."""


class _Teller:
    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self.language = file.language or ""
        self.passages: list[Passage] = []
        self.first: dict[tuple[int, int], int] = {}
        """Index of the first passage of each element, by its object number."""
        self.notes: list[Note] = []
        self.note_numbers: dict[tuple[int, int], str] = {}
        self.note_names: dict[str, str] = {}
        self.waiting: list[tuple[int, int]] = []
        """Elements whose first passage is still to come."""
        self.label = ""
        self.cells: dict[str, int] = {}
        """Index of the passage of each cell that has a name."""
        for number, node in enumerate(file.structure.root.all(*NOTES), 1):
            self.note_numbers[node.number] = str(number)
            if node.id:
                self.note_names[node.id] = str(number)

    def told(self) -> Told:
        root = self.file.structure.root
        for node in root.nodes:
            self.block(node, ())
        passages = tuple(self._placed(passage) for passage in self.passages)
        turns = any(node.written == "Turn" for node in root.all())
        return Told(passages, tuple(self.notes), turns=turns, contents=tuple(self._contents()))

    def _placed(self, passage: Passage) -> Passage:
        """Give a passage whose links know the passages that they lead to, and a cell that knows its heads."""
        if passage.heads is not None:
            return msgspec.structs.replace(passage, heads=tuple(sorted(map(self._head, passage.heads))))
        if not any(mark.kind == "link" and mark.place for mark in passage.marks):
            return passage
        marks = tuple(
            msgspec.structs.replace(mark, place=(self.first.get((mark.place[0], mark.place[1]), -1),))
            if mark.kind == "link" and mark.place
            else mark
            for mark in passage.marks
        )
        return msgspec.structs.replace(passage, marks=marks)

    def _contents(self) -> Iterator[tuple[str, int | None]]:
        for entry in self.file.structure.root.all("TOCI"):
            links = [each for kid in entry.nodes if kid.type != "TOC" for each in kid.references()]
            targets = [self._annotation(each) for each in links]
            page = next((each.target.page for each in targets if each and each.target), None)
            yield self.file.text(entry, without={"TOC", "Lbl"}), page

    # Blocks

    def block(self, node: Node, path: tuple[str, ...], kind: str = "paragraph") -> None:
        """Tell what an element holds; words directly in it are a passage of a kind."""
        if node.number != (0, 0):
            self.waiting.append(node.number)
        open_: _Open | None = None
        for kid in node.kids:
            if not isinstance(kid, Node) or kid.type in INLINE:
                open_ = open_ or _Open(kind, path, node)
                self._inline(kid, open_, node.language)
                continue
            if open_ is not None:
                self._close(open_)
                open_ = None
            self._inner(kid, path, kind)
        if open_ is not None:
            self._close(open_)

    def _inner(self, kid: Node, path: tuple[str, ...], kind: str) -> None:
        match kid.type:
            case "TOC" | "Private" | "Artifact":
                pass
            case "Note" | "FENote":
                self._note(kid)
            case "L":
                self._list(kid, path)
            case "Table":
                self._table(kid, path)
            case "BlockQuote":
                self.block(kid, (*path, "quote"))
            case "Lbl":
                pass
            case "NonStruct":
                self.block(kid, path, kind)
            case _ if kid.written == "Aside":
                self.block(kid, path if "aside" in path else (*path, "aside"))
            case _ if kid.written == "Turn":
                self.block(kid, (*path, "turn"))
            case _:
                self.block(kid, path, _KINDS.get(kid.type, "paragraph"))

    def _list(self, node: Node, path: tuple[str, ...]) -> None:
        if node.number != (0, 0):
            self.waiting.append(node.number)
        numbering = str(node.attributes.get("ListNumbering", "None"))
        terms = numbering in _TERMS
        number = 0
        for kid in node.nodes:
            if kid.type != "LI":
                self._inner(kid, path, "paragraph")
                continue
            number += 1
            style = f"list {_NUMBERING.get(numbering, numbering)}"
            inside = (*path, "terms") if terms else (*path, style, f"item {number}")
            if kid.number != (0, 0):
                self.waiting.append(kid.number)
            for part in kid.nodes:
                if part.type == "Lbl" and terms:
                    self.block(part, inside, "term")
                elif part.type == "Lbl":
                    self.label = self.file.text(part)
                else:
                    self.block(part, inside)
            self.label = ""

    def _table(self, node: Node, path: tuple[str, ...]) -> None:
        if node.number != (0, 0):
            self.waiting.append(node.number)
        inside = (*path, "table")
        for kid in node.nodes:
            if kid.type == "Caption":
                self.block(kid, path, "caption")
        start = len(self.passages)
        for number, row in enumerate(_rows(node), 1):
            if row.number != (0, 0):
                self.waiting.append(row.number)
            cells = [cell for cell in row.nodes if cell.type in {"TH", "TD"}]
            for place, cell in enumerate(cells, 1):
                where = (*inside, f"row {number}", f"cell {place}")
                here = len(self.passages)
                passage = Passage("cell", "", where, detail=_detail(cell), heads=self._heads(cell))
                if cell.id:
                    self.cells[cell.id] = here
                self._add(passage, cell)
                self.block(cell, where)
                words = words_of(self.passages[here + 1 :])
                self.passages[here] = msgspec.structs.replace(self.passages[here], text=words)
        if all(each.kind == "cell" and not each.text for each in self.passages[start:]):
            del self.passages[start:]  # nothing stands on a page

    def _heads(self, cell: Node) -> tuple[str, ...] | None:
        names = cell.attributes.get("Headers")
        if not isinstance(names, list):
            return None
        return tuple(str(name) for name in names)

    def _head(self, name: str) -> str:
        """Give the words of the head cell of a name."""
        place = self.cells.get(name)
        return letters(self.passages[place].text) if place is not None else "?"

    def _note(self, node: Node) -> None:
        index = len(self.notes)
        self.notes.append(Note((), 0))
        before, waiting, label = self.passages, self.waiting, self.label
        self.passages, self.waiting, self.label = [], [], ""
        first, self.first = self.first, {}
        self.block(node, ())
        passages, self.passages, self.waiting, self.label = tuple(self.passages), before, waiting, label
        self.first = first
        back = sum(1 for label_ in node.all("Lbl") for _ in label_.all("Link"))
        page = node.page
        place = f"page {page + 1}, {node.path}" if page is not None else node.path
        self.notes[index] = Note(passages, back, place=place)

    # Words

    def _inline(self, kid: Node | Marked | ObjectReference, open_: _Open, language: str | None) -> None:
        if isinstance(kid, Marked):
            run = self.file.run(kid)
            if run.y is not None and open_.y is not None and abs(run.y - open_.y) > NEW_LINE:
                open_.parts.append(" ")  # a line ends without a space
            open_.y = run.y if run.y is not None else open_.y
            self._say(open_, run.text, language, kid.page)
        elif isinstance(kid, Node):
            self._inline_node(kid, open_, kid.lang if kid.lang is not None else language)

    def _say(self, open_: _Open, text: str, language: str | None, page: int | None) -> None:
        open_.page = page if open_.page is None else open_.page
        open_.parts.append(text)
        open_.runs.append((language if language is not None else self.language, text))

    def _inline_node(self, node: Node, open_: _Open, language: str | None) -> None:
        if node.number != (0, 0):
            self.first.setdefault(node.number, len(self.passages))
        match node.type:
            case "Figure":
                open_.page = node.page if open_.page is None else open_.page
                open_.marks.append(Mark("picture", "", node.alt or None))
                return
            case "Formula":
                open_.page = node.page if open_.page is None else open_.page
                open_.marks.append(Mark("formula", "", node.alt or ""))
                return
            case "Reference":
                open_.marks.append(Mark("note", "", self._note_of(node)))
                return
            case "Lbl" | "Artifact" | "Private":
                return
            case kind if kind in NOTES:
                self._note(node)
                return
        before = len(open_.parts)
        if node.actual is not None:
            self._say(open_, node.actual, language, node.page)
        else:
            for kid in node.kids:
                self._inline(kid, open_, language)
        words = letters("".join(open_.parts[before:]))
        if node.type == "Code":
            open_.marks.append(Mark("code", words))
        elif node.type == "Link":
            open_.marks.append(self._link(node, words))
        if node.expansion is not None:
            open_.marks.append(Mark("abbreviation", words, node.expansion))

    def _annotation(self, reference: ObjectReference) -> Annotation | None:
        return self.file.annotations.get(reference.number)

    def _link(self, node: Node, words: str) -> Mark:
        found = [each for each in map(self._annotation, node.references()) if each is not None]
        addresses = {(each.address, each.target) for each in found}
        if len(addresses) != 1:
            return Mark("link", words, "nowhere" if not addresses else "several places")
        ((address, target),) = addresses
        if target is None:
            return Mark("link", words, address or "nowhere")
        if target.page is None:
            return Mark("link", words, "nowhere")
        return Mark("link", words, f"#{target.name}", target.element)

    def _note_of(self, node: Node) -> str:
        """Give the number of the note that a reference leads to."""
        for each in node.references():
            annotation = self._annotation(each)
            target = annotation.target if annotation is not None else None
            if target is not None and target.element in self.note_numbers:
                return self.note_numbers[target.element]
            if target is not None and target.page is not None and target.name in self.note_names:
                return self.note_names[target.name]
        return "?"

    def _close(self, open_: _Open) -> None:
        text = " ".join("".join(open_.parts).split())
        alone = {"picture", "formula"}
        if not letters(text) and open_.marks and all(mark.kind in alone for mark in open_.marks):
            for mark in open_.marks:
                self._add(Passage(mark.kind, "", open_.path, marks=(mark,), page=open_.page), open_.node)
        elif letters(text) or open_.marks:
            made = Passage(open_.kind, text, open_.path, merged(open_.runs), tuple(open_.marks), page=open_.page)
            self._add(made, open_.node)

    def _add(self, passage: Passage, node: Node) -> None:
        number = _DIGITS.search(self.label)
        page = passage.page if passage.page is not None else node.page
        place = f"page {page + 1}, {node.path}" if page is not None else node.path
        for waiting in self.waiting:
            self.first.setdefault(waiting, len(self.passages))
        self.waiting.clear()
        if node.number != (0, 0):
            self.first.setdefault(node.number, len(self.passages))
        self.passages.append(
            msgspec.structs.replace(passage, label=number[0] if number else "", page=page, place=place)
        )
        self.label = ""


def _rows(node: Node) -> Iterator[Node]:
    for kid in node.nodes:
        if kid.type == "TR":
            yield kid
        elif kid.type in {"THead", "TBody", "TFoot"}:
            yield from _rows(kid)


def _detail(cell: Node) -> str:
    scope: Any = cell.attributes.get("Scope")
    said = {"Row": "heads its row", "Column": "heads its column", "Both": "heads both"}
    kind = "data" if cell.type == "TD" else said.get(str(scope), "heads nothing")
    height, width = cell.attributes.get("RowSpan", 1), cell.attributes.get("ColSpan", 1)
    return f"{kind}, {height} by {width}"
