"""Fonts whose glyphs for letters are other signs."""

from __future__ import annotations

_OF_SYMBOLS = frozenset(
    {"marlett", "mt extra", "symbol", "symbolmt", "webdings", "wingdings", "wingdings 2", "wingdings 3"}
)


def is_of_symbols(font: str) -> bool:
    """Return whether a font has signs in the place of letters."""
    family = font.strip(" \"'").lower()
    return family in _OF_SYMBOLS or "dingbats" in family
