"""Block nodes: what stands on lines of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.model.inline import Image, Inlines
from exporter.model.node import Node

Count = Annotated[int, msgspec.Meta(ge=1)]
"""A number of rows or columns, from 1."""


class Section(Node, frozen=True, gc=False):
    """A heading and all that stands under it. Its level is its depth in the tree, from 1, and is never stored."""

    title: Inlines
    children: Blocks


class Paragraph(Node, frozen=True, gc=False):
    children: Inlines


class ListStyle(StrEnum):
    """What stands before the items (HTML `type` of `ol`; PDF `ListNumbering`)."""

    BULLET = "bullet"
    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"


class ListDelimiter(StrEnum):
    """What stands around the number or letter of an item: `a.`, `a)` or `(a)`, as legal texts quote it."""

    PERIOD = "period"
    PARENTHESIS = "parenthesis"
    PARENTHESES = "parentheses"

    def around(self, number: str) -> str:
        """Return a number as it stands before an item."""
        match self:
            case ListDelimiter.PERIOD:
                return f"{number}."
            case ListDelimiter.PARENTHESIS:
                return f"{number})"
            case ListDelimiter.PARENTHESES:
                return f"({number})"


def counter_style(style: ListStyle, delimiter: ListDelimiter) -> str:
    """Return the name of a way of numbering, such as `parentheses-lower-alpha`, as in `styles/lists.css`."""
    return style.value if delimiter is ListDelimiter.PERIOD else f"{delimiter.value}-{style.value}"


class ListItem(Node, frozen=True, gc=False):
    children: Blocks


class List(Node, frozen=True, gc=False):
    """A list; numbered paragraphs of a submission are one too, each part going on with `start`."""

    items: tuple[ListItem, ...]
    style: ListStyle = ListStyle.BULLET
    start: int = 1
    """Number of the first item; means nothing for bullets."""
    delimiter: ListDelimiter = ListDelimiter.PERIOD
    """Means nothing for bullets."""
    tight: bool = True
    """Whether items stand close together; False when blank lines separate them in the manuscript."""


class Term(Node, frozen=True, gc=False):
    children: Inlines


class Definition(Node, frozen=True, gc=False):
    children: Blocks


class DefinitionItem(Node, frozen=True, gc=False):
    """One or more terms and what they mean."""

    terms: tuple[Term, ...]
    definitions: tuple[Definition, ...]


class DefinitionList(Node, frozen=True, gc=False):
    items: tuple[DefinitionItem, ...]


class Alignment(StrEnum):
    """Where text stands in its column; START and END follow the direction of the script."""

    START = "start"
    CENTER = "center"
    END = "end"


class Scope(StrEnum):
    """What a header cell heads (HTML `scope`, PDF `Scope`; WCAG 1.3.1)."""

    COLUMN = "col"
    ROW = "row"
    COLUMN_GROUP = "colgroup"
    ROW_GROUP = "rowgroup"


class Cell(Node, frozen=True, gc=False):
    children: Blocks
    scope: Scope | None = None
    """None for a data cell; a header cell says what it heads."""
    rowspan: Count = 1
    colspan: Count = 1
    alignment: Alignment | None = None
    """None follows the column."""


class Row(Node, frozen=True, gc=False):
    """The cells that begin in this row, in order; cells reaching down from above are not repeated."""

    cells: tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    alignment: Alignment = Alignment.START
    width: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    """Share of the table's width, 0-1; None leaves it to the content."""


class Table(Node, frozen=True, gc=False):
    """A data table: columns, head rows, one or more groups of body rows, foot rows."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...] = ()
    bodies: tuple[tuple[Row, ...], ...] = ()
    foot: tuple[Row, ...] = ()
    caption: Inlines = ()
    description: Blocks = ()
    """Long description: what the table shows, for those who cannot overlook it."""

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """Head, bodies and foot."""
        return (self.head, *self.bodies, self.foot)


class Figure(Node, frozen=True, gc=False):
    """One picture, or several that belong together, with a caption that everybody reads."""

    images: tuple[Image, ...]
    caption: Inlines = ()
    description: Blocks = ()
    """Long description: all that the picture says and the alt text has no room for (WCAG 1.1.1)."""


class Quote(Node, frozen=True, gc=False):
    children: Blocks
    attribution: Inlines = ()
    """Who said it; without the dash."""


class AsideKind(StrEnum):
    """Why a passage stands beside the text."""

    BOX = "box"
    SUMMARY = "summary"
    RECOMMENDATIONS = "recommendations"
    NOTICE = "notice"
    WARNING = "warning"
    TESTIMONY = "testimony"
    PULL_QUOTE = "pull-quote"


class Aside(Node, frozen=True, gc=False):
    """A passage set apart from the text: a box, a testimony, a pull quote."""

    children: Blocks
    kind: AsideKind = AsideKind.BOX
    title: Inlines = ()
    """Seen and read out first, but not a heading: it never shows in the contents."""


class Speaker(msgspec.Struct, frozen=True, omit_defaults=True):
    """A voice of a transcript. Two turns belong to one speaker when `name` is the same."""

    name: str
    """As printed; quotation marks around it say that it is a pseudonym and stay."""
    role: str = ""
    """Such as "asylum seeker"; empty when the manuscript names none."""
    voice: str = ""
    """Name of the voice asked for in the audio edition; empty leaves the choice to it."""


class Turn(Node, frozen=True, gc=False):
    """What one speaker says until another speaks."""

    speaker: Speaker
    children: Blocks


class Cue(Node, frozen=True, gc=False):
    """What is seen or heard in a transcript but not said: a place, a sound."""

    children: Inlines


class Transcript(Node, frozen=True, gc=False):
    """A video script or an interview."""

    turns: tuple[Turn | Cue, ...]


class CodeBlock(Node, frozen=True, gc=False):
    text: str
    syntax: str = ""
    """Name of the notation, as after the fence; empty when not said."""


class MathBlock(Node, frozen=True, gc=False):
    """A formula on a line of its own."""

    mathml: str
    """A complete `<math display="block">` element in the MathML namespace."""
    tex: str = ""


class Line(Node, frozen=True, gc=False):
    children: Inlines
    indent: int = 0
    """Spaces before the first word."""


class LineBlock(Node, frozen=True, gc=False):
    """Lines that stay as they are: verse, an address."""

    lines: tuple[Line, ...]


class ThematicBreak(Node, frozen=True, gc=False):
    """A change of subject without a heading."""


class PageBreak(Node, frozen=True, gc=False):
    """A page begins here."""

    label: str = ""
    """Number of that page in a printed original; empty asks for nothing but a new page."""


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
