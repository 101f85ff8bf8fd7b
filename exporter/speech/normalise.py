"""Text normalisation: abbreviations, money, ranges, numbers, years, addresses and initialisms in words.

The rules are applied to the text of one utterance in a fixed order, each to the result of the one before. Only the
input of the voice engine changes, never the published text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviations import (
    expand_abbreviations,
    expand_before_numbers,
    read_subdivisions,
    read_symbols,
    replace_words,
    tidy_punctuation,
)
from exporter.speech.normalisation.addresses import read_addresses, read_telephone_numbers
from exporter.speech.normalisation.agreement import apply_agreement
from exporter.speech.normalisation.dates import read_dates, read_times, read_year_abbreviations, unify_day_halves
from exporter.speech.normalisation.document_symbols import read_document_symbols
from exporter.speech.normalisation.identifiers import read_identifiers
from exporter.speech.normalisation.initialisms import read_initialisms
from exporter.speech.normalisation.money import read_money
from exporter.speech.normalisation.numbers import (
    join_thousands,
    read_double_years,
    read_mixed_fractions,
    read_numbers,
    read_powers,
    read_ranges,
    read_years,
)
from exporter.speech.normalisation.units import read_units

_RULES: tuple[Callable[[str, Lexicon], str], ...] = (
    read_addresses,
    read_identifiers,
    read_telephone_numbers,
    read_powers,
    join_thousands,
    read_document_symbols,
    read_dates,
    read_year_abbreviations,
    unify_day_halves,
    replace_words,
    read_times,
    expand_abbreviations,
    expand_before_numbers,
    read_subdivisions,
    read_money,
    read_units,
    read_ranges,
    read_double_years,
    read_years,
    read_mixed_fractions,
    read_numbers,
    apply_agreement,
    read_initialisms,
    read_symbols,
    tidy_punctuation,
)


_APPEARANCE_ONLY = frozenset({"<circle>", "<wide>", "<font>"})
"""Decomposition types that only change the appearance (Unicode Standard Annex 44, 5.7.3)."""


def normalise(text: str, lexicon: Lexicon) -> str:
    """Return `text` normalised by the rules of `lexicon`, with single spaces between words."""
    spoken = _simplify_characters(text)
    for rule in _RULES:
        spoken = rule(spoken, lexicon)
    return " ".join(spoken.split())


def _simplify_characters(text: str) -> str:
    """Return `text` without characters that have no sound, and with ASCII digits in place of those of other scripts."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category == "Nd":
            out.append(str(unicodedata.digit(char)))
        elif category in ("Cf", "Cc"):
            # A line end or tab separates words; a soft hyphen or direction mark does not.
            out.append(" " if category == "Cc" else "")
        else:
            out.append(char if char.isascii() else _plain_form(char, category))
    return "".join(out)


def _plain_form(char: str, category: str) -> str:
    """Return the plain letters and digits of forms such as ①, ⑴, ❶, 𝐀 and Ａ, but not of superscript digits."""
    form = unicodedata.decomposition(char).partition(" ")[0]
    if form in _APPEARANCE_ONLY or (category == "No" and form == "<compat>"):
        return unicodedata.normalize("NFKC", char)
    if category == "No" and not form and (value := unicodedata.numeric(char)).is_integer():
        return str(int(value))
    return char
