"""Styles of text on a page, by its fonts and base lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from exporter.inspect.pdf.fonts import Font
from exporter.parity.content import NESTED, POSITIONS, letters

_LAST_LATIN = "\u024f"
"""Other scripts have no italics, and their fonts not always another weight."""
_SMALLER = 0.9
_LINE = 0.9
"""Share of the size of text by which a line above or below is away at least."""
_LARGE_PRINT = 18.0
"""Points below which nothing is in large print, raised text neither."""
_LEADING = (1.35, 1.6)
"""Shares of the size of text by which lines of large print are apart."""
STATED = frozenset({"emphasis", "strong", NESTED, *POSITIONS})


class Piece(NamedTuple):
    """Text that begins with a glyph whose place and font are known."""

    text: str
    font: Font | None = None
    size: float = 0.0
    y: float | None = None
    is_code: bool = False


def styles_of(pieces: Sequence[Piece], italics: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return runs of text with the styles that it has beside most of the text of the item.

    Where most of it is bold or italic, all of it counts as such: more cannot be seen there.

    Args:
        pieces: The text, as it is drawn.
        italics: Font families that the file has in italics.
    """
    base = _base(pieces)
    if any(map(_is_other_script, pieces)):
        italics = ()  # such scripts are emphasised by bold, with the Latin letters and digits among them
    fonts = {piece.font for piece in pieces if letters(piece.text)}
    runs: list[tuple[str, str]] = []
    full = (piece for piece in pieces if piece.text.strip() and round(piece.size, 1) >= base.size * _SMALLER)
    lines = [piece.y for piece in full if piece.y is not None]
    # Raised text of full size, as in large print, is not told from the text around it.
    unseen = POSITIONS if any(_is_raised(first - second, base) for first, second in pairwise(lines)) else frozenset()
    for piece, shift in zip(pieces, _shifts(pieces, base), strict=True):
        styles = _font_styles(piece, italics) | _font_styles(base) | unseen
        is_smaller = piece.size < base.size * _SMALLER
        if is_smaller and base.size * 0.1 < shift < base.size * _LINE:
            styles |= {"superscript"}
        elif is_smaller and base.size * 0.03 < -shift < base.size * _LINE:
            styles |= {"subscript"}
        elif (
            piece.y is None
            or (is_smaller and abs(shift) >= base.size * _LINE)
            or (len(fonts) > 1 and _is_other_script(piece))
            or (piece.is_code and not base.is_code)
        ):
            styles |= POSITIONS  # not seen on a line of its own, nor where the type of code or another script is larger
        runs.append((" ".join(sorted(styles)), piece.text))
    return tuple(runs)


def _is_raised(step: float, base: Piece) -> bool:
    """Return whether text of full size is on another base line than that before it, or on one of its own."""
    is_large_print = base.size * _SMALLER <= _LARGE_PRINT <= base.size
    least, most = _LEADING if is_large_print else (_LINE, math.inf)
    return abs(step) > base.size * 0.03 and not base.size * least <= abs(step) <= base.size * most


def _shifts(pieces: Sequence[Piece], base: Piece) -> list[float]:
    """Return the points by which each piece is above the nearest line of text of full size before or after it."""
    own = [piece.y if _is_base(piece, base) else None for piece in pieces]
    before, after = _filled(own), reversed(_filled(reversed(own)))
    return [
        min((piece.y - line for line in lines if piece.y is not None and line is not None), key=abs, default=0.0)
        for piece, *lines in zip(pieces, before, after, strict=True)
    ]


def _filled(numbers: Iterable[float | None]) -> list[float | None]:
    """Return numbers with each that is missing replaced by the one before it."""
    filled: list[float | None] = []
    for number in numbers:
        filled.append(filled[-1] if number is None and filled else number)
    return filled


def _base(pieces: Sequence[Piece]) -> Piece:
    """Return the font and the size of most of the text of full size."""
    counts: Counter[Piece] = Counter()
    largest = max((piece.size for piece in pieces if piece.y is not None and letters(piece.text)), default=0.0)
    for piece in pieces:
        if piece.y is not None and piece.size >= largest * _SMALLER:
            key = Piece("", piece.font, round(piece.size, 1), is_code=piece.is_code)
            counts[key] += len(letters(piece.text))
    return max(counts, key=lambda key: counts[key], default=Piece(""))


def _is_base(piece: Piece, base: Piece) -> bool:
    return piece.y is not None and bool(letters(piece.text)) and round(piece.size, 1) >= base.size * _SMALLER


def _is_other_script(piece: Piece) -> bool:
    return max(piece.text, default="") > _LAST_LATIN


def _font_styles(piece: Piece, italics: Collection[str] = ()) -> set[str]:
    """Return the emphasis that a font shows, or both kinds where it cannot show any."""
    if piece.font is None or _is_other_script(piece):
        return {"emphasis", "strong"} if piece.text else set()
    family = piece.font.family
    # Large print has no italics, and its emphasis is bold.
    is_emphasis = piece.font.is_italic or (piece.font.is_bold and family not in italics) or not _has_italics(family)
    shown = {"emphasis": is_emphasis, "strong": piece.font.is_bold}
    return {style for style, is_shown in shown.items() if is_shown}


@cache
def _has_italics(family: str) -> bool:
    """Return whether the package of a font family has italics; no, for families without a package."""
    import fontpkg

    try:
        return "italic" in fontpkg.family(family).styles
    except fontpkg.FamilyNotInstalled:
        return False
