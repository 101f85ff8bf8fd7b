"""Decimals and distances in the case that the word before them asks for: на 1,2 %, в 30 км от города."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.inflection.declension import BEFORE, UNTIL
from exporter.speech.normalisation.inflection.number_words import (
    DATIVE,
    GENITIVE,
    LARGEST,
    LOCATIVE,
    NOMINATIVE,
    cardinal,
    governs,
    is_one,
)
from exporter.speech.normalisation.numbers.numbering_rows import is_in_row
from exporter.speech.normalisation.patterns import alternatives, just_before

_CODE = re.compile(r"\s(?:К[оА]АП|Коап|[А-Я]{1,3}К|у\s(?:пэ\s)?ка|гэ\sка)(?!\w)")
"""Short names of codes, whose articles have a point: КоАП, УК."""
_LAW = re.compile(rf"(?<!\w)(?i:стать(?:[яюией]|ям|ях|ями))(?!\w)|{_CODE.pattern}")
_OF_CODE = re.compile(rf"{_CODE.pattern}|(?!\s?[%а-яё])|\sи\s\d")
_RANGE_START = re.compile(r"(?<!\w)([^\W\d]+)\s[\d\s\u00a0]+[,.]\d{1,3}\s[^\W\d]+$")
"""The first of two decimals, with the word before it."""
_YEARS_IN_DATIVE = {"года": "годам", "лет": "годам"}


def read_decimals(text: str, lexicon: Lexicon) -> str:
    """Read decimals as fractions: 12,5 as twelve whole and five tenths."""
    table = lexicon.declension
    if not table.decimals:
        return text
    scaled = re.compile(rf"\s(?:{alternatives(lexicon.scales.words) or '(?!)'})(?!\w)")
    joints = (lexicon.range_word, lexicon.symbols["&"])
    numbering_words = lexicon.part_words | lexicon.numbering_words | lexicon.references

    def read(match: re.Match[str]) -> str:
        before, space, whole, decimals = match.groups()
        if not match.start() and re.match(r"\d+\.\d+\s[А-ЯЁІЇЄҐ]", match.string):
            return match.group()  # 2.1 Общие положения
        if (before or "").casefold() in numbering_words or is_in_row(text, match.start(3), lexicon):
            return match.group()
        if match[0][-len(decimals) - 1] == "." and _LAW.search(text) and _OF_CODE.match(text, match.end()):
            return match.group()  # по 19.3 КоАП и по 20.2
        word = (before or "").casefold()
        is_start = word in table.range_starts and UNTIL.match(text, match.end())
        # взыскание 1,2 млн рублей, and not значение 1,2
        is_object = governs(word, table) and scaled.match(text, match.end())
        if word in joints and (start := _RANGE_START.search(just_before(text, match.start(2)))):
            word = start[1].casefold()  # до 1,2 тире 1,4 %
        case = GENITIVE if is_start or is_object else table.prepositions.get(word, NOMINATIVE)
        number = int(re.sub(r"\D", "", whole))
        if number > LARGEST:
            return match.group()
        parts = [(number, table.decimals[0]), (int(decimals), table.decimals[len(decimals)])]
        spoken = (f"{cardinal(part, lexicon, case, 'f')} {_decimal_part(forms, part, case)}" for part, forms in parts)
        written = " ".join(spoken)
        if word in table.accusative_before | table.accusative_verbs:
            written = " ".join(table.accusative.get(word, word) for word in written.split())
        return f"{before or ''}{space or ''}{written}"

    groups = r"[1-9]\d{0,2}(?:[\u00a0\u202f]\d{3})+|\d+"
    text = _read_halves(text, lexicon) if table.half else text
    text = re.sub(r"(?<![^\s(])[–-](?=\d+,\d{1,3}(?!\d))", f"{lexicon.symbols['−']} ", text)  # (–3,4 %)
    return re.sub(rf"{BEFORE}(?<![\w.,–-])({groups})[,.](\d{{1,3}})(?![\w–-]|[.,]\d)", read, text)


def _decimal_part(forms: str, number: int, case: int) -> str:
    """Return the word for wholes, tenths or hundredths after their number."""
    single, many, single_of_many = forms.split("|")
    if is_one(number):
        return single if case == NOMINATIVE else single_of_many
    return many if case in (NOMINATIVE, GENITIVE, LOCATIVE) else f"{many[:-1]}{'м' if case == DATIVE else 'ми'}"


def _read_halves(text: str, lexicon: Lexicon) -> str:
    """Read five tenths as a half before a noun in the plural, which is not that of a fraction: более 2,5 лет."""
    table = lexicon.declension

    def read(match: re.Match[str]) -> str:
        before, space, figures, noun = match.groups()
        number, case = int(figures), table.prepositions.get((before or "").casefold(), NOMINATIVE)
        if case == DATIVE:
            noun = _YEARS_IN_DATIVE.get(noun, noun)  # к 3,5 года
        is_many = number % 10 > 4 or number % 10 == 0 or 10 < number % 100 < 15
        fits = case == GENITIVE or (case == NOMINATIVE and is_many)
        if noun == "года" or not (case == DATIVE if noun.endswith(("ам", "ям")) else fits):
            return match.group()
        half = table.half if number > 1 else ""
        spoken = f"{cardinal(number, lexicon, case)} {half}" if half else table.one_and_a_half
        return f"{before or ''}{space or ''}{spoken} {noun}"

    plural = "[а-яё]{2,}(?:ов|ев|ей|[ая]м)|года|лет|тысяч"
    return re.sub(rf"{BEFORE}(?<![\w.,–-])(\d{{1,3}}),5\s({plural})(?!\w)", read, text)


def read_distances(text: str, lexicon: Lexicon) -> str:
    """Read a distance from a place in the locative: в 3 километрах от границы."""
    table = lexicon.declension
    units = alternatives(table.distances)
    if not units:
        return text

    def read(match: re.Match[str]) -> str:
        before, figures, unit = match.groups()
        number = int(figures)
        return f"{before}{cardinal(number, lexicon, LOCATIVE)} {table.distances[unit].split('|')[not is_one(number)]}"

    words = alternatives(lexicon.before_years)
    followers = alternatives(table.after_distances)
    return re.sub(rf"(?<!\w)((?i:{words})\s)(\d{{1,4}})\s({units})\w{{0,2}}(?=\s(?:{followers})(?!\w))", read, text)
