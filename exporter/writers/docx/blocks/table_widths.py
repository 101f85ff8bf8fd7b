"""Widths of table columns, in twentieths of a point: no word breaks as long as the words of all columns fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.model import Cell, Code, Column, Text
from exporter.model.walk import plain_text, walk

PADDING = 192
"""Total left and right cell margins of the table style."""
TIGHT_PADDING = 96
"""The same in a table whose words would not fit otherwise."""
SIZE = 19
"""Size of table text, in half points."""
_SIZES = (18, 17, 16, 15, 14)
"""Smaller sizes, for tables whose words would not fit otherwise."""
_CHARACTER = 122
"""Width of a letter of table text in the widest fonts that replace that of the theme."""
_OWN_CHARACTER = 105
"""The same in the font of the theme."""
_CODE_CHARACTER = 126
"""The same in a cell with code."""
_WIDE, _NARROW = frozenset("mwMW@%"), frozenset("ijlI.,:;'’!|()[]")
"""Characters of one and a half and of three fifths of a letter."""
_CAPITAL = 1.12
"""Width of a capital, relative to a letter."""
_BOLD = 1.1
"""Width of bold letters, relative to others."""
_MIN_WIDTH = 700
_LONGEST = 24
"""Letters of a word above which it may break."""
_SHORT = 12
"""Letters of a number with its unit, such as "12.5 %", that stay on one line."""
_BREAKS = re.compile(r"[ \t\n\u200b]+")
"""Where lines end; not at the no-break spaces of numbers."""
_DIGIT = re.compile(r"^.{,23}\d.{,24}$")
"""A number, not an address with digits in it."""


class _Need(NamedTuple):
    """The letters of the text of a column."""

    word: float = 0
    """Of its longest word."""
    number: float = 0
    """Of its longest number."""
    text: float = 0
    """Of its longest cell, up to 90."""
    code: float = 0
    """Of its longest word of code."""

    def width(self, character: float, padding: float, size: int) -> float:
        """Return the width in which no word breaks."""
        letters = max(self.word * character, self.code * _CODE_CHARACTER) * size / SIZE
        return max(_MIN_WIDTH * size / SIZE, letters + padding)


class Fit(NamedTuple):
    """Widths of columns, and the type in which their words fit."""

    widths: list[int]
    size: int
    """In half points."""
    padding: int
    """Total left and right cell margins."""


def fit(cells: Iterable[tuple[int, Cell]], columns: Sequence[Column], available: int) -> Fit:
    """Return the width of each column, and smaller type if their words do not fit in that of other tables.

    They are as requested, or in proportion to their texts; both only as far as no word breaks. Where the words of all
    columns are too long together, numbers are the last to break.

    Args:
        cells: The cells of one column, each with its column.
        columns: The columns, with the widths that the manuscript requests.
        available: Width of the table.
    """
    needs = [_Need()] * len(columns)
    for column, cell in cells:
        needs[column] = _Need(*map(max, needs[column], _need(cell)))
    attempts = [(SIZE, PADDING, _CHARACTER), (SIZE, TIGHT_PADDING, _CHARACTER)]
    attempts += [(size, TIGHT_PADDING, _CHARACTER) for size in _SIZES]
    attempts.append((_SIZES[-1], TIGHT_PADDING, _OWN_CHARACTER))
    for size, padding, character in attempts:
        minimum = [need.width(character, padding, size) for need in needs]
        if sum(minimum) <= available:
            break
    else:
        minimum = _with_broken_words(needs, minimum, available)
    widths = [round(width) for width in _at_least(minimum, _wanted(needs, columns, available), available)]
    widths[-1] = max(widths[-1] + available - sum(widths), 1)
    return Fit(widths, size, padding)


def _need(cell: Cell) -> _Need:
    text = plain_text(cell)
    # The plain text has no no-break spaces, a node only a part of a word.
    texts = (text, *(node.text for node in walk(cell) if isinstance(node, Text)))
    words = [word if _DIGIT.search(word) else word[:_LONGEST] for text in texts for word in _BREAKS.split(text)]
    if len(text) <= _SHORT and _DIGIT.search(text):
        words.append(text)
    weight = _BOLD if cell.scope else 1
    longest = max(map(_letters, words)) * weight
    number = max((_letters(word) for word in words if _DIGIT.search(word)), default=0) * weight
    code = max((len(word) for node in walk(cell) if isinstance(node, Code) for word in node.text.split()), default=0)
    return _Need(longest, number, min(len(text), 90), code)


def _letters(word: str) -> float:
    """Return the width of a word in letters of average width."""
    return sum(
        1.5 if letter in _WIDE else 0.6 if letter in _NARROW else _CAPITAL if letter.isupper() else 1 for letter in word
    )


def _wanted(needs: Sequence[_Need], columns: Sequence[Column], available: int) -> list[float]:
    """Return the widths that are requested; columns without one share the rest in proportion to their texts."""
    texts = [max(need.text * _OWN_CHARACTER + PADDING, _MIN_WIDTH) for need in needs]
    requested = sum(column.width or 0 for column in columns)
    flexible = [text for text, column in zip(texts, columns, strict=True) if not column.width]
    rest = max(1 - requested, 0.05 * len(flexible)) if requested else 1
    shares = [column.width or rest * text / sum(flexible) for text, column in zip(texts, columns, strict=True)]
    return [share / sum(shares) * available for share in shares]


def _at_least(minimum: Sequence[float], wanted: Sequence[float], available: int) -> list[float]:
    """Return the wanted widths, those below their minimum raised to it at the cost of the others."""
    raised = {column for column, width in enumerate(wanted) if width < minimum[column]}
    while True:
        free = available - sum(minimum[column] for column in raised)
        total = sum(width for column, width in enumerate(wanted) if column not in raised)
        scaled = [minimum[column] if column in raised else width * free / total for column, width in enumerate(wanted)]
        # Columns that the others have made too narrow.
        lowered = {column for column, width in enumerate(scaled) if width < minimum[column] - 0.5} - raised
        if not lowered:
            return scaled
        raised |= lowered


def _with_broken_words(needs: Sequence[_Need], minimum: Sequence[float], available: int) -> list[float]:
    """Return widths for columns whose words are too long together: numbers stay whole if they fit."""
    character = _OWN_CHARACTER * _SIZES[-1] / SIZE
    numbers = [need.number * character + TIGHT_PADDING if need.number else 0 for need in needs]
    spare = available - sum(numbers)
    missing = [width - number for width, number in zip(minimum, numbers, strict=True)]
    if spare <= 0 or not sum(missing):
        return [width / sum(minimum) * available for width in minimum]
    return [number + spare * more / sum(missing) for number, more in zip(numbers, missing, strict=True)]
