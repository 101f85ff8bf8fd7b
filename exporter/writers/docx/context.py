"""State of the document being written, its stories, and the context of blocks."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.contracts import WriteContext
from exporter.findings import NOT_CARRIED, Finding
from exporter.model import Abbreviation, Block, Direction, Link, Node, Publication, Source
from exporter.model.walk import count_references, headings, identifiers, plain_text, walk
from exporter.writers.docx import parts
from exporter.writers.docx.blocks.caption_numbers import CaptionNumbers
from exporter.writers.docx.inlines.bookmarks import Bookmarks
from exporter.writers.docx.package import Part
from exporter.writers.docx.styles.numbering import Numbering
from exporter.writers.docx.styles.sections import Paper
from exporter.writers.docx.styles.stylesheet import Stylesheet
from exporter.writers.docx.xml import Element

BODY_STYLE = "Normal"


class Pending:
    """Properties for the next paragraph of a story, so that they need no empty paragraph."""

    def __init__(self) -> None:
        self.bookmarks: list[str] = []
        """Names of bookmarks that begin there."""
        self.number: tuple[int, int] | None = None
        """List instance and level of the item that begins there."""
        self.page_break = False
        self.space_before = 0
        """Minimum space below a table or box, in twentieths of a point."""
        self.opening: Callable[[Element], None] | None = None
        """Writes the reference mark before the text of a note."""


class Story:
    """A story with its own relationships: the body, the footnotes, the endnotes (ECMA-376-1, 11.3)."""

    def __init__(self, part: Part, *, notes: bool = False) -> None:
        self.part = part
        self.notes = notes
        """Whether this is a story of notes, which cannot refer to notes."""
        self.pending = Pending()
        self._links: dict[str, str] = {}
        self._images: dict[int, str] = {}

    def hyperlink_relationship(self, url: str) -> str:
        """Return the relationship to an external address."""
        if url not in self._links:
            self._links[url] = self.part.relate_outside(url, parts.TO_HYPERLINK)
        return self._links[url]

    def image_relationship(self, part: Part) -> str:
        """Return the relationship to an image part."""
        if id(part) not in self._images:
            self._images[id(part)] = self.part.relate_to(part, parts.TO_IMAGE)
        return self._images[id(part)]


class BlockContext(msgspec.Struct, frozen=True, gc=False):
    """Properties that a block inherits from its containers. Lengths are in twentieths of a point."""

    story: Story
    language: str
    direction: Direction
    width: int
    """Width between the margins, or of the cell."""
    style: str = BODY_STYLE
    """Style of paragraphs without their own style."""
    offset: int = 0
    """Indent of those paragraphs in addition to that of the style."""
    inset: int = 0
    """Start indent of all other blocks."""
    end_inset: int = 0
    """End indent of all blocks."""
    frame: str = ""
    """Style of the surrounding box, whose border and background other paragraphs inherit."""
    level: int = -1
    """Level of the surrounding list, from 0; -1 outside lists."""
    definition: int = -1
    """Numbering definition of the surrounding list."""
    depth: int = 0
    """Level of the surrounding section."""
    running: bool = True
    """Whether this is running text, in which abbreviations are expanded."""

    def at(self, node: Node) -> BlockContext:
        """Return the context inside `node`, with its language and direction."""
        language = node.at.language or self.language
        direction = node.at.direction or self.direction
        if (language, direction) == (self.language, self.direction):
            return self
        return msgspec.structs.replace(self, language=language, direction=direction)

    def inside(self, style: str, start: int, end: int = 0, *, frame: str = "") -> BlockContext:
        """Return the context inside a container with a paragraph style and indents."""
        return msgspec.structs.replace(
            self,
            style=style,
            offset=self.inset,
            inset=self.inset + start,
            end_inset=self.end_inset + end,
            frame=frame or self.frame,
        )

    @property
    def available_width(self) -> int:
        """The width for a table or an image."""
        return max(self.width - self.inset - self.end_inset, 1000)


class WriteState:
    """State that the writers of one document share."""

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
        """Document variables, for readers of the file (17.15.1.32 docVars)."""
        self.captions = CaptionNumbers(publication, context.labels)
        self.titles = {heading.section.at.id: heading.text for heading in headings(publication)}
        """Text of each heading by the ID of its section."""
        self._heading_bookmarks = {target: f"_Ref9{index:08}" for index, target in enumerate(self.titles, 1) if target}
        self._controls = 1
        self.abbreviations: dict[tuple[str, str], Abbreviation] = {}
        """Abbreviations that are not expanded yet, by short form and expansion."""
        targets: dict[str, None] = {}
        self.references = count_references(publication)
        """Number of references to each note."""
        for node in walk(publication):
            if isinstance(node, Abbreviation):
                self.abbreviations.setdefault((node.text, node.expansion), node)
            elif isinstance(node, Link) and node.target.startswith("#"):
                targets[node.target[1:]] = None
        known = identifiers(publication) | {note.id for note in publication.notes}
        if self.abbreviations:
            text = plain_text(publication.front + publication.body).casefold()
            # These are explained in the text.
            for key in [key for key in self.abbreviations if key[1].casefold() in text]:
                del self.abbreviations[key]
        link_targets = [target for target in targets if target in known]
        self.link_targets = frozenset(link_targets)
        """IDs that are targets of links."""
        self.bookmarks = Bookmarks([*link_targets, *(target for target in self.titles if target)])

    def heading_bookmark(self, target: str) -> str:
        """Return the bookmark of a heading for fields, by the ID of its section; empty if there is none.

        Fields accept fewer names than links.
        """
        return self._heading_bookmarks.get(target, "")

    def next_control_id(self) -> int:
        """Return a number for a content control; the table of contents has the first."""
        self._controls += 1
        return self._controls

    def outer_context(self, story: Story) -> BlockContext:
        """Return the context of a block in nothing but a story."""
        metadata = self.metadata
        return BlockContext(story, metadata.language, metadata.direction, self.paper.text_width)

    def finish(self) -> None:
        """Add findings for abbreviations that are not expanded."""
        for node in self.abbreviations.values():
            self.report_not_carried(
                f"The abbreviation “{node.text}” is not expanded ({node.expansion}).", node.at.source
            )

    def report_not_carried(self, message: str, source: Source | None, *, advice: str = "") -> None:
        """Add a finding about content that Word cannot represent."""
        self.findings.append(NOT_CARRIED.finding(message, source, advice=advice, edition="docx"))


WriteBlocks = Callable[[Element, tuple[Block, ...], BlockContext], None]
