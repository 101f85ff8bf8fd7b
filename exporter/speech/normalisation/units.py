"""Units of measurement after a number (5 km, 30 °C, 100 km/h), and coordinates (48°51′N)."""

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


def read_coordinates(text: str, lexicon: Lexicon) -> str:
    """Read degrees, minutes and seconds, and the direction."""
    table = lexicon.coordinates
    directions = alternatives(tuple(table.directions))
    if not directions:
        return text

    def read(match: re.Match[str]) -> str:
        *figures, direction = match.groups()
        parts = [
            count(number.lstrip("0") or "0", forms, lexicon.language)
            for number, forms in zip(figures, (table.degrees, table.minutes, table.seconds), strict=True)
            if number
        ]
        return f"{table.joint.join(parts)} {table.directions[direction]}"

    degrees, minutes = r"(\d{1,3}(?:[.,]\d+)?)\s?°\s?", r"(?:(\d{1,2}(?:[.,]\d+)?)\s?[′’']\s?)?"
    seconds = r"(?:(\d{1,2}(?:[.,]\d+)?)\s?(?:[″”\"]|′′|’’|'')\s?)?"
    return re.sub(rf"(?<![\w.,]){degrees}{minutes}{seconds}({directions})(?!\w)", read, text)
