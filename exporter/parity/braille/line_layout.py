"""Layout of a braille file: what its lines show by where they begin (BANA Braille Formats 2016, 1, 4, 7, 8).

Headings of the first level are in the middle, those of the second begin in cell 5, lower ones in cell 7; paragraphs
begin in cell 3 and go on in cell 1; items of lists begin in cell 1 and go on in cell 3. A line goes on as long as the
next word fits. The title is at the top of all pages but the first of a volume; there is never more than one empty line.

Only what is found without doubt is compared: words in the language of the publication, without emphasis, links and
notes, with which one line alone begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from exporter.braille import files, liblouis
from exporter.braille.files import NamedFile
from exporter.braille.liblouis import SPACE
from exporter.findings import Finding, quoted
from exporter.model import LineBlock, Publication, Source
from exporter.model.walk import headings, walk
from exporter.parity.braille.cells import plain_text, undivided
from exporter.parity.content import ContentItem
from exporter.parity.rules import KINDS, PAGES, TITLE, unexpected

_DASHES = "⠤" * 5
_BOX_TOP, _BOX_BOTTOM = "⠶", "⠛"
_RULE = 6
"""Cells from which a line of equal ones is the edge of a box."""
_ENOUGH, _KNOWN = 12, 18
"""Cells by which a line may be known, and of which no more are needed."""
_SIGN = 6
"""Cells of the number or sign of an item."""
_PARAGRAPH, _ITEM = (2, 0), (0, 2)
"""Empty cells before the first line and the others."""
_HEADINGS = (4, 6)
"""Before headings of the second level, and of lower ones."""


class _Block(NamedTuple):
    text: str
    first: int | None
    """Empty cells before it; None for the middle of the line."""
    others: int
    after_sign: bool
    """Whether the number or sign of an item is before it."""
    source: Source | None


def check(publication: Publication, items: Sequence[ContentItem], path: Path) -> Iterator[Finding]:
    """Yield what readers with the fingers on the page meet elsewhere than the edition promises; as warnings."""
    named = files.read_name(path.name)
    if named is not None:
        pages = files.read_pages(path)
        heads = _heads(pages, named) if publication.metadata.title else ()
        for finding in (*heads, *_empty_lines(pages), *_boxes(pages)):
            yield unexpected(finding)
        lines = [line for page in pages if not _is_preliminary(page) for line in (*page[1:-1], "")]
        for finding in _starts(publication, items, lines, named):
            yield unexpected(finding)


def _is_preliminary(page: Sequence[str]) -> bool:
    return page[-1].strip(SPACE).startswith(files.PRELIMINARY)


def _heads(pages: Sequence[Sequence[str]], named: NamedFile) -> Iterator[Finding]:
    """Yield the pages whose first line is not the beginning of the title, as it is on the title page."""
    title = "".join(line.replace(SPACE, "") for line in pages[0][1:-1])
    for number, page in enumerate(pages, 1):
        begins = _is_preliminary(page) and (number == 1 or not _is_preliminary(pages[number - 2]))
        # The number of a page of print is at the end of the line.
        head = page[0].strip(SPACE).partition(SPACE * 3)[0]
        words = head.replace(SPACE, "").removesuffix(named.code.continuation)
        if begins and head:
            yield TITLE.finding(f"The title page (page {number} of the file) has a running head.")
        elif not begins and not title.startswith(words):
            yield TITLE.finding(f"Page {number} of the file has another running head.")
    without = [number for number, page in enumerate(pages, 1) if not page[0] and not _is_preliminary(page)]
    if without and any(page[0] for page in pages):
        yield TITLE.finding(f"Page {without[0]} of the file has no running head.")


def _empty_lines(pages: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Yield pages with an empty line at the top of the text, or two of them in it."""
    for number, page in enumerate(pages, 1):
        text = list(page[1:-1])
        while text and not text[-1]:
            text.pop()
        if text and not text[0]:
            yield PAGES.finding(f"The text of page {number} of the file begins with an empty line.")
        if any(not first and not second for first, second in pairwise(text)):
            yield PAGES.finding(f"Page {number} of the file has several empty lines in its text.")


