"""Document symbols, as used by the United Nations and others: A/HRC/52/30/Add.1."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.initialisms import spell_out
from exporter.speech.normalisation.ordinals import roman_value

_SYMBOL_PART = r"(?:[A-Z]{1,6}[.-]\d+|[A-Z]{1,6}|[A-Z][a-z]{2,5}\.[A-Z\d]+|\d+)"
_SYMBOL = re.compile(rf"(?<![\w/.@])([A-Z]{{1,6}}(?:(?:/{_SYMBOL_PART}){{2,}}|/(?:[A-Z]{{1,6}}\.)?\d+))(?![\w/@])")
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
        elif piece in lexicon.as_words:
            words.append(piece.capitalize())
        elif len(piece) > 1 and set(piece) <= set("IVX") and roman_value(piece):
            words.append(str(roman_value(piece)))
        else:
            words.append(spell_out(piece, lexicon) if piece.isupper() else piece)
    return " ".join(words)
