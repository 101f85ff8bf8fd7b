"""The tree as far as Word can hold it: what is not here is not asked of a Word file."""

from __future__ import annotations

from itertools import chain
from typing import get_args

import msgspec

from exporter import model as m
from exporter.model.table_grid import place_cells
from exporter.model.walk import headings, plain_text, rewrite, walk
from exporter.parity import tree_extraction
from exporter.parity.content import ContentItem, ExtractedContent, merged
from exporter.parity.docx.directions import along
from exporter.parity.extraction import Extraction, Heading, normal

HEADING_LEVELS = 9
"""Word's styles of headings (ISO 29500-1, 17.3.1.20)."""

_INLINES = get_args(m.Inline)
_SILENT = (
    *(m.PageBreak, m.List, m.DefinitionList, m.DefinitionItem, m.Definition, m.Table, m.Row, m.Cell, m.LineBlock),
    *(m.Line, m.Quote, m.Transcript, m.Figure),
)
"""What leaves no paragraph by itself."""
_EMPTY = (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Span)
_HOLDERS = (*_EMPTY, m.Quotation)


def facts(publication: m.Publication) -> Extraction:
    """Return the facts of a publication as far as Word can hold them."""
    ids = frozenset(node.at.id for node in walk(publication) if node.at.id)
    shaped = rewrite(_with_notes(publication), lambda node: _shaped(node, publication.metadata, ids))
    found = tree_extraction.facts(shaped)
    named = ((normal(each.text), each) for each in headings(rewrite(shaped, _without_formulas)))
    listed = tuple(
        Heading(words, min(each.level, HEADING_LEVELS), each.section.at.source) for words, each in named if words
    )
    told = _told(found.content) if found.content is not None else None
    return msgspec.structs.replace(found, headings=listed, content=told)


def _told(told: ExtractedContent) -> ExtractedContent:
    """Return what is told without the heads that cells name; what begins a cell is where the cell is."""
    passages = tuple(map(_asked, told.passages))
    notes = tuple(msgspec.structs.replace(each, passages=tuple(map(_asked, each.passages))) for each in told.notes)
    targets = {key: _start(passages, place) for key, place in told.targets.items()}
    return msgspec.structs.replace(told, passages=passages, notes=notes, targets=targets)


def _asked(passage: ContentItem) -> ContentItem:
    return msgspec.structs.replace(passage, headers=None, runs=merged(along(passage.runs)))


def _start(passages: tuple[ContentItem, ...], place: int) -> int:
    if not 0 <= place < len(passages):
        return place
    path = passages[place].path
    while place > 0 and passages[place - 1].kind == "cell":
        cell = passages[place - 1].path
        if path[: len(cell)] != cell:
            break
        place -= 1
    return place


# Notes


def _with_notes(publication: m.Publication) -> m.Publication:
    """Return the publication with the notes that Word keeps: those that the text refers to, in this order.

    A note is written when the text first refers to it; one that it refers to in turn and that is not written yet
    stands in brackets.
    """
    keeping = _Notes(publication)
    body = keeping.text((*publication.front, *publication.body))
    front = len(publication.front)
    return msgspec.structs.replace(
        publication, front=body[:front], body=body[front:], notes=tuple(keeping.kept.values())
    )


class _Notes:
    def __init__(self, publication: m.Publication) -> None:
        self._notes: dict[str, m.Note] = {}
        for note in publication.notes:
            self._notes[note.id] = note
        self.kept: dict[str, m.Note] = {}

    def text(self, blocks: m.Blocks) -> m.Blocks:
        for node in walk(blocks):
            if isinstance(node, m.NoteReference) and node.note in self._notes and node.note not in self.kept:
                note = self._notes[node.note]
                self.kept[node.note] = note
                children = rewrite(m.Publication(m.Metadata(), body=note.children), self._inside).body
                self.kept[node.note] = msgspec.structs.replace(note, children=children)
        return blocks

    def _inside(self, node: m.Node) -> m.Node:
        if not isinstance(node, m.NoteReference) or node.note not in self._notes or node.note in self.kept:
            return node
        return m.Text(f" [{plain_text(self._notes[node.note].children)}]", at=m.At())


# Nodes


def _without_formulas(node: m.Node) -> m.Node | tuple[m.Node, ...]:
    """Return a node without formulas: Word stores the parts of one in an order of its own."""
    return () if isinstance(node, m.Math) else node


