"""Words in capitals: spelt out, or read as a Roman number or as a word."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman
from exporter.speech.normalisation.patterns import alternatives

_CAPITALS = re.compile(r"(?<![\w.@/])([^\W\d_a-z]{2,6})([’']?s)?(?![\w@])")
_ROMAN = re.compile(r"[IVX]{2,}")
_VOWELS = frozenset("AEIOUYÁÉÍÓÚÀÈÊÜÂÔÃÕАЕЁИОУЫЭЮЯ")


def read_initialisms(text: str, lexicon: Lexicon) -> str:
    """Read words in capitals; a text entirely in capitals is not changed."""
    if not lexicon.spell or not any(char.islower() for char in text):
        return text

    def read(match: re.Match[str]) -> str:
        word, plural = match.group(1), match.group(2) or ""
        if not word.isupper():
            return match.group()
        if word in lexicon.as_words:
            return word.capitalize() + plural
        if _ROMAN.fullmatch(word) and roman(number := roman_value(word)) == word:
            return str(number)
        if len(word) > 4 and _is_pronounceable(word):
            return match.group()
        return spell_out(word, lexicon) + ("’s" if plural else "")

    return _CAPITALS.sub(read, _numerals(text, lexicon))


def spell_out(word: str, lexicon: Lexicon) -> str:
    """Return a word letter by letter."""
    return " ".join(lexicon.letters.get(letter, letter) for letter in word)


def _numerals(text: str, lexicon: Lexicon) -> str:
    """Read single letters as Roman numbers after certain words: Part I, Article V."""
    before = alternatives(tuple(lexicon.before_roman))
    if not before:
        return text
    single = rf"(?<!\w)({before})(\s)([IVX])(?![\w.’'-]|\s[a-z]\))"
    return re.sub(single, lambda match: f"{match.group(1)}{match.group(2)}{roman_value(match.group(3))}", text)


def _is_pronounceable(word: str) -> bool:
    """Return whether a word has vowels and never more than two consonants in a row."""
    run = 0
    for letter in word:
        run = 0 if letter in _VOWELS else run + 1
        if run > 2:
            return False
    return any(letter in _VOWELS for letter in word)


def roman_value(numeral: str) -> int:
    """Return the value of a Roman number in I, V and X."""
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for position, letter in enumerate(numeral):
        value = values[letter]
        total += -value if position + 1 < len(numeral) and values[numeral[position + 1]] > value else value
    return total
