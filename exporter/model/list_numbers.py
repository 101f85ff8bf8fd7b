"""Numbers and letters of list items, and the values of Roman numbers."""

from __future__ import annotations

from exporter.model.block import List, ListItem, ListStyle, Paragraph
from exporter.model.inline import Text

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_VALUES = {letters: value for value, letters in _ROMAN if len(letters) == 1}


SIGNS = frozenset("☐☑☒✓✔✗✘")
"""Boxes and ticks that may be in the place of a bullet."""


def marker(block: List, index: int) -> str:
    """Return the number of the item at `index`, from 0, with its punctuation; empty for bullets."""
    number = item_number(block, index)
    return block.delimiter.around(number) if number else ""


def sign_of(item: ListItem) -> str:
    """Return the box or tick that an item begins with, which is shown in the place of its bullet; empty if none."""
    match item.children:
        case (Paragraph(children=(Text(text), *_)), *_) if text[:1] in SIGNS:
            return text[0]
    return ""


def item_number(block: List, index: int) -> str:
    """Return the number or letter of the item at `index`, from 0; empty for bullets."""
    number = block.start + index
    match block.style:
        case ListStyle.BULLET:
            return ""
        case ListStyle.DECIMAL:
            return str(number)
        case ListStyle.LOWER_ALPHA:
            return alphabetic(number)
        case ListStyle.UPPER_ALPHA:
            return alphabetic(number).upper()
        case ListStyle.LOWER_ROMAN:
            return roman(number).lower()
        case ListStyle.UPPER_ROMAN:
            return roman(number)


def alphabetic(number: int) -> str:
    """Return a number in letters: 1 as a, 26 as z, 27 as aa; numbers below 1 as they are."""
    letters = ""
    if number < 1:
        return str(number)
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def roman(number: int) -> str:
    """Return a Roman numeral: 4 as IV; numbers without one as they are."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out


def roman_value(numeral: str) -> int:
    """Return the value of a Roman number; 0 if it is not written as Roman numbers are."""
    values = [_VALUES.get(letter, 0) for letter in numeral.upper()]
    total = sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if 0 < total < 4000 and roman(total) == numeral.upper() else 0
