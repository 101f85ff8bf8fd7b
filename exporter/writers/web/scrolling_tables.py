"""Least widths of tables on screens, estimated from their words.

A table that scrolls needs keyboard focus (WCAG 2.1.1), one that fits should not be a Tab stop. The page has no script
and no attribute depends on the window, but its style sheet does: an invisible element has no focus, while its visible
children are shown. So the class of a wrapper names the width in which its table fits, and a container query makes the
wrapper invisible there.
"""

from __future__ import annotations

import math
import re

from exporter.model import Image, Math, MathBlock, Table
from exporter.model.table_grid import PlacedCell, place_cells
from exporter.model.walk import plain_text, walk
from exporter.writers.markup.tables import numeric_columns

COLUMN = 39
"""Width in rem of the column of text, from which a table breaks out."""
WIDEST = 62
"""Width in rem from which a table is taken to scroll on every screen."""
_NARROW, _SLENDER, _BROAD = frozenset("ijlI.,:;'’|!()[]-"), frozenset("frt/"), frozenset("mwMWƜЖШЩЮЫжшщюыѠ%@—")
_PADDING = 1.25
"""Of a cell, in rem."""
_LONGEST = 30
"""Letters of a word from which it breaks anywhere (`markup.tables`)."""
_FITS = re.compile(r" fits-(\d+)")
# Scripts without spaces, whose lines break between letters.
_BREAKS = re.compile(r"[\s\u0E00-\u0EFF\u2E80-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]+")


def classes(table: Table) -> tuple[str, ...]:
    """Return the classes of the wrapper of a table: where it fits, and whether it is wider than the text."""
    width = _least_width(table)
    return (*(["wide"] if width > COLUMN else []), *([f"fits-{math.ceil(width)}"] if width <= WIDEST else []))


def rules(page: str) -> str:
    """Return the style rules for the wrappers of a page, by which each is invisible where its table fits."""
    widths = sorted(set(map(int, _FITS.findall(page))))
    return "".join(f"@container (min-width:{width}rem){{.fits-{width}{{visibility:hidden}}}}\n" for width in widths)


def _least_width(table: Table) -> float:
    """Return an upper estimate in rem of the width below which a table overflows; infinite if it has images."""
    lines = place_cells(table.groups)
    if any(isinstance(node, Image | Math | MathBlock | Table) for row in table.groups for node in walk(row)):
        return math.inf
    numbers = numeric_columns(lines)
    columns: dict[int, float] = {}
    for line in lines:
        for placed in line:
            share = _cell_width(placed, is_number=placed.column in numbers) / placed.columns
            for column in range(placed.column, placed.column + placed.columns):
                columns[column] = max(columns.get(column, 0), share)
    return sum(columns.values())


def _cell_width(placed: PlacedCell, *, is_number: bool) -> float:
    text = plain_text(placed.cell)
    # Numbers stay on one line.
    words = [text] if is_number and placed.columns == 1 else _BREAKS.split(text)
    return max(sum(map(_letter_width, word[:_LONGEST])) for word in words) + _PADDING


def _letter_width(letter: str) -> float:
    """Return the width of a letter in rem, at most a fifth too great in the fonts of the default theme."""
    if letter in _NARROW:
        return 0.3
    if letter in _SLENDER:
        return 0.37
    if letter in _BROAD:
        return 0.85
    # Arabic is set larger (`--scale` of the theme).
    return 0.62 if letter.isupper() or "\u0600" <= letter <= "\u08ff" else 0.53
