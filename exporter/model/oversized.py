"""Tables, lists and publications with more parts than any edition could be read by, or laid out in little memory."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from typing import NamedTuple

from exporter.model.block import (
    Cell,
    CodeBlock,
    DefinitionList,
    List,
    ListItem,
    MathBlock,
    Paragraph,
    Section,
    Table,
)
from exporter.model.inline import Code, Emphasis, Image, Link, Math, Strong, Text
from exporter.model.node import Node
from exporter.model.publication import Note, Publication
from exporter.model.walk import walk

MAX_ROWS = 5_000
"""Rows of a table, which are about 130 pages."""
MAX_COLUMNS = 1_000
"""Columns of a table; the widest known has 40, and a page about 30."""
MAX_CELLS = 30_000
"""Cells of a table; each takes about 25 KB of memory while pages are laid out."""
MAX_ITEMS = 15_000
"""Items of a list, or terms and definitions; an index of 1,500 pages has about 6,000."""
MAX_CHARACTERS = 100_000
"""Characters of a text without emphasis or links, such as a paragraph; the longest known has 8,000."""
MAX_FORMULA = 100_000
"""Characters of the MathML of a formula; the largest known has 9,000."""
MAX_HEADINGS = 7_500
"""Headings; 1,500 pages have about 550."""
_NOTES = 2_500
_CHARACTERS_PER_NOTE = 150
"""Each note takes time of its own on a page of a PDF, about 7 ms. So there may be more of them the longer the text is:
1,500 pages have 3,000, one for each 1,500 characters, and a tenth of the text for each is allowed."""
_SECONDS: dict[type[Node], tuple[str, float]] = {
    Section: ("headings", 0.005),
    Paragraph: ("paragraphs", 0.0015),
    Table: ("tables", 0.004),
    Cell: ("cells", 0.000_5),
    ListItem: ("list items", 0.000_5),
    Note: ("notes", 0.004_5),
    Math: ("formulas", 0.009),
    MathBlock: ("formulas", 0.009),
    Image: ("images", 0.002),
    Link: ("links", 0.001),
    Emphasis: ("passages with emphasis", 0.000_5),
    Strong: ("passages with emphasis", 0.000_5),
}
"""What laying out each part takes beside its text, measured in long PDF files."""
_LEAST_SECONDS = 30.0
_SECONDS_PER_CHARACTER = 0.000_2
"""1,500 pages take a twentieth of that."""
_WIDE = re.compile("[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDE_CHARACTERS = 3
"""Characters that one of Chinese, Japanese or Korean is worth."""
_TAG = re.compile("<[^>]*>")
_SPLIT = "Split it into several publications."


class Oversized(NamedTuple):
    """A node that has, or is, too many parts."""

    node: Node
    """The node itself, or that with which the publication has too many."""
    message: str
    advice: str


def find_oversized(publication: Publication) -> Oversized | None:
    """Return the first node that has or is too many, or None if there is none."""
    headings = characters = 0
    counts: Counter[type[Node]] = Counter()
    for node in walk(publication):
        counts[type(node)] += 1
        match node:
            case Table() if _is_oversized(node):
                message = (
                    f"This table has more than {MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns or {MAX_CELLS:,} cells, too "
                    "many to be read."
                )
                advice = "Offer it as a spreadsheet beside the publication, and write a summary here."
                return Oversized(node, message, advice)
            case List() if len(node.items) > MAX_ITEMS:
                return Oversized(node, f"This list has more than {MAX_ITEMS:,} items.", "Divide it by headings.")
            case DefinitionList() if sum(len(item.terms) + len(item.definitions) for item in node.items) > MAX_ITEMS:
                message = f"This list has more than {MAX_ITEMS:,} terms and definitions."
                return Oversized(node, message, "Divide it by headings.")
            case Cell() if len(node.children) == 1 and isinstance(node.children[0], Paragraph):
                counts[Paragraph] -= 1  # a cell with its paragraph counts once
            case Code() | CodeBlock():
                characters += _weigh(node.text)
            case Text():
                characters += _weigh(node.text)
                if len(node.text) > MAX_CHARACTERS:
                    message = f"This paragraph has more than {MAX_CHARACTERS:,} characters."
                    return Oversized(node, message, "Divide it into paragraphs.")
            case Math() | MathBlock() if len(node.mathml) > MAX_FORMULA:
                message = f"This formula has more than {MAX_FORMULA:,} characters of MathML."
                return Oversized(node, message, "Divide it into several formulas.")
            case Math() | MathBlock():
                characters += _weigh(node.tex or _TAG.sub("", node.mathml))
            case Section():
                headings += 1
                if headings > MAX_HEADINGS:
                    return Oversized(node, f"The manuscript has more than {MAX_HEADINGS:,} headings.", _SPLIT)
    if len(publication.notes) > (most := most_notes(characters)):
        message = f"The manuscript has more than {most:,} notes, the limit for the length of its text."
        return Oversized(publication.notes[most], message, _SPLIT)
    return _find_slow(publication, counts, characters)


def _find_slow(publication: Publication, counts: Counter[type[Node]], characters: int) -> Oversized | None:
    """Return the first of the parts that would take longest to lay out if all of them take too long for their text."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for kind, (name, duration) in _SECONDS.items():
        seconds[name] += counts[kind] * duration
    if sum(seconds.values()) <= _LEAST_SECONDS + characters * _SECONDS_PER_CHARACTER:
        return None
    slowest = max(seconds, key=seconds.__getitem__)
    kinds = tuple(kind for kind, (name, _) in _SECONDS.items() if name == slowest)
    first = next(node for node in walk(publication) if isinstance(node, kinds))
    count = sum(counts[kind] for kind in kinds)
    return Oversized(first, f"The manuscript has {count:,} {slowest}, too many for so little text.", _SPLIT)


def most_notes(characters: int) -> int:
    """Return how many notes a publication may have whose text, with its notes, has so many characters."""
    return _NOTES + characters // _CHARACTERS_PER_NOTE


def _weigh(text: str) -> int:
    """Return how many characters of an alphabet a text is worth."""
    return len(text) + (0 if text.isascii() else (_WIDE_CHARACTERS - 1) * len(_WIDE.findall(text)))


def _is_oversized(table: Table) -> bool:
    rows = [*table.head, *chain(*table.bodies), *table.foot]
    is_wide = len(table.columns) > MAX_COLUMNS
    return is_wide or len(rows) > MAX_ROWS or sum(len(row.cells) for row in rows) > MAX_CELLS
