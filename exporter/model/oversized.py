"""Tables, lists and publications with more parts than any edition could be read by, or laid out in little memory."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from exporter.model.block import DefinitionList, List, MathBlock, Section, Table
from exporter.model.inline import Math, Text
from exporter.model.node import Node
from exporter.model.publication import Publication
from exporter.model.walk import walk

MAX_ROWS = 5_000
"""Rows of a table, which are about 130 pages."""
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
    for node in walk(publication):
        match node:
            case Table() if _is_oversized(node):
                return Oversized(
                    node,
                    f"This table has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells, too many to be read.",
                    "Offer it as a spreadsheet beside the publication, and write a summary here.",
                )
            case List() if len(node.items) > MAX_ITEMS:
                return Oversized(node, f"This list has more than {MAX_ITEMS:,} items.", "Divide it by headings.")
            case DefinitionList() if sum(len(item.terms) + len(item.definitions) for item in node.items) > MAX_ITEMS:
                message = f"This list has more than {MAX_ITEMS:,} terms and definitions."
                return Oversized(node, message, "Divide it by headings.")
            case Text():
                characters += len(node.text)
                if len(node.text) > MAX_CHARACTERS:
                    message = f"This paragraph has more than {MAX_CHARACTERS:,} characters."
                    return Oversized(node, message, "Divide it into paragraphs.")
            case Math() | MathBlock() if len(node.mathml) > MAX_FORMULA:
                message = f"This formula has more than {MAX_FORMULA:,} characters of MathML."
                return Oversized(node, message, "Divide it into several formulas.")
            case Section():
                headings += 1
                if headings > MAX_HEADINGS:
                    return Oversized(node, f"The manuscript has more than {MAX_HEADINGS:,} headings.", _SPLIT)
    if len(publication.notes) > (most := most_notes(characters)):
        message = f"The manuscript has more than {most:,} notes, the limit for the length of its text."
        return Oversized(publication.notes[most], message, _SPLIT)
    return None


def most_notes(characters: int) -> int:
    """Return how many notes a publication may have whose text, with its notes, has so many characters."""
    return _NOTES + characters // _CHARACTERS_PER_NOTE


def _is_oversized(table: Table) -> bool:
    rows = [*table.head, *chain(*table.bodies), *table.foot]
    return len(rows) > MAX_ROWS or sum(len(row.cells) for row in rows) > MAX_CELLS
