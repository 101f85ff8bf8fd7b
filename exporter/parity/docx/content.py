"""A Word file as passages: body and notes, paragraph by paragraph, with what each stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from exporter.inspect.docx import DocxFile, Numbering
from exporter.inspect.docx.xml import Element, child_value, is_on, name, number
from exporter.parity.content import NOWHERE, ContentItem, InlineItem, letters, merged, words_of
from exporter.parity.docx.containers import ContainerState, list_level
from exporter.parity.docx.directions import along
from exporter.parity.docx.runs import Context, Runs, Said
from exporter.parity.docx.styles import Roles
from exporter.parity.docx.tables import Cell, rows_of
from exporter.parity.extraction import Heading, normal

P, TABLE, CONTROL, CONTENT = name("p"), name("tbl"), name("sdt"), name("sdtContent")
ALONE = frozenset({"picture", "formula"})


class StoryExtractor:
    """Tells one story: the body, or a note.

    Args:
        word: The file.
        roles: What its styles mean.
        numbering: Its lists.
        context: What the paragraphs of the part have in common.
        where: What the story is called in findings.
    """

    def __init__(self, word: DocxFile, roles: Roles, numbering: Numbering, context: Context, where: str) -> None:
        self.word, self.roles, self.numbering, self.context = word, roles, numbering, context
        self.where = where
        self.passages: list[ContentItem] = []
        self.begins: dict[str, int] = {}
        """Index of the first passage at or behind each bookmark."""
        self.speakers: list[str] = []
        self.headings: list[Heading] = []
        self.contents: list[tuple[str, str]] | None = None
        """Words and bookmark of each entry of the list of contents."""
        self._anchors: list[tuple[int, dict[int, str]]] = []
        """Bookmarks that the links of a passage lead to, by the place of their marks."""
        self._consumed: set[Element] = set()
        """Paragraphs whose number is that of the item that they begin."""
        self._label: tuple[str, tuple[str, ...]] = ("", ())
        """The number of an item whose first passage is still to come, and the path in the item."""
        self._terms: tuple[Said, tuple[str, ...]] | None = None
        """Terms whose definition is still to come, and what they stand in."""
        self._count = 0

    def linked(self, begins: Mapping[str, int]) -> tuple[ContentItem, ...]:
        """Return the passages, each link with the place that it leads to."""
        passages = list(self.passages)
        for index, anchors in self._anchors:
            marks: list[InlineItem] = list(passages[index].marks)
            for place, anchor in anchors.items():
                marks[place] = msgspec.structs.replace(marks[place], place=(begins.get(anchor, NOWHERE),))
            passages[index] = msgspec.structs.replace(passages[index], marks=tuple(marks))
        return tuple(passages)

    # Blocks

    def blocks(self, parent: Element, frame: ContainerState) -> None:
        """Tell what a part, a cell or a content control holds."""
        apart: ContainerState | None = None
        for child in parent:
            if child.tag == P:
                apart = self._paragraph(child, frame, apart)
                continue
            apart = None
            self._end_terms()
            if child.tag == TABLE:
                frame.go_on(-1)
                self._table(child, frame)
            elif child.tag == CONTROL:
                self._control(child, frame)
            elif child.tag in {name("ins"), name("moveTo"), name("customXml"), name("smartTag")}:
                self.blocks(child, frame)
        self._end_terms()

    def _control(self, control: Element, frame: ContainerState) -> None:
        content = control.find(CONTENT)
        if content is None:
            return
        gallery = control.find(f"{name('sdtPr')}/{name('docPartObj')}/{name('docPartGallery')}")
        if gallery is not None and gallery.get(name("val")) == "Table of Contents":
            self._contents(content)
            return
        tag = control.find(f"{name('sdtPr')}/{name('tag')}")
        what = (tag.get(name("val")) or "") if tag is not None else ""
        first = next(content.iter(P), None)
        number = self._number(first) if first is not None else None
        if what == "item" and first is not None and number is not None:
            self._item(frame, number)
            self._consumed.add(first)
            self.blocks(content, ContainerState(frame.kind, frame.within))
            return
        if first not in self._consumed:
            frame.go_on(-1)
        self.blocks(content, frame.inner(what))

    def _item(self, frame: ContainerState, number: tuple[int, int]) -> None:
        level = list_level(self.numbering, *number)
        opened = frame.enter(*number, level.step)
        said = str(level.start + opened.item - 1) if level.style == "decimal" else ""
        self._label = (said, frame.within)

    def _number(self, paragraph: Element) -> tuple[int, int] | None:
        """Return list and level of an item that begins with a paragraph (17.9.18 numPr)."""
        holder = paragraph.find(f"{name('pPr')}/{name('numPr')}")
        if holder is None or paragraph in self._consumed:
            return None
        instance, depth = (number(child_value(holder, name(tag))) for tag in ("numId", "ilvl"))
        return (instance, depth) if instance else None

    def _paragraph(
        self, paragraph: Element, frame: ContainerState, apart: ContainerState | None
    ) -> ContainerState | None:
        """Tell a paragraph, and give what it and perhaps the next ones stand in by their style."""
        self._count += 1
        style = self.word.style(paragraph)
        if self.roles.is_frame(style):
            # What stands at the end of the text and tells nothing is found where the imprint begins.
            self._mark([each.get(name("name")) or "" for each in paragraph.iter(name("bookmarkStart"))], ())
            frame.go_on(-1)
            return None
        step = self.roles.container(style)
        if step and step != frame.kind:
            if apart is None or apart.kind != step:
                frame.go_on(-1)
                apart = ContainerState(step, frame.stands_in(step))
        else:
            apart = None
        here = apart or frame
        number = self._number(paragraph)
        level = self._level(paragraph, style)
        if number is not None and not level:
            self._item(here, number)
        else:
            here.go_on(self.roles.continues(style))
        runs = self._runs(paragraph, here.within if self.roles.is_(style, "definitionterm") else None)
        if self.roles.is_ours(style):
            self._mark(runs.read(paragraph).names, here.within)
        elif self.roles.is_(style, "definitionterm"):
            runs.read(paragraph)
        elif self.roles.is_(style, "lineblock"):
            for line in _lines(paragraph):
                self._add(self._runs(paragraph).read(line), "paragraph", here.within)
        else:
            if self.roles.is_(style, "speaker"):
                self.speakers.append(self._speaker(paragraph))
            kind = "heading" if level else "caption" if self.roles.is_(style, "caption") else "paragraph"
            said = runs.read(paragraph)
            if level and (words := normal("".join(said.parts))):
                self.headings.append(Heading(words, level))
            self._add(said, kind, here.within, code=self.roles.is_(style, "sourcecode"))
        return apart

    def _runs(self, paragraph: Element, terms: tuple[str, ...] | None = None) -> Runs:
        """Return what reads a paragraph; terms that follow each other are one passage, for they share a definition."""
        properties = paragraph.find(name("pPr"))
        rtl = properties is not None and is_on(properties.find(name("bidi")))
        foreign = properties is not None and properties.find(f"{name('rPr')}/{name('lang')}") is not None
        if terms is None:
            self._end_terms()
            return Runs(self.context, rtl=rtl, foreign=foreign)
        if self._terms is None:
            self._terms = (Said(), terms)
        said, _ = self._terms
        said.parts.append(" ")
        return Runs(self.context, rtl=rtl, foreign=foreign, said=said)

    def _end_terms(self) -> None:
        if self._terms is not None:
            said, path = self._terms
            self._terms = None
            self._add(said, "term", path)

    def _level(self, paragraph: Element, style: str) -> int:
        if paragraph.find(f"{name('pPr')}/{name('outlineLvl')}") is not None:
            return self.word.level(paragraph)
        return self.roles.level(style)

    def _speaker(self, paragraph: Element) -> str:
        """Return the letters of who speaks, the name before the role."""
        parts: tuple[list[str], list[str]] = ([], [])
        for run in paragraph.iter(name("r")):
            style = run.find(f"{name('rPr')}/{name('rStyle')}")
            role = style is not None and self.roles.is_(style.get(name("val")) or "", "speakerrole")
            parts[role].extend(each.text or "" for each in run.iter(name("t")))
        return letters("".join(parts[0])) + letters("".join(parts[1]))

    def _contents(self, content: Element) -> None:
        self.contents = self.contents or []
        for paragraph in content.iter(P):
            for link in paragraph.iter(name("hyperlink")):
                words: list[str] = []
                for each in link.iter(name("t"), name("m:t"), name("tab")):
                    if each.tag == name("tab"):
                        break
                    words.append(each.text or "")
                self.contents.append(("".join(words), link.get(name("anchor")) or ""))

    # Tables

    def _table(self, table: Element, frame: ContainerState) -> None:
        path, start = (*frame.path, "table"), len(self.passages)
        number = 0
        for row in rows_of(table, self.word, self.roles):
            number += bool(row)
            for place, cell in enumerate(row, 1):
                self._cell(cell, (*path, f"row {number}", f"cell {place}"))
        if all(each.kind == "cell" and not each.text for each in self.passages[start:]):
            del self.passages[start:]  # nothing stands in it
            self.begins = {key: min(index, start) for key, index in self.begins.items()}

    def _cell(self, cell: Cell, path: tuple[str, ...]) -> None:
        here, label = len(self.passages), self._label
        self._label = ("", ())
        detail = f"{cell.heads}, {cell.height} by {cell.width}"
        self.passages.append(ContentItem("cell", "", path, detail=detail, place=self._place()))
        self._label = label
        self.blocks(cell.element, ContainerState("cell", path))
        words = words_of(self.passages[here + 1 :])
        self.passages[here] = msgspec.structs.replace(self.passages[here], text=words)

    # Passages

    def _place(self) -> str:
        return f"{self.where}paragraph {self._count}"

    def _mark(self, names: Sequence[str], path: tuple[str, ...]) -> None:
        index = len(self.passages)
        # What begins a cell stands where the cell begins.
        while index and self.passages[index - 1].kind == "cell" and _inside(path, self.passages[index - 1].path):
            index -= 1
        for each in names:
            self.begins.setdefault(each, index)

    def _add(self, said: Said, kind: str, path: tuple[str, ...], *, code: bool = False) -> None:
        self._mark(said.names, path)
        text = " ".join("".join(said.parts).split())
        if code:
            said.marks = [InlineItem("code", letters(text))]
        marks = tuple(said.marks)
        if not letters(text) and marks and all(mark.kind in ALONE for mark in marks):
            for mark in marks:
                self._append(ContentItem(mark.kind, "", path, marks=(mark,)))
        elif letters(text) or marks:
            if said.anchors:
                self._anchors.append((len(self.passages), said.anchors))
            self._append(ContentItem(kind, text, path, merged(along(merged(_known(said.runs)))), marks))

    def _append(self, passage: ContentItem) -> None:
        label, path = self._label
        if label and _inside(passage.path, path):
            passage = msgspec.structs.replace(passage, label=label)
        self._label = ("", ())
        self.passages.append(msgspec.structs.replace(passage, place=self._place()))


def _inside(path: tuple[str, ...], container: tuple[str, ...]) -> bool:
    return path[: len(container)] == container


def _known(runs: list[tuple[str | None, str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, text in runs if language is not None]


def _lines(paragraph: Element) -> list[list[Element]]:
    """Return what stands in each line of a paragraph that is made of lines."""
    lines: list[list[Element]] = [[]]
    for child in paragraph:
        if child.tag == name("r") and child.find(name("br")) is not None:
            lines.append([])
        else:
            lines[-1].append(child)
    return lines
