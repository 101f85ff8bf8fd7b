"""Content of a Word file: body and notes, paragraph by paragraph, with their containers."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile, Numbering
from exporter.inspect.docx.xml import Element, child_value, is_on, name, number
from exporter.parity.addresses import ascii_address
from exporter.parity.content import IN_HEAD, letters, list_label
from exporter.parity.docx import contents
from exporter.parity.docx.containers import ContainerState, list_level
from exporter.parity.docx.contents import TocEntry
from exporter.parity.docx.runs import Context, ParagraphContent, Runs
from exporter.parity.docx.story_items import StoryItems
from exporter.parity.docx.styles import Roles
from exporter.parity.docx.tables import Cell, rows_of
from exporter.parity.extraction import Heading, normal

P, TABLE, CONTROL, CONTENT = name("p"), name("tbl"), name("sdt"), name("sdtContent")


class StoryExtractor:
    """Extractor of the content items of one story: the body or a note.

    Args:
        word: The file.
        roles: The roles of its styles.
        numbering: Its lists.
        context: Data shared by the paragraphs of the part.
        prefix: Name of the story in locations.
    """

    def __init__(self, word: DocxFile, roles: Roles, numbering: Numbering, context: Context, prefix: str) -> None:
        self.word, self.roles, self.numbering, self.context = word, roles, numbering, context
        self.items = StoryItems(prefix)
        self.speakers: list[str] = []
        self.headings: list[Heading] = []
        self.imprint_links: set[tuple[str, str]] = set()
        """Letters and addresses of the links of title page and imprint."""
        self.frame: list[str] = []
        """Text of title page and imprint, by paragraphs."""
        self.toc: list[TocEntry] | None = None
        """Entries of the table of contents."""
        self._tocs: list[Element] = []
        self._heading_levels: dict[str, int] = {}
        """Level of the heading of each bookmark."""
        self._consumed: set[Element] = set()
        """Paragraphs whose number belongs to the list item that they begin."""
        self._terms: tuple[ParagraphContent, tuple[str, ...]] | None = None
        """Terms before their definition, and their path."""
        self.breaks = 0
        """Number of thematic breaks."""

    # Blocks

    def blocks(self, parent: Element, state: ContainerState) -> None:
        """Extract the content of a part, a cell or a content control."""
        styled: ContainerState | None = None
        for child in parent:
            if child.tag == P:
                styled = self._paragraph(child, state, styled)
                continue
            styled = None
            self._end_terms()
            if child.tag == TABLE:
                state.continue_item(-1)
                self._table(child, state)
            elif child.tag == CONTROL:
                self._control(child, state)
            elif child.tag in {name("ins"), name("moveTo"), name("customXml"), name("smartTag")}:
                self.blocks(child, state)
        self._end_terms()

    def _control(self, control: Element, state: ContainerState) -> None:
        content = control.find(CONTENT)
        if content is None:
            return
        gallery = f"{name('sdtPr')}/{name('docPartObj')}/{name('docPartGallery')}"
        if child_value(control, gallery) == "Table of Contents":
            self._toc(content)
            return
        kind = child_value(control, f"{name('sdtPr')}/{name('tag')}")
        first = next(content.iter(P), None)
        list_number = self._number(first) if first is not None else None
        if kind == "item" and first is not None and list_number is not None:
            self._begin_item(state, list_number)
            self._consumed.add(first)
            self.blocks(content, ContainerState(state.kind, state.item_path))
            return
        if first not in self._consumed:
            state.continue_item(-1)
        self.blocks(content, state.inner(kind))

    def _begin_item(self, state: ContainerState, list_number: tuple[int, int]) -> None:
        self._end_terms()  # they belong to the item before
        level = list_level(self.numbering, *list_number)
        open_list = state.enter(*list_number, level.step)
        label = list_label(level.style, level.start + open_list.item - 1)
        self.items.begin_list_item(label, state.item_path)

    def _number(self, paragraph: Element) -> tuple[int, int] | None:
        """Return list and level of an item that begins with a paragraph, or None (17.9.18 numPr)."""
        holder = paragraph.find(f"{name('pPr')}/{name('numPr')}")
        if holder is None or paragraph in self._consumed:
            return None
        instance, depth = (number(child_value(holder, name(tag))) for tag in ("numId", "ilvl"))
        return (instance, depth) if instance else None

    def _paragraph(
        self, paragraph: Element, state: ContainerState, styled: ContainerState | None
    ) -> ContainerState | None:
        """Extract a paragraph and return its container by style, which the next paragraphs may share."""
        self.items.count_paragraph()
        style = self.word.style(paragraph)
        if self.roles.is_front_matter(style):
            # A target without text at the end of the body is where the imprint begins.
            content = Runs(self.context, style).read(paragraph)
            self.items.add_bookmarks(content.names)
            self.frame.append("".join(content.parts))
            links = (mark for mark in content.marks if mark.kind == "link" and not mark.goal)
            self.imprint_links.update((link.text, ascii_address(link.target or "")) for link in links)
            state.continue_item(-1)
            return None
        step = self.roles.container(style)
        if step and step != state.kind:
            if styled is None or styled.kind != step:
                state.continue_item(-1)
                styled = ContainerState(step, state.path_of(step))
        else:
            styled = None
        current = styled or state
        list_number = self._number(paragraph)
        level = self._level(paragraph, style)
        if list_number is not None and not level:
            self._begin_item(current, list_number)
        else:
            current.continue_item(self.roles.continued_level(style))
        runs = self._runs(style, current.item_path if self.roles.has_role(style, "definitionterm") else None)
        self.breaks += self.roles.is_break(style)
        if self.roles.is_generated(style):
            self.items.add_bookmarks(runs.read(paragraph).names)
        elif self.roles.has_role(style, "definitionterm"):
            runs.read(paragraph)
        elif self.roles.has_role(style, "lineblock"):
            for line in _lines(paragraph):
                self.items.add(runs.read(line), "paragraph", current.item_path)
                runs = runs.continued()
        else:
            if self.roles.has_role(style, "speaker"):
                self.speakers.append(self._speaker(paragraph))
            kind = "heading" if level else "caption" if self.roles.has_role(style, "caption") else "paragraph"
            content = runs.read(paragraph)
            if level and (words := normal("".join(content.parts))):
                self.headings.append(Heading(words, level))
                self._heading_levels.update(dict.fromkeys(content.names, level))
            bidi = paragraph.find(f"{name('pPr')}/{name('bidi')}")
            direction = "rtl" if (is_on(bidi) if bidi is not None else self.roles.is_bidi(style)) else "ltr"
            is_code = self.roles.has_role(style, "sourcecode")
            self.items.add(content, kind, current.item_path, code=is_code, direction=direction)
        return styled

    def _runs(self, style: str, terms: tuple[str, ...] | None = None) -> Runs:
        """Return the reader of a paragraph; consecutive terms are one item, as they share a definition."""
        if terms is None:
            self._end_terms()
            return Runs(self.context, style)
        if self._terms is None:
            self._terms = (ParagraphContent(), terms)
        content, _ = self._terms
        content.parts.append(" ")
        return Runs(self.context, style, content)

    def _end_terms(self) -> None:
        if self._terms is not None:
            content, path = self._terms
            self._terms = None
            self.items.add(content, "term", path)

    def _level(self, paragraph: Element, style: str) -> int:
        if paragraph.find(f"{name('pPr')}/{name('outlineLvl')}") is not None:
            return self.word.level(paragraph)
        return self.roles.level(style)

    def _speaker(self, paragraph: Element) -> str:
        """Return the letters of a speaker's name and role, the name first."""
        parts: tuple[list[str], list[str]] = ([], [])
        for run in paragraph.iter(name("r")):
            style = child_value(run, f"{name('rPr')}/{name('rStyle')}")
            is_role = self.roles.has_role(style, "speakerrole")
            parts[is_role].extend(text.text or "" for text in run.iter(name("t")))
        return letters("".join(parts[0])) + letters("".join(parts[1]))

    def toc_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the table of contents itself."""
        yield from contents.levels(self.toc or [], self._heading_levels)
        for table in self._tocs:
            yield from contents.check(table, self.toc or [])

    def _toc(self, content: Element) -> None:
        self.items.add_bookmarks([start.get(name("name")) or "" for start in content.iter(name("bookmarkStart"))])
        self.toc = [*(self.toc or []), *contents.entries(content, self.word, self.roles)]
        self._tocs.append(content)

    # Tables

    def _table(self, table: Element, state: ContainerState) -> None:
        path, start = (*state.path, "table"), len(self.items.items)
        row_number = 0
        rows = list(rows_of(table, self.word, self.roles))
        has_body = not all(cell.in_head for row in rows for cell in row)
        for row in rows:
            row_number += bool(row)
            for position, cell in enumerate(row, 1):
                self._cell(cell, (*path, f"row {row_number}", f"cell {position}"), has_body=has_body)
        self.items.remove_empty_table(start)

    def _cell(self, cell: Cell, path: tuple[str, ...], *, has_body: bool) -> None:
        detail = f"{cell.header_role}, {cell.height} by {cell.width}{IN_HEAD * (cell.in_head and has_body)}"
        index = self.items.begin_cell(detail, path)
        self.blocks(cell.element, ContainerState("cell", path))
        self.items.end_cell(index)


def _lines(paragraph: Element) -> list[list[Element]]:
    """Return the elements of each line of a verse paragraph."""
    lines: list[list[Element]] = [[]]
    for child in paragraph:
        if child.tag == name("r") and child.find(name("br")) is not None:
            lines.append([])
        else:
            lines[-1].append(child)
    return lines
