"""Text normalisation: abbreviations, money, ranges, numbers, years, addresses and initialisms in words.

The rules are applied to the text of one utterance in a fixed order, each to the result of the one before. Only the
input of the voice engine changes, never the published text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from exporter.lexicon import Lexicon
from exporter.speech.normalisation import (
    abbreviations,
    addresses,
    agreement,
    alphanumerics,
    arabic_figures,
    arabic_initials,
    calendar_names,
    chinese_numbers,
    dates,
    days,
    declension,
    declined_numbers,
    eras,
    fractions,
    grades,
    hyphens,
    initialisms,
    measures,
    money,
    named_abbreviations,
    numbered_abbreviations,
    numbers,
    ordinals,
    paired_endings,
    polarity,
    regions,
    reviews,
    roman_ordinals,
    spaced_letters,
    subdivisions,
    symbols,
    times,
    units,
    vowel_harmony,
    whole_words,
)
from exporter.speech.normalisation.patterns import APART, WORD_START, alternatives, upper


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
    _Rule(numbers.read_powers, needs_figures=True),
    _Rule(subdivisions.read_pointed_numbers),
    _Rule(numbers.join_thousands, needs_figures=True),
    _Rule(subdivisions.read_points, needs_figures=True),
    _Rule(alphanumerics.read_document_symbols),
    _Rule(alphanumerics.read_alphanumerics),
    _Rule(numbers.move_percent, needs_figures=True),
    _Rule(dates.correct_spaces, needs_figures=True),
    _Rule(calendar_names.expand_weekdays),
    _Rule(calendar_names.expand_months),
    _Rule(calendar_names.read_days_of_year, needs_figures=True),
    _Rule(dates.lower_months, needs_figures=True),
    _Rule(dates.read_date_ranges, needs_figures=True),
    _Rule(dates.read_ranges_of_double_months, needs_figures=True),
    _Rule(dates.read_iso_dates, needs_figures=True),
    _Rule(dates.read_roman_months, needs_figures=True),
    _Rule(dates.complete_years, needs_figures=True),
    _Rule(dates.read_dates, needs_figures=True),
    _Rule(dates.read_months_of_years, needs_figures=True),
    _Rule(dates.read_pointed_months, needs_figures=True),
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
    _Rule(arabic_initials.read_letters_in_brackets),
    _Rule(regions.read_regions),
    _Rule(fractions.read_ratios, needs_figures=True),
    _Rule(times.read_times, needs_figures=True),
    _Rule(named_abbreviations.read_court_offices),
    _Rule(named_abbreviations.read_party_members),
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
    _Rule(numbers.read_ranges, needs_figures=True),
    _Rule(numbers.read_double_years, needs_figures=True),
    _Rule(fractions.read_slashes, needs_figures=True),
    _Rule(numbers.read_years, needs_figures=True),
    _Rule(numbers.read_mixed_fractions, needs_figures=True),
    _Rule(measures.read_decimals, needs_figures=True),
    _Rule(measures.read_distances, needs_figures=True),
    _Rule(numbers.read_numbers, needs_figures=True),
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
_TYPED_QUOTE = re.compile(r"(<<)(?:\s?(?=[^\W\d_]))|(?<=[\w.,!?)])\s?>>(?!\s?\d)")
_NOTE_MARK = re.compile(r"(?:(?<=[A-Za-zÀ-ɏА-ӿء-ْ]{3})|(?<=[)\]»”]))\*{1,3}(?=[\s,.;:()؛،]|$)|(?<=\S)\s?\(\*{1,3}\)")
"""The asterisk of a note, maybe in brackets; one that emphasises also stands before a word."""
_RAISED_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[^\W\d_]{3}[.,;:!?”’»])|(?<=(?<!\d)1[5-9]\d\d)|(?<=(?<!\d)20\d\d)"
    r"|(?<=\d[.,;:])|(?<=[”’»\")%][.,;:])|(?<=[^\W\d_]{2}[”’»\")])|(?<=\))(?=[⁰¹²³⁴-⁹]{2}))"
    r"(?:[⁰¹²³⁴-⁹]{1,3}(?![\w⁰¹²³⁴-⁹⁻])|\[\d{1,3}\](?=[.,;:]?(?:\s|$)))"
)
"""The raised figures of a note, or figures in brackets, after a word or a year; after a unit they are a power."""
_ARTICLE = re.compile(r"(?<!\w)(\w?)الـ(?=([A-Za-z]+))")
"""The Arabic article before a foreign short form: والـUNHCR."""
_TYPED_DASH = re.compile(
    r"(?<=[\dIVX])\s?--\s?(?=\d|(?!I\b)[IVX]+\b)|(?<=(?<!\d)[12]\d\d\d)\s?−\s?(?=[12]\d\d\d(?!\d))"
)
"""Two hyphens or a minus between two numbers, as they are typed for a dash; no range ends in I, which is a word."""
_DEGREE = re.compile(r"(?<=\d)\s?º(?=\s?\d{1,2}(?:[.,]\d+)?\s?[’'′])")
"""The sign of an ordinal before minutes, as it is typed for degrees: 33º 35’."""
_DASH_OF_SPEECH = re.compile(r"(?:^|(?<=\s))−(?=\s(?:[^\W\d_]{2}|[^\W\d_]\s[^\W\d_]{2}|[«„“\"]))")
"""A minus before a word, as it is typed for a dash."""
_OMISSION = re.compile(r"<\s?(?:\.{2,3}|…)\s?>")
"""What is left out of a quotation: <...>."""
_APPEARANCE_ONLY = frozenset({"<circle>", "<wide>", "<font>"})
"""Decomposition types that only change the appearance (Unicode Standard Annex 44, 5.7.3)."""


def normalise(text: str, lexicon: Lexicon) -> str:
    """Return `text` normalised by the rules of `lexicon`, with single spaces between words."""
    wide = chinese_numbers.set_wide_marks_apart(text, lexicon)
    # A no-break space counts only between figures, where it separates thousands.
    spoken = re.sub(r"(?<!\d)[\u00a0\u202f\u2009]|[\u00a0\u202f\u2009](?!\d)", " ", _simplify_characters(wide))
    spoken = re.sub(r"(?:(?<=\d\d)|(?<=\d[.,]\d)|(?<=\d)\s)[º˚°]\s?(?=[CF](?!\w))", " °", spoken)
    spoken = _DEGREE.sub("°", spoken)
    spoken = _DASH_OF_SPEECH.sub("–", spoken)
    spoken = _TYPED_DASH.sub(lambda match: re.sub("--|−", "–", match[0]), _OMISSION.sub("…", spoken))
    spoken = _TYPED_QUOTE.sub(lambda match: "«" if match[1] else "»", spoken)
    if "*" in spoken and not re.search(r"\*\w", spoken):
        spoken = _NOTE_MARK.sub("", spoken)
    spoken = _RAISED_MARK.sub("", spoken)
    if lexicon.numbered and "İ" not in lexicon.letters:
        # A letter of Turkish, which other voices do not know.
        spoken = spoken.replace("İ", "I")
    spoken = chinese_numbers.set_apart(spoken, lexicon)
    if lexicon.proclitics:
        spoken = arabic_figures.set_figures_apart(spoken, lexicon)
        # The mark lets the rules see what follows as a word of its own.
        short = alternatives(lexicon.short_forms)
        attached = rf"{WORD_START}([{lexicon.proclitics}])(?=[\dA-Za-z$€£₪%٪#@]|(?:{short}))"
        spoken = re.sub(attached, rf"\1{APART}", spoken)
        spoken = _ARTICLE.sub(lambda match: _mark_article(match, lexicon), spoken)
    in_capitals = initialisms.is_in_capitals(spoken, lexicon)
    for rule in RULES:
        if in_capitals and rule.apply is initialisms.read_initialisms:
            spoken = upper(
                spoken, lexicon.language
            )  # ARTÍCULO 5 DE LA LEY: beside a word in small letters, others would be spelled out
        if not rule.needs_figures or _FIGURE.search(spoken):
            spoken = rule.apply(spoken, lexicon)
    return chinese_numbers.join(" ".join(re.sub(rf"{APART}\s*", "", spoken).split()), lexicon)


def _mark_article(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the article apart from the letters after it; a name that replaces them has one of its own."""
    conjunction, short = match.groups()
    article = "" if short in lexicon.words else "ال "
    return f"{conjunction}{article}" if article or not conjunction else f"{conjunction}{APART}"


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
    """Return the plain hyphen, letters and digits of forms such as ①, ⑴, ❶, 𝐀 and Ａ, but not of superscript digits."""
    form = unicodedata.decomposition(char).partition(" ")[0]
    if char in "\u2010\u2011":
        return "-"
    if char in "\u2044\u2215":
        return "/"
    if char == "\u02da":  # a ring in place of the sign for degrees
        return "°"
    if form in _APPEARANCE_ONLY or (category == "No" and form == "<compat>"):
        return unicodedata.normalize("NFKC", char)
    if category == "No" and not form and (value := unicodedata.numeric(char)).is_integer():
        return str(int(value))
    return char
