"""Content items of one story of a Word file, with their labels, locations, bookmarks and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from exporter.parity.content import NOWHERE, ContentItem, InlineItem, letters, merged, words_of
from exporter.parity.docx.directions import letters_along
from exporter.parity.docx.runs import ParagraphContent
from exporter.parity.item_builder import ALONE, with_positions


class StoryItems:
    """Content items of a story, in reading order.

    Args:
        prefix: Name of the story in locations.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.items: list[ContentItem] = []
        self.begins: dict[str, int] = {}
        """Index of the first item at or after each bookmark."""
        self._anchors: list[tuple[int, dict[int, str]]] = []
        """Bookmarks that the links of an item refer to, by the index of their inline items."""
        self._label: tuple[str, tuple[str, ...]] = ("", ())
        """Number of a list item before its first content item, and the path in it."""
        self._count = 0
        """Number of paragraphs so far."""

    def linked(self, begins: Mapping[str, int]) -> tuple[ContentItem, ...]:
        """Return the items, with the targets of their links resolved."""
        items = list(self.items)
        for index, anchors in self._anchors:
            marks: list[InlineItem] = list(items[index].marks)
            for position, anchor in anchors.items():
                marks[position] = msgspec.structs.replace(marks[position], goal=(begins.get(anchor, NOWHERE),))
            items[index] = msgspec.structs.replace(items[index], marks=tuple(marks))
        return tuple(msgspec.structs.replace(item, marks=join_code(item.marks)) for item in items)

    def count_paragraph(self) -> None:
        """Count a paragraph, for the locations of the items in it."""
        self._count += 1

    def begin_list_item(self, label: str, path: tuple[str, ...]) -> None:
        """Keep the number of a list item for the first content item in it."""
        self._label = (label, path)

    def begin_cell(self, detail: str, path: tuple[str, ...]) -> int:
        """Add a cell, whose text follows, and return its index."""
        self.items.append(ContentItem("cell", "", path, detail=detail, location=self._location()))
        return len(self.items) - 1

    def end_cell(self, index: int) -> None:
        """Set the text of a cell to that of the items after it; bookmarks in a cell without any lead to the cell."""
        words = words_of(self.items[index + 1 :])
        if len(self.items) == index + 1:
            self.begins = {key: min(begin, index) for key, begin in self.begins.items()}
        self.items[index] = msgspec.structs.replace(self.items[index], text=words)

    def remove_empty_table(self, start: int) -> None:
        """Remove the cells from an index on if they have no content."""
        if all(item.kind == "cell" and not item.text for item in self.items[start:]):
            del self.items[start:]
            self.begins = {key: min(index, start) for key, index in self.begins.items()}

    def add_bookmarks(self, names: Sequence[str]) -> None:
        """Add bookmarks that begin at the next item."""
        for bookmark in names:
            self.begins.setdefault(bookmark, len(self.items))

    def targets(self) -> dict[str, int]:
        """Return the index of the item where each bookmark is."""
        return {name: beginning(self.items, index) for name, index in self.begins.items()}

    def add(
        self,
        content: ParagraphContent,
        kind: str,
        path: tuple[str, ...],
        *,
        code: bool = False,
        direction: str = "",
    ) -> None:
        """Add the item of a paragraph, unless it is empty; pictures and formulas alone are items of their own."""
        self.add_bookmarks(content.names)
        text = " ".join("".join(content.parts).split())
        if code:
            content.marks = [InlineItem("code", letters(text), structure=_code_lines(content))]
        marks = with_positions(content.marks, content.parts)
        if not letters(text) and marks and all(mark.kind in ALONE for mark in marks):
            for mark in marks:
                self._append(ContentItem(mark.kind, "", path, marks=(mark,)))
        elif letters(text) or marks:
            if content.anchors:
                self._anchors.append((len(self.items), content.anchors))
            runs, styles = merged(letters_along(merged(content.runs))), tuple(content.styles)
            self._append(ContentItem(kind, text, path, runs, marks, styles=styles, direction=direction))

    def _append(self, item: ContentItem) -> None:
        label, path = self._label
        if label and is_inside(item.path, path):
            item = msgspec.structs.replace(item, label=label)
        self._label = ("", ())
        self.items.append(msgspec.structs.replace(item, location=self._location()))

    def _location(self) -> str:
        return f"{self.prefix}paragraph {self._count}"


def _code_lines(content: ParagraphContent) -> str:
    starts = [0, *content.lines]
    ends = [*content.lines, len(content.parts)]
    lines = ("".join(content.parts[start:end]) for start, end in zip(starts, ends, strict=True))
    return str(sum(1 for line in lines if line.strip()))


def join_code(marks: tuple[InlineItem, ...]) -> tuple[InlineItem, ...]:
    """Return inline items with all code as one: Word does not store where code ends that touches other code."""
    code = "".join(mark.text for mark in marks if mark.kind == "code")
    rest = tuple(mark for mark in marks if mark.kind != "code")
    lines = next((mark.structure for mark in marks if mark.kind == "code" and mark.structure), "")
    return (*rest, InlineItem("code", code, structure=lines)) if len(rest) < len(marks) else marks


def beginning(items: Sequence[ContentItem], index: int) -> int:
    """Return the index of the outermost cell that begins with an item, or that of the item."""
    path = items[index].path if 0 <= index < len(items) else ()
    while path and index and items[index - 1].kind == "cell" and is_inside(path, items[index - 1].path):
        index -= 1
    return index


def is_inside(path: tuple[str, ...], container: tuple[str, ...]) -> bool:
    """Return whether an item with a path is in a container."""
    return path[: len(container)] == container
