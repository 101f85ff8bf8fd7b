"""Comments in the main part: where they begin and end, and their removal (ISO/IEC 29500-1, 17.13.4.3 to 17.13.4.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import msgspec

from exporter.inspect.docx.element_numbers import ANCHORED
from exporter.inspect.docx.xml_edits import Edits, Name, Tag, after_tag, tags

_RANGE = ("commentRangeStart", "commentRangeEnd")
_REFERENCE = "commentReference"


class _Child(msgspec.Struct):
    """A child of a paragraph."""

    start: int
    end: int = 0


class _Paragraph(msgspec.Struct):
    """A paragraph of the body or of a cell; those in its text boxes are part of it."""

    start: int
    depth: int
    name: Name
    content: int = 0
    """Where its content begins, after its properties."""
    end: int = 0
    """Where its content ends."""
    child: _Child | None = None
    """The child that is being read."""
    has_text: bool = False


class _Run(msgspec.Struct):
    """A run that is being read."""

    start: int
    depth: int
    reference: int = -1
    """Where it refers to a comment to be removed."""
    has_content: bool = False
    """Whether it contains anything else."""


class DocumentScanner:
    """Reader of the positions at which comments can be put into the main part.

    Args:
        data: The main part.
        removed: Identifiers of the comments to be removed.
    """

    def __init__(self, data: bytes, removed: Collection[str] = ()) -> None:
        self.deletions: list[tuple[int, int]] = []
        """Ranges that belong to the removed comments."""
        self._removed = frozenset(removed)
        self._number = 0
        self._elements: dict[int, tuple[_Paragraph, _Child | None]] = {}
        self._paragraph: _Paragraph | None = None
        self._runs: list[_Run] = []
        self._data = data
        for tag in tags(data):
            if tag.attributes is not None:
                self._begin(tag, tag.attributes)
            else:
                self._end(tag)

    def find(self, anchor: int) -> tuple[_Paragraph | None, _Child | None]:
        """Return the paragraph with a number, or with the drawing with that number; else the first one with text."""
        return self._elements.get(anchor, (self._first, None))

    @cached_property
    def _first(self) -> _Paragraph | None:
        paragraphs = [paragraph for paragraph, child in self._elements.values() if child is None]
        with_text = (paragraph for paragraph in paragraphs if paragraph.has_text)
        return next(with_text, paragraphs[0] if paragraphs else None)

    def _begin(self, tag: Tag, attributes: Mapping[str, str]) -> None:
        name, position, depth, outer = tag.name, tag.position, tag.depth, self._paragraph
        if outer and depth == outer.depth + 1:
            outer.child = _Child(position)
        if self._runs and depth == self._runs[-1].depth + 1 and name.local not in ("rPr", _REFERENCE):
            self._runs[-1].has_content = True
        if not name.is_word:
            return
        if name.local in ANCHORED:
            self._number += 1
            if outer is None and name.local == "p":
                outer = self._paragraph = _Paragraph(position, depth, name, after_tag(self._data, position))
            if outer is not None:
                self._elements[self._number] = (outer, outer.child)
        elif name.local == "r":
            self._runs.append(_Run(position, depth))
        elif name.local == "t" and outer is not None:
            outer.has_text = True
        elif attributes.get("id") in self._removed:
            if name.local in _RANGE:
                self.deletions.append((position, after_tag(self._data, position)))
            elif name.local == _REFERENCE and self._runs:
                self._runs[-1].reference = position

    def _end(self, tag: Tag) -> None:
        position, depth, outer = tag.position, tag.depth, self._paragraph
        if outer and depth == outer.depth + 1 and outer.child:
            outer.child.end = after_tag(self._data, position)
            if tag.name.is_word and tag.name.local == "pPr":
                outer.content = outer.child.end
            outer.child = None
        elif outer and depth == outer.depth:
            outer.end = position
            self._paragraph = None
        if self._runs and depth == self._runs[-1].depth:
            run = self._runs.pop()
            if run.reference >= 0:
                start, last = (run.reference,) * 2 if run.has_content else (run.start, position)
                self.deletions.append((start, after_tag(self._data, last)))


def set_comments(data: bytes, anchors: Iterable[tuple[int, int]], removed: Collection[str] = ()) -> bytes:
    """Return the main part with comments.

    Args:
        data: The main part.
        anchors: Identifier of each comment, and the number of its paragraph or drawing.
        removed: Identifiers of comments to remove.
    """
    scanner = DocumentScanner(data, removed)
    edits = Edits(data)
    empty: dict[int, tuple[_Paragraph, list[str]]] = {}
    for start, end in scanner.deletions:
        edits.delete(start, end)
    for identifier, anchor in anchors:
        paragraph, child = scanner.find(anchor)
        if paragraph is None:
            continue
        before, after = _marks(identifier, paragraph.name)
        # At one position, drawings end before the paragraph or other drawings start, and before the paragraph ends.
        if child is not None:
            edits.insert(child.start, before, 2)
            edits.insert(child.end, after, 0)
        elif paragraph.end == paragraph.start:
            empty.setdefault(paragraph.start, (paragraph, []))[1].append(before + after)
        else:
            edits.insert(paragraph.content, before, 1)
            edits.insert(paragraph.end, after, 3)
    for start, (paragraph, marks) in empty.items():
        edits.fill(start, paragraph.name, "".join(marks))
    return edits.result()


def _marks(identifier: int, paragraph: Name) -> tuple[str, str]:
    """Return the marks at the beginning and at the end of the range of a comment."""
    (start, prefix), (end, _), (run, _) = map(paragraph.sibling, (*_RANGE, "r"))
    reference, _ = paragraph.sibling(_REFERENCE)
    closing = run.partition(" ")[0]
    return (
        f'<{start} {prefix}id="{identifier}"/>',
        f'<{end} {prefix}id="{identifier}"/><{run}><{reference} {prefix}id="{identifier}"/></{closing}>',
    )
