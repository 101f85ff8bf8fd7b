"""Text normalisation: abbreviations, money, ranges, numbers, years, addresses and initialisms in words.

The rules are applied to the text of one utterance in a fixed order, each to the result of the one before. Only the
input of the voice engine changes, never the published text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from exporter.lexicon import Lexicon
from exporter.speech.normalisation import addresses, chinese_numbers, symbols, typed_characters
from exporter.speech.normalisation.dates import calendar_names, days, days_of_year, eras, numeric_dates, times
from exporter.speech.normalisation.inflection import (
    agreement,
    declension,
    declined_numbers,
    grades,
    paired_endings,
    polarity,
    vowel_harmony,
)
from exporter.speech.normalisation.numbers import (
    cardinals,
    fractions,
    hyphens,
    ordinals,
    ranges,
    roman_ordinals,
    subdivisions,
)
from exporter.speech.normalisation.patterns import APART, upper
from exporter.speech.normalisation.quantities import measures, money, units
from exporter.speech.normalisation.short_forms import (
    abbreviations,
    alphanumerics,
    arabic_initials,
    initialisms,
    named_abbreviations,
    numbered_abbreviations,
    regions,
    reviews,
    spaced_letters,
    whole_words,
)


class _Rule(NamedTuple):
    """A rule of normalisation."""

    apply: Callable[[str, Lexicon], str]
    needs_figures: bool = False
    """Whether it changes nothing in a text without figures, as most sentences are."""


RULES = (
    _Rule(addresses.read_addresses),
    _Rule(reviews.read_reviews),
    _Rule(spaced_letters.join_spaced_letters),
    _Rule(paired_endings.read_paired_endings),
    _Rule(alphanumerics.read_identifiers),
    _Rule(chinese_numbers.read_hotlines, needs_figures=True),
    _Rule(addresses.read_telephone_numbers),
    _Rule(units.read_coordinates, needs_figures=True),
    _Rule(cardinals.read_powers, needs_figures=True),
    _Rule(subdivisions.read_pointed_numbers),
    _Rule(cardinals.join_thousands, needs_figures=True),
    _Rule(subdivisions.read_points, needs_figures=True),
    _Rule(alphanumerics.read_document_symbols),
    _Rule(alphanumerics.read_alphanumerics),
    _Rule(cardinals.move_percent, needs_figures=True),
    _Rule(numeric_dates.correct_spaces, needs_figures=True),
    _Rule(calendar_names.expand_weekdays),
    _Rule(calendar_names.expand_months),
    _Rule(days_of_year.read_days_of_year, needs_figures=True),
    _Rule(numeric_dates.lower_months, needs_figures=True),
    _Rule(numeric_dates.read_date_ranges, needs_figures=True),
    _Rule(numeric_dates.read_ranges_of_double_months, needs_figures=True),
    _Rule(numeric_dates.read_iso_dates, needs_figures=True),
    _Rule(numeric_dates.read_roman_months, needs_figures=True),
    _Rule(numeric_dates.complete_years, needs_figures=True),
    _Rule(numeric_dates.read_dates, needs_figures=True),
    _Rule(numeric_dates.read_months_of_years, needs_figures=True),
    _Rule(numeric_dates.read_pointed_months, needs_figures=True),
    _Rule(eras.read_before_dates, needs_figures=True),
    _Rule(chinese_numbers.read_ranges, needs_figures=True),
    _Rule(chinese_numbers.read_years_digit_by_digit, needs_figures=True),
    _Rule(chinese_numbers.read_percentages, needs_figures=True),
    _Rule(eras.read_eras, needs_figures=True),
    _Rule(eras.read_lifespans, needs_figures=True),
    _Rule(eras.read_ages, needs_figures=True),
    _Rule(grades.read_grades, needs_figures=True),
    _Rule(declension.read_declined_romans),
    _Rule(eras.read_year_abbreviations, needs_figures=True),
    _Rule(declension.read_declined_dates, needs_figures=True),
    _Rule(declension.read_suffixed, needs_figures=True),
    _Rule(times.unify_day_halves, needs_figures=True),
    _Rule(whole_words.read_others),
    _Rule(whole_words.read_stems),
    _Rule(whole_words.replace_words),
    _Rule(arabic_initials.read_letters),
    _Rule(regions.read_regions),
    _Rule(fractions.read_ratios, needs_figures=True),
    _Rule(times.read_times, needs_figures=True),
    _Rule(named_abbreviations.read_streets),
    _Rule(named_abbreviations.read_court_offices),
    _Rule(named_abbreviations.read_party_members),
    _Rule(named_abbreviations.read_states),
    _Rule(named_abbreviations.read_versus),
    _Rule(numbered_abbreviations.expand_after_ordinals, needs_figures=True),
    _Rule(numbered_abbreviations.read_number_word, needs_figures=True),
    _Rule(numbered_abbreviations.expand_before_numbers),
    _Rule(numbered_abbreviations.expand_before_letters),
    _Rule(named_abbreviations.expand_before_names),
    _Rule(abbreviations.expand_endings),
    _Rule(abbreviations.join_adjectives),
    _Rule(abbreviations.expand_abbreviations),
    _Rule(addresses.read_tags),
    _Rule(subdivisions.read_small_roman),
    _Rule(subdivisions.read_roman_items),
    _Rule(subdivisions.read_subdivisions),
    _Rule(roman_ordinals.read_roman_ordinals),
    _Rule(ordinals.read_pointed_ordinals),
    _Rule(ordinals.read_ordinals),
    _Rule(days.read_days),
    _Rule(money.read_money, needs_figures=True),
    _Rule(money.read_scales, needs_figures=True),
    _Rule(fractions.read_rates, needs_figures=True),
    _Rule(fractions.read_fractions),
    _Rule(fractions.read_crossed_scores, needs_figures=True),
    _Rule(fractions.read_dimensions, needs_figures=True),
    _Rule(units.read_units, needs_figures=True),
    _Rule(units.read_bare_units),
    _Rule(hyphens.read_rows_of_articles, needs_figures=True),
    _Rule(hyphens.read_short_ends, needs_figures=True),
    _Rule(hyphens.read_shares, needs_figures=True),
    _Rule(hyphens.read_articles_of_codes, needs_figures=True),
    _Rule(hyphens.read_scores, needs_figures=True),
    _Rule(ranges.read_ranges, needs_figures=True),
    _Rule(cardinals.read_double_years, needs_figures=True),
    _Rule(fractions.read_slashes, needs_figures=True),
    _Rule(cardinals.read_years, needs_figures=True),
    _Rule(cardinals.read_mixed_fractions, needs_figures=True),
    _Rule(measures.read_decimals, needs_figures=True),
    _Rule(measures.read_distances, needs_figures=True),
    _Rule(cardinals.read_numbers, needs_figures=True),
    _Rule(chinese_numbers.read_two, needs_figures=True),
    _Rule(agreement.apply_agreement),
    _Rule(polarity.read_polarity, needs_figures=True),
    _Rule(declined_numbers.read_declined_numbers, needs_figures=True),
    _Rule(named_abbreviations.read_names_in_capitals),
    _Rule(reviews.read_volumes, needs_figures=True),
    _Rule(initialisms.read_initialisms),
    _Rule(vowel_harmony.attach_suffixes),
    _Rule(symbols.read_symbols),
    _Rule(symbols.tidy_punctuation),
)
_FIGURE = re.compile(r"\d")


def normalise(text: str, lexicon: Lexicon) -> str:
    """Return `text` normalised by the rules of `lexicon`, with single spaces between words."""
    spoken = typed_characters.correct_characters(text, lexicon)
    in_capitals = initialisms.is_in_capitals(spoken, lexicon)
    for rule in RULES:
        if in_capitals and rule.apply is initialisms.read_initialisms:
            # ARTÍCULO 5 DE LA LEY: beside a word in small letters, others would be spelt out.
            spoken = upper(spoken, lexicon.language)
        if not rule.needs_figures or _FIGURE.search(spoken):
            spoken = rule.apply(spoken, lexicon)
    return chinese_numbers.join(" ".join(re.sub(rf"{APART}\s*", "", spoken).split()), lexicon)
