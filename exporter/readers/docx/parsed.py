"""What a reader of Word meets one after the other, before it is known what belongs to what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.inspect.docx.numbering import Number
from exporter.model import Block, Image, Source
from exporter.readers.docx.roles import PLAIN, Meaning
from exporter.readers.docx.styles import NO_PARAGRAPH_FORMAT, ParagraphFormat
from exporter.readers.docx.text_runs import TextRun


class ParsedParagraph(msgspec.Struct):
    """A paragraph."""

    source: Source
    text_runs: list[TextRun]
    meaning: Meaning = PLAIN
    style: str = ""
    """Name of its style."""
    line: ParagraphFormat = NO_PARAGRAPH_FORMAT
    number: Number | None = None
    indent: int = 0
    """How much further in it stands than its style says, in twentieths of a point; an item: where its words stand."""
    frame: str = ""
    """Borders of its own, as XML."""
    ruled: bool = False
    """Whether nothing stands in it but a line below or above."""
    bookmarks: list[str] = []
    """That begin before its first word."""
    language: str | None = None
    """Of its paragraph mark."""
    page_break: bool = False
    """Whether a page begins with it."""
    sequence: str = ""
    """Name of the sequence that numbers it: Figure, Table."""
    released: bool = False
    """Whether it says that it is no item although nothing would make it one: it goes on with the item above."""
    tight: bool = False
    formula: Block | None = None
    """A formula that is all it holds."""
    tabs: int = 0
    """Tabs between its words."""
    title: Sequence[TextRun] = ()
    """Words at its beginning that are the title of a box."""
    dropped: int = 0
    """Pieces at its beginning that are words of ours."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.text_runs)

    @property
    def images(self) -> list[Image]:
        """Its pictures, where it holds nothing else."""
        found: list[Image] = []
        for run in self.text_runs:
            if isinstance(run.node, Image):
                found.append(run.node)
            elif run.node is not None or run.text.strip():
                return []
        return found

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.formula and all(run.node is None and not run.text.strip() for run in self.text_runs)


class Cell(msgspec.Struct):
    """A cell of a table."""

    content: list[ParsedBlock]
    column: int
    """From 0."""
    colspan: int = 1
    rowspan: int = 1
    condition: str = ""
    """Which part of the table it belongs to (17.3.1.8 cnfStyle)."""


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
    """A block that is finished: the data of a chart, the words of a diagram."""

    source: Source
    block: Block
    bookmarks: list[str] = []
    page_break: bool = False
    indent: int = 0


class Container(msgspec.Struct):
    """What a content control or a text box holds."""

    source: Source
    tag: str
    """What it is: `box` for a text box, else what our own Word edition writes."""
    content: list[ParsedBlock]
    bookmarks: list[str] = []
    page_break: bool = False
    indent: int = 0


class Contents(msgspec.Struct):
    """Where the list of contents stood."""

    source: Source


ParsedBlock = ParsedParagraph | Table | FinishedBlock | Container | Contents
