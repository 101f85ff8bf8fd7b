"""Numbers in words, in a case and gender, for the languages that decline them."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.lexicon import Declension, Lexicon
from exporter.speech.normalisation.numbers.ordinals import ordinal
from exporter.speech.normalisation.patterns import inflect

NOMINATIVE, GENITIVE, DATIVE, INSTRUMENTAL, LOCATIVE = range(5)
LARGEST = 999_999
_OTHER_NOUNS = frozenset({"население", "населения", "поколение", "отделение"})
"""Nouns that look like those of actions."""


def cardinal(number: int, lexicon: Lexicon, case: int = NOMINATIVE, gender: str = "m") -> str:
    """Return a cardinal in words."""
    table = lexicon.declension
    words = []
    thousands, number = divmod(number, 1000)
    if thousands:
        words += [cardinal(thousands, lexicon, case, "f")] if thousands > 1 else []
        words.append(inflect(table.thousand[case], str(thousands), lexicon.language))
    while number or not words:
        key = max((int(key) for key in table.cardinals if key.isdigit() and int(key) <= number), default=0)
        forms = table.cardinals.get(f"{key}{gender}") or table.cardinals[str(key)]
        words.append(forms.split("|")[case])
        number -= key
        if not number:
            break
    return " ".join(words)


def declined_ordinal(number: int, ending: str, lexicon: Lexicon) -> str:
    """Return an ordinal in words with another ending than its own, of two letters."""
    table = lexicon.declension
    thousands, rest = divmod(number, 1000)
    if thousands > 1 and table.cardinals and number <= LARGEST and str(number) not in lexicon.ordinals.words:
        if rest:
            return f"{cardinal(number - rest, lexicon)} {declined_ordinal(rest, ending, lexicon)}"
        last = f"{compound(thousands, table)}{ordinal(1000, lexicon)}"
        return f"{last[:-2]}{ending}" if ending else last
    *words, last = ordinal(number, lexicon).split()
    if not ending:
        return " ".join((*words, last))
    stem = table.soft.get(last)
    return " ".join((*words, f"{stem}{table.soft[ending]}" if stem else f"{last[:-2]}{ending}"))


def compound(number: int, table: Declension) -> str:
    """Return a number as the first part of a word."""
    thousands, number = divmod(number, 1000)
    parts = (
        [f"{compound(thousands, table) if thousands > 1 else ''}{table.compounds.get('1000', '')}"] if thousands else []
    )
    while number:
        key = max(int(key) for key in table.cardinals if key.isdigit() and int(key) <= number)
        parts.append(table.compounds.get(str(key)) or table.cardinals[str(key)].split("|")[GENITIVE])
        number -= key
    return "".join(parts)


def declined_unit(forms: tuple[str, str, str], number: int, case: int) -> str:
    """Return a unit after a number that is declined: до пяти метров, к пяти квадратным метрам, к двадцати одному часу.

    Args:
        forms: That after one, and the genitives of the singular and of the plural.
        number: That before the unit.
        case: Of both. Empty if the form for it is not known.
    """
    counted, singular, plural = forms
    if case == GENITIVE:
        return singular if is_one(number) else plural
    if case == NOMINATIVE or (is_one(number) and case != DATIVE):
        return ""
    if is_one(number):
        word, space, rest = counted.partition(" ")
        return f"{word}у{space}{rest}" if re.search("[бвгдзклмнпрстц]$", word) else ""
    ending = {DATIVE: "м", INSTRUMENTAL: "ми", LOCATIVE: "х"}[case]
    words = plural.split()
    for position, (word, first) in enumerate(zip(words, counted.split(), strict=False)):
        if first.endswith(("ый", "ий", "ая")):
            words[position] = word[:-1] + ending
            continue
        if word != first:  # человек, евро
            stem = first[:-1] if first[-1] in "аяьй" else first
            words[position] = f"{stem}{'я' if first[-1] in 'яьй' else 'а'}{ending}"
        break
    return " ".join(words)


def governs(word: str, table: Declension) -> bool:
    """Return whether a noun asks for the genitive of what is counted after it: задержание 15 человек."""
    return word.endswith(table.governing_nouns) and word not in _OTHER_NOUNS


def is_one(number: int) -> bool:
    """Return whether a number takes the singular in Russian and Ukrainian: 1, 21, 101, but not 11."""
    return number % 10 == 1 and number % 100 != 11


@lru_cache(maxsize=16)
def unit_forms(values: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    """Return units, scales and currencies in all forms, with the first one and both genitives."""
    # Where there is no form for fractions, that after two is the genitive.
    return {
        form: (first, fraction[0] if fraction else few, many)
        for first, few, many, *fraction in filter(lambda forms: len(forms) > 2, (value.split("|") for value in values))
        for form in (many, few, first)
    }