def _boxes(pages: Sequence[Sequence[str]]) -> Iterator[Finding]:
    edges = [line.strip(SPACE) for page in pages for line in page[1:-1]]
    tops, bottoms = (
        sum(len(line) >= _RULE and set(line) == {edge} for line in edges) for edge in (_BOX_TOP, _BOX_BOTTOM)
    )
    if tops != bottoms:
        yield KINDS.finding(f"{tops} boxes begin, and {bottoms} end.")


def _starts(
    publication: Publication, items: Sequence[ContentItem], lines: Sequence[str], named: NamedFile
) -> Iterator[Finding]:
    """Yield the blocks that begin in another cell, or whose lines end too early."""
    table = named.code.table(named.grade)
    for block in _blocks(publication, items, table):
        if not all(liblouis.is_defined(table, character) for character in set(block.text)):
            continue
        words = liblouis.translate(table, block.text).split(SPACE)
        width = named.cells - (6 if block.first is None else block.first)
        beginning = _first_line(words, width)
        if len(beginning) < _ENOUGH:
            continue
        positions = [index for index, line in enumerate(lines) if beginning in line]
        if len(positions) != 1:
            continue
        line = lines[positions[0]]
        start = line.strip(SPACE)
        if block.after_sign:
            start = start.partition(SPACE)[2]
        if not start.startswith(beginning):
            continue
        indent = len(line) - len(line.lstrip(SPACE))
        expected = (named.cells - len(line.strip(SPACE))) // 2 if block.first is None else block.first
        if indent != expected:
            message = f"{quoted(block.text)} begins in cell {indent + 1}; expected {expected + 1}."
            yield KINDS.finding(message, block.source)
        elif block.first is not None:
            yield from _others(block, words, lines[positions[0] :], named.cells)


def _blocks(publication: Publication, items: Sequence[ContentItem], table: str) -> Iterator[_Block]:
    language = publication.metadata.language
    levels = {heading.section.at.source: heading.level for heading in headings(publication)}
    verse = {node.at.source for node in walk(publication) if isinstance(node, LineBlock) and node.at.source}
    for item in undivided(publication, items):
        text = plain_text(item, language, table)
        # Lines of verse keep the spaces that they begin with.
        if not text or item.source in verse:
            continue
        level = levels.get(item.source) if item.kind == "heading" and item.source is not None else None
        if level is not None:
            first = None if level == 1 else _HEADINGS[min(level, 3) - 2]
            yield _Block(text, first, first or 0, False, item.source)
        elif item.kind == "paragraph" and not item.path:
            yield _Block(text, *_PARAGRAPH, False, item.source)
        elif item.kind == "paragraph" and len(item.path) == 2 and item.path[0].startswith("list"):
            yield _Block(text, *_ITEM, True, item.source)


def _first_line(words: Sequence[str], width: int) -> str:
    """Return the first words, as many as are in the first line without doubt, also behind the sign of an item."""
    line = ""
    for word in words:
        if len(line) >= _KNOWN or len(line) + 1 + len(word) > width - _SIGN:
            break
        line = f"{line}{SPACE}{word}" if line else word
    return line


def _others(block: _Block, words: Sequence[str], lines: Sequence[str], width: int) -> Iterator[Finding]:
    """Yield whether a line of a block begins in another cell than its others, or ends before it is full."""
    remaining = list(words)
    for index, (line, following) in enumerate(pairwise((*lines, ""))):
        if line.startswith(_DASHES) or (not line and index):
            continue
        own = line.strip(SPACE).split(SPACE)[1 if block.after_sign and index == 0 else 0 :]
        if own != remaining[: len(own)]:
            return
        indent = len(line) - len(line.lstrip(SPACE))
        if index and indent != block.others:
            message = f"A line of {quoted(block.text)} begins in cell {indent + 1}; expected {block.others + 1}."
            yield KINDS.finding(message, block.source)
            return
        remaining = remaining[len(own) :]
        # A page of print may begin after any word, also with a page of braille.
        may_end = not following or following.startswith(_DASHES)
        if remaining and not may_end and len(line) + 1 + len(remaining[0]) <= width:
            yield KINDS.finding(f"A line of {quoted(block.text)} ends before it is full.", block.source)
            return
        if not remaining:
            return
