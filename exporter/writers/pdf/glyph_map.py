"""The characters of the glyphs of a font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from exporter.writers.pdf.complex_scripts import LATIN

_UNSEEN = (0x200D, 0x200C, 0x200F, 0x200E, 0x034F, 0x200B, 0x0020)
"""Characters whose glyphs may be empty, the best first. Some fonts draw joiners, for their authors."""
_LOOK_ALIKES = {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2206": "\u0394", "\u02bb": "\u2018", "\u02bc": "\u2019"}
"""Characters that fonts draw like others, which are more often meant."""
_FORMS = frozenset({*range(0x2E80, 0x2FE0), *range(0xFB00, 0xFE00), *range(0xFE70, 0xFF00)})
"""Characters that are forms of others, which texts rarely have (Unicode, radicals and presentation forms)."""
_LATIN = frozenset(LATIN.values())
_LONGEST_CHAIN = 4
"""How often a glyph may be replaced, one after the other: taken apart, joined, made narrower."""
_LONGEST_TEXT = 32
"""Characters of a glyph; a phrase that Arabic fonts have as one has 18."""
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
    texts: dict[int, str]
    """By glyph: what it stands for by itself, the same in all documents."""
    unseen: Glyph | None
    """One that leaves no ink."""
    substitute: Glyph | None
    """One for characters without a glyph."""

    def text_of(self, glyph: int, text: str) -> str:
        """Return what a glyph stands for by itself, where it is one of those that draw a text."""
        is_own = self.glyphs.get(text) == glyph and ord(text) not in _FORMS
        return text if is_own else self.texts.get(glyph, text)


def face(font: Any) -> Face:
    """Return what is known of the file of WeasyPrint's `Font`, before it is cut down to what is used."""
    return _face(font.file_content, font.index)


def settle(fonts: Iterable[Any]) -> None:
    """Map a glyph of several characters to the one that is most often meant, not to the first."""
    for font in fonts:
        for glyph, text in font.to_unicode.items():
            font.to_unicode[glyph] = most_often_meant(text, glyph, font)


def most_often_meant(text: str, glyph: int, font: Any) -> str:
    """Return the character that is most often meant by the glyph of a text: a space by that of a no-break space."""
    other = _LOOK_ALIKES.get(text) or unicodedata.normalize("NFKC", text)
    return other if len(text) == 1 and other != text and face(font).glyphs.get(other) == glyph else text


@cache
def _face(data: bytes, index: int) -> Face:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), fontNumber=index, lazy=True) as font:
        codes: dict[int, str] = font.getBestCmap() or {}
        glyphs = {chr(code): font.getGlyphID(name) for code, name in codes.items()}
        outlines = font.getGlyphSet()

        def leaves_no_ink(code: int) -> bool:
            ink = BoundsPen(outlines)
            outlines[codes[code]].draw(ink)
            return ink.bounds is None

        def first(candidates: Iterable[int]) -> Glyph | None:
            code = next((code for code in candidates if code in codes), None)
            return Glyph(glyphs[chr(code)], chr(code)) if code is not None else None

        empty = first(code for code in _UNSEEN if code in codes and leaves_no_ink(code))
        return Face(glyphs, _texts(font, codes), empty, first(_SUBSTITUTES))


def _texts(font: Any, codes: dict[int, str]) -> dict[int, str]:
    """Return what each glyph stands for: its character, or that of which the font says that it draws it."""
    own: dict[str, str] = {}
    for code in sorted(codes, key=lambda code: (code in _FORMS, code)):
        character = chr(code)
        own.setdefault(codes[code], unicodedata.normalize("NFKC", character) if code in _FORMS else character)
    texts = dict(own)
    try:
        substitutions = list(_substitutions(font))
    except Exception:  # fontTools raises errors of many types for a damaged table, which HarfBuzz ignores
        substitutions = []
    for _ in range(_LONGEST_CHAIN):
        for old, new in substitutions:
            # Of several glyphs, the letter is the first; the others are its dots and signs.
            text = "".join(texts.get(glyph, "") for glyph in old)
            # The Latin I with serifs also draws letters of other scripts, and may have a character of its own.
            is_open = new[0] not in own or text in _LATIN
            if text and len(text) <= _LONGEST_TEXT and is_open and text < texts.get(new[0], "\U0010ffff"):
                texts[new[0]] = text
            for glyph in new[1:]:
                texts.setdefault(glyph, "")
    return {font.getGlyphID(name): text for name, text in texts.items()}


def _substitutions(font: Any) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the glyphs that a font replaces, and what with (OpenType, GSUB)."""
    table = font["GSUB"].table if "GSUB" in font else None
    for lookup in table.LookupList.Lookup if table and table.LookupList else ():
        for extended in lookup.SubTable:
            subtable = getattr(extended, "ExtSubTable", extended)
            match subtable.LookupType:
                case 1:
                    yield from (((old,), (new,)) for old, new in subtable.mapping.items())
                case 2:
                    yield from (((old,), new) for old, new in subtable.mapping.items() if new)
                case 3:
                    yield from (((old,), (new,)) for old, every in subtable.alternates.items() for new in every)
                case 4:
                    for first, ligatures in subtable.ligatures.items():
                        yield from (((first, *ligature.Component), (ligature.LigGlyph,)) for ligature in ligatures)
