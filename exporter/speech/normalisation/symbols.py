"""Names of symbols, for texts without words, of which most voices make no sound."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from exporter.lexicon import Lexicon

_OFTEN = 4


def name_symbols(text: str, lexicon: Lexicon) -> str:
    """Return the name of every symbol in a text without words; empty if the language has no names.

    Args:
        text: As it is written.
        lexicon: With names in `signs`, in this order before those for addresses and for running text.
    """
    return ", ".join(_names("".join(text.split()), lexicon)) if lexicon.signs else ""


def _names(text: str, lexicon: Lexicon) -> Iterator[str]:
    # A symbol that is repeated often, or has no name, is read once.
    for char, row in groupby(text):
        name = next((table[char] for table in (lexicon.signs, lexicon.url, lexicon.symbols) if char in table), "")
        count = len(list(row))
        yield from [name] * (count if count < _OFTEN else 1) if name else [lexicon.signs["other"]]
