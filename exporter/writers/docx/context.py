"""The document while it is being written: what its modules share, and where in it they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec

from exporter.contracts import WriteContext
from exporter.findings import NOT_CARRIED, Finding
from exporter.model import Abbreviation, Block, Direction, Link, Node, NoteReference, Publication, Source
from exporter.model.walk import headings, plain_text, walk
from exporter.writers.docx import parts
from exporter.writers.docx.bookmarks import Bookmarks
from exporter.writers.docx.caption_numbers import Captions
from exporter.writers.docx.numbering import Numbering
from exporter.writers.docx.package import Part
from exporter.writers.docx.sections import Paper
from exporter.writers.docx.stylesheet import Stylesheet
from exporter.writers.docx.xml import Element

BODY_STYLE = "Normal"


class BlockContext(msgspec.Struct, frozen=True, gc=False):
    """What a block takes over from those around it. Lengths are twentieths of a point."""

    language: str
    direction: Direction
    width: int
    """From margin to margin, or of the cell."""
    style: str = BODY_STYLE
    """Style of plain paragraphs."""
    offset: int = 0
    """How much further in than their style says plain paragraphs stand."""
    inset: int = 0
    """How far in from the start everything else stands."""
    end_inset: int = 0
    """How far in from the end everything stands."""
    frame: str = ""
    """Style of the box around, whose border and ground other paragraphs take over."""
    level: int = -1
    """Level of the list around, from 0; -1 outside lists."""
    definition: int = -1
    """Numbering definition of the list around."""
    depth: int = 0
    """Headings above."""
    running: bool = True
    """Whether this is running text, where an abbreviation may be written out."""

    def at(self, node: Node) -> BlockContext:
        """Return the place inside `node`, with its language and direction."""
        language = node.at.language or self.language
        direction = node.at.direction or self.direction
        if (language, direction) == (self.language, self.direction):
            return self
        return msgspec.structs.replace(self, language=language, direction=direction)

    def inside(self, style: str, start: int, end: int = 0, *, frame: str = "") -> BlockContext:
        """Return the place inside a container whose plain paragraphs have `style` and stand `start` and `end` in."""
        return msgspec.structs.replace(
            self,
            style=style,
            offset=self.inset,
            inset=self.inset + start,
            end_inset=self.end_inset + end,
            frame=frame or self.frame,
        )

    @property
    def room(self) -> int:
        """Width that is left for a table or a picture."""
        return max(self.width - self.inset - self.end_inset, 1000)


class Pending:
    """What the next paragraph of a story takes with it, so that no empty paragraph is needed for it."""

    def __init__(self) -> None:
        self.bookmarks: list[str] = []
        """Names of bookmarks that begin there."""
        self.number: tuple[int, int] | None = None
        """List instance and level of the item that begins there."""
        self.page_break = False
        self.space_before = 0
        """Distance from a table or box above, in twentieths of a point, where its style has less."""
        self.opening: Callable[[Element], None] | None = None
        """Writes what stands before the words: the mark of a note."""


class Story:
    """A flow of text with relationships of its own: the body, the footnotes, the endnotes (ECMA-376-1, 11.3)."""

    def __init__(self, part: Part, *, notes: bool = False) -> None:
        self.part = part
        self.notes = notes
        """Whether this is a story of notes, which cannot refer to notes."""
        self.pending = Pending()
        self._links: dict[str, str] = {}
        self._pictures: dict[int, str] = {}

    def link(self, url: str) -> str:
        """Return the relationship to an address outside."""
        if url not in self._links:
            self._links[url] = self.part.relate_outside(url, parts.TO_HYPERLINK)
        return self._links[url]

    def picture(self, part: Part) -> str:
        """Return the relationship to a picture."""
        if id(part) not in self._pictures:
            self._pictures[id(part)] = self.part.relate_to(part, parts.TO_IMAGE)
        return self._pictures[id(part)]


class WriteState:
    """All that is shared while one document is written."""

    def __init__(
        self,
        publication: Publication,
        context: WriteContext,
        *,
        paper: Paper,
        stylesheet: Stylesheet,
        numbering: Numbering,
    ) -> None:
        self.publication = publication
        self.metadata = publication.metadata
        self.context = context
        self.labels = context.labels
        self.paper = paper
        self.stylesheet = stylesheet
        self.numbering = numbering
        self.findings: list[Finding] = []
        self.variables: dict[str, str] = {}
        """What is kept for reading the file back and has no other place (17.15.1.32 docVars)."""
        self.captions = Captions(publication, context.labels)
        self.titles = {heading.section.at.id: heading.text for heading in headings(publication)}
        """Text of each heading by the id of its section."""
        self._marks = {target: f"_Ref9{index:08}" for index, target in enumerate(self.titles, 1) if target}
        self._controls = 1
        self.abbreviations: dict[tuple[str, str], Abbreviation] = {}
        """Abbreviations that are still to be written out, by short and long form."""
        targets: dict[str, None] = {}
        identifiers: set[str] = set()
        self.references: Counter[str] = Counter()
        """How often the text refers to each note."""
        for node in walk(publication):
            if node.at.id:
                identifiers.add(node.at.id)
            if isinstance(node, Abbreviation):
                self.abbreviations.setdefault((node.text, node.expansion), node)
            elif isinstance(node, Link) and node.target.startswith("#"):
                targets[node.target[1:]] = None
            elif isinstance(node, NoteReference):
                self.references[node.note] += 1
        identifiers.update(note.id for note in publication.notes)
        if self.abbreviations:
            said = plain_text(publication.front + publication.body).casefold()
            # The text itself says what these stand for.
            for key in [key for key in self.abbreviations if key[1].casefold() in said]:
                del self.abbreviations[key]
        wanted = [target for target in targets if target in identifiers]
        self.referred = frozenset(wanted)
        """Ids that a link of the text points at."""
        self.bookmarks = Bookmarks([*wanted, *(target for target in self.titles if target)])

    def heading_mark(self, target: str) -> str:
        """Return the bookmark on a heading that fields refer to, by the id of its section; empty when there is none.

        Fields take fewer names than links do.
        """
        return self._marks.get(target, "")

    def next_control(self) -> int:
        """Return the number of another content control; the contents have the first."""
        self._controls += 1
        return self._controls

    def place(self) -> BlockContext:
        """Return the place at the margin of the body."""
        return BlockContext(
            language=self.metadata.language, direction=self.metadata.direction, width=self.paper.text_width
        )

    def finish(self) -> None:
        """Say what found no place."""
        for node in self.abbreviations.values():
            self.not_carried(f"What “{node.text}” stands for ({node.expansion}) is not said.", node.at.source)

    def not_carried(self, message: str, source: Source | None, *, advice: str = "") -> None:
        """Say that Word cannot hold something."""
        self.findings.append(NOT_CARRIED.finding(message, source, advice=advice, edition="docx"))


WriteBlocks = Callable[[Story, Element, tuple[Block, ...], BlockContext], None]
