"""Headings and titles in tables and text boxes that only place them on the page (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from exporter.model import Node
from exporter.model.east_asian import count_words
from exporter.model.walk import plain_text
from exporter.readers.docx.parsed import Cell, Container, FinishedBlock, ParsedBlock, ParsedParagraph, Table, role_of
from exporter.readers.docx.roles import PLAIN, Meaning, Role

_COVER = frozenset({Role.SUBTITLE, Role.DATE})
"""What the boxes of a cover contain besides the title."""
_TITLES = _COVER | {Role.TITLE, Role.AUTHOR, Role.KIND, Role.COVER}
_MOST_BLOCKS = 15
"""Blocks of a cover."""
_LONGEST_COVER = 30
"""Words of a box of a cover."""
LONGEST_BOX = 250
"""Words of a box; a longer one is a chapter with a frame around it."""


def unwrap(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return blocks with the headings of layout tables and text boxes in the outline of the document.

    The content of a layout table with a title or a heading takes its place; if it is a box in a section, it becomes
    an aside. In other tables a heading is a header cell or plain text.
    """
    return _unwrap(blocks, min((heading.meaning.level for heading in _headings(blocks)), default=1))


def _unwrap(blocks: Sequence[ParsedBlock], top: int) -> list[ParsedBlock]:
    out: list[ParsedBlock] = []
    before = 0
    for index, block in enumerate(blocks):
        content, headings = _content(block), list(_headings([block]))
        if isinstance(block, Table) and not content:
            _without_headings(block)
        is_cover = not before and index < _MOST_BLOCKS and _is_cover(content, blocks[:index])
        if not content or not (headings or is_cover or any(map(is_title, paragraphs(content)))):
            out.append(block)
        elif headings and _is_box(content, headings, before, _next_level(blocks[index + 1 :]), top):
            out.append(block if isinstance(block, Container) else _as_box(block, content))
            continue
        else:
            move_start(block, content)
            out += _unwrap(content, top)
        before = headings[-1].meaning.level if headings else before
    return out


def _is_cover(content: Sequence[ParsedBlock], above: Sequence[ParsedBlock]) -> bool:
    """Return whether content has a subtitle or date, and above it are only a title and other boxes of a cover."""
    inside, before = list(paragraphs(content)), [*map(role_of, paragraphs(above))]
    roles = {role_of(paragraph) for paragraph in inside} & _COVER
    return (
        bool(roles)
        and roles.isdisjoint(before)
        and Role.TITLE in before
        and all(_content(block) or role_of(block) in _TITLES or not list(words([block])) for block in above)
        and len(list(words(inside))) <= _LONGEST_COVER
    )


def words(blocks: Sequence[ParsedBlock]) -> Iterator[str]:
    """Yield the words of blocks, also those in the cells of any table."""
    for block in blocks:
        match block:
            case ParsedParagraph():
                yield from block.text.split()
            case Container():
                yield from words(block.content)
            case Table():
                yield from words([inner for cell in _cells(block) for inner in cell.content])
            case FinishedBlock() if isinstance(block.block, Node):
                yield from plain_text(block.block).split()


def is_title(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    """Return whether a block is a paragraph of a title that is not empty."""
    return isinstance(block, ParsedParagraph) and block.meaning.role is Role.TITLE and bool(block.text.strip())


def _content(block: ParsedBlock) -> list[ParsedBlock]:
    """Return the content of a text box or layout table; nothing for other blocks."""
    if isinstance(block, Container) and block.tag == "box":
        return block.content
    if isinstance(block, Table) and _is_layout(block):
        return [inner for cell in _cells(block) for inner in cell.content]
    return []


def paragraphs(blocks: Sequence[ParsedBlock]) -> Iterator[ParsedParagraph]:
    """Yield the paragraphs in blocks, including those in layout tables and text boxes."""
    for block in blocks:
        if isinstance(block, ParsedParagraph):
            yield block
        else:
            yield from paragraphs(_content(block))


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in row.cells if cell.content)


def _is_layout(table: Table) -> bool:
    """Return whether a table only places paragraphs: it has a single cell, or cells of a heading with its text.

    In a single row or column, a single heading is enough.
    """
    cells = list(_cells(table))
    if any(row.header for row in table.rows):
        return False
    rows = sum(any(cell.content for cell in row.cells) for row in table.rows)
    is_line = rows == 1 or len({cell.column for cell in cells}) == 1
    headings = sum(_is_heading(block) or is_title(block) for cell in cells for block in cell.content)
    return len(cells) == 1 or (is_line and headings == 1) or any(map(_is_section, cells))


def _is_section(cell: Cell) -> bool:
    """Return whether a cell is a title or heading with its text."""
    first, *rest = cell.content
    return (_is_heading(first) or is_title(first)) and not all(map(_is_heading, rest))


def _is_heading(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    return isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING and not block.is_empty


def _headings(blocks: Sequence[ParsedBlock]) -> Iterator[ParsedParagraph]:
    return filter(_is_heading, paragraphs(blocks))


def _next_level(blocks: Sequence[ParsedBlock]) -> int:
    return next((heading.meaning.level for heading in _headings(blocks)), 0)


def _is_box(
    content: Sequence[ParsedBlock], headings: Sequence[ParsedParagraph], before: int, after: int, top: int
) -> bool:
    """Return whether content is a box with a title inside a section, not a section of the text.

    Args:
        content: The content of a table or text box.
        headings: Its headings.
        before: Level of the heading before it; 0 if there is none.
        after: Level of the heading after it; 0 if there is none.
        top: The highest level of the document.
    """
    level = headings[0].meaning.level
    return (
        len(headings) == 1
        and content[0] is headings[0]
        and len(content) > 1
        and sum(count_words(paragraph.text) for paragraph in paragraphs(content)) <= LONGEST_BOX
        and before > 0
        and (level > top or after in (0, level))
        and after <= before + 1
    )


def _as_box(block: ParsedBlock, content: list[ParsedBlock]) -> Container:
    box = Container(block.source, "box", content)
    move_start(block, [box])
    return box


def move_start(block: ParsedBlock, content: Sequence[ParsedBlock]) -> None:
    """Move the page break and the bookmarks of a block to the first of those that replace it."""
    first = content[0]
    if isinstance(block, Table | Container) and isinstance(first, ParsedParagraph | Table | Container):
        first.page_break = first.page_break or block.page_break
        first.bookmarks = [*block.bookmarks, *first.bookmarks]


def _without_headings(table: Table) -> None:
    """Replace the headings in the cells of a data table, which are no part of the outline."""
    for index, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if cell.content]
        is_head = index == 0 and len(filled) > 1 and all(_is_heading(cell.content[0]) for cell in filled)
        for cell in filled:
            for inner in cell.content:
                if _is_heading(inner) or is_title(inner):
                    inner.meaning = Meaning(Role.HEADER_COLUMN) if is_head else PLAIN
