"""Coordinates: 48°51′N."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, count


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
