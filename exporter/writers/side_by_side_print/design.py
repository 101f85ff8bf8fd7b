"""Paper, style sheets and markup of facing pages."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.model import (
    At,
    Block,
    Cell,
    Column,
    Node,
    Note,
    NoteReference,
    Paragraph,
    Publication,
    Row,
    Section,
    Table,
    Text,
)
from exporter.model.parallel_blocks import SIDE_BY_SIDE, is_side_by_side
from exporter.model.table_grid import PlacedCell
from exporter.model.walk import rewrite, walk
from exporter.writers.markup.element import Attributes, element
from exporter.writers.pdf.design import PARTS, Design, Paper
from exporter.writers.pdf.options import PageSize
from exporter.writers.print import Options
from exporter.writers.print.links import PrintMarkup
from exporter.writers.side_by_side_pdf.design import SideBySideMarkup

# As given here the pages after a spine, where the margin is half as wide as outside.
PAPERS = {
    PageSize.A4: Paper(width=210, height=297, top=30, end=52, bottom=30, start=26, hang=0, text=11, gutter=-26),
    PageSize.LETTER: Paper(width=215.9, height=279.4, top=28, end=56, bottom=28, start=28, hang=0, text=11, gutter=-28),
    PageSize.A5: Paper(width=148, height=210, top=20, end=22, bottom=20, start=16, hang=0, text=9.5, gutter=-6),
}


class FacingMarkup(SideBySideMarkup, PrintMarkup):
    """Markup in which headings and notes have a part on each of two facing pages."""

    _in_note = True
    """Addresses are behind the words of their links, since a note that only one page has would be across both."""

    def heading(self, node: Section) -> str:
        """Return a heading: its words in each language on the page of this language."""
        middle = next((index for index, part in enumerate(node.title) if isinstance(part, Text)), 0)
        if not middle:
            return super().heading(node)
        left, right = (self.inlines(part) for part in (node.title[:middle], node.title[middle + 1 :]))
        return "".join(
            element("span", words, {"class": f"half {side}"}) for words, side in ((left, "verso"), (right, "recto"))
        )

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:
        """Return the attributes of a row: one with notes is not divided, since they are at the foot of its spread."""
        attributes = super().row_attributes(line)
        has_notes = any(isinstance(node, NoteReference) for placed in line for node in walk(placed.cell))
        return {**attributes, "class": "noted"} if has_notes and not attributes.get("class") else attributes

    def note(self, note: Note) -> str:
        """Return a note, with its number on each page."""
        original = [
            child for child in note.children if child.at.language not in (None, self.publication.metadata.language)
        ]
        own = tuple(child for child in note.children if child not in original)
        if not original or not own:
            return super().note(note)
        whole = super().note(msgspec.structs.replace(note, children=own))
        start = whole.index(">") + 1
        number = element("span", str(self.identifiers.note_number[note.id]), {"class": "note-number"})
        first, *rest = original
        opening = f"{number} {self.inlines(first.children)}" if isinstance(first, Paragraph) else number
        following = rest if isinstance(first, Paragraph) else original
        right = element("p", opening, self.at(first)) + "".join(self.blocks([node]) for node in following)
        halves = (whole[start:].removesuffix("</aside>"), right)
        return whole[:start] + "".join(element("div", half, {"class": "half"}) for half in halves) + "</aside>"


def beside_each_other(publication: Publication) -> Publication:
    """Return a publication with both texts in which tables with data are beside their counterparts, too."""

    def rewritten(node: Node) -> Node:
        if not isinstance(node, Section):
            return node
        return msgspec.structs.replace(node, children=tuple(_in_rows(node.children)))

    changed = rewrite(publication, rewritten)
    return msgspec.structs.replace(changed, body=tuple(_in_rows(changed.body)))


def _in_rows(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks; two that follow each other, of which one is a table with data, are in one row."""
    index = 0
    while index < len(blocks):
        pair = blocks[index : index + 2]
        if len(pair) == 2 and all(map(_is_single, pair)) and any(isinstance(block, Table) for block in pair):
            row = Row(cells=tuple(Cell(children=(block,), at=At(language=block.at.language)) for block in pair))
            name = f"{SIDE_BY_SIDE}-data-{pair[0].at.id or index}"
            yield Table(columns=(Column(width=0.5),) * 2, bodies=((row,),), at=At(id=name))
            index += 2
        else:
            yield blocks[index]
            index += 1


def _is_single(block: Block) -> bool:
    """Return whether a block is a table of one language, or the remark that there is none."""
    is_remark = isinstance(block, Paragraph) and block.at.source is None
    return is_remark or (isinstance(block, Table) and not is_side_by_side(block))


def design(options: Options) -> Design:
    """Return the design for the paper and the bleed that the options say."""
    paper = PAPERS[options.page_size]._replace(bleed=options.bleed)
    parts = (*PARTS, "print", "side-by-side", "facing-pages")
    return Design("side-by-side-print", paper, parts, FacingMarkup, name="editions.side-by-side", has_spreads=True)
