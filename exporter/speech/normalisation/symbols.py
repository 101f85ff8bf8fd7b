"""Signs by their names, for what holds nothing else to say: most voices make no sound of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from exporter.lexicon import Lexicon


def signs(text: str, lexicon: Lexicon) -> str:
    """Name every sign of a text that has no words; empty where the language has no names.

    Args:
        text: As the eye reads it.
        lexicon: Its `signs` come first, then those of addresses and of running text.
    """
    return ", ".join(_names("".join(text.split()), lexicon)) if lexicon.signs else ""


def _names(text: str, lexicon: Lexicon) -> Iterator[str]:
    # A row of one sign that has no name is named once: nobody counts what nobody knows.
    for char, row in groupby(text):
        name = next((table[char] for table in (lexicon.signs, lexicon.url, lexicon.symbols) if char in table), "")
        yield from (name for _ in row) if name else (lexicon.signs["other"],)
