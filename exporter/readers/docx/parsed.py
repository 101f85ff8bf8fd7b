"""Parsed blocks of a story: the intermediate form before blocks are nested and joined."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.inspect.docx.numbering import Number
from exporter.model import Block, Image, Source
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.looks import Look
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.styles import NO_PARAGRAPH_FORMAT, ParagraphFormat
from exporter.readers.sections import Flat


class ParsedParagraph(msgspec.Struct):
    """A paragraph."""

    source: Source
    text_runs: list[TextRun]
    meaning: Meaning = PLAIN
    style: str = ""
    """Name of its style."""
    paragraph_format: ParagraphFormat = NO_PARAGRAPH_FORMAT
    number: Number | None = None
    indent: int = 0
    """Indent beyond that of its style, of a list item that of its text, in twentieths of a point."""
    marker: int = 0
    """Indent of the number or bullet of a list item."""
    frame: str = ""
    """Borders on all sides as XML, its own or those of its style; any of its own in the Word edition."""
    begins_frame: bool = False
    """Whether an empty paragraph without borders divides its frame from one above."""
    ruled: bool = False
    """Whether it has a border above or below, as a horizontal rule."""
    bookmarks: list[str] = []
    """Bookmarks that start before its text."""
    language: str | None = None
    """Language of its paragraph mark."""
    page_break: bool = False
    """Whether it starts a page."""
    sequence: str = ""
    """Name of the sequence that numbers it: Figure, Table."""
    released: bool = False
    """Whether it is explicitly excluded from lists: it continues the list item above."""
    tight: bool = False
    formula: Block | None = None
    """A formula that is its only content."""
    tabs: int = 0
    """Number of tabs in its text."""
    has_blanks: bool = False
    """Whether lines to fill in are drawn in its text."""
    title: Sequence[TextRun] = ()
    """Runs at its start that are the title of an aside."""
    look: Look | None = None
    """Its look, if it is plain text, a heading or a title."""
    own_look: Look | None = None
    """The look that a heading would have without its style."""

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(run.text for run in self.text_runs)

    @property
    def images(self) -> list[Image]:
        """Its images, if it has no other content."""
        images: list[Image] = []
        for run in self.text_runs:
            if isinstance(run.node, Image):
                images.append(run.node)
            elif run.node is not None or run.text.strip():
                return []
        return images

    @property
    def is_empty(self) -> bool:
        """Whether it has no content."""
        return not self.formula and all(run.node is None and not run.text.strip() for run in self.text_runs)


class Cell(msgspec.Struct):
    """A cell of a table."""

    content: list[ParsedBlock]
    column: int
    """From 0."""
    colspan: int = 1
    rowspan: int = 1
    condition: str = ""
    """Part of the table to which it belongs (17.3.1.8 cnfStyle)."""


class Row(msgspec.Struct):
    """A row of a table."""

    cells: list[Cell]
    header: bool = False
    condition: str = ""


class Table(msgspec.Struct):
    """A table."""

    source: Source
    rows: list[Row]
    columns: int
    widths: Sequence[float | None] = ()
    row_headers: bool = False
    first_row: bool = False
    last_row: bool = False
    title: str = ""
    description: str = ""
    right_to_left: bool = False
    indent: int = 0
    bookmarks: list[str] = []
    page_break: bool = False


class FinishedBlock(msgspec.Struct):
    """A block of the tree: the data of a chart, the text of a diagram, a rule, a part of an embedded document."""

    source: Source
    block: Flat
    bookmarks: list[str] = []
    page_break: bool = False
    indent: int = 0


class Container(msgspec.Struct):
    """A content control or a text box."""

    source: Source
    tag: str
    """`box` for a text box, else the tag that the Word edition writes."""
    content: list[ParsedBlock]
    bookmarks: list[str] = []
    page_break: bool = False
    indent: int = 0


class Contents(msgspec.Struct):
    """Position of a table of contents."""

    source: Source


ParsedBlock = ParsedParagraph | Table | FinishedBlock | Container | Contents


def role_of(block: ParsedBlock | None) -> Role | None:
    """Return the role of a paragraph, or None for other blocks."""
    return block.meaning.role if isinstance(block, ParsedParagraph) else None


def starts_page(block: ParsedBlock) -> bool:
    """Return whether a block starts a page."""
    return not isinstance(block, Contents) and block.page_break
