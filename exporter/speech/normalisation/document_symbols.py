"""Document symbols, as used by the United Nations and others: A/HRC/52/30/Add.1."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman
from exporter.speech.normalisation.initialisms import roman_value, spell_out

_SYMBOL = re.compile(
    r"(?<![\w/.@])([A-Z]{1,6}(?:/(?:[A-Z]{1,4}\.\d+|[A-Z]{1,6}|[A-Z][a-z]{2,5}\.\d+|\d+)){2,})(?![\w/@])"
)
_PART = re.compile(r"[A-Za-z]+|\d+")


def read_document_symbols(text: str, lexicon: Lexicon) -> str:
    """Read document symbols part by part: letters one by one, numbers as numbers."""
    if not lexicon.spell:
        return text

    def read(match: re.Match[str]) -> str:
        return ", ".join(_part(part, lexicon) for part in match.group(1).split("/"))

    return _SYMBOL.sub(read, text)


def _part(part: str, lexicon: Lexicon) -> str:
    words = []
    for piece in _PART.findall(part):
        if piece in lexicon.documents:
            words.append(lexicon.documents[piece])
        elif piece.isdigit():
            words.append(str(int(piece)))
        elif len(piece) > 1 and set(piece) <= set("IVX") and roman(roman_value(piece)) == piece:
            words.append(str(roman_value(piece)))
        else:
            words.append(spell_out(piece, lexicon) if piece.isupper() else piece)
    return " ".join(words)
