"""Cardinals in the case and gender of what they count: до 15 лет, с 5 тюрьмами, 21 женщина.

The tables of the lexicon decide: without `declension` nothing is changed.
"""

from __future__ import annotations

import re

from exporter.lexicon import Declension, Lexicon
from exporter.speech.normalisation.inflection.declension import BEFORE, SMALL, UNTIL
from exporter.speech.normalisation.inflection.number_words import (
    DATIVE,
    GENITIVE,
    INSTRUMENTAL,
    LARGEST,
    LOCATIVE,
    NOMINATIVE,
    cardinal,
    declined_unit,
    governs,
    is_one,
    unit_forms,
)
from exporter.speech.normalisation.numbers.numbering_rows import is_in_row
from exporter.speech.normalisation.patterns import alternatives, just_before

_PLURAL_GENITIVE = ("ов", "ев", "ёв", "ей")
_VERB_ENDINGS = ("л", "ла", "ло", "ли", "но", "ны", "ет", "ют", "ось")
_INSTRUMENTAL = re.compile(r"\s[а-яёіїєґ]{2,}(?:[ыи]ми|ыми?ся|імі)(?!\w)")
_PARTICIPLE = re.compile("(?!перемены|подмены|мембраны)[а-яё]{4,}[еёа]ны")
"""Short participles, which look like feminine nouns: 22 освобождены."""
_HEIGHTS = frozenset({"ниже", "выше"})
"""Words that ask for the genitive of a measure only: выше 20 %, and not ниже 5 этажа."""
_BY = re.compile(r"\s[а-яё]+[ая]ми(?!\w)")
"""A noun in the instrumental, which is counted after any word: решение 14 голосами."""
_NEUTER = ("ение", "ание", "ятие", "ытие", "ствие", "стие")
"""Ends of nouns that look like adjectives in the plural: 1 преступление."""
_FROM_BEHIND = ("из-за", "из-под")
_TO_MINUS = str.maketrans("–-", "−−")


def read_declined_numbers(text: str, lexicon: Lexicon) -> str:
    """Write numbers in words where their case or gender is not that of the figures."""
    table = lexicon.declension
    if not table.cardinals:
        return text
    numbering_words = lexicon.numbering_words
    tables = (lexicon.units, lexicon.scales.short, lexicon.currencies)
    genitives = unit_forms(tuple(forms for named in tables for forms in named.values()))

    def read(match: re.Match[str]) -> str:
        before, space, minus, figures, counted = match.groups()
        number, word = int(figures), (before or "").casefold()
        is_part = (word in numbering_words and not _BY.match(match.string, match.end())) or is_in_row(
            match.string, match.start(4), lexicon
        )
        if number > LARGEST or is_part or re.fullmatch("[A-Z]", before or ""):
            return match.group()  # C O 2
        is_instrumental = not counted and _is_instrumental(match, table)
        noun = counted or _noun(text[match.end() :], table)
        if noun in lexicon.agreement.no_nouns or _PARTICIPLE.fullmatch(noun):
            noun = ""
        case = _case_in_context(match, number, lexicon)
        if word in _HEIGHTS and not counted:
            case = NOMINATIVE
        if is_one(number) and not counted and noun.endswith(table.persons or ("\0",)):
            case = DATIVE
        if is_one(number) and not case and word in table.accusative_before:
            if counted and (accusative := _accusative(number, genitives[counted][0], lexicon)):
                return f"{before}{space}{accusative}"
            if noun.endswith(("а", "я")) or counted == "человек":
                case = GENITIVE  # на 1 сотрудника
        if case == LOCATIVE and not is_one(number) and noun.endswith(("е", "у")):
            case = NOMINATIVE  # при 5 отделе
        if not noun and not is_instrumental and (not case or 1900 <= number < 2100):
            return match.group()
        if is_one(number) and word in lexicon.before_years and noun.endswith("е"):
            return match.group()  # of either gender: в 21 селе, в 21 стране
        # список 753 сотрудников, and not 753 сотрудника
        is_plural = noun.endswith(_PLURAL_GENITIVE) and 1 < number % 10 < 5 and number % 100 not in (12, 13, 14)
        if is_instrumental:
            case = INSTRUMENTAL  # 230 пленными
        if not case and is_plural and word != lexicon.range_word and not word.endswith(_VERB_ENDINGS):
            case = GENITIVE
        if not case and governs(word, table) and _is_counted(number, noun, text[match.end() :]):
            case = GENITIVE  # задержание 15 человек
        shown = max((ending for ending in table.noun_endings if noun.endswith(ending)), key=len, default="")
        if shown and (word or number > 4):
            case = table.noun_endings[shown]
        spoken = cardinal(
            number,
            lexicon,
            case,
            _gender(
                number,
                genitives[counted][0] if counted and is_one(number) else noun,
                NOMINATIVE if counted else case,
                lexicon,
            ),
        )
        if is_one(number) and not case and _nominative(noun) in lexicon.agreement.masculine_words:
            spoken = cardinal(number, lexicon, GENITIVE)  # задержали 1 мужчину
        elif is_one(number) and not case and noun.endswith(("у", "ю")) and word not in table.dative:
            # посетила 1 тюрьму
            *first, last = cardinal(number, lexicon, case, "f").split()
            spoken = " ".join((*first, table.accusative.get(last, last)))
        is_plain = spoken == cardinal(number, lexicon)
        if counted:
            counted = declined_unit(genitives[counted], number, case) or counted
        sign = f"{lexicon.symbols[minus.translate(_TO_MINUS)]} " if minus else ""
        spoken = f"{before or ''}{space or ''}{sign}{spoken}{f' {counted}' if counted else ''}"
        return match.group() if is_plain else spoken

    if women := alternatives(table.feminine_genitives):  # 1 из 3 женщин
        feminine = table.cardinals["1f"].partition("|")[0]
        text = re.sub(rf"(?<![\w.,:/–-])1(?=\s(?:из|з|із)\s\w+\s(?:{women})(?!\w))", feminine, text)
    counted = rf"(?:\s({alternatives(tuple(genitives))})(?!\w))?"
    sign = r"(?:(?<!\S)([+−–-])|(?<![\w.,:/–-]))"
    return re.sub(rf"{BEFORE}{sign}(\d{{1,6}})(?![\w/:–-]|[.,]\d){counted}", read, text)


