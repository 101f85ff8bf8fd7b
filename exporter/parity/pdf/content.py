"""The structure tree of a PDF as items (ISO 32000-2, 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.inspect.pdf import Node, PdfFile
from exporter.inspect.pdf.types import HEADINGS, INLINE, NOTES
from exporter.model.list_numbers import SIGNS
from exporter.parity.content import (
    IN_HEAD,
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    PageEntry,
    in_note,
    letters,
    list_step,
    words_of,
)
from exporter.parity.pdf.collector import ContentCollector, Open, said_instead
from exporter.parity.pdf.glyph_styles import STATED, Piece

_NUMBERING = {
    **{"Decimal": "decimal", "LowerAlpha": "lower-alpha", "UpperAlpha": "upper-alpha"},
    **{"LowerRoman": "lower-roman", "UpperRoman": "upper-roman"},
    **dict.fromkeys(("Disc", "Circle", "Square", "Unordered"), "bullet"),
}
_TERMS = frozenset({"None", "Description"})
"""Numbering of lists whose labels are terms (ISO 32000-2, table 382; PDF 1.7 has no name of its own for them)."""
_CONTAINERS = frozenset({"Document", "Part", "Sect", "Art", "Div", "BlockQuote", "NonStruct", "Index"})
"""Types in which our editions have words only in paragraphs (ISO 32000-1, 14.8.4.2)."""
_KINDS = {"Caption": "caption", **dict.fromkeys(HEADINGS, "heading")}


def extract_content(file: PdfFile) -> ExtractedContent:
    """Return everything that a tagged PDF tells."""
    return _ContentExtractor(file).extract_content()


class _ContentExtractor(ContentCollector):
    def __init__(self, file: PdfFile) -> None:
        super().__init__(file)
        self.notes: dict[int, ExtractedNote] = {}
        """Notes by their numbers."""
        self.speakers: list[str] = []

    def extract_content(self) -> ExtractedContent:
        root = self.file.structure.root
        for reference in root.all("Reference"):
            self.places[self._note_of(reference)].append(self._position(reference))
        for node in root.nodes:
            self.block(node, ())
        items = tuple(map(self.placed, self.items))
        referenced = self._referenced()
        notes = tuple(
            msgspec.structs.replace(
                note, items=tuple(map(self.placed, note.items)), unreferenced=str(number) not in referenced
            )
            for number, note in sorted(self.notes.items())
        )
        turns = any(node.written == "Turn" for node in root.all())
        speakers = tuple(self.speakers) if turns else None
        return ExtractedContent(
            items,
            notes,
            turns=turns,
            contents=tuple(self._contents()),
            bookmarks=tuple(self._bookmarks()),
            page_labels=self.file.page_labels or (),
            speakers=speakers,
            styles=STATED,
        )

    def _referenced(self) -> list[str]:
        """Return the numbers of the notes to which the text refers, directly or through other notes."""
        referenced = sorted(self.references[""])
        for number in referenced:  # grows while notes refer to other notes
            referenced += sorted(self.references[number].difference(referenced))
        return referenced

    def _contents(self) -> Iterator[PageEntry]:
        for entry in self.file.structure.root.all("TOCI"):
            links = [reference for kid in entry.nodes if kid.type != "TOC" for reference in kid.references()]
            targets = [self.annotation(reference) for reference in links]
            target = next((annotation.target for annotation in targets if annotation and annotation.target), None)
            text = self.file.text(entry, without={"TOC", "Lbl"})
            yield PageEntry(text, target.page if target else None, target.top if target else None)

    def _bookmarks(self) -> Iterator[PageEntry]:
        for bookmark in self.file.bookmarks:
            target = bookmark.target
            yield PageEntry(bookmark.title, target.page if target else None, target.top if target else None)

    # Blocks

    def block(self, node: Node, path: tuple[str, ...], kind: str = "paragraph") -> None:
        """Add the content of an element; words directly in it are an item of a kind."""
        if node.number != (0, 0):
            self.waiting.append(node.number)
        if self._is_replaced(node, path, kind):
            return
        open_: Open | None = None
        own = "words" if kind == "paragraph" and node.type in _CONTAINERS else kind
        for kid in node.kids:
            if not isinstance(kid, Node) or kid.type in INLINE:
                if open_ is None:
                    open_ = Open(own, path, node)
                    if self.label in SIGNS:  # it is text of the item as well
                        self._say(open_, f"{self.label} ", node.language, node.page, Piece(f"{self.label} "))
                self.inline(kid, open_, node.language)
                continue
            if open_ is not None and kid.type not in NOTES:  # the words around a note go on
                self.close(open_)
                open_ = None
            self._inner(kid, path, kind)
        if open_ is not None:
            self.close(open_)

    def _is_replaced(self, node: Node, path: tuple[str, ...], kind: str = "paragraph") -> bool:
        """Add what is read in the place of an element, if there is something; return whether there is."""
        text = said_instead(node)
        if text is None:
            return False
        open_ = Open(kind, path, node)
        open_.parts.append(text)
        open_.runs.append((node.language or self.language, text))
        self.close(open_)
        return True

    def _inner(self, kid: Node, path: tuple[str, ...], kind: str) -> None:
        match kid.type:
            case "TOC" | "Private" | "Artifact":
                pass
            case "Note" | "FENote":
                self.note(kid)
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
                self.speakers.append(letters(self.file.text(kid.nodes[0])) if kid.nodes else "")
                self.block(kid, (*path, "turn"))
            case _:
                self.block(kid, path, _KINDS.get(kid.type, "paragraph"))

    def _list(self, node: Node, path: tuple[str, ...]) -> None:
        if node.number != (0, 0):
            self.waiting.append(node.number)
        if self._is_replaced(node, path):
            return
        numbering = str(node.attributes.get("ListNumbering", "None"))
        terms = numbering in _TERMS
        number = 0
        for kid in node.nodes:
            if kid.type != "LI":
                self._inner(kid, path, "paragraph")
                continue
            number += 1
            label = next((self.file.text(part).strip() for part in kid.nodes if part.type == "Lbl"), "")
            step = list_step(_NUMBERING.get(numbering, numbering), label)
            inside = (*path, "terms") if terms else (*path, step, f"item {number}")
            if kid.number != (0, 0):
                self.waiting.append(kid.number)
            if self._is_replaced(kid, inside):
                continue
            for part in kid.nodes:
                if part.type == "Lbl" and terms:
                    self.block(part, inside, "term")
                elif part.type == "Lbl":
                    self.label = label
                else:
                    self.block(part, inside)
            self.label = ""

    def _table(self, node: Node, path: tuple[str, ...]) -> None:
        if node.number != (0, 0):
            self.waiting.append(node.number)
        if self._is_replaced(node, path):
            return
        inside = (*path, "table")
        for kid in node.nodes:
            if kid.type == "Caption":
                self.block(kid, path, "caption")
        start = len(self.items)
        for number, row in enumerate(_rows(node), 1):
            if row.number != (0, 0):
                self.waiting.append(row.number)
            if self._is_replaced(row, inside):
                continue
            cells = [cell for cell in row.nodes if cell.type in {"TH", "TD"}]
            for column, cell in enumerate(cells, 1):
                where = (*inside, f"row {number}", f"cell {column}")
                here = len(self.items)
                item = ContentItem("cell", "", where, detail=_detail(cell), headers=self._heads(cell))
                self.add(item, cell)
                self.block(cell, where)
                words = words_of(self.items[here + 1 :])
                self.items[here] = msgspec.structs.replace(self.items[here], text=words)
                if cell.id:
                    self.cells[cell.id] = letters(words)
        if all(item.kind == "cell" and not item.text for item in self.items[start:]):
            del self.items[start:]  # nothing stands on a page
            self.first.update({node: start for node, index in self.first.items() if index > start})

    def _heads(self, cell: Node) -> tuple[str, ...] | None:
        names = cell.attributes.get("Headers")
        if not isinstance(names, list):
            return None
        return tuple(str(name) for name in names)

    def note(self, node: Node) -> None:
        """Add a note."""
        before, waiting, label = self.items, self.waiting, self.label
        self.items, self.waiting, self.label = [], [], ""
        first, self.first = self.first, {}
        outer, self.note_number = self.note_number, self.note_numbers[node.number]
        self.block(node, ())
        self.note_number = outer
        items, self.items, self.waiting, self.label = tuple(self.items), before, waiting, label
        inside, self.first = self.first, first
        own = self.note_numbers[node.number]
        for marked in (node.number, *inside):
            self.first.setdefault(marked, in_note(int(own)))
        labels = (kid for kid in node.all("Lbl") if kid.parent and kid.parent.type != "LI")  # no terms of lists
        back = sum(self.is_reference(link, own) for label_ in labels for link in label_.all("Link"))
        page = node.page
        location = f"page {page + 1}, {node.path}" if page is not None else node.path
        self.notes[int(own)] = ExtractedNote(items, back, location=location)


def _rows(node: Node) -> Iterator[Node]:
    for kid in node.nodes:
        if kid.type == "TR":
            yield kid
        elif kid.type in {"THead", "TBody", "TFoot"}:
            yield from _rows(kid)


def _detail(cell: Node) -> str:
    scope: Any = cell.attributes.get("Scope")
    scopes = {"Row": "heads its row", "Column": "heads its column", "Both": "heads both"}
    kind = "data" if cell.type == "TD" else scopes.get(str(scope), "heads nothing")
    height, width = cell.attributes.get("RowSpan", 1), cell.attributes.get("ColSpan", 1)
    in_head = cell.parent is not None and cell.parent.parent is not None and cell.parent.parent.type == "THead"
    return f"{kind}, {height} by {width}{IN_HEAD * in_head}"
