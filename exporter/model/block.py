"""Block nodes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.model.inline import Image, Inlines
from exporter.model.node import Node

Count = Annotated[int, msgspec.Meta(ge=1)]
"""Number of rows or columns, from 1."""


class Section(Node, frozen=True, gc=False):
    """A heading and its content. Its level is its depth in the tree, from 1, and is not stored."""

    title: Inlines
    children: Blocks


class Paragraph(Node, frozen=True, gc=False):
    children: Inlines


class ListStyle(StrEnum):
    """Numbering style of a list (HTML `type` of `ol`; PDF `ListNumbering`)."""

    BULLET = "bullet"
    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"


class ListDelimiter(StrEnum):
    """Punctuation around the number or letter of an item: `a.`, `a)` or `(a)`, as in legal citations."""

    PERIOD = "period"
    PARENTHESIS = "parenthesis"
    PARENTHESES = "parentheses"

    def around(self, number: str) -> str:
        """Return a number with its punctuation."""
        match self:
            case ListDelimiter.PERIOD:
                return f"{number}."
            case ListDelimiter.PARENTHESIS:
                return f"{number})"
            case ListDelimiter.PARENTHESES:
                return f"({number})"


def counter_style(style: ListStyle, delimiter: ListDelimiter) -> str:
    """Return the name of a counter style, such as `parentheses-lower-alpha`, as in `styles/lists.css`."""
    return style.value if delimiter is ListDelimiter.PERIOD else f"{delimiter.value}-{style.value}"


class ListItem(Node, frozen=True, gc=False):
    children: Blocks


class List(Node, frozen=True, gc=False):
    """A list; numbered paragraphs of a submission are lists too, which continue each other by `start`."""

    items: tuple[ListItem, ...]
    style: ListStyle = ListStyle.BULLET
    start: int = 1
    """Number of the first item; ignored for bullets."""
    delimiter: ListDelimiter = ListDelimiter.PERIOD
    """Punctuation of numbers; ignored for bullets."""
    tight: bool = True
    """Whether items have no space between them; False if empty lines separate them in the manuscript."""


class Term(Node, frozen=True, gc=False):
    children: Inlines


class Definition(Node, frozen=True, gc=False):
    children: Blocks


class DefinitionItem(Node, frozen=True, gc=False):
    """One or more terms and their definitions."""

    terms: tuple[Term, ...]
    definitions: tuple[Definition, ...]


class DefinitionList(Node, frozen=True, gc=False):
    items: tuple[DefinitionItem, ...]


class Alignment(StrEnum):
    """Alignment of text in a column; START and END follow the direction of the script."""

    START = "start"
    CENTER = "center"
    END = "end"


class Scope(StrEnum):
    """Scope of a header cell (HTML `scope`, PDF `Scope`; WCAG 1.3.1)."""

    COLUMN = "col"
    ROW = "row"
    COLUMN_GROUP = "colgroup"
    ROW_GROUP = "rowgroup"


class Cell(Node, frozen=True, gc=False):
    children: Blocks
    scope: Scope | None = None
    """Scope of a header cell; None for a data cell."""
    rowspan: Count = 1
    colspan: Count = 1
    alignment: Alignment | None = None
    """None for the alignment of the column."""


class Row(Node, frozen=True, gc=False):
    """A row with the cells that begin in it, in order; cells that span it from above are not repeated."""

    cells: tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    alignment: Alignment = Alignment.START
    width: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    """Fraction of the table's width, 0-1; None for automatic width."""


class Table(Node, frozen=True, gc=False):
    """A data table: columns, head rows, one or more groups of body rows, foot rows."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...] = ()
    bodies: tuple[tuple[Row, ...], ...] = ()
    foot: tuple[Row, ...] = ()
    caption: Inlines = ()
    description: Blocks = ()
    """Long description of the table."""

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """Head, bodies and foot."""
        return (self.head, *self.bodies, self.foot)

    @property
    def has_body(self) -> bool:
        """Whether there are cells below the head."""
        return any(row.cells for group in self.groups[1:] for row in group)


class Figure(Node, frozen=True, gc=False):
    """One or more images with a caption."""

    images: tuple[Image, ...]
    caption: Inlines = ()
    description: Blocks = ()
    """Long description: all content of the image that exceeds an alt text (WCAG 1.1.1)."""


class Quote(Node, frozen=True, gc=False):
    children: Blocks
    attribution: Inlines = ()
    """Speaker or author, without a dash."""


class AsideKind(StrEnum):
    """Kind of an aside."""

    BOX = "box"
    SUMMARY = "summary"
    RECOMMENDATIONS = "recommendations"
    NOTICE = "notice"
    WARNING = "warning"
    TESTIMONY = "testimony"
    PULL_QUOTE = "pull-quote"

    @property
    def is_named(self) -> bool:
        """Whether the kind is shown in words where there is no title."""
        return self not in {AsideKind.BOX, AsideKind.PULL_QUOTE, AsideKind.RECOMMENDATIONS}


class Aside(Node, frozen=True, gc=False):
    """Content beside the text: a box, a testimony, a pull quote."""

    children: Blocks
    kind: AsideKind = AsideKind.BOX
    title: Inlines = ()
    """Displayed and spoken first, but not a heading: it is not in the table of contents."""


class Speaker(msgspec.Struct, frozen=True, omit_defaults=True):
    """A speaker of a transcript, identified by `name`."""

    name: str
    """As printed, with quotation marks if it is a pseudonym."""
    role: str = ""
    """Such as "asylum seeker", or empty."""
    voice: str = ""
    """Requested voice of the audio edition; empty for automatic selection."""


class Turn(Node, frozen=True, gc=False):
    """Speech of a speaker until another speaks."""

    speaker: Speaker
    children: Blocks


class Cue(Node, frozen=True, gc=False):
    """Description of what is seen or heard in a transcript, such as a setting or a sound."""

    children: Inlines


class Transcript(Node, frozen=True, gc=False):
    """A video script or an interview."""

    turns: tuple[Turn | Cue, ...]


class CodeBlock(Node, frozen=True, gc=False):
    text: str
    syntax: str = ""
    """Name of the language, as in the info string of a fence, or empty."""


class MathBlock(Node, frozen=True, gc=False):
    """A formula displayed as a block."""

    mathml: str
    """A complete `<math display="block">` element in the MathML namespace."""
    tex: str = ""


class Line(Node, frozen=True, gc=False):
    children: Inlines
    indent: int = 0
    """Spaces before the first word."""


class LineBlock(Node, frozen=True, gc=False):
    """Lines with fixed breaks, such as verse or an address."""

    lines: tuple[Line, ...]


class ThematicBreak(Node, frozen=True, gc=False):
    """A thematic break without a heading (HTML `hr`)."""


class PageBreak(Node, frozen=True, gc=False):
    """The beginning of a page."""

    label: str = ""
    """Number of the page in a printed original; empty for a mere break."""


Block = (
    Section
    | Paragraph
    | List
    | DefinitionList
    | Table
    | Figure
    | Quote
    | Aside
    | Transcript
    | CodeBlock
    | MathBlock
    | LineBlock
    | ThematicBreak
    | PageBreak
)
Blocks = tuple[Block, ...]
