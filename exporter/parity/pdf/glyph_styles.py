"""Styles of text on a page, by its fonts and base lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from exporter.parity.content import POSITIONS, letters

_ITALIC = re.compile("italic|oblique", re.IGNORECASE)
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
_WITH_ITALICS = re.compile("Source|Atkinson", re.IGNORECASE)
"""Fonts in which emphasis is always seen, by italics or bold; others, as for Hebrew, have no italics."""
_LAST_LATIN = "\u024f"
"""Other scripts have no italics, and their fonts not always another weight."""
_SMALLER = 0.9
_LINE = 0.9
"""Share of the size of text by which a line above or below is away at least."""
STATED = frozenset({"emphasis", "strong", *POSITIONS})


class Piece(NamedTuple):
    """Text that begins with a glyph whose place and font are known."""

    text: str
    font: str = ""
    size: float = 0.0
    y: float | None = None


def styles_of(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Return runs of text with the styles that it has beside most of the text of the item.

    Where most of it is bold or italic, all of it counts as such: more cannot be seen there.
    """
    base = _base(pieces)
    fonts = {piece.font for piece in pieces if letters(piece.text)}
    runs: list[tuple[str, str]] = []
    lines = [piece.y for piece in pieces if piece.y is not None and _is_base(piece, base)]
    line: float | None = next(iter(lines), None)
    shifts = (abs(first - second) for first, second in pairwise(lines))
    # Raised text of full size, as in large print, is not told from the text around it.
    unseen = POSITIONS if any(base.size * 0.03 < shift < base.size * _LINE for shift in shifts) else frozenset()
    for piece in pieces:
        if _is_base(piece, base):
            line = piece.y
        styles = _font_styles(piece) | _font_styles(base) | unseen
        shift = (piece.y - line) if piece.y is not None and line is not None else 0.0
        is_smaller = piece.size < base.size * _SMALLER
        if is_smaller and base.size * 0.1 < shift < base.size * _LINE:
            styles |= {"superscript"}
        elif is_smaller and base.size * 0.03 < -shift < base.size * _LINE:
            styles |= {"subscript"}
        elif (
            (is_smaller and abs(shift) >= base.size * _LINE)
            or (len(fonts) > 1 and _is_other_script(piece))
            or ("Code" in piece.font and "Code" not in base.font)
        ):
            styles |= POSITIONS  # not seen on a line of its own, nor where the type of code or another script is larger
        runs.append((" ".join(sorted(styles)), piece.text))
    return tuple(runs)


def _base(pieces: Sequence[Piece]) -> Piece:
    """Return the font and the size of most of the text of full size."""
    counts: Counter[tuple[str, float]] = Counter()
    largest = max((piece.size for piece in pieces if piece.y is not None and letters(piece.text)), default=0.0)
    for piece in pieces:
        if piece.y is not None and piece.size >= largest * _SMALLER:
            counts[piece.font, round(piece.size, 1)] += len(letters(piece.text))
    ((font, size), _) = counts.most_common(1)[0] if counts else (("", 0.0), 0)
    return Piece("", font, size)


def _is_base(piece: Piece, base: Piece) -> bool:
    return piece.y is not None and bool(letters(piece.text)) and round(piece.size, 1) >= base.size * _SMALLER


def _is_other_script(piece: Piece) -> bool:
    return any(character > _LAST_LATIN for character in piece.text)


def _font_styles(piece: Piece) -> set[str]:
    if not piece.font or _is_other_script(piece):
        return {"emphasis", "strong"} if piece.text else set()
    if _BOLD.search(piece.font):
        return {"emphasis", "strong"}  # large print and bold titles have no italics
    return {"emphasis"} if _ITALIC.search(piece.font) or not _WITH_ITALICS.search(piece.font) else set()
