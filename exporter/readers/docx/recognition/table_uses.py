"""Tables that are no tables: boxes, pictures beside each other, and places to sign (WCAG 1.3.1 F46, 1.3.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.model import LineBreak
from exporter.readers.docx.blocks.captions import is_caption, is_figure, is_table, match_captions
from exporter.readers.docx.inlines.text_runs import PLAIN_FORMAT, TextRun
from exporter.readers.docx.parsed import Cell, Container, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.recognition.layout_tables import LONGEST_BOX, move_start, paragraphs
from exporter.readers.docx.roles import Meaning, Role

_SPACE, _LINE_BREAK = TextRun(PLAIN_FORMAT, " "), TextRun(PLAIN_FORMAT, node=LineBreak())
_LINE = re.compile(r"[\s_.…‗]{4,}")
"""A line to sign on."""
_MOST_SIGNERS = 4
"""Signatures beside each other."""
_LONGEST_CAPTION = 300
"""Characters of the words below a picture."""
_TITLED = 2
"""Rows of a box with a title."""


def read_uses(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return blocks, with what tables without caption and header cells contain in place of those that only look so.

    One cell is a box, as long as it is no chapter; so is a bold line in a cell above it. Rows of pictures are figures,
    with the words in the same cell or in the cell below as captions; a logo is one beside an address. Places to sign
    are read one after another.
    """
    captioned = match_captions(blocks)
    out: list[ParsedBlock] = []
    for block in blocks:
        content = _content(block) if isinstance(block, Table) and id(block) not in captioned else None
        if not content:
            out.append(block)
            continue
        move_start(block, content)
        out += read_uses(content)
    return out


def _content(table: Table) -> list[ParsedBlock] | None:
    """Return what a table contains if it is no table, else None."""
    rows = [filled for row in table.rows if (filled := [cell for cell in row.cells if cell.content])]
    if not rows or table.title or table.description or any(row.header for row in table.rows):
        return None
    if max(map(len, rows)) == 1 and (len(rows) == 1 or (len(rows) == _TITLED and _is_title(rows[0][0]))):
        return _box(table, [block for row in rows for block in row[0].content])
    return _pictures(rows) or _letterhead(rows) or _signatures(rows)


def _is_title(cell: Cell) -> bool:
    """Return whether a cell is a bold line."""
    (first, *rest) = cell.content
    return not rest and isinstance(first, ParsedParagraph) and _is_bold(first)


def _is_bold(paragraph: ParsedParagraph) -> bool:
    """Return whether all words of a paragraph are bold."""
    return not paragraph.is_empty and all(run.run_format.bold for run in paragraph.text_runs if run.text.strip())


def _box(table: Table, content: list[ParsedBlock]) -> list[ParsedBlock]:
    words = sum(len(paragraph.text.split()) for paragraph in paragraphs(content))
    if words > LONGEST_BOX or all(is_table(block) or is_figure(block) or is_caption(block) for block in content):
        return content
    return [Container(table.source, "box", content)]


def _pictures(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return the content of rows of pictures, with captions below them or in their cells, or None for other rows."""
    content: list[ParsedBlock] = []
    left = list(rows)
    while left:
        row = [_picture(cell) for cell in left.pop(0)]
        if not all(pictures for pictures, _ in row):
            return None
        captions = [caption for _, caption in row]
        if left and not any(captions) and all(below := [_caption(cell.content) for cell in left[0]]):
            if len(below) != len(row):
                return None
            captions, left = below, left[1:]
        if any(captions):
            for (pictures, _), caption in zip(row, captions, strict=True):
                content += [_joined(pictures), *filter(None, [caption])]
        else:
            content.append(_joined([paragraph for pictures, _ in row for paragraph in pictures]))
    return content


def _letterhead(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return the content of a single row of which a cell is only a picture, as a logo beside an address is."""
    is_letterhead = len(rows) == 1 and any(all(map(is_figure, cell.content)) for cell in rows[0])
    return [block for cell in rows[0] for block in cell.content] if is_letterhead else None


def _picture(cell: Cell) -> tuple[list[ParsedParagraph], ParsedParagraph | None]:
    """Return the pictures of a cell and their caption; no pictures if it has anything else."""
    pictures = [block for block in cell.content if isinstance(block, ParsedParagraph) and is_figure(block)]
    others = cell.content[len(pictures) :]
    caption = _caption(others)
    return ([], None) if cell.content[: len(pictures)] != pictures or (others and not caption) else (pictures, caption)


def _caption(blocks: Sequence[ParsedBlock]) -> ParsedParagraph | None:
    """Return the paragraph that blocks consist of as a caption, or None if they are anything else."""
    if len(blocks) != 1 or not isinstance(paragraph := blocks[0], ParsedParagraph) or paragraph.number is not None:
        return None
    is_short = not (paragraph.is_empty or paragraph.images) and len(paragraph.text) <= _LONGEST_CAPTION
    return msgspec.structs.replace(paragraph, meaning=Meaning(Role.CAPTION)) if is_short else None


def _signatures(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return places to sign, each a paragraph with a line for each row, or None if there are none."""
    columns: dict[int, list[ParsedParagraph]] = {}
    for cell in (cell for row in rows for cell in row):
        for block in cell.content:
            if not isinstance(block, ParsedParagraph) or block.images or block.number or cell.colspan > 1:
                return None
            columns.setdefault(cell.column, []).append(block)
    has_lines = any(all(_LINE.fullmatch(_text(cell)) for cell in row) for row in rows)
    if not has_lines or len(rows) == 1 or len(columns) > _MOST_SIGNERS:
        return None
    return [_joined(columns[column], _LINE_BREAK) for column in sorted(columns)]


def _text(cell: Cell) -> str:
    return "".join(block.text for block in cell.content if isinstance(block, ParsedParagraph))


def _joined(parts: Sequence[ParsedParagraph], between: TextRun = _SPACE) -> ParsedParagraph:
    """Return paragraphs as one, with a run between them."""
    runs = [run for part in parts for run in (between, *part.text_runs)][1:]
    marks = [mark for part in parts for mark in part.bookmarks]
    has_blanks = any(part.has_blanks for part in parts)
    return msgspec.structs.replace(parts[0], text_runs=runs, bookmarks=marks, has_blanks=has_blanks)
