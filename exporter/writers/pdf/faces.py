"""What the glyphs of a typeface stand for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

_UNSEEN = (0x200D, 0x200C, 0x200F, 0x200E, 0x034F, 0x200B, 0x0020)
"""Characters whose glyphs may be empty, the fittest first. Some faces draw joiners, so that their authors see them."""
_TWINS = {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2206": "\u0394", "\u02bb": "\u2018", "\u02bc": "\u2019"}
"""Characters that faces draw like others, which are more often meant."""


class Unseen(NamedTuple):
    """A glyph that leaves no ink."""

    id: int
    character: str
    width: int
    """Thousandths of the em."""


class Face(NamedTuple):
    """What a font file says of its glyphs."""

    glyphs: dict[str, int]
    """By character."""
    characters: dict[int, str]
    """By glyph: the first that it draws."""
    unseen: Unseen | None


def face(font: Any) -> Face:
    """Give what is known of the file of WeasyPrint's `Font`, before it is cut down to what is used."""
    return _face(font.file_content, font.index)


def unseen(font: Any) -> int | None:
    """Give an empty glyph, made ready for use; None when there is none."""
    empty = face(font).unseen
    if empty is None:
        return None
    font.to_unicode.setdefault(empty.id, empty.character)
    font.widths.setdefault(empty.id, empty.width)
    return empty.id


def settle(fonts: Iterable[Any]) -> None:
    """Let a glyph that draws several characters stand for the one that is most often meant, not the first that came.

    A no-break space is a space for whoever searches the text, a hyphen at the end of a line a hyphen.
    """
    for font in fonts:
        for glyph, text in font.to_unicode.items():
            other = _TWINS.get(text) or unicodedata.normalize("NFKC", text)
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
        outlines, empty = font.getGlyphSet(), None
        for code in _UNSEEN:
            if code in codes and empty is None:
                outline, ink = outlines[codes[code]], BoundsPen(outlines)
                outline.draw(ink)
                if ink.bounds is None:
                    width = round(outline.width * 1000 / font["head"].unitsPerEm)
                    empty = Unseen(glyphs[chr(code)], chr(code), width)
        return Face(glyphs, characters, empty)
