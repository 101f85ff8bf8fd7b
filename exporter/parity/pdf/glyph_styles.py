"""Styles of text on a page, by its fonts and base lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from exporter.parity.content import letters

_ITALIC = re.compile("italic|oblique", re.IGNORECASE)
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
_LAST_LATIN = "\u024f"
"""Other scripts have no italics, and their fonts not always another weight."""
_SMALLER = 0.9
_LINE = 0.9
"""Share of the size of text by which a line above or below is away at least."""
STATED = frozenset({"emphasis", "strong", "superscript", "subscript"})


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
    runs: list[tuple[str, str]] = []
    line: float | None = next((piece.y for piece in pieces if _is_base(piece, base)), None)
    for piece in pieces:
        if _is_base(piece, base):
            line = piece.y
        styles = _font_styles(piece) | _font_styles(base)
        shift = (piece.y - line) if piece.y is not None and line is not None else 0.0
        if piece.size < base.size * _SMALLER and abs(shift) < base.size * _LINE:
            if shift > base.size * 0.1:
                styles |= {"superscript"}
            elif shift < -base.size * 0.03:
                styles |= {"subscript"}
        runs.append((" ".join(sorted(styles)), piece.text))
    return tuple(runs)


def _base(pieces: Sequence[Piece]) -> Piece:
    """Return the font and the size of most of the text."""
    counts: Counter[tuple[str, float]] = Counter()
    for piece in pieces:
        if piece.y is not None:
            counts[piece.font, round(piece.size, 1)] += len(letters(piece.text))
    ((font, size), _) = counts.most_common(1)[0] if counts else (("", 0.0), 0)
    return Piece("", font, size)


def _is_base(piece: Piece, base: Piece) -> bool:
    return piece.y is not None and bool(letters(piece.text)) and round(piece.size, 1) >= base.size * _SMALLER


def _font_styles(piece: Piece) -> set[str]:
    if not piece.font or any(character > _LAST_LATIN for character in piece.text):
        return {"emphasis", "strong"} if piece.text else set()
    styles = {"emphasis"} if _ITALIC.search(piece.font) else set()
    return styles | {"strong"} if _BOLD.search(piece.font) else styles