def _nominative(noun: str) -> str:
    """Return a noun in the accusative in -у or -ю in the nominative; empty if it is none."""
    return f"{noun[:-1]}{'а' if noun[-1] == 'у' else 'я'}" if noun.endswith(("у", "ю")) else ""


def _accusative(number: int, unit: str, lexicon: Lexicon) -> str:
    """Return a number that ends in one, with a feminine unit, in the accusative: на одну тысячу; else empty."""
    if not re.fullmatch(f"{SMALL}+[ая]", unit):
        return ""
    *first, last = cardinal(number, lexicon, NOMINATIVE, "f").split()
    spoken = (*first, lexicon.declension.accusative.get(last, last))
    return f"{' '.join(spoken)} {unit[:-1]}{'у' if unit[-1] == 'а' else 'ю'}"


def _is_instrumental(match: re.Match[str], table: Declension) -> bool:
    """Return whether a participle in the instrumental is counted: 230 пленными, and not признал 15 виновными."""
    word = (match[1] or "").casefold()
    is_noun = len(word) > 3 and not word.endswith((*_VERB_ENDINGS, "ть", "в", "ая", "яя"))
    is_governed = is_noun or INSTRUMENTAL in (table.prepositions.get(word), table.before_abbreviations.get(word))
    return is_governed and _INSTRUMENTAL.match(match.string, match.end()) is not None


def _is_counted(number: int, noun: str, following: str) -> bool:
    """Return whether a number after a noun counts what follows it, and is no year, value or time ago."""
    is_verb = noun != "лет" and noun.endswith((*_VERB_ENDINGS, "ит", "ят", "ут", "ть", "ся"))
    is_many = not 0 < number % 10 < 5 or 9 < number % 100 < 21 or noun.endswith(_PLURAL_GENITIVE)
    is_verb = is_verb or noun.endswith(("а", "я"))  # депутаты 5 созыва
    return is_many and not is_verb and not 1900 <= number < 2100 and not re.match(r"(?:\s\w+){1,3}\sназад", following)


def _case_in_context(match: re.Match[str], number: int, lexicon: Lexicon) -> int:
    """Return the case that a preposition asks for, before the number or before that of a row which it ends."""
    table, word = lexicon.declension, (match[1] or "").casefold()
    following = match.string[match.end() :]
    if word in table.range_starts and UNTIL.match(following):
        return GENITIVE
    hours = alternatives(tuple(filter(None, lexicon.time.get("hours", "").split("|"))))
    if hours and word in table.range_starts and re.fullmatch(hours, match[5] or ""):
        return GENITIVE  # с 6 часов 30 минут
    if match[1] and just_before(match.string, match.end(1)).casefold().endswith(_FROM_BEHIND):
        return GENITIVE
    if word in table.noun_endings_of_years and re.match("мес|міс|дн|сут|доб|нед|тиж|час|год|мин", match[5] or ""):
        return table.noun_endings_of_years[word]
    if word in lexicon.before_years - table.dative and re.match(r"\s(?:из|з|із)\s\d", following):
        return LOCATIVE  # в 2 из 3 случаев
    is_many = number % 10 > 4 or 10 < number % 100 < 15 or re.match(r"\s\w+(?:[ыи]х|[оеё]в|ей)(?:ся)?(?!\w)", following)
    if word == lexicon.range_word or (word == lexicon.symbols.get("&") and not is_many):
        between = r"\s"  # около 8 тире 10, между 3 и 4
    elif word == lexicon.symbols.get("&"):
        between = r"\s(?:[«\"]?[^\W\d]+[»\"]?\s)?"  # к 3 годам и 6 месяцам
    elif not match[1] and hours:
        between = rf"\s(?:{hours})\s"  # к 16 часам 45 минутам
    else:
        return table.prepositions.get(word, NOMINATIVE)
    row = re.search(rf"([^\W\d]+)\s\d+{between}$", just_before(match.string, match.start()))
    if row and hours and row[1].casefold() in table.range_starts and re.search(rf"(?:{hours})\s$", row[0]):
        return GENITIVE  # с 6 часов 30 минут
    return table.prepositions.get(row[1].casefold() if row else word, NOMINATIVE)


def _noun(following: str, table: Declension) -> str:
    """Return the noun after a number; adjectives may stand between them."""
    words = re.match(rf"((?:\s{SMALL}+){{0,3}})", following)
    for word in (words.group(1) if words else "").split():
        if not word.endswith(table.adjective_endings) or word.endswith(_NEUTER):
            return word
    return ""


def _gender(number: int, noun: str, case: int, lexicon: Lexicon) -> str:
    table = lexicon.declension
    if noun in lexicon.agreement.masculine_words:
        return "m"
    if is_one(number) and case == DATIVE:
        return "m"
    if is_one(number):
        endings = table.feminine_few if case == GENITIVE else table.feminine_one
        stem = noun.removesuffix("ся")  # при 1 воздержавшемся
        return "n" if stem.endswith(table.neuter_one) else "f" if stem.endswith(endings) else "m"
    return "f" if noun.endswith(table.feminine_few) else "m"
