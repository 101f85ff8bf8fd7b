"""Reader of the paragraphs, tables and content controls of a story (ISO/IEC 29500-1, 17.2.2, 17.3.1, 17.5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from lxml import etree

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import Element, child_value, is_on, name
from exporter.model import Figure, MathBlock, ThematicBreak
from exporter.readers.docx import embedded_documents, paragraphs, subdocuments, toc
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics.drawings import DrawnItem
from exporter.readers.docx.inlines.alternate_content import choice
from exporter.readers.docx.inlines.fields import Fields
from exporter.readers.docx.inlines.omml import display_formula
from exporter.readers.docx.inlines.run_reader import RunReader
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.limits import MAX_NESTED_CONTAINERS, MAX_NESTED_STORIES
from exporter.readers.docx.paragraphs import ParagraphElement
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, role_of
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.styles import is_hidden
from exporter.readers.docx.tables import TableReader

_P, _TBL, _SDT, _BOOKMARK, _R_PR, _FORMULAS = map(name, ("p", "tbl", "sdt", "bookmarkStart", "rPr", "m:oMathPara"))
_BREAK = name("pageBreakBefore")
_BREAKS = frozenset({_BREAK, name("pBdr")})
_TRANSPARENT = frozenset({name(tag) for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent")})
_TAGS = frozenset(
    {"quote", "aside", "transcript", "turn", "item", "definition", "description", "definitions", "list", "figure"}
)
"""Tags of the content controls with which the Word edition marks containers."""
_DELETED = frozenset({name("del"), name("moveFrom")})
_ANY_PARAGRAPH = f".//{name('p')}"


class _Pending(msgspec.Struct):
    """Bookmarks and page breaks between blocks, which belong to the next one."""

    bookmarks: list[str] = []
    page_break: bool = False


class _Content(msgspec.Struct):
    """The content of a body, a cell, a note or a text box, as far as it has been read."""

    blocks: list[ParsedBlock] = []
    empty: int = 0
    """Number of empty paragraphs since the last block."""
    unfinished: ParsedParagraph | None = None
    """A paragraph whose mark was deleted, so that the next one continues it."""


class StoryReader:
    """Reader of one story."""

    def __init__(self, context: ReadContext, part: str, story: Element) -> None:
        self._context = context
        self._part = part
        self._fields = Fields([story])
        self._runs = RunReader(context, part, self._fields)
        self._tables = TableReader(context, self.read)
        self._content = _Content()
        self._pending = _Pending()
        self._drop_cap: list[TextRun] = []
        """A drop cap before its paragraph."""
        self._depth = 0
        self._in_gallery = False
        """Whether the current content is in the content control of a table of contents."""

    def read(self, parent: Iterable[Element]) -> list[ParsedBlock]:
        """Return the blocks of a body, a cell, a note or a text box."""
        outer, self._content = self._content, _Content()
        self._children(parent)
        content, self._content = self._content, outer
        return content.blocks

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Keep what is pending for a block from the blocks inside it, and add what is left over from those."""
        outer, self._pending = self._pending, _Pending()
        yield
        self._pending.bookmarks[:0] = outer.bookmarks
        self._pending.page_break |= outer.page_break

    def _children(self, parent: Iterable[Element]) -> None:
        self._depth += 1
        if self._depth > MAX_NESTED_CONTAINERS:
            raise DocxError(
                "Parts of the text are nested too deeply.",
                "Copy the text into a new document without its formatting.",
            )
        for child in parent:
            self._read_element(child)
        self._depth -= 1

    def _read_element(self, child: Element) -> None:
        tag = child.tag
        if tag == _P:
            self._paragraph(child)
        elif tag == _TBL:
            self._table(child)
        elif tag == _SDT:
            self._control(child)
        elif tag in _TRANSPARENT:
            self._children(child)
        elif tag == _BOOKMARK:
            self._pending.bookmarks.append(child.get(name("name")) or "")
        elif tag == name("altChunk"):
            for finished in embedded_documents.read(self._context, child.get(name("r:id")) or "", self._part):
                self._add(finished)
        elif tag == name("subDoc"):
            subdocuments.add(self._context, child, self._part)
        elif tag == name("mc:AlternateContent"):
            if (chosen := choice(child)) is not None:
                self._children(chosen)
        elif tag in (_FORMULAS, name("m:oMath")):
            self._formula(child)
        elif tag in (name("r"), name("hyperlink"), name("fldSimple")):
            # Some programs write text outside paragraphs.
            holder = etree.Element(_P)
            child.addprevious(holder)
            holder.append(child)
            self._paragraph(holder)
        elif tag not in _DELETED and child.find(_ANY_PARAGRAPH) is not None:
            self._children(child)

    def _formula(self, element: Element) -> None:
        if markup := display_formula(element.iter(name("m:oMath"))):
            self._add(FinishedBlock(self._context.locations.paragraph(""), MathBlock(mathml=markup)))

    def _add(self, block: ParsedBlock) -> None:
        if not isinstance(block, Contents):
            block.bookmarks = [*self._pending.bookmarks, *block.bookmarks]
            block.page_break |= self._pending.page_break
            self._pending = _Pending()
        self._content.blocks.append(block)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        paragraph = paragraphs.read_element(self._context, element)
        runs, properties, paragraph_format = self._runs, paragraph.properties, paragraph.format
        if paragraphs.is_drop_cap(properties):
            runs.read(element, paragraph_format.characters)
            self._drop_cap += runs.text_runs
            return
        self._context.begin_paragraph(element)
        is_heading = paragraphs.meaning_of(paragraph.own, paragraph.inherited).role is Role.HEADING
        runs.read(element, paragraph_format.characters, paragraph_format.leaders or (), is_heading=is_heading)
        is_visible = runs.has_content or runs.block_items or runs.break_before or not _BREAKS.isdisjoint(properties)
        if runs.is_generated and not runs.has_content:
            self._pending.bookmarks += runs.bookmarks
            self._add_contents()
            self._add_items(runs.block_items)
        elif not is_visible and is_hidden(properties.get(_R_PR), paragraph_format):
            self._pending.bookmarks += runs.bookmarks
        else:
            meaning = self._meaning(paragraph)
            text_runs, self._drop_cap = [*self._drop_cap, *runs.text_runs], []
            if meaning.role in (Role.LEFT_OUT, Role.CONTENTS_HEADING):
                self._leave_out(paragraph, meaning.role, text_runs)
            else:
                self._add_paragraph(paragraph, meaning, text_runs)

    def _add_paragraph(self, paragraph: ParagraphElement, meaning: Meaning, text_runs: list[TextRun]) -> None:
        """Add a paragraph, or continue the one before it, and add the blocks in it."""
        runs, content = self._runs, self._content
        if runs.page_references:
            self._context.count("pages", runs.page_references)
        if paragraph.is_joined and not (runs.block_items or any(run.node or run.text.strip() for run in text_runs)):
            # A paragraph of which nothing is left lends the next one neither its style nor its number.
            self._pending.bookmarks += runs.bookmarks
        elif (unfinished := content.unfinished) is not None:
            unfinished.text_runs += text_runs
            unfinished.has_blanks = unfinished.has_blanks or runs.has_blanks
            unfinished.formula = None if text_runs else unfinished.formula
            unfinished.bookmarks += runs.bookmarks
            content.unfinished = unfinished if paragraph.is_joined else None
        else:
            parsed = paragraphs.build_paragraph(self._context, runs, paragraph, meaning, text_runs)
            is_heading = meaning.role is Role.HEADING
            if parsed.is_empty and not (parsed.number or runs.block_items or runs.left_out or is_heading):
                self._skip_empty(parsed)
            else:
                self._add(parsed)
                content.empty = 0
                content.unfinished = parsed if paragraph.is_joined else None
        if runs.break_after:
            self._pending.page_break = True
        self._add_items(runs.block_items)

    def _meaning(self, paragraph: ParagraphElement) -> Meaning:
        meaning = paragraphs.meaning_of(paragraph.own, paragraph.inherited)
        bound = paragraphs.bound_meaning(paragraph.element) if meaning == PLAIN else None
        return toc.meaning_of_heading(self._context, paragraph.element, bound or meaning, in_gallery=self._in_gallery)

    def _skip_empty(self, parsed: ParsedParagraph) -> None:
        if parsed.ruled:
            self._add(FinishedBlock(parsed.source, ThematicBreak()))
            return
        self._pending.page_break |= parsed.page_break
        self._pending.bookmarks += parsed.bookmarks
        self._content.empty += 1
        if self._content.empty > 1:
            self._context.count("empty", 2 if self._content.empty == 2 else 1)

    def _leave_out(self, paragraph: ParagraphElement, role: Role, text_runs: list[TextRun]) -> None:
        runs, is_heading = self._runs, role is Role.CONTENTS_HEADING
        if runs.has_content:
            paragraphs.next_number(self._context, paragraph.format, text_runs)
            self._content.empty = 0
        self._pending.bookmarks += runs.bookmarks
        style_name = self._context.styles.name_of(paragraph.style)
        if runs.has_content and paragraphs.bound_meaning(paragraph.element) == paragraphs.AUTHOR:
            paragraphs.report_author(self._context, text_runs)
            self._pending.page_break |= runs.break_before or runs.break_after or _BREAK in paragraph.properties
        elif runs.has_content and not (is_heading or self._in_gallery or self._context.is_word_edition):
            self._context.count(f"left-out {style_name}")
        if style_name.casefold().startswith(("toc", "contents", "table of")):
            self._add_contents()
        self._add_items(runs.drawn_items if is_heading else runs.block_items)

    def _add_contents(self) -> None:
        self._content.empty = 0
        if not self._content.blocks or not isinstance(self._content.blocks[-1], Contents):
            self._add(Contents(self._context.locations.here()))

    def _add_items(self, items: Iterable[DrawnItem]) -> None:
        """Add pictures and boxes."""
        for item in items:
            source = self._context.locations.here()
            if item.image is not None:
                self._add(FinishedBlock(source, Figure(images=(item.image,))))
            elif item.block is not None:
                self._add(FinishedBlock(source, item.block))
            elif item.rule:
                self._add(FinishedBlock(source, ThematicBreak()))
            elif item.box is not None and (content := self._text_box(item.box)):
                self._add(Container(source, "box", content))
            elif labels := [content for label in item.labels if (content := self._text_box(label))]:
                if all(role_of(block) is Role.TEXT for content in labels for block in content):
                    self._add(Container(source, "diagram", [block for content in labels for block in content]))
                else:
                    for content in labels:
                        self._add(Container(source, "box", content))

    def _text_box(self, box: Element) -> list[ParsedBlock]:
        """Return the blocks of a text box."""
        context = self._context
        if context.depth >= MAX_NESTED_STORIES:
            context.report_unsupported("A deeply nested text box was ignored.", "Put its text into the main text.")
            return []
        context.depth += 1
        context.locations.enter(f"{context.locations.words}, text box")
        content = StoryReader(context, self._part, box).read(box)
        context.locations.leave()
        context.depth -= 1
        return content

    # Tables and controls

    def _table(self, element: Element) -> None:
        self._content.empty, self._content.unfinished = 0, None
        with self._apart():
            table = self._tables.read(element)
        if table is not None:
            # A page break before a table is in its first cell.
            cells = table.rows[0].cells
            table.page_break = bool(cells) and paragraphs.take_page_break(cells[0].content)
            self._add(table)

    def _control(self, element: Element) -> None:
        properties, content = element.find(name("sdtPr")), element.find(name("sdtContent"))
        if content is None:
            return
        if toc.is_gallery(properties):
            self._add_contents()
            if not self._context.is_word_edition and toc.has_content(self._context, content):
                outside, self._in_gallery = self._in_gallery, True
                self._children(content)
                self._in_gallery = outside
            return
        if properties is not None and is_on(properties.find(name("showingPlcHdr"))):
            self._context.count("placeholders")
            return
        tag = child_value(properties, name("tag"))
        if self._context.is_word_edition and tag.partition(" ")[0] in _TAGS:
            source = self._context.locations.here()
            with self._apart():
                inner = self.read(content)
            container = Container(source, tag, inner)
            container.page_break = paragraphs.take_page_break(inner)
            self._add(container)
            return
        self._children(content)
