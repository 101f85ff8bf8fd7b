"""Scripts whose letters may be several glyphs, or share one."""

from __future__ import annotations

import re
import unicodedata

LATIN = {"Ι": "I", "Ϊ": "Ï", "Ῐ": "Ĭ", "Ῑ": "Ī", "І": "I", "Ї": "Ï"}
"""Greek and Cyrillic letters that a variant of the Latin letter draws as well: the I with serifs of the large print."""
_TWO_SIGNS = frozenset("\u0e33\u0eb3")
"""Vowels of Thai and Lao that fonts draw as two signs, one of them above the letter."""
_INDIC = re.compile("[\u0900-\u0dff\u0f00-\u109f]")
"""Devanagari to Sinhala, and Tibetan and Myanmar, where fonts draw even a letter without signs in two pieces: ई."""


def is_shaped(text: str) -> bool:
    """Return whether a text is read from right to left, or its letters have signs or several glyphs."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in {"R", "AL"}
        or _INDIC.match(letter)
        or unicodedata.category(letter) in {"Mn", "Mc"}
        or letter in _TWO_SIGNS
        for letter in text
    )


def may_be_composed(text: str) -> bool:
    """Return whether a text has letters that several glyphs may draw, or one glyph together with others.

    Several draw a letter and its signs, if only as one character.

    Every face has the letters of Latin-1 and Latin Extended-A as glyphs of their own.
    """
    return is_shaped(text) or any(
        letter in LATIN or (letter > "\u017f" and unicodedata.decomposition(letter)[:1] not in {"", "<"})
        for letter in text
    )


def is_mirrored(text: str, direction: str) -> bool:
    """Return whether a text in a direction (CSS) has brackets that are drawn with the glyphs of their counterparts."""
    return direction == "rtl" and any(map(unicodedata.mirrored, text))
