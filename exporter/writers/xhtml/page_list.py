"""The pages of our own PDF as page breaks of the EPUB, so that readers of both can meet on one page.

A page that begins with a block is marked before it; one that begins inside a paragraph, an item or a cell, at its word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import msgspec

from exporter.model import (
    Abbreviation,
    Aside,
    At,
    Block,
    Code,
    CodeBlock,
    Node,
    NoteKind,
    PageBreak,
    Publication,
    Quote,
    Section,
    Span,
    Text,
    Turn,
)
from exporter.model.walk import children, rewrite, walk
from exporter.writers.pdf.page_starts import PageStart, counted

FACT = "pdf.pages"
"""The side fact of the PDF edition that says where pages begin."""
LONGEST_WORD = 40
"""Characters of a word beyond which its script is taken to have no spaces."""


class Frame(Enum):
    """The documents that frame the text."""

    TITLE = "title"
    CONTENTS = "contents"
    NOTES = "notes"
    ABOUT = "about"


_PARTS = {
    "cover": Frame.TITLE,
    "opening": Frame.TITLE,
    "imprint": Frame.TITLE,
    "contents": Frame.CONTENTS,
    "notes": Frame.NOTES,
    "colophon": Frame.ABOUT,
}
"""Where the parts of the PDF's frame stand here. Its imprint follows its cover; ours stands at the end."""


class Mark(msgspec.Struct, frozen=True):
    """The beginning of a page."""

    id: str
    """Identifier in the markup, unique in the book."""
    label: str
    """What is printed on the page."""


class PagedPublication(msgspec.Struct, frozen=True):
    """A publication with marks where pages begin."""

    publication: Publication
    """With a `Span` that holds nothing, of the identifier of a mark, where a page begins inside the text."""
    marks: tuple[Mark, ...] = ()
    """All of them, in the order of the pages."""
    before: Mapping[str, tuple[Mark, ...]] = {}
    """Those before a block, by its `At.id`."""
    within: Mapping[str, tuple[tuple[int, Mark], ...]] = {}
    """Those within a code block, by its `At.id`, each with its place in the text."""
    frame: Mapping[Frame, tuple[Mark, ...]] = {}
    """Those of the documents that frame the text."""

    @property
    def inside(self) -> dict[str, Mark]:
        """Every mark by its identifier."""
        return {mark.id: mark for mark in self.marks}


class _Pages(msgspec.Struct, frozen=True):
    labels: tuple[str, ...]
    starts: tuple[PageStart | None, ...]


def lay(publication: Publication, facts: Mapping[str, bytes]) -> PagedPublication:
    """Mark the pages of the PDF.

    Pages that the manuscript marks itself, those of a printed original, leave no room for ours.
    """
    data = facts.get(FACT)
    if data is None or any(isinstance(node, PageBreak) and node.label for node in walk(publication)):
        return PagedPublication(publication)
    pages = msgspec.json.decode(data, type=_Pages)
    taken = {node.at.id for node in walk(publication)}
    layer = _Layer(publication)
    marks: list[Mark] = []
    waiting: list[Mark] = []
    for number, (label, start) in enumerate(zip(pages.labels, pages.starts, strict=True), start=1):
        name = f"page-{number}"
        while name in taken:
            name = f"pdf-{name}"
        marks.append(Mark(name, label))
        waiting.append(marks[-1])
        # An empty page begins where the next one does.
        if start is not None and layer.put(waiting, start):
            waiting = []
    layer.frame[Frame.ABOUT] += waiting
    return PagedPublication(
        layer.cut(),
        tuple(marks),
        {name: tuple(found) for name, found in layer.before.items()},
        {name: tuple(found) for name, found in layer.within.items()},
        {name: tuple(found) for name, found in layer.frame.items()},
    )


class _Place(msgspec.Struct, frozen=True):
    node: Node
    parents: tuple[Node, ...]
    """Outermost first."""