def _shaped(node: m.Node, metadata: m.Metadata, ids: frozenset[str]) -> m.Node:
    if isinstance(node, _INLINES) and node.at.direction is not None and node.at.language == metadata.language:
        # Nothing says where a passage in the language of the document begins in a paragraph of the other direction.
        node = msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, language=None))
    match node:
        case m.Link(children=children) if all(map(_is_empty, walk(children))):
            return m.Span(children=children, at=node.at)  # nobody could click it
        case m.Table():
            return _table(node)
        case m.DefinitionList(items=items):
            return msgspec.structs.replace(node, items=_joined(items))
        case m.LineBlock(lines=lines):
            split = tuple(each for line in lines for each in _lines(line))
            return msgspec.structs.replace(node, lines=split)
        case m.Link(children=children, target=target) if not target.startswith("#") or target[1:] in ids:
            return msgspec.structs.replace(node, children=tuple(rewrite(each, _in_link) for each in children))
        case _:
            return node


def _is_empty(node: m.Node) -> bool:
    match node:
        case m.Image(alt=alt):
            return isinstance(alt, m.Decorative)
        case m.NoteReference():
            return True
        case _:
            return isinstance(node, _EMPTY)


def _in_link(node: m.Node) -> m.Node:
    return m.Text(node.text, at=node.at) if isinstance(node, m.Abbreviation) else node


def _joined(items: tuple[m.DefinitionItem, ...]) -> tuple[m.DefinitionItem, ...]:
    """Return the items, terms that nothing defines together with those behind them."""
    made: list[m.DefinitionItem] = []
    for item in items:
        before: tuple[m.Term, ...] = ()
        if made and not any(_shows(each) for each in made[-1].definitions):
            before = made.pop().terms
        own = tuple(_in_language(term, item.at.language) for term in item.terms)
        made.append(msgspec.structs.replace(item, terms=(*before, *own)))
    return tuple(made)


def _in_language(term: m.Term, language: str | None) -> m.Term:
    """Return a term that names the language of its item, which it may leave."""
    return msgspec.structs.replace(term, at=msgspec.structs.replace(term.at, language=term.at.language or language))


def _shows(container: m.Definition | m.Cell) -> bool:
    """Return whether what stands in a definition or a cell leaves a paragraph in the file."""
    return not all(isinstance(node, _SILENT) for node in walk(container.children))


def _lines(line: m.Line) -> list[m.Line]:
    """Return a line as the lines that its line ends make of it."""
    return [msgspec.structs.replace(line, children=part) for part in _split(line.children)]


def _split(nodes: m.Inlines) -> list[m.Inlines]:
    """Return what stands between line ends; a link is never split."""
    parts: list[list[m.Inline]] = [[]]
    for node in nodes:
        if isinstance(node, m.LineBreak):
            parts.append([])
        elif isinstance(node, _HOLDERS):
            first, *more = (msgspec.structs.replace(node, children=part) for part in _split(node.children))
            parts[-1].append(first)
            parts += ([each] for each in more)
        else:
            parts[-1].append(node)
    return [tuple(part) for part in parts]


def _table(table: m.Table) -> m.Table:
    """Return a table whose rows are all as long as the longest one, as Word wants them."""
    lines = place_cells(table.groups)
    cells: list[dict[int, m.Cell | None]] = [{} for _ in lines]
    for placed in chain.from_iterable(lines):
        columns = range(placed.column, placed.column + placed.columns)
        for row in range(placed.row, placed.row + placed.rows):
            cells[row].update(dict.fromkeys(columns))
        cells[placed.row][placed.column] = msgspec.structs.replace(
            placed.cell, colspan=placed.columns, rowspan=placed.rows
        )
    width = max([len(table.columns), *(max(row, default=-1) + 1 for row in cells)])
    rows = iter(cells)
    head, *bodies, foot = (tuple(_filled(row, next(rows), width) for row in group) for group in table.groups)
    return msgspec.structs.replace(table, head=head, bodies=tuple(bodies), foot=foot)


def _headed(cell: m.Cell) -> m.Cell:
    """Return a cell that heads something if words of its own stand in it, whose style says so."""
    own = not _shows(cell) or any(isinstance(child, m.Paragraph | m.List) for child in cell.children)
    return cell if own else msgspec.structs.replace(cell, scope=None)


def _filled(row: m.Row, cells: dict[int, m.Cell | None], width: int) -> m.Row:
    empty = m.Cell(children=())
    every = (cells.get(column, empty) for column in range(width))
    return msgspec.structs.replace(row, cells=tuple(_headed(cell) for cell in every if cell is not None))
