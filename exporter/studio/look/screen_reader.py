"""Items of an edition as a screen reader meets them, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from exporter.parity.content import ContentItem, InlineItem, comparison_key
from exporter.parity.extraction import Extraction

_ROW = re.compile(r"row (\d+)")
_ITEM = re.compile(r"item (\d+)")
_CONTAINERS = ("turn", "quote", "aside")
_MARKS = frozenset({"link", "note", "abbreviation", "picture", "formula"})


ROLES = frozenset({
    "heading", "paragraph", "caption", "picture", "row", "table", "item", "quote", "aside", "turn", "note", "term",
    "formula",
})  # fmt: skip
"""Roles, which are keys of labels."""


_SEARCHED = 60
"""Items among which the next one of a page is searched."""


class Announcement(msgspec.Struct, frozen=True):
    """An item with its role."""

    role: str
    """One of `ROLES`, or the kind of an item that has none."""
    text: str
    number: int = 0
    """Level of a heading, number of a row, an item or a note."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a row: each cell with the header of its column."""
    marks: tuple[InlineItem, ...] = ()
    languages: tuple[str, ...] = ()
    """Languages of parts of it, other than that of the whole."""
    page: int | None = None
    """Index of its page, from 0."""
    location: str = ""

    @property
    def key(self) -> str:
        """The text for comparisons: a picture and a row are items by what is said of them."""
        return comparison_key(self.cells[0][1] if self.cells else self.text)


def announcements(extraction: Extraction, first_level: int = 1) -> tuple[Announcement, ...]:
    """Return what a screen reader meets; nothing if the format states no content.

    Args:
        extraction: The content of an edition.
        first_level: Level of the headings that are those of chapters; in a web page, the title is above them.
    """
    if extraction.content is None:
        return ()
    levels = iter([heading.level + first_level - 1 if heading.level else 0 for heading in extraction.headings or ()])
    items = list(_announced(extraction.content.items, levels, extraction.language or ""))
    for number, note in enumerate(extraction.content.notes, 1):
        text = " ".join(passage.text for passage in note.items if passage.kind != "cell")
        page = next((passage.page for passage in note.items), None)
        items.append(Announcement("note", text, number, page=page, location=note.location))
    return tuple(items)


def _announced(items: Sequence[ContentItem], levels: Iterator[int], language: str) -> Iterator[Announcement]:
    row: list[ContentItem] = []
    heads: dict[str, str] = {}
    for item in items:
        depth = _depth(item)
        if row and item.path[:depth] != row[0].path[: _depth(row[0])]:
            yield _row(row, heads)
            row = []
        if item.kind == "cell":
            if item.path[depth - 1 : depth + 1] == ("row 1", "cell 1"):
                heads = {}
            row.append(item)
        elif not depth or item.kind in ("picture", "formula"):
            yield _single(item, next(levels, 0) if item.kind == "heading" else 0, language)
    if row:
        yield _row(row, heads)


def _row(cells: Sequence[ContentItem], heads: dict[str, str]) -> Announcement:
    """Return a row; the header cells of its columns are remembered for those that follow."""
    pairs = []
    for cell in cells:
        column = cell.path[_depth(cell)] if len(cell.path) > _depth(cell) else ""
        pairs.append(("" if cell.detail.startswith("heads its") else heads.get(column, ""), cell.text))
        if cell.detail.startswith("heads its column"):
            heads[column] = cell.text
    first = cells[0]
    number = _number(_ROW, first.path[: _depth(first)])
    return Announcement("row", "", number, tuple(pairs), page=first.page, location=first.location)


def _single(item: ContentItem, level: int, language: str) -> Announcement:
    role, number, text = item.kind, level, item.text
    if role == "picture":
        text = next((mark.target for mark in item.marks if mark.kind == "picture" and mark.target), text)
    elif role == "paragraph":
        number = _number(_ITEM, item.path)
        container = next((step for step in reversed(item.path) if step in _CONTAINERS), "")
        role = "item" if number else container or role
    marks = tuple(mark for mark in item.marks if mark.kind in _MARKS and role != "picture")
    languages = tuple(dict.fromkeys(tag for tag, _ in item.runs if tag and tag != language))
    return Announcement(role, text, number, (), marks, languages, item.page, item.location)


def _depth(item: ContentItem) -> int:
    """Return the number of steps of the path of an item down to its row."""
    return next((index for index, step in enumerate(item.path, 1) if _ROW.fullmatch(step)), 0)


def _number(pattern: re.Pattern[str], path: Sequence[str]) -> int:
    matches = [match for step in path if (match := pattern.fullmatch(step))]
    return int(matches[-1][1]) if matches else 0


def with_pages(items: Sequence[Announcement], laid_out: Sequence[Announcement]) -> tuple[Announcement, ...]:
    """Return the items of a Word file with the pages on which LibreOffice has laid them out.

    LibreOffice says less of a file than the file itself, such as no alt texts of some pictures.

    Args:
        items: The items of the file.
        laid_out: Those of the same file as a PDF.
    """
    # What is read of a Word file begins below its title page.
    keys = {item.key for item in items if item.key}
    position = next((index for index, item in enumerate(laid_out) if item.key in keys), 0)
    paged, page = list(laid_out[:position]), 0
    for item in items:
        following = range(position, min(position + _SEARCHED, len(laid_out)))
        match = next((index for index in following if item.key and laid_out[index].key == item.key), None)
        if match is not None:
            position, page = match + 1, laid_out[match].page or page
        paged.append(msgspec.structs.replace(item, page=page))
    return tuple(paged)
