"""Tables that are no tables: boxes, pictures beside each other, and places to sign (WCAG 1.3.1 F46, 1.3.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.model import LineBreak
from exporter.model.east_asian import count_words
from exporter.model.list_numbers import SIGNS
from exporter.readers.docx.blocks.captions import is_caption, is_figure, is_figure_label, is_table, match_captions
from exporter.readers.docx.inlines.text_runs import PLAIN_FORMAT, TextRun
from exporter.readers.docx.parsed import Cell, Container, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.recognition.layout_tables import LONGEST_BOX, move_start, paragraphs
from exporter.readers.docx.roles import PLAIN, Meaning, Role

_SPACE, _LINE_BREAK = TextRun(PLAIN_FORMAT, " "), TextRun(PLAIN_FORMAT, node=LineBreak())
_LINE = re.compile(r"\s*(?:[_‗]\s?){5,}\s*|\s*[.…]{8,}\s*")
"""A line to sign on."""
_MOST_SIGNERS = 4
"""Signatures beside each other."""
_MOST_PARTIES = 2
"""Signatures beside each other with a label above each."""
_MOST_NAMES = 3
"""Rows below a signature: name, office, organisation."""
_MOST_LINES = 3
"""Lines of a number and what it counts."""
_LONGEST_LINE = 100
"""Characters of a line of a number and what it counts."""
_NUMBER = re.compile(r"[^\w\s]*\d")
"""The beginning of a number: “87 %”, “$ 1.2 million”."""
_LABEL = re.compile(r"\s*[^\W\d_]+\.?\s*\d+\s*[.:–—-]")
"""The beginning of a typed caption: “Table 1: Cases”."""
_LONGEST_CAPTION = 300
"""Characters of the words below a picture."""
_TITLED = 2
"""Rows of a box with a title."""


def read_uses(blocks: Sequence[ParsedBlock], *, is_beginning: bool = True) -> list[ParsedBlock]:
    """Return blocks, with what tables without caption and header cells contain in place of those that only look so.

    One cell is a box, as long as it is no chapter; so is a bold line in a cell above it. Rows of pictures are figures,
    with the words in the same cell or in the cell below as captions; a logo is one beside an address. Places to sign
    are read one after another, and so are the cells of a single row with a few lines each.
    """
    captioned = match_captions(blocks)
    out: list[ParsedBlock] = []
    for block in blocks:
        content: list[ParsedBlock] | None = None
        if isinstance(block, Table) and (caption := captioned.get(id(block))):
            cells = [cell for row in _rows(block) for cell in row]
            content = _one_figure(cells) if is_figure_label(caption.text) else None
        elif isinstance(block, Table):
            content = _content(block, is_first=is_beginning and not out)
            if content is None and not (out and isinstance(out[-1], ParsedParagraph) and _LABEL.match(out[-1].text)):
                content = _cards(_rows(block))
        if not content:
            out.append(block)
            continue
        move_start(block, content)
        out += read_uses(content, is_beginning=False)
    return out


def _rows(table: Table) -> list[list[Cell]]:
    """Return the cells with content of the rows that have any; nothing of what the file says is a table."""
    if table.title or table.description or any(row.header for row in table.rows):
        return []
    return [filled for row in table.rows if (filled := [cell for cell in row.cells if cell.content])]


def _content(table: Table, *, is_first: bool) -> list[ParsedBlock] | None:
    """Return what a table contains if it is no table, else None; one at the beginning is no box, but a cover."""
    rows = _rows(table)
    if not rows:
        return None
    if content := _pictures(rows):
        return content
    # An empty cell after words or below them is there to be filled in; one before them is a coloured bar.
    if len(rows) == len(table.rows) and all(row.cells[-1:] == rows[index] for index, row in enumerate(table.rows)):
        content = [block for row in rows for block in row[0].content]
        if len(rows) == 1 or (len(rows) == _TITLED and _is_title(rows[0][0])):
            return content if is_first else _box(table, content)
    return _letterhead(rows) or _signatures(rows)


def _is_title(cell: Cell) -> bool:
    """Return whether a cell is a bold line."""
    (first, *rest) = cell.content
    return not rest and isinstance(first, ParsedParagraph) and _is_bold(first)


def _is_bold(paragraph: ParsedParagraph) -> bool:
    """Return whether all words of a paragraph are bold."""
    return not paragraph.is_empty and all(run.run_format.bold for run in paragraph.text_runs if run.text.strip())


def _box(table: Table, content: list[ParsedBlock]) -> list[ParsedBlock]:
    words = sum(count_words(paragraph.text) for paragraph in paragraphs(content))
    is_line = len(content) == 1 and isinstance(content[0], ParsedParagraph) and _is_bold(content[0])
    if (
        is_line
        or words > LONGEST_BOX
        or all(is_table(block) or is_figure(block) or is_caption(block) for block in content)
    ):
        return content
    return [Container(table.source, "box", read_uses(content, is_beginning=False))]


def _one_figure(cells: Sequence[Cell]) -> list[ParsedBlock] | None:
    """Return the pictures of cells in one paragraph, or None if they have anything else."""
    read = list(map(_picture, cells))
    if not read or not all(pictures and not caption for pictures, caption in read):
        return None
    return [_joined([paragraph for pictures, _ in read for paragraph in pictures])]


def _pictures(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return the content of rows of pictures, with captions below them or in their cells, or None for other rows."""
    (*above, last) = rows
    if above and last[0].colspan > 1 and len(last) == 1 and (caption := _caption(last[0].content)):
        figure = _one_figure([cell for row in above for cell in row])
        return [*figure, caption] if figure else None
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
    """Return the content of a single row in which one cell is beside pictures, as an address is beside a logo."""
    pictures = sum(all(map(is_figure, cell.content)) for cell in rows[0])
    is_letterhead = len(rows) == 1 and 0 < pictures == len(rows[0]) - 1
    return [block for cell in rows[0] for block in cell.content] if is_letterhead else None


