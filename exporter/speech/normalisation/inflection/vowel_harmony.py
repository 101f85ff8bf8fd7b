"""Suffixes after an apostrophe, in a language with vowel harmony: 2026'da, %40'ı, 100 TL'ye, SGK'ya.

In patterns of suffixes, as linguists write them, A is a low vowel and I a high one, and D is t after a voiceless
consonant.
"""

from __future__ import annotations

import re

from exporter.lexicon import Harmony, Lexicon
from exporter.speech.normalisation.inflection.agreement import cardinal_words
from exporter.speech.normalisation.numbers.ordinals import ordinal

_SUFFIXED = re.compile(r"(?<![\w’'])(\w+)([’'])([^\W\d_]+)(?!\w)")


def attach_suffixes(text: str, lexicon: Lexicon) -> str:
    """Write numbers with a suffix in words, and let a suffix follow the words that a short form is read as."""
    table = lexicon.harmony
    if not table.high:
        return text
    forms = (*lexicon.words.values(), *lexicon.units.values(), *lexicon.currencies.values())
    read_as = {form.split()[-1] for form in forms}

    def read(match: re.Match[str]) -> str:
        stem, apostrophe, suffix = match.groups()
        if stem.isdecimal() and len(stem) < 10:
            if ending := re.match(table.ordinal, suffix):
                return ordinal(int(stem), lexicon) + suffix[ending.end() :]
            *before, last = cardinal_words(int(stem), lexicon.agreement)
            return " ".join((*before, _join(last, "", suffix, table)))
        if stem in table.back_letters and re.match(r"\w?[aıou]", suffix):
            return f"{table.back_letters[stem]}{apostrophe}{suffix}"
        return _join(stem, apostrophe, suffix, table) if stem in read_as else match.group()

    return _SUFFIXED.sub(read, text)


def _join(stem: str, apostrophe: str, suffix: str, table: Harmony) -> str:
    """Return a word with a suffix in the form that follows its last sound."""
    pattern = "".join(
        "A" if char in table.low.values() else "I" if char in table.high.values() else char for char in suffix
    )
    pattern = re.sub("^(n?)[dt](?=[AI])", r"\1D", pattern)
    after_consonant, after_vowel, after_possessive = table.suffixes.get(pattern, "||").split("|")
    if stem.casefold() in table.possessed:
        pattern = after_possessive or pattern
        if pattern.startswith("-"):
            stem, pattern = table.possessed[stem.casefold()], pattern[1:]
    else:
        pattern = (after_vowel if stem[-1] in table.high else after_consonant) or pattern
    if pattern[0] in "AI":
        stem = table.before_vowels.get(stem, stem)
    joined = stem
    for char in pattern:
        vowel = next((letter for letter in reversed(joined) if letter in table.high), "")
        if char == "D":
            joined += "t" if joined[-1] in table.voiceless else "d"
        else:
            joined += {"A": table.low, "I": table.high}.get(char, {}).get(vowel, char.lower())
    return f"{stem}{apostrophe}{joined[len(stem) :]}"
