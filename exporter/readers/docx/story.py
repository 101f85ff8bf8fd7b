"""Reader of the paragraphs, tables and content controls of a story (ISO/IEC 29500-1, 17.2.2, 17.3.1, 17.5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import Element, child_value, is_on, name, value
from exporter.model import Figure, MathBlock, ThematicBreak
from exporter.readers.docx import embedded_documents, paragraphs, subdocuments, toc
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics.drawings import DrawnItem
from exporter.readers.docx.inlines.alternate_content import choice
from exporter.readers.docx.inlines.fields import Fields
from exporter.readers.docx.inlines.omml import display_formula
from exporter.readers.docx.inlines.run_reader import RunReader
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.limits import MAX_NESTED_CONTAINERS, MAX_NESTED_STORIES, MAX_PARAGRAPHS
from exporter.readers.docx.looks import read_look
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.styles import ParagraphFormat, is_hidden, read_paragraph_format
from exporter.readers.docx.tables import TableReader

_P, _TBL, _SDT, _BOOKMARK, _P_PR, _R_PR = map(name, ("p", "tbl", "sdt", "bookmarkStart", "pPr", "rPr"))
_P_STYLE, _DEL, _MOVED, _FORMULAS = map(name, ("pStyle", "del", "moveFrom", "m:oMathPara"))
_BREAKS = frozenset({name("pageBreakBefore"), name("pBdr")})
_TRANSPARENT = frozenset({name(tag) for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent")})
_TAGS = frozenset(
    {"quote", "aside", "transcript", "turn", "item", "definition", "description", "definitions", "list", "figure"}
)
"""Tags of the content controls with which the Word edition marks containers."""
_DELETED = frozenset({name("del"), name("moveFrom")})
_ANY_PARAGRAPH = f".//{name('p')}"


class StoryReader:
    """Reader of one story."""

    def __init__(self, context: ReadContext, part: str, story: Element) -> None:
        self._context = context
        self._part = part
        self._fields = Fields([story])
        self._runs = RunReader(context, part, self._fields)
        self._tables = TableReader(context, self.read)
        self._blocks: list[ParsedBlock] = []
        self._bookmarks: list[str] = []
        """Bookmarks that start between paragraphs."""
        self._page_break = False
        self._drop_cap: list[TextRun] = []
        """A drop cap before its paragraph."""
        self._unfinished: ParsedParagraph | None = None
        """A paragraph whose mark was deleted, so that the next one continues it."""
        self._empty = 0
        self._depth = 0
        self._in_gallery = False
        """Whether the current content is in the content control of a table of contents."""

    def read(self, parent: Iterable[Element]) -> list[ParsedBlock]:
        """Return the blocks of a body, a cell, a note or a text box."""
        outer_blocks, self._blocks = self._blocks, []
        empty, self._empty = self._empty, 0
        unfinished, self._unfinished = self._unfinished, None
        self._children(parent)
        blocks, self._blocks = self._blocks, outer_blocks
        self._empty, self._unfinished = empty, unfinished
        return blocks

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
            self._bookmarks.append(child.get(name("name")) or "")
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
            block.bookmarks = [*self._bookmarks, *block.bookmarks]
            block.page_break = block.page_break or self._page_break
            self._bookmarks, self._page_break = [], False
        self._blocks.append(block)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        properties = element.find(_P_PR)
        by_tag = {child.tag: child for child in properties} if properties is not None else {}
        style = value(by_tag.get(_P_STYLE))
        inherited = self._context.styles.paragraph_format(style)
        own = read_paragraph_format(properties)
        paragraph_format = own.over(inherited)
        if paragraphs.is_drop_cap(by_tag):
            self._runs.read(element, paragraph_format.characters)
            self._drop_cap += self._runs.text_runs
            return
        self._context.paragraphs += 1
        if self._context.paragraphs > MAX_PARAGRAPHS:
            raise DocxError(
                f"The text has more than {MAX_PARAGRAPHS:,} paragraphs.", "Divide it into several publications."
            )
        self._context.locations.begin(element)
        is_heading = paragraphs.meaning_of(own, inherited).role is Role.HEADING
        self._runs.read(element, paragraph_format.characters, paragraph_format.leaders or (), is_heading=is_heading)
        runs = self._runs
        if runs.is_generated and not runs.has_content:
            self._bookmarks += runs.bookmarks
            self._add_contents()
            self._add_items(runs.block_items)
            return
        is_break = runs.break_before or not _BREAKS.isdisjoint(by_tag)
        if not (runs.has_content or runs.block_items or is_break) and is_hidden(by_tag.get(_R_PR), paragraph_format):
            self._bookmarks += runs.bookmarks
            return
        meaning = self._meaning(element, own, inherited)
        text_runs = [*self._drop_cap, *runs.text_runs]
        self._drop_cap = []
        if meaning.role in (Role.LEFT_OUT, Role.CONTENTS_HEADING):
            if runs.has_content:
                paragraphs.next_number(self._context, paragraph_format, text_runs)
            self._leave_out(style, meaning.role)
            self._add_items(runs.drawn_items if meaning.role is Role.CONTENTS_HEADING else runs.block_items)
            return
        if runs.page_references:
            self._context.count("pages", runs.page_references)
        mark = by_tag.get(_R_PR)
        is_joined = mark is not None and (mark.find(_DEL) is not None or mark.find(_MOVED) is not None)
        if is_joined and not runs.block_items and not any(run.node or run.text.strip() for run in text_runs):
            # A paragraph of which nothing is left lends the next one neither its style nor its number.
            self._bookmarks += runs.bookmarks
            self._add_following(runs)
            return
        unfinished, self._unfinished = self._unfinished, None
        if unfinished is not None:
            unfinished.text_runs += text_runs
            unfinished.has_blanks = unfinished.has_blanks or runs.has_blanks
            unfinished.formula = None if text_runs else unfinished.formula
            unfinished.bookmarks += runs.bookmarks
            target = unfinished
        else:
            target = paragraphs.build_paragraph(
                self._context, runs, by_tag, (own, inherited), meaning=meaning, text_runs=text_runs
            )
            target.style = self._context.styles.name_of(style)
            if meaning.role in (Role.TEXT, Role.HEADING, Role.TITLE) and not self._context.is_word_edition:
                target.look = read_look(self._context.styles, element, style)
            if meaning.role is Role.HEADING and not self._context.is_word_edition:
                target.own_look = read_look(self._context.styles, element, "")
            target.indent = paragraphs.indent_of(target, own.left, inherited)
            target.marker = paragraphs.marker_of(target, own)
            heading = meaning.role is Role.HEADING
            if target.is_empty and not (target.number or runs.block_items or runs.left_out or heading):
                self._skip_empty(target)
                self._add_following(runs)
                return
            self._empty = 0
            self._add(target)
        self._add_following(runs)
        if is_joined:
            self._unfinished = target

    def _meaning(self, element: Element, own: ParagraphFormat, inherited: ParagraphFormat) -> Meaning:
        meaning = paragraphs.meaning_of(own, inherited)
        bound = paragraphs.bound_meaning(element) if meaning == PLAIN else None
        return toc.meaning_of_heading(self._context, element, bound or meaning, in_gallery=self._in_gallery)

    def _skip_empty(self, paragraph: ParsedParagraph) -> None:
        if paragraph.ruled:
            self._add(FinishedBlock(paragraph.source, ThematicBreak()))
            return
        self._page_break = self._page_break or paragraph.page_break
        self._bookmarks += paragraph.bookmarks
        self._empty += 1
        if self._empty > 1:
            self._context.count("empty", 2 if self._empty == 2 else 1)

    def _leave_out(self, style: str, role: Role) -> None:
        self._bookmarks += self._runs.bookmarks
        style_name = self._context.styles.name_of(style)
        is_expected = role is Role.CONTENTS_HEADING or self._in_gallery or self._context.is_word_edition
        if not is_expected and self._runs.has_content:
            self._context.count(f"left-out {style_name}")
        if style_name.casefold().startswith(("toc", "contents", "table of")):
            self._add_contents()

    def _add_contents(self) -> None:
        if not self._blocks or not isinstance(self._blocks[-1], Contents):
            self._add(Contents(self._context.locations.here()))

    def _add_following(self, runs: RunReader) -> None:
        """Add the blocks in a paragraph after it."""
        block_items, runs.block_items = list(runs.block_items), []
        if runs.break_after:
            self._page_break, runs.break_after = True, False
        self._add_items(block_items)

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
        self._empty, self._unfinished = 0, None
        bookmarks, page_break = self._bookmarks, self._page_break
        self._bookmarks, self._page_break = [], False
        table = self._tables.read(element)
        self._bookmarks, self._page_break = [*bookmarks, *self._bookmarks], page_break or self._page_break
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
            bookmarks, page_break = self._bookmarks, self._page_break
            self._bookmarks, self._page_break = [], False
            inner = self.read(content)
            self._bookmarks, self._page_break = [*bookmarks, *self._bookmarks], page_break or self._page_break
            container = Container(source, tag, inner)
            container.page_break = paragraphs.take_page_break(inner)
            self._add(container)
            return
        self._children(content)
