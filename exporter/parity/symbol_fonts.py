"""Fonts whose glyphs for letters are other signs."""

from __future__ import annotations

_OF_SYMBOLS = ("wingdings", "webdings", "symbol", "zapf", "dingbats", "mt extra")


def is_of_symbols(font: str) -> bool:
    """Return whether a font has signs in the place of letters."""
    return font.strip(" \"'").lower().startswith(_OF_SYMBOLS)