def _cards(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return the content of a single row whose cells have a number each, with lines that say what it counts."""
    content: list[ParsedBlock] = []
    for cell in rows[0] if len(rows) == 1 and len(rows[0]) > 1 else ():
        pictures = [block for block in cell.content if isinstance(block, ParsedParagraph) and is_figure(block)]
        lines = [block for block in cell.content[len(pictures) :] if isinstance(block, ParsedParagraph)]
        is_card = 1 < len(lines) <= _MOST_LINES and [*pictures, *lines] == cell.content and all(map(_is_words, lines))
        if not (is_card and _is_counted(lines)):
            return None
        content.append(_joined([*pictures, *lines], _LINE_BREAK))
    return content or None


def _is_counted(lines: Sequence[ParsedParagraph]) -> bool:
    """Return whether plain lines are a number and what it counts, in one direction."""
    number, *words = lines
    return (
        _NUMBER.match(number.text.strip()) is not None
        and all(any(map(str.isalpha, line.text)) for line in words)
        and all(len(line.text) <= _LONGEST_LINE and line.meaning == PLAIN for line in lines)
        and len({bool(line.paragraph_format.bidi) for line in lines}) == 1
    )


def _picture(cell: Cell) -> tuple[list[ParsedParagraph], ParsedParagraph | None]:
    """Return the pictures of a cell and their caption; no pictures if it has anything else."""
    pictures = [block for block in cell.content if isinstance(block, ParsedParagraph) and is_figure(block)]
    others = cell.content[len(pictures) :]
    caption = _caption(others)
    return ([], None) if cell.content[: len(pictures)] != pictures or (others and not caption) else (pictures, caption)


def _caption(blocks: Sequence[ParsedBlock]) -> ParsedParagraph | None:
    """Return the paragraph that blocks consist of as what is said of a picture, or None if they are anything else.

    A sentence is text below the picture; a bold line may be a title, and a number alone is a figure of its own.
    """
    if len(blocks) != 1 or not isinstance(paragraph := blocks[0], ParsedParagraph) or paragraph.number is not None:
        return None
    words = paragraph.text.strip()
    if paragraph.images or _is_bold(paragraph) or len(words) > _LONGEST_CAPTION or not any(map(str.isalpha, words)):
        return None
    return paragraph if words.endswith((".", "!", "?")) else _as_caption(paragraph)


def _as_caption(paragraph: ParsedParagraph) -> ParsedParagraph:
    return msgspec.structs.replace(paragraph, meaning=Meaning(Role.CAPTION))


def _signatures(rows: Sequence[Sequence[Cell]]) -> list[ParsedBlock] | None:
    """Return places to sign, each a paragraph with a line for each row, or None if there are none.

    They have one row of lines, with names and offices below. Tables to fill in have more lines, boxes to tick or empty
    cells, and tables of figures have a line above a total.
    """
    columns = [cell.column for cell in rows[0]]
    cells = [cell for row in rows for cell in row]
    lines = [index for index, row in enumerate(rows) if all(_LINE.fullmatch(_text(cell)) for cell in row)]
    if (
        not lines
        or any([cell.column for cell in row] != columns for row in rows)
        or not all(map(_is_words, (block for cell in cells for block in cell.content)))
        or not _are_signed(rows[: lines[0]], rows[lines[0]], rows[lines[0] + 1 :])
    ):
        return None
    return [
        _joined([block for cell in column for block in cell.content if isinstance(block, ParsedParagraph)], _LINE_BREAK)
        for column in zip(*rows, strict=True)
    ]


def _are_signed(above: Sequence[Sequence[Cell]], lines: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Return whether lines are there to sign on, and not to fill in, by what is above and below them.

    What two parties have above their lines says for whom they sign; more words are the header of a table.
    """
    names = [_text(cell) for row in (*above, *below) for cell in row]
    has_labels = not above or (
        len(above) == 1
        and len(lines) <= _MOST_PARTIES
        and all("_" in _text(cell) for cell in lines)
        and not any(map(str.isdigit, "".join(names)))
    )
    is_named = all(any(map(str.isalpha, words)) and not SIGNS & set(words) for words in names)
    return has_labels and is_named and len(lines) <= _MOST_SIGNERS and 0 < len(below) <= _MOST_NAMES


def _is_words(block: ParsedBlock) -> bool:
    return isinstance(block, ParsedParagraph) and not (block.images or block.number)


def _text(cell: Cell) -> str:
    return "".join(block.text for block in cell.content if isinstance(block, ParsedParagraph))


def _joined(parts: Sequence[ParsedParagraph], between: TextRun = _SPACE) -> ParsedParagraph:
    """Return paragraphs as one, with a run between them."""
    runs = [run for part in parts for run in (between, *part.text_runs)][1:]
    marks = [mark for part in parts for mark in part.bookmarks]
    return msgspec.structs.replace(parts[0], text_runs=runs, bookmarks=marks)