class _Layer:
    """Finds the places of marks in one publication."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.before: dict[str, list[Mark]] = defaultdict(list)
        self.within: dict[str, list[tuple[int, Mark]]] = defaultdict(list)
        self.frame: dict[Frame, list[Mark]] = defaultdict(list)
        self.cuts: dict[str, dict[int, list[tuple[int, Mark]]]] = defaultdict(lambda: defaultdict(list))
        """By `At.id` of what holds a text, by identity of the text: places in it, with their marks."""
        self.places: dict[str, _Place] = {}
        endnotes = [note for note in publication.notes if note.kind is NoteKind.ENDNOTE]
        self._index((*publication.front, *publication.body, *endnotes), ())

    def _index(self, nodes: Iterable[Node], parents: tuple[Node, ...]) -> None:
        for node in nodes:
            if node.at.id:
                self.places[node.at.id] = _Place(node, parents)
            self._index(children(node), (*parents, node))

    def put(self, marks: list[Mark], start: PageStart) -> bool:
        """Put marks where a page begins; tell whether there is such a place."""
        if start.part:
            frame = _PARTS.get(start.part)
            if frame is not None:
                self.frame[frame] += marks
            return frame is not None
        place = self.places.get(start.node)
        if place is None and (place := self.places.get(start.node.removesuffix("-title"))) is None:
            # A footnote, which here stands at the end of its chapter.
            return False
        if start.characters:
            return self._inside(marks, place, start.characters)
        place = self._outermost(place)
        if _is_in_flow(place):
            self.before[str(place.node.at.id)] += marks
            return True
        return self._inside(marks, place, 0) or self._beside(marks, place)

    def _outermost(self, place: _Place) -> _Place:
        """Return the outermost node that begins where this one does: a list with its first item."""
        while place.parents and not isinstance(place.parents[-1], Section):
            parent = place.parents[-1]
            if next(children(parent), None) is not place.node or not parent.at.id:
                break
            place = _Place(parent, place.parents[:-1])
        return place

    def _beside(self, marks: list[Mark], place: _Place) -> bool:
        """Put marks at a place that holds no words: before the next text of the block around it, or behind the last."""
        for depth in range(len(place.parents) - 1, -1, -1):
            around = _Place(place.parents[depth], place.parents[:depth])
            if not around.node.at.id or not _is_in_flow(around):
                continue
            owners = {id(text): owner for text, owner in _texts(around.node, around)}
            before: Node | None = None
            passed = False
            for node in walk(around.node):
                passed = passed or node is place.node
                if id(node) in owners:
                    if passed:
                        return self._cut_at(marks, node, owners[id(node)], 0)
                    before = node
            if before is not None and passed:
                return self._cut_at(marks, before, owners[id(before)], len(getattr(before, "text", "")))
            self.before[around.node.at.id] += marks
            return True
        return False

    def _cut_at(self, marks: list[Mark], text: Node, owner: _Place, at: int) -> bool:
        if not owner.node.at.id:
            return False
        if isinstance(text, CodeBlock):
            self.within[owner.node.at.id] += [(at, mark) for mark in marks]
        else:
            self.cuts[owner.node.at.id][id(text)] += [(at, mark) for mark in marks]
        return True

    def _inside(self, marks: list[Mark], place: _Place, characters: int) -> bool:
        for text, owner in _texts(place.node, place):
            count = counted(text.text)
            if characters >= count:
                characters -= count
            else:
                at = _nearest_word(text.text, characters) if isinstance(text, Text | CodeBlock) else 0
                return self._cut_at(marks, text, owner, at)
        return False

    def cut(self) -> Publication:
        """Return the publication with marks inside its texts."""

        def change(node: Node) -> Node | tuple[Node, ...]:
            texts = self.cuts.pop(node.at.id or "", None)
            # A text may stand in more than one place; a mark may not.
            return rewrite(node, lambda inner: _parts(inner, texts.pop(id(inner), []))) if texts else node

        return rewrite(self.publication, change) if self.cuts else self.publication


def _is_in_flow(place: _Place) -> bool:
    """Return whether a mark may stand before the node as a block of its own."""
    parent = place.parents[-1] if place.parents else None
    return isinstance(place.node, Block) and (parent is None or isinstance(parent, Section | Quote | Aside | Turn))


def _texts(node: Node, owner: _Place) -> Iterator[tuple[Text | Code | Abbreviation | CodeBlock, _Place]]:
    """Yield the texts under `node` in reading order, each with the nearest node around it that has an identifier."""
    if isinstance(node, Text | Code | Abbreviation | CodeBlock):
        yield node, owner
    for child in children(node):
        inner = _Place(child, (*owner.parents, owner.node)) if child.at.id and not isinstance(child, Text) else owner
        yield from _texts(child, inner)


def _nearest_word(text: str, characters: int) -> int:
    """Return the place in `text` where the word begins that `characters` counted ones stand before."""
    at = 0
    while characters or (at < len(text) and not counted(text[at])):
        characters -= counted(text[at])
        at += 1
    left = at
    while left and not text[left - 1].isspace():
        left -= 1
    right = at
    while right < len(text) and not text[right].isspace():
        right += 1
    if left == at or right - left > LONGEST_WORD:
        return at
    return left if at - left <= right - at else right


def _parts(node: Node, cuts: list[tuple[int, Mark]]) -> Node | tuple[Node, ...]:
    """Return a text cut into parts with marks between them."""
    if not cuts:
        return node
    marks = {mark: Span(at=At(id=mark.id), children=()) for _, mark in cuts}
    if not isinstance(node, Text):
        behind = tuple(marks[mark] for at, mark in cuts if at)
        return (*(marks[mark] for at, mark in cuts if not at), node, *behind)
    out: list[Node] = []
    end = 0
    for at, mark in sorted(cuts, key=lambda cut: cut[0]):
        if at > end:
            out.append(_part(node, end, at))
        out.append(marks[mark])
        end = max(end, at)
    return (*out, _part(node, end, len(node.text))) if end < len(node.text) else tuple(out)


def _part(text: Text, start: int, end: int) -> Text:
    # An identifier stays with the beginning.
    at = msgspec.structs.replace(text.at, id=None) if start else text.at
    return msgspec.structs.replace(text, at=at, text=text.text[start:end])
