"""Text normalisation: abbreviations, money, ranges, numbers, years, addresses and initialisms in words.

The rules are applied to the text of one utterance in a fixed order, each to the result of the one before. Only the
input of the voice engine changes, never the published text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviations import (
    expand_abbreviations,
    expand_before_numbers,
    read_small_roman,
    read_subdivisions,
    read_symbols,
    read_versus,
    replace_words,
    tidy_punctuation,
)
from exporter.speech.normalisation.addresses import read_addresses, read_tags, read_telephone_numbers
from exporter.speech.normalisation.agreement import apply_agreement
from exporter.speech.normalisation.alphanumerics import read_alphanumerics
from exporter.speech.normalisation.coordinates import read_coordinates
from exporter.speech.normalisation.dates import (
    expand_months,
    expand_weekdays,
    read_dates,
    read_eras,
    read_times,
    read_year_abbreviations,
    unify_day_halves,
)
from exporter.speech.normalisation.declension import (
    read_decimals,
    read_declined_dates,
    read_declined_numbers,
    read_declined_romans,
    read_suffixed,
)
from exporter.speech.normalisation.document_symbols import read_document_symbols
from exporter.speech.normalisation.fractions import (
    read_dimensions,
    read_fractions,
    read_ratios,
    read_scores,
    read_slashes,
)
from exporter.speech.normalisation.identifiers import read_identifiers
from exporter.speech.normalisation.initialisms import read_initialisms
from exporter.speech.normalisation.money import read_money, read_scales
from exporter.speech.normalisation.numbers import (
    join_thousands,
    move_percent,
    read_double_years,
    read_mixed_fractions,
    read_numbers,
    read_powers,
    read_ranges,
    read_years,
)
from exporter.speech.normalisation.ordinals import (
    read_days,
    read_ordinals,
    read_pointed_ordinals,
    read_roman_ordinals,
)
from exporter.speech.normalisation.patterns import WORD_START
from exporter.speech.normalisation.units import read_units
from exporter.speech.normalisation.vowel_harmony import attach_suffixes

_RULES: tuple[Callable[[str, Lexicon], str], ...] = (
    read_addresses,
    read_identifiers,
    read_telephone_numbers,
    read_coordinates,
    read_powers,
    join_thousands,
    read_document_symbols,
    read_alphanumerics,
    move_percent,
    read_dates,
    read_eras,
    read_declined_romans,
    read_year_abbreviations,
    read_declined_dates,
    read_suffixed,
    unify_day_halves,
    replace_words,
    read_ratios,
    read_times,
    read_versus,
    expand_weekdays,
    expand_before_numbers,
    expand_months,
    expand_abbreviations,
    read_tags,
    read_small_roman,
    read_subdivisions,
    read_roman_ordinals,
    read_pointed_ordinals,
    read_ordinals,
    read_days,
    read_money,
    read_scales,
    read_fractions,
    read_dimensions,
    read_units,
    read_scores,
    read_ranges,
    read_double_years,
    read_slashes,
    read_years,
    read_mixed_fractions,
    read_decimals,
    read_numbers,
    apply_agreement,
    read_declined_numbers,
    read_initialisms,
    attach_suffixes,
    read_symbols,
    tidy_punctuation,
)


NUMERIC = frozenset(
    {
        read_coordinates,
        read_powers,
        join_thousands,
        move_percent,
        read_dates,
        read_eras,
        read_year_abbreviations,
        read_declined_dates,
        read_suffixed,
        unify_day_halves,
        read_ratios,
        read_times,
        read_money,
        read_scales,
        read_dimensions,
        read_units,
        read_scores,
        read_ranges,
        read_double_years,
        read_slashes,
        read_years,
        read_mixed_fractions,
        read_decimals,
        read_numbers,
        read_declined_numbers,
    }
)
"""Rules that change nothing in a text without figures, as most sentences are."""
_FIGURE = re.compile(r"\d")
_MARK = "\ue000"
_APPEARANCE_ONLY = frozenset({"<circle>", "<wide>", "<font>"})
"""Decomposition types that only change the appearance (Unicode Standard Annex 44, 5.7.3)."""


def normalise(text: str, lexicon: Lexicon) -> str:
    """Return `text` normalised by the rules of `lexicon`, with single spaces between words."""
    # A no-break space counts only between figures, where it separates thousands.
    spoken = re.sub(r"(?<!\d)[\u00a0\u202f\u2009]|[\u00a0\u202f\u2009](?!\d)", " ", _simplify_characters(text))
    if lexicon.numbered and "İ" not in lexicon.letters:
        # A letter of Turkish, which other voices do not know.
        spoken = spoken.replace("İ", "I")
    if lexicon.proclitics:
        # The mark lets the rules see what follows as a word of its own.
        attached = rf"{WORD_START}([{lexicon.proclitics}])(?=[\dA-Za-z$€£₪%٪#@]|[^\W\d_]{{1,3}}\.)"
        spoken = re.sub(attached, rf"\1{_MARK}", spoken)
    for rule in _RULES:
        if rule not in NUMERIC or _FIGURE.search(spoken):
            spoken = rule(spoken, lexicon)
    return " ".join(re.sub(rf"{_MARK}\s*", "", spoken).split())


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
