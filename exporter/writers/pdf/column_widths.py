"""Widths of table columns, in letters, estimated before WeasyPrint measures them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from typing import get_args

from exporter.model import Inline, Node, Table
from exporter.model.table_grid import PlacedCell, place_cells
from exporter.model.walk import children, plain_text

LETTER = 0.52
"""Mean width of a letter in the widths of its body."""
DIGIT = 0.5
"""Width of a digit, of which tables with many columns are made."""
PADDING = 1.8
"""Letters that the white on both sides of a cell takes."""
LEADING = 1.4
"""Height of a line by the size of its type."""
BETWEEN = 0.7
"""Lines that the white between two rows takes."""
TIGHT = 1.1
"""The same in a table with many columns."""
COMFORT = 14
"""Letters that a cell of running words should hold on a line."""
BRIEF = 24
"""Letters up to which a cell is better on one line: a date, a name, "not met"."""
_POINTS_PER_MILLIMETRE = 72 / 25.4
_FIRST_WIDE = "\u1100"
"""Characters before it are not wide (Unicode Standard Annex 11)."""
_WIDE = frozenset({"W", "F"})
_EXTRA = 0.4
"""How much wider capitals, m, w and letters that are not Latin are than others, in letters."""
_FIRST_NOT_LATIN = "\u0370"
_BOLD = 1.06
"""How much wider bold letters are."""
_WIDE_LETTERS = 2
"""Letters that a character of Chinese, Japanese or Korean takes, which lines may end before and after."""


def letters_in(measure: float, text_size: float, letter: float = LETTER) -> float:
    """Return the number of letters on a line of `measure` millimetres in type of `text_size` points."""
    return measure * _POINTS_PER_MILLIMETRE / (text_size * letter)


def lines(height: float, text_size: float) -> float:
    """Return the number of lines in `height` millimetres in type of `text_size` points."""
    return height * _POINTS_PER_MILLIMETRE / (text_size * LEADING)


def letters(text: str) -> int:
    """Return the width of a text in letters."""
    return (
        len(text) + (_WIDE_LETTERS - 1) * sum(map(_is_wide, text))
        if max(text, default="") >= _FIRST_WIDE
        else len(text)
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


def _parts(text: str) -> list[str]:
    """Return the parts of a text that a line cannot break."""
    if max(text, default="") < _FIRST_WIDE:
        return text.split()
    return "".join(f" {character} " if _is_wide(character) else character for character in text).split()


def need(lines: list[list[PlacedCell]], padding: float = PADDING, comfort: int = COMFORT) -> float:
    """Return the number of letters that a table needs on a line, so that no word breaks and no column is a thread."""
    return sum(width + padding for width in _wanted(lines, comfort, padding).values())


def words(lines: list[list[PlacedCell]], padding: float = PADDING) -> float:
    """Return the number of letters without which words of a table break; of long ones, as addresses are, a part."""
    return need(lines, padding, comfort=0)


def keeps_words(lines: list[list[PlacedCell]], capacity: float) -> bool:
    """Return whether `capacity` letters surely hold the words of a table with many columns, in any script and bold."""
    widths = _wanted(lines, comfort=0, padding=TIGHT, measure=_wide_letters).values()
    return sum(width + TIGHT for width in widths) <= capacity


def _wide_letters(text: str) -> float:
    extra = sum(letter.isupper() + (letter in "mw" or letter >= _FIRST_NOT_LATIN) for letter in text)
    return _BOLD * (letters(text) + _EXTRA * extra)


def brief(lines: list[list[PlacedCell]], capacity: float) -> frozenset[int]:
    """Return the columns whose cells are so short that they stay on one line, as far as `capacity` letters allow."""
    longest: dict[int, int] = {}
    for line in lines:
        for placed in line:
            length = letters(plain_text(placed.cell))
            if placed.cell.colspan == 1 and (placed.group or length <= COMFORT):
                longest[placed.column] = max(longest.get(placed.column, 0), length)
    wanted = _wanted(lines)
    chosen = {column: length for column, length in longest.items() if 0 < length <= BRIEF}
    # The dearest goes first: it gains most from a second line.
    for column in sorted(chosen, key=lambda column: wanted[column] - chosen[column]):
        needed = (max(width, chosen.get(column, 0)) + PADDING for column, width in wanted.items())
        if sum(needed) <= capacity:
            break
        del chosen[column]
    return frozenset(chosen)


def height(lines: list[list[PlacedCell]], capacity: float) -> float:
    """Return about how many lines of type the rows of a table take, the white between them included."""
    wanted = {column: width + PADDING for column, width in _wanted(lines).items()}
    share = max(1.0, capacity / max(1.0, sum(wanted.values())))
    total = 0.0
    for line in lines:
        deep = 1
        for placed in line:
            columns = range(placed.column, placed.column + placed.cell.colspan)
            width = max(4.0, sum(wanted[column] for column in columns) * share - PADDING)
            deep = max(deep, _lines(placed.cell, width))
        total += deep + BETWEEN
    return total


def _lines(node: Node, width: float) -> int:
    """Return about how many lines of so many letters the paragraphs of a cell take."""
    blocks = [child for child in children(node) if not isinstance(child, get_args(Inline))]
    if blocks:
        return sum(_lines(block, width) for block in blocks)
    return math.ceil(letters(plain_text(node)) / width)


def _wanted(
    lines: list[list[PlacedCell]],
    comfort: int = COMFORT,
    padding: float = PADDING,
    measure: Callable[[str], float] = letters,
) -> dict[int, float]:
    columns: dict[int, float] = {}
    for line in lines:
        for placed in line:
            words = plain_text(placed.cell)
            longest = max((measure(part[:BRIEF]) for part in _parts(words)), default=0)
            # A table in the cell is a grid like the table around it, or both are told row by row.
            inner = max(
                (need(place_cells(table.groups), padding, comfort) for table in _tables(placed.cell)), default=0
            )
            width = max(longest, min(letters(words), comfort), inner) / placed.cell.colspan
            for column in range(placed.column, placed.column + placed.cell.colspan):
                columns[column] = max(columns.get(column, 0), width)
    return columns


def _tables(node: Node) -> Iterator[Table]:
    """Yield the tables inside a node, but not those inside of them."""
    for child in children(node):
        if isinstance(child, Table):
            yield child
        elif not isinstance(child, get_args(Inline)):
            yield from _tables(child)
