"""Adjectives with a number in them and decades, as others write them: 54-х летний, 1,5-часовая, в 1920–1930-х."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.inflection.number_words import compound, declined_ordinal

_SHARE = re.compile(r"(?<=\d)\s?%-(?=н[а-яё]{1,3}(?!\w))")
"""The sign in an adjective: 50%-ный."""
_HALF = re.compile(r"(?<![\w.,/–-])(\d{1,2}),5-(?=[а-яё]{3,}(?!\w))")
_DECADES = re.compile(r"(?<![\w.,/–-])((?:1\d|20)?\d0)(?:-[ех])?\s?[–—-]\s?((?:1\d|20)?\d0)-([ех])(?!\w)")
_THOUSANDS_APART = re.compile(r"(?<![\w.,])([1-9]\d{0,2})[\s\u00a0](?=000-[а-яёіїєґ]{3})")
"""Thousands before an adjective: 230 000-кратный."""
_GLUED = re.compile(r"(?<=[а-яё][а-яё][а-яё])(?=\d{2,}-[а-яё]{1,2}\s)")
"""Where the space before an ordinal is missing: своем3945-м заседании."""
_YEARS_OLD = re.compile(
    r"(?<![\w.,/–-])(\d{1,3})(?:-?(?:ти|ми|и|х|го)[\s-](летн[а-яё]{2,4}|лети[еяю])"
    r"|(?<![^1]1)\s(летн(?:ий|яя|его|ей|ему|юю|им)|лети[еяю]))(?!\w)"
)
"""An age in two words: 54-х летний, 35 летняя."""


def join_parts(text: str, lexicon: Lexicon) -> str:
    """Return a text with such adjectives as one word, and the halves and decades in words."""
    text = _THOUSANDS_APART.sub(r"\1", _GLUED.sub(" ", _SHARE.sub("-процент", text)))
    if lexicon.declension.half:
        text = _HALF.sub(lambda match: _read_half(int(match[1]), lexicon), text)
    text = _DECADES.sub(lambda match: _read_decades(match, lexicon), text)
    return _YEARS_OLD.sub(lambda match: f"{match[1]}-{match[2] or match[3]}", text)


def _read_half(number: int, lexicon: Lexicon) -> str:
    """Return five tenths in the first part of an adjective: 1,5-часовая, 2,5-летний."""
    table = lexicon.declension
    return f"{compound(number, table)} {table.half} " if number > 1 else table.one_and_a_half


def _read_decades(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the decades between two: в 1920–1930-х годах."""
    first, last, suffix = match.groups()
    table = lexicon.declension
    ending = table.tens_suffixes.get(suffix) or table.suffixes[suffix]
    return f" {lexicon.range_word} ".join(declined_ordinal(int(year), ending, lexicon) for year in (first, last))
