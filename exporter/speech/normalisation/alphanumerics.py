"""Names of capitals and figures: CO2, PM2.5, G20."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.initialisms import is_pronounceable, spell_out

_NAME = re.compile(r"(?<![\w.@/#-])(?:[A-Z]{1,4}\d{1,4}){1,4}(?:(?<=\d)[.,]\d+)?[A-Z]{0,2}(?![\w/]|-\d)")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def read_alphanumerics(text: str, lexicon: Lexicon) -> str:
    """Read the letters of such a name one by one, unless they are read as a word: COP26."""
    text = re.sub(r"(?<=[A-Za-z])[₀-₉]+", lambda match: match.group().translate(_LOWERED), text)
    if not lexicon.spell:
        return text

    def read(match: re.Match[str]) -> str:
        letters = re.match("[A-Z]+", match.group())
        if (
            letters
            and letters.end() > 3
            and letters.group() not in lexicon.as_words
            and is_pronounceable(letters.group())
        ):
            return match.group()
        parts = re.findall(r"[A-Z]+|\d+(?:[.,]\d+)?", match.group())
        return " ".join(_letters(part, lexicon) if part.isalpha() else part for part in parts)

    return _NAME.sub(read, text)


def _letters(part: str, lexicon: Lexicon) -> str:
    return part.capitalize() if part in lexicon.as_words else spell_out(part, lexicon)
