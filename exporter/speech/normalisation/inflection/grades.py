"""Ordinals that are written as cardinals before a noun in the genitive: начало 21 века, 5 созыва, ученик 2 класса."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman
from exporter.speech.normalisation.inflection.number_words import declined_ordinal
from exporter.speech.normalisation.patterns import alternatives

_CENTURIES = re.compile(r"(?<![\w.,/–-])(1?\d|2[01])(\s?[–—-]\s?)(1?\d|2[01])(?=\sвв\.)")
"""Two centuries in figures: 19–20 вв."""


def read_grades(text: str, lexicon: Lexicon) -> str:
    """Read numbers before a noun that would have another form if it were counted, 5 созыва, or after some nouns."""
    table = lexicon.declension
    if not table.graded:
        return text

    def read(match: re.Match[str]) -> str:
        before, number, noun = match.groups()
        ending = table.graded[noun]
        is_few = re.search(r"(?<!1)[2-4]$", number) and ending in ("ого", "ой")  # 2 класса may be two of them
        if is_few and not re.match(alternatives(table.before_graded), before or "", re.IGNORECASE):
            return match.group()
        return f"{before or ''}{declined_ordinal(int(number), ending, lexicon)} {noun}"

    text = _CENTURIES.sub(lambda match: f"{roman(int(match[1]))}{match[2]}{roman(int(match[3]))}", text)
    nouns = alternatives(table.graded)
    return re.sub(rf"((?<!\w)[^\W\d]+\s)?(?<![\w.,/–-])(\d{{1,2}})\s({nouns})(?!\w)", read, text)
