"""Paragraphs, tables and controls of a story, one after the other (ISO/IEC 29500-1, 17.2.2, 17.3.1, 17.5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, name, value
from exporter.model import Figure, MathBlock, ThematicBreak
from exporter.readers.docx.alternate_content import choice
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.drawings import Shown
from exporter.readers.docx.fields import Fields
from exporter.readers.docx.limits import MAX_NESTED_CONTAINERS, MAX_NESTED_STORIES, MAX_PARAGRAPHS
from exporter.readers.docx.omml import joined
from exporter.readers.docx.paragraph_properties import hoisted, meaning_of
from exporter.readers.docx.paragraphs import indent_of, met_paragraph
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import Role
from exporter.readers.docx.runs import RunReader
from exporter.readers.docx.styles import read_line
from exporter.readers.docx.tables import TableReader
from exporter.readers.docx.text_runs import TextRun

_P, _TBL, _SDT, _BOOKMARK, _P_PR, _R_PR = map(name, ("p", "tbl", "sdt", "bookmarkStart", "pPr", "rPr"))
_P_STYLE, _FRAME, _DEL, _MOVED, _FORMULAS = map(name, ("pStyle", "framePr", "del", "moveFrom", "m:oMathPara"))
_TRANSPARENT = frozenset({name(tag) for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent")})
_TAGS = frozenset(
    {"quote", "aside", "transcript", "turn", "item", "definition", "description", "definitions", "list", "figure"}
)
"""Tags of content controls by which our own Word edition says what belongs together."""
_GENERATED = ("table of contents", "table of figures")
_DROP_CAPS = frozenset({"drop", "margin"})


class StoryReader:
    """Reads one story."""

    def __init__(self, reading: ReadContext, part: str, story: Element) -> None:
        self._reading = reading
        self._part = part
        self._fields = Fields([story])
        self._runs = RunReader(reading, part, self._fields)
        self._tables = TableReader(reading, self.read)
        self._met: list[ParsedBlock] = []
        self._bookmarks: list[str] = []
        """That begin between paragraphs."""
        self._page_break = False
        self._cap: list[TextRun] = []
        """A large first letter that waits for its paragraph."""
        self._joining: ParsedParagraph | None = None
        """A paragraph whose end was deleted, so that the next one goes on with it."""
        self._empty = 0
        self._depth = 0

    def read(self, parent: Iterable[Element]) -> list[ParsedBlock]:
        """Return what stands in a body, a cell, a note or a box."""
        before, self._met = self._met, []
        empty, self._empty = self._empty, 0
        joining, self._joining = self._joining, None
        self._children(parent)
        found, self._met = self._met, before
        self._empty, self._joining = empty, joining
        return found

    def _children(self, parent: Iterable[Element]) -> None:
        self._depth += 1
        if self._depth > MAX_NESTED_CONTAINERS:
            raise DocxError(
                "Parts of the text are nested too deeply in each other for any publication.",
                "Copy the text into a new document without its formatting.",
            )
        for child in parent:
            self._take(child)
        self._depth -= 1

    def _take(self, child: Element) -> None:
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
            self._reading.not_read(
                "A document inside the document (altChunk) was left out.",
                "Open the file in Word, save it anew, and its text becomes part of it.",
            )
        elif tag == name("mc:AlternateContent"):
            chosen = choice(child)
            if chosen is not None:
                self._children(chosen)
        elif tag in (_FORMULAS, name("m:oMath")):
            self._loose_formula(child)
        elif tag in (name("r"), name("hyperlink"), name("fldSimple")):
            # Words that no paragraph holds, as some programs write them.
            holder = etree.Element(_P)
            child.addprevious(holder)
            holder.append(child)
            self._paragraph(holder)

    def _loose_formula(self, element: Element) -> None:
        made = joined(element.iter(name("m:oMath")))
        if made:
            source = self._reading.places.paragraph("")
            self._add(FinishedBlock(source, MathBlock(mathml=made)))

    def _add(self, block: ParsedBlock) -> None:
        if not isinstance(block, Contents):
            block.bookmarks = [*self._bookmarks, *block.bookmarks]
            block.page_break = block.page_break or self._page_break
            self._bookmarks, self._page_break = [], False
        self._met.append(block)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        properties = element.find(_P_PR)
        said = {child.tag: child for child in properties} if properties is not None else {}
        style = value(said.get(_P_STYLE))
        inherited = self._reading.styles.line(style)
        own = read_line(properties)
        line = own.over(inherited)
        if _FRAME in said and said[_FRAME].get(name("dropCap")) in _DROP_CAPS:
            self._runs.read(element, line.words)
            self._cap += self._runs.pieces
            return
        self._reading.paragraphs += 1
        if self._reading.paragraphs > MAX_PARAGRAPHS:
            raise DocxError(
                f"The text has more than {MAX_PARAGRAPHS:,} paragraphs.", "Divide it into several publications."
            )
        self._reading.places.begin()
        self._runs.read(element, line.words)
        runs = self._runs
        if runs.is_generated and not any(piece.node or piece.text.strip() for piece in runs.pieces):
            self._note_contents()
            return
        meaning = meaning_of(own, inherited)
        pieces = [*self._cap, *runs.pieces]
        self._cap = []
        if meaning.role is Role.LEFT_OUT:
            self._leave_out(style)
            return
        joining, self._joining = self._joining, None
        if joining is not None:
            joining.pieces += pieces
            target = joining
        else:
            target = met_paragraph(self._reading, runs, said, (own, inherited), meaning=meaning, pieces=pieces)
            target.style = self._reading.styles.name_of(style)
            indent = own.left if own.left is not None else None
            target.indent = indent_of(target, indent, inherited)
            heading = meaning.role is Role.HEADING
            if target.is_empty and not (target.number or runs.beside or runs.left_out or heading):
                self._take_empty(target)
                self._after(runs)
                return
            self._empty = 0
            self._add(target)
        self._after(runs)
        mark = said.get(_R_PR)
        if mark is not None and (mark.find(_DEL) is not None or mark.find(_MOVED) is not None):
            self._joining = target

    def _take_empty(self, paragraph: ParsedParagraph) -> None:
        if paragraph.ruled:
            self._add(FinishedBlock(paragraph.source, ThematicBreak()))
            return
        if paragraph.page_break:
            self._page_break = True
        elif paragraph.bookmarks:
            pass
        self._bookmarks += paragraph.bookmarks
        self._empty += 1
        if self._empty > 1:
            self._reading.count("empty", 2 if self._empty == 2 else 1)

    def _leave_out(self, style: str) -> None:
        self._bookmarks += self._runs.bookmarks
        if self._reading.styles.name_of(style).casefold().startswith(("toc", "contents", "table of")):
            self._note_contents()

    def _note_contents(self) -> None:
        if not self._met or not isinstance(self._met[-1], Contents):
            self._add(Contents(self._reading.places.here()))

    def _after(self, runs: RunReader) -> None:
        """Add what stands beside a paragraph behind it."""
        beside, runs.beside = list(runs.beside), []
        if runs.break_after:
            self._page_break, runs.break_after = True, False
        for shown in beside:
            self._beside(shown)

    def _beside(self, shown: Shown) -> None:
        source = self._reading.places.here()
        if shown.image is not None:
            self._add(FinishedBlock(source, Figure(images=(shown.image,))))
        elif shown.block is not None:
            self._add(FinishedBlock(source, shown.block))
        elif shown.rule:
            self._add(FinishedBlock(source, ThematicBreak()))
        elif shown.box is not None:
            content = self._story(shown.box)
            if content:
                self._add(Container(source, "box", content))

    def _story(self, box: Element) -> list[ParsedBlock]:
        """Return what stands in a text box."""
        reading = self._reading
        if reading.depth >= MAX_NESTED_STORIES:
            reading.not_read("A text box inside many others was left out.", "Put its words into the text.")
            return []
        reading.depth += 1
        reading.places.enter(f"{reading.places.here().place}, text box")
        content = StoryReader(reading, self._part, box).read(box)
        reading.places.leave()
        reading.depth -= 1
        return content

    # Tables and controls

    def _table(self, element: Element) -> None:
        self._empty = 0
        bookmarks, page_break = self._bookmarks, self._page_break
        self._bookmarks, self._page_break = [], False
        found = self._tables.read(element)
        self._bookmarks, self._page_break = [*bookmarks, *self._bookmarks], page_break or self._page_break
        if found is not None:
            # What stands before a table waits in its first cell.
            found.page_break = hoisted(found.rows[0].cells[0].content) if found.rows[0].cells else False
            self._add(found)

    def _control(self, element: Element) -> None:
        properties, content = element.find(name("sdtPr")), element.find(name("sdtContent"))
        if content is None:
            return
        gallery = ""
        for part in properties.iter(name("docPartGallery")) if properties is not None else ():
            gallery = (part.get(VAL) or "").casefold()
        if gallery in _GENERATED:
            self._reading.count("contents")
            self._note_contents()
            return
        if properties is not None and is_on(properties.find(name("showingPlcHdr"))):
            self._reading.count("placeholders")
            return
        tag = child_value(properties, name("tag"))
        if self._reading.own and tag.partition(" ")[0] in _TAGS:
            source = self._reading.places.here()
            bookmarks, page_break = self._bookmarks, self._page_break
            self._bookmarks, self._page_break = [], False
            inner = self.read(content)
            self._bookmarks, self._page_break = [*bookmarks, *self._bookmarks], page_break or self._page_break
            container = Container(source, tag, inner)
            container.page_break = hoisted(inner)
            self._add(container)
            return
        self._children(content)
