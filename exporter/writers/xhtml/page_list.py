"""Page breaks at the pages of the PDF edition, so that readers of both editions can refer to the same pages.

A page that begins with a block is marked before it; one that begins in a paragraph, an item or a cell, at its word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import msgspec

from exporter import model as m
from exporter.model.walk import children, rewrite, walk
from exporter.writers.markup.figures import DESCRIPTION
from exporter.writers.pdf.page_starts import PageStart, counted

SIDECAR = "pdf.pages"
"""Sidecar of the PDF edition with the starts of its pages."""
LONGEST_WORD = 40
"""Characters of a word above which its script is taken to have no spaces."""


class OuterDocument(Enum):
    """The documents around the text."""

    TITLE = "title"
    CONTENTS = "contents"
    NOTES = "notes"
    ABOUT = "about"


_DOCUMENTS = {
    "cover": OuterDocument.TITLE,
    "opening": OuterDocument.TITLE,
    "imprint": OuterDocument.TITLE,
    "contents": OuterDocument.CONTENTS,
    "notes": OuterDocument.NOTES,
    "colophon": OuterDocument.ABOUT,
}
"""Documents for the parts of the PDF outside its text. Its imprint follows its cover; that of a book is at the end."""


class Mark(msgspec.Struct, frozen=True):
    """The start of a page."""

    id: str
    """Identifier in the markup, unique in the book."""
    label: str
    """Page label, as printed."""


class PagedPublication(msgspec.Struct, frozen=True):
    """A publication with page marks."""

    publication: m.Publication
    """With an empty `Span` with the identifier of a mark, where a page begins in the text."""
    marks: tuple[Mark, ...] = ()
    """All marks, in the order of the pages."""
    before: Mapping[str, tuple[Mark, ...]] = {}
    """Those before a block, by its `At.id`."""
    within: Mapping[str, tuple[tuple[int, Mark], ...]] = {}
    """Those in code, by its `At.id`, each with its position in the text."""
    outer: Mapping[OuterDocument, tuple[Mark, ...]] = {}
    """Those in the documents around the text."""

    @property
    def marks_by_id(self) -> dict[str, Mark]:
        """All marks by their identifiers."""
        return {mark.id: mark for mark in self.marks}


class _Pages(msgspec.Struct, frozen=True):
    labels: tuple[str, ...]
    starts: tuple[PageStart | None, ...]


def mark_pages(publication: m.Publication, sidecars: Mapping[str, bytes]) -> PagedPublication:
    """Return the publication with the pages of the PDF edition, unless the manuscript marks those of an original."""
    data = sidecars.get(SIDECAR)
    if data is None or any(isinstance(node, m.PageBreak) and node.label for node in walk(publication)):
        return PagedPublication(publication)
    pages = msgspec.json.decode(data, type=_Pages)
    used_ids = {node.at.id for node in walk(publication)}
    marker = _PageMarker(publication)
    marks: list[Mark] = []
    pending: list[Mark] = []
    for number, (label, start) in enumerate(zip(pages.labels, pages.starts, strict=True), start=1):
        name = f"page-{number}"
        while not used_ids.isdisjoint({name, f"{name}-code"}):
            name = f"pdf-{name}"
        marks.append(Mark(name, label))
        pending.append(marks[-1])
        # An empty page begins where the next one does.
        if start is not None and marker.mark(pending, start):
            pending = []
    marker.outer[OuterDocument.ABOUT] += pending
    return PagedPublication(
        marker.marked(),
        tuple(marks),
        {name: tuple(marks_before) for name, marks_before in marker.before.items()},
        {name: tuple(marks_within) for name, marks_within in marker.within.items()},
        {document: tuple(outer_marks) for document, outer_marks in marker.outer.items()},
    )


class _Position(msgspec.Struct, frozen=True):
    node: m.Node
    parents: tuple[m.Node, ...]
    """Outermost first."""


class _PageMarker:
    """Positions of marks in one publication."""

    def __init__(self, publication: m.Publication) -> None:
        self.publication = publication
        self.before: dict[str, list[Mark]] = defaultdict(list)
        self.within: dict[str, list[tuple[int, Mark]]] = defaultdict(list)
        self.outer: dict[OuterDocument, list[Mark]] = defaultdict(list)
        self.cuts: dict[str, dict[int, list[tuple[int, Mark]]]] = defaultdict(lambda: defaultdict(list))
        """Positions in texts and their marks, by the `At.id` of the owner and the identity of the text."""
        self.positions: dict[str, _Position] = {}
        """Nodes by their `At.id`."""
        endnotes = [note for note in publication.notes if note.kind is m.NoteKind.ENDNOTE]
        self._index((*publication.front, *publication.body, *endnotes), ())

    def _index(self, nodes: Iterable[m.Node], parents: tuple[m.Node, ...]) -> None:
        for node in nodes:
            if node.at.id:
                self.positions[node.at.id] = _Position(node, parents)
            self._index(children(node), (*parents, node))

    def mark(self, marks: list[Mark], start: PageStart) -> bool:
        """Add marks at the start of a page; return whether the book has such a position."""
        if start.part:
            document = _DOCUMENTS.get(start.part)
            if document is not None:
                self.outer[document] += marks
            return document is not None
        if start.node not in self.positions and start.node.endswith(DESCRIPTION):
            described = self.positions.get(start.node.removesuffix(DESCRIPTION))
            first = next(iter(getattr(described.node, "description", ())), None) if described else None
            if first is not None and first.at.id:
                # The title of the description is no node.
                start = PageStart(first.at.id)
        position = self.positions.get(start.node)
        if position is None and (position := self.positions.get(start.node.removesuffix("-title"))) is None:
            # A footnote, which is at the end of its chapter here.
            return False
        if start.characters:
            return self._mark_inside(marks, position, start.characters)
        image, position = position, self._outermost(position)
        if _is_in_flow(position):
            self.before[str(position.node.at.id)] += marks
            return True
        if isinstance(image.node, m.Image) and not isinstance(image.parents[-1], m.Figure):
            depth = max((number for number, node in enumerate(image.parents) if node.at.id), default=0)
            if self._add_cut(marks, image.node, _Position(image.parents[depth], image.parents[:depth]), 0):
                return True
        return self._mark_inside(marks, position, 0) or self._mark_near(marks, position)

    def _outermost(self, position: _Position) -> _Position:
        """Return the outermost node that begins where this one does, such as a list with its first item."""
        while position.parents and not isinstance(position.parents[-1], m.Section):
            parent = position.parents[-1]
            if next(children(parent), None) is not position.node or not parent.at.id:
                break
            position = _Position(parent, position.parents[:-1])
        return position

    def _mark_near(self, marks: list[Mark], position: _Position) -> bool:
        """Add marks at a node without text: before the next text of the block around it, or after the last."""
        for depth in range(len(position.parents) - 1, -1, -1):
            around = _Position(position.parents[depth], position.parents[:depth])
            if not around.node.at.id or not _is_in_flow(around):
                continue
            owners = {id(text): owner for text, owner in _texts(around.node, around)}
            before: m.Node | None = None
            passed = False
            for node in walk(around.node):
                passed = passed or node is position.node
                if id(node) in owners:
                    if passed:
                        return self._add_cut(marks, node, owners[id(node)], 0)
                    before = node
            if before is not None and passed:
                return self._add_cut(marks, before, owners[id(before)], len(getattr(before, "text", "")))
            self.before[around.node.at.id] += marks
            return True
        return False

    def _add_cut(self, marks: list[Mark], text: m.Node, owner: _Position, index: int) -> bool:
        if not owner.node.at.id:
            return False
        if isinstance(text, m.CodeBlock):
            self.within[owner.node.at.id] += [(index, mark) for mark in marks]
        else:
            self.cuts[owner.node.at.id][id(text)] += [(index, mark) for mark in marks]
        return True

    def _mark_inside(self, marks: list[Mark], position: _Position, characters: int) -> bool:
        for text, owner in _texts(position.node, position):
            count = counted(text.text)
            if characters >= count:
                characters -= count
            else:
                index = _nearest_word(text.text, characters) if isinstance(text, m.Text | m.Code | m.CodeBlock) else 0
                return self._add_cut(marks, text, owner, index)
        return False

    def marked(self) -> m.Publication:
        """Return the publication with the marks in its texts."""

        def change(node: m.Node) -> m.Node | tuple[m.Node, ...]:
            texts = self.cuts.pop(node.at.id or "", None)
            # A text may occur more than once, a mark may not.
            return rewrite(node, lambda inner: self._split(inner, texts.pop(id(inner), []))) if texts else node

        return rewrite(self.publication, change) if self.cuts else self.publication

    def _split(self, node: m.Node, cuts: list[tuple[int, Mark]]) -> m.Node | tuple[m.Node, ...]:
        if not cuts or not isinstance(node, m.Code):
            return _split(node, cuts)
        name = node.at.id or f"{cuts[0][1].id}-code"
        self.within[name] += sorted(cuts, key=lambda cut: cut[0])
        return msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, id=name))


def _is_in_flow(position: _Position) -> bool:
    """Return whether a mark may precede the node as a block."""
    parent = position.parents[-1] if position.parents else None
    return isinstance(position.node, m.Block) and (
        parent is None or isinstance(parent, m.Section | m.Quote | m.Aside | m.Turn)
    )


def _texts(
    node: m.Node, owner: _Position
) -> Iterator[tuple[m.Text | m.Code | m.Abbreviation | m.CodeBlock, _Position]]:
    """Yield the texts under `node` in reading order, each with the nearest node around it that has an identifier."""
    if isinstance(node, m.Text | m.Code | m.Abbreviation | m.CodeBlock):
        yield node, owner
    for child in children(node):
        inner = (
            _Position(child, (*owner.parents, owner.node)) if child.at.id and not isinstance(child, m.Text) else owner
        )
        yield from _texts(child, inner)


def _nearest_word(text: str, characters: int) -> int:
    """Return the index in `text` of the nearest start of a word to the position after a count of characters."""
    index = 0
    while characters or (index < len(text) and not counted(text[index])):
        characters -= counted(text[index])
        index += 1
    left = index
    while left and not text[left - 1].isspace():
        left -= 1
    right = index
    while right < len(text) and not text[right].isspace():
        right += 1
    if left == index or right - left > LONGEST_WORD:
        return index
    return left if index - left <= right - index else right


def _split(node: m.Node, cuts: list[tuple[int, Mark]]) -> m.Node | tuple[m.Node, ...]:
    """Return a text as parts with marks between them."""
    if not cuts:
        return node
    spans = {mark: m.Span(at=m.At(id=mark.id), children=()) for _, mark in cuts}
    if not isinstance(node, m.Text):
        after = tuple(spans[mark] for index, mark in cuts if index)
        return (*(spans[mark] for index, mark in cuts if not index), node, *after)
    parts: list[m.Node] = []
    end = 0
    for index, mark in sorted(cuts, key=lambda cut: cut[0]):
        if index > end:
            parts.append(_part(node, end, index))
        parts.append(spans[mark])
        end = max(end, index)
    return (*parts, _part(node, end, len(node.text))) if end < len(node.text) else tuple(parts)


def _part(text: m.Text, start: int, end: int) -> m.Text:
    # The identifier stays with the beginning.
    at = msgspec.structs.replace(text.at, id=None) if start else text.at
    return msgspec.structs.replace(text, at=at, text=text.text[start:end])
