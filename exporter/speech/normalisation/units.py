"""Units of measurement after a number: 5 km, 30 °C, 100 km/h."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviations import sentence_end
from exporter.speech.normalisation.patterns import NUMBER, alternatives, count


def read_units(text: str, lexicon: Lexicon) -> str:
    """Read unit symbols after a number, in the singular or plural."""
    symbols = alternatives(tuple(lexicon.units))
    if not symbols:
        return text

    def read(match: re.Match[str]) -> str:
        number, symbol = match.groups()
        return count(number, lexicon.units[symbol], lexicon.language) + sentence_end(match)

    return re.sub(rf"(?<![\w.,])({NUMBER})[\s\u00a0\u202f]?({symbols})(?![\w/²³-])", read, text)
