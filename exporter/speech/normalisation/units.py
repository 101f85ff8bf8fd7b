"""Units of measure after a number: 5 km, 30 °C, 100 km/h."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import NUMBER, alternatives, counted


def units(text: str, lexicon: Lexicon) -> str:
    """Read the sign of a unit after a number, in the number that goes with it."""
    signs = alternatives(tuple(lexicon.units))
    if not signs:
        return text

    def read(match: re.Match[str]) -> str:
        return f"{match.group(1)} {counted(lexicon.units[match.group(2)], match.group(1), lexicon.language)}"

    return re.sub(rf"(?<![\w.,])({NUMBER})[\s\u00a0\u202f]?({signs})(?![\w/²³-])", read, text)
