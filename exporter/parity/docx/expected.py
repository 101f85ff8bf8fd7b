"""Expected extraction of a publication, as far as Word can represent it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

import msgspec

from exporter import model as m
from exporter.model.table_grid import place_cells
from exporter.model.walk import headings, identifiers, plain_text, rewrite, walk
from exporter.parity import tree_extraction
from exporter.parity.addresses import ascii_address, is_followed
from exporter.parity.content import ContentItem, ExtractedContent, InlineItem, comparison_key, letters, merged, styled
from exporter.parity.docx.directions import letters_along
from exporter.parity.docx.expected_notes import STYLED, with_notes
from exporter.parity.docx.story_items import beginning, is_inside, join_code
from exporter.parity.docx.styles import STATED
from exporter.parity.extraction import Extraction, Heading, normal
from exporter.parity.tree_inlines import directions_of

HEADING_LEVELS = 9
"""Heading levels of Word (ISO/IEC 29500-1, 17.3.1.20)."""

_STRUCTURAL = (
    *(m.PageBreak, m.List, m.DefinitionList, m.DefinitionItem, m.Definition, m.Table, m.Row, m.Cell, m.LineBlock),
    *(m.Line, m.Quote, m.Transcript, m.Figure),
)
"""Nodes that are no paragraph by themselves."""
_UNSEEN = (*STYLED, m.LineBreak)
"""Nodes of a paragraph that show nothing by themselves."""
_HOLDERS = (*STYLED, m.Quotation)
_Part = TypeVar("_Part", m.Term, m.Definition)


def extract(publication: m.Publication) -> Extraction:
    """Return the extraction of a publication as far as Word can represent it."""
    ids = identifiers(publication)
    adapted = rewrite(with_notes(publication), lambda node: _adapt(node, ids))
    extraction = tree_extraction.extract_tree(adapted, one_position=True)
    titled = ((normal(heading.text), heading) for heading in headings(rewrite(adapted, _without_formulas)))
    expected_headings = tuple(
        Heading(words, min(heading.level, HEADING_LEVELS), heading.section.at.source)
        for words, heading in titled
        if words
    )
    content = _adapt_content(extraction.content, adapted) if extraction.content is not None else None
    links = frozenset(_imprint_links(publication.metadata))
    # A title has no note on a note in it, as the table has.
    directions, written = directions_of(publication), {note.id for note in adapted.notes}
    text = _table_names((*publication.front, *publication.body), directions)
    notes = _table_names(tuple(note for note in publication.notes if note.id in written), directions)
    return msgspec.structs.replace(
        extraction, headings=expected_headings, content=content, imprint_links=links, tables=(*text, *sorted(notes))
    )


def _table_names(nodes: tuple[m.Node, ...], directions: Mapping[int, str]) -> Iterator[tuple[str, str, str]]:
    """Yield title, description and direction of each table that has cells, and a title or a description."""
    for node in walk(nodes):
        if isinstance(node, m.Table) and (node.columns or any(row.cells for group in node.groups for row in group)):
            names = (letters(plain_text(node.caption)), letters(plain_text(node.description)))
            if any(names) and any(node.groups):
                yield (*names, directions[id(node)])


def _imprint_links(metadata: m.Metadata) -> Iterator[tuple[str, str]]:
    """Yield the letters and the address of each link of the imprint."""
    contact = metadata.contact or m.Contact()
    texts = [text for text in (metadata.rights, metadata.identifier) if text.startswith(("https://", "http://"))]
    links = [(text, text) for text in (*texts, contact.url)]
    if contact.email:
        links.append((contact.email, f"mailto:{contact.email}"))
    others = (*metadata.members, *metadata.translations, *metadata.related)
    links += [(other.title, other.target) for other in others if "://" in other.target]
    yield from ((letters(text), ascii_address(target.strip())) for text, target in links if is_followed(target.strip()))


def _adapt_content(content: ExtractedContent, publication: m.Publication) -> ExtractedContent:
    """Return the content without the headers of cells; a target at the start of a cell, or in an empty one, is the
    cell."""
    items = tuple(map(_adapt_item, content.items))
    notes = tuple(msgspec.structs.replace(note, items=tuple(map(_adapt_item, note.items))) for note in content.notes)
    targets = dict(content.targets)
    for cell in walk((*publication.front, *publication.body)):
        if isinstance(cell, m.Cell) and (index := targets.get(cell.at.id or "", -1)) in range(len(items)):
            following = items[index + 1 : index + 2]
            if items[index].kind == "cell" and not any(is_inside(item.path, items[index].path) for item in following):
                targets.update((inner.at.id, index) for inner in walk(cell.children) if inner.at.id)
    targets = {key: beginning(items, index) for key, index in targets.items()}
    return msgspec.structs.replace(content, items=items, notes=notes, targets=targets)


def _adapt_item(item: ContentItem) -> ContentItem:
    runs = merged(letters_along(item.runs))
    styles = styled(item.styles, STATED, comparison_key)
    marks = tuple(_adapt_mark(mark) for mark in join_code(item.marks))
    return msgspec.structs.replace(item, headers=None, runs=runs, marks=marks, styles=styles)


def _adapt_mark(mark: InlineItem) -> InlineItem:
    """Return what Word keeps of an inline item: formulas without styles but that of quotations, lines of code as their
    number, descriptions of pictures without language."""
    if mark.kind == "picture":
        return msgspec.structs.replace(mark, language="")
    if mark.kind == "formula":
        styles = mark.styles & {"quotation"} if mark.styles is not None else None
        return msgspec.structs.replace(mark, structure=mark.parts, styles=styles)
    if mark.kind == "code" and mark.structure:
        return msgspec.structs.replace(mark, structure=str(mark.structure.count(",") + 1))
    return mark


def _without_formulas(node: m.Node) -> m.Node | tuple[m.Node, ...]:
    """Return a node without formulas, whose parts Word stores in another order."""
    return () if isinstance(node, m.Math) else node


def _adapt(node: m.Node, ids: set[str]) -> m.Node:
    match node:
        case m.Link(children=children) if all(map(_is_empty, walk(children))):
            return m.Span(children=children, at=node.at)  # the link shows nothing to click
        case m.Table():
            return _table(node)
        case m.DefinitionList(items=items):
            return msgspec.structs.replace(node, items=_join_terms(items))
        case m.LineBlock(lines=lines):
            split = tuple(part for line in lines for part in _lines(line))
            return msgspec.structs.replace(node, lines=split)
        case m.Link(children=children, target=target) if target.startswith("#") and target[1:] not in ids:
            return m.Span(children=children, at=node.at)  # Word has no link without a target
        case m.Link(children=children):
            return msgspec.structs.replace(node, children=tuple(rewrite(child, _in_link) for child in children))
        case _:
            return node


def _is_empty(node: m.Node) -> bool:
    match node:
        case m.Image(alt=alt):
            return isinstance(alt, m.Decorative)
        case m.NoteReference():
            return True
        case _:
            return isinstance(node, STYLED)


def _in_link(node: m.Node) -> m.Node:
    """Return a node of a link, whose text has the style of links and no other."""
    match node:
        case m.Abbreviation(text=text):
            return m.Text(text, at=node.at)
        case m.Quotation(children=children):
            return m.Span((m.Text("“"), *children, m.Text("”")), at=node.at)
        case _:
            return node


def _join_terms(items: tuple[m.DefinitionItem, ...]) -> tuple[m.DefinitionItem, ...]:
    """Return the items, with terms without a definition joined to the terms after them."""
    joined: list[m.DefinitionItem] = []
    for item in items:
        before: tuple[m.Term, ...] = ()
        if joined and not any(_is_visible(definition.children) for definition in joined[-1].definitions):
            alone = joined.pop()
            # Links lead to it where the next term is.
            before = (*alone.terms, m.Term((m.Span((), at=m.At(id=alone.at.id)),)))
        language = item.at.language
        own = tuple(_in_language(term, language) for term in item.terms)
        definitions = tuple(_in_language(definition, language) for definition in item.definitions)
        at = msgspec.structs.replace(item.at, language=None)
        joined.append(msgspec.structs.replace(item, terms=(*before, *own), definitions=definitions, at=at))
    return tuple(joined)


def _in_language(part: _Part, language: str | None) -> _Part:
    """Return a term or a definition with the language of its item, unless it has its own."""
    return msgspec.structs.replace(part, at=msgspec.structs.replace(part.at, language=part.at.language or language))


def _is_visible(nodes: m.Blocks) -> bool:
    """Return whether blocks become a paragraph in the file."""
    return not all(isinstance(node, _STRUCTURAL) for node in walk(nodes))


def _lines(line: m.Line) -> list[m.Line]:
    """Return a line split at its line breaks."""
    return [msgspec.structs.replace(line, children=part) for part in _split(line.children)]


def _split(nodes: m.Inlines) -> list[m.Inlines]:
    """Return the nodes between line breaks; a link is never split."""
    parts: list[list[m.Inline]] = [[]]
    for node in nodes:
        if isinstance(node, m.LineBreak):
            parts.append([])
        elif isinstance(node, _HOLDERS):
            first, *more = (msgspec.structs.replace(node, children=part) for part in _split(node.children))
            parts[-1].append(first)
            parts += ([node] for node in more)
        else:
            parts[-1].append(node)
    return [tuple(part) for part in parts]


def _table(table: m.Table) -> m.Table:
    """Return a table whose rows are all as long as the longest one, as Word requires."""
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
    head, *bodies, foot = (tuple(_fill_row(row, next(rows), width) for row in group) for group in table.groups)
    return msgspec.structs.replace(table, head=head, bodies=tuple(bodies), foot=foot)


def _with_scope(cell: m.Cell) -> m.Cell:
    """Return a cell, as a header only if it contains text of its own, whose style marks it as one."""
    own = all(map(_is_blank, walk(cell.children))) or _has_own_text(cell.children)
    return cell if own else msgspec.structs.replace(cell, scope=None)


def _is_blank(node: m.Node) -> bool:
    """Return whether a node of a cell shows nothing but what is in it."""
    match node:
        case m.Aside(kind=kind, title=title):
            return not kind.is_named or bool(title)
        case _:
            return isinstance(node, (*_STRUCTURAL, *_UNSEEN, m.ListItem, m.Paragraph, m.Section))


def _has_own_text(blocks: m.Blocks) -> bool:
    """Return whether blocks have text in the style of their cell: paragraphs, in lists and below headings too."""
    return any(
        (isinstance(block, m.Paragraph) and not all(isinstance(node, _UNSEEN) for node in walk(block.children)))
        or (isinstance(block, m.Section) and _has_own_text(block.children))
        or (isinstance(block, m.List) and any(_has_own_text(item.children) for item in block.items))
        for block in blocks
    )


def _fill_row(row: m.Row, cells: dict[int, m.Cell | None], width: int) -> m.Row:
    empty = m.Cell(children=())
    complete = (cells.get(column, empty) for column in range(width))
    return msgspec.structs.replace(row, cells=tuple(_with_scope(cell) for cell in complete if cell is not None))
