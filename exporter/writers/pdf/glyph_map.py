"""The characters of the glyphs of a font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

_UNSEEN = (0x200D, 0x200C, 0x200F, 0x200E, 0x034F, 0x200B, 0x0020)
"""Characters whose glyphs may be empty, the best first. Some fonts draw joiners, for their authors."""
_LOOK_ALIKES = {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2206": "\u0394", "\u02bb": "\u2018", "\u02bc": "\u2019"}
"""Characters that fonts draw like others, which are more often meant."""


_SUBSTITUTES = (0xFFFD, 0x25A1, 0x003F)
"""Substitutes for a character that no font has, the best first."""


class Glyph(NamedTuple):
    """A glyph of a character."""

    id: int
    character: str


class Face(NamedTuple):
    """The glyphs of a font file."""

    glyphs: dict[str, int]
    """By character."""
    characters: dict[int, str]
    """By glyph: the first that it draws."""
    unseen: Glyph | None
    """One that leaves no ink."""
    substitute: Glyph | None
    """One for characters without a glyph."""


def face(font: Any) -> Face:
    """Return what is known of the file of WeasyPrint's `Font`, before it is cut down to what is used."""
    return _face(font.file_content, font.index)


def settle(fonts: Iterable[Any]) -> None:
    """Map a glyph of several characters to the one that is most often meant, not to the first.

    A no-break space is found as a space, a hyphen at the end of a line as a hyphen.
    """
    for font in fonts:
        for glyph, text in font.to_unicode.items():
            other = _LOOK_ALIKES.get(text) or unicodedata.normalize("NFKC", text)
            if len(text) == 1 and other != text and face(font).glyphs.get(other) == glyph:
                font.to_unicode[glyph] = other


@cache
def _face(data: bytes, index: int) -> Face:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), fontNumber=index, lazy=True) as font:
        codes = font.getBestCmap() or {}
        glyphs = {chr(code): font.getGlyphID(name) for code, name in codes.items()}
        characters: dict[int, str] = {}
        for character, glyph in glyphs.items():
            characters.setdefault(glyph, character)
        outlines = font.getGlyphSet()

        def leaves_no_ink(code: int) -> bool:
            ink = BoundsPen(outlines)
            outlines[codes[code]].draw(ink)
            return ink.bounds is None

        def first(candidates: Iterable[int]) -> Glyph | None:
            code = next((code for code in candidates if code in codes), None)
            return Glyph(glyphs[chr(code)], chr(code)) if code is not None else None

        empty = first(code for code in _UNSEEN if code in codes and leaves_no_ink(code))
        return Face(glyphs, characters, empty, first(_SUBSTITUTES))
