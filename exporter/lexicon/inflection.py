"""Tables of a lexicon for words that are inflected."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Declension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that are declined. Cases are in this order: nominative, genitive, dative, instrumental, locative."""

    cardinals: Mapping[str, str] = {}
    """Numbers in all cases; with `f` or `n`, those for one and two of other genders. Others are put together."""
    thousand: tuple[str, ...] = ()
    """For each case the forms of the word for thousand."""
    prepositions: Mapping[str, int] = {}
    """Words before a number, with the position of the case that they ask for."""
    locative_months: Mapping[str, str] = {}
    """Endings of the names of months in the genitive, with that of the locative."""
    accusative_before: frozenset[str] = frozenset()
    """Words before decimals that ask for the accusative."""
    accusative_verbs: frozenset[str] = frozenset()
    """Verbs before decimals that ask for it, too."""
    accusative: Mapping[str, str] = {}
    """Feminine words of numbers, with their accusative."""
    distances: Mapping[str, str] = {}
    """Stems of units of distance, with their locative: one, a bar, many."""
    after_distances: frozenset[str] = frozenset()
    """Words after a distance from a place."""
    feminine_genitives: frozenset[str] = frozenset()
    """Feminine nouns in the genitive plural, after one of several: 1 из 3 женщин."""
    other_joints: tuple[str, ...] = ()
    """Words like and: or."""
    noun_endings: Mapping[str, int] = {}
    """Endings of the noun after a number, with the position of the case that they show."""
    persons: tuple[str, ...] = ()
    """Endings of masculine nouns in the dative, which others have in the accusative: 1 заявителю."""
    noun_endings_of_years: Mapping[str, int] = {}
    """Forms of the word for year, with the position of the case of the months after it: к 5 годам 6 месяцам."""
    governing_nouns: tuple[str, ...] = ()
    """Endings of nouns that ask for the genitive of a number after them: задержание 15 человек."""
    feminine_few: tuple[str, ...] = ()
    """Endings of a feminine noun after two."""
    feminine_one: tuple[str, ...] = ()
    neuter_one: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    """Endings of what may stand between a number and its noun."""
    range_starts: frozenset[str] = frozenset()
    """Prepositions that ask for the genitive at the start of a range."""
    decimals: tuple[str, ...] = ()
    """Whole, tenth, hundredth and thousandth: one, many, and one in the genitive."""
    half: str = ""
    """What is read for five tenths before a noun in the plural: с половиной."""
    one_and_a_half: str = ""
    """One and a half in the oblique cases: полутора."""
    suffixes: Mapping[str, str] = {}
    """What is written after figures and a hyphen, with the ending of the ordinal: 2-го."""
    tens_suffixes: Mapping[str, str] = {}
    """The same after tens, hundreds and years: 1990-е."""
    oblique: Mapping[str, str] = {}
    """Other endings after `м` and `й`: the instrumental, and the feminine after a preposition."""
    counted_suffixes: Mapping[str, int] = {}
    """What is written after cardinals, with the position of their case: 5-ти."""
    compounds: Mapping[str, str] = {}
    """Numbers as the first part of a word, as in 5-летний. Others have the genitive."""
    soft: Mapping[str, str] = {}
    """Ordinals with another stem, and endings after it."""
    days: Mapping[str, str] = {}
    """Words before the day of a month, with the ending of its ordinal; empty: before other days; `alone`."""
    hours: Mapping[str, str] = {}
    """Words before an hour, with the ending of its ordinal; empty: before other hours."""
    day_parts: frozenset[str] = frozenset()
    """Words after an hour: of the morning."""
    hour_forms: Mapping[str, str] = {}
    """Forms of the word for hour after its figures, with the ending of the ordinal."""
    years: Mapping[str, str] = {}
    """Forms of the word for year after its figures, with the ending of the ordinal."""
    dative: frozenset[str] = frozenset()
    """Prepositions of the dative."""
    before_abbreviations: Mapping[str, int] = {}
    """Words before the abbreviation of a noun, with the position of the case, where `prepositions` has none."""
    governing: Mapping[str, int] = {}
    """Patterns of other words before it, in small letters, with the position of the case; 5 is the accusative.

    The first one counts.
    """
    centuries: Mapping[str, str] = {}
    """Abbreviations of the word for century: at the beginning, after a word, and after `before_years`."""
    masculine_stems: tuple[str, ...] = ()
    """Nouns that are masculine whatever their ending."""
    masculine: Mapping[str, str] = {}
    """Endings of a masculine noun or name, with that of its ordinal."""
    feminine: Mapping[str, str] = {}
    """Endings of other nouns and names, with that of their ordinal."""
    neuter: Mapping[str, str] = {}
    """The same of neuter nouns that look feminine."""
    fractions: Mapping[str, str] = {}
    """Endings of the word for a part, with those of the other cases; behind a slash, those of several parts."""
    ranks: Mapping[str, int] = {}
    """Beginnings of the words for parts of a law, with larger numbers for larger parts."""
    graded: Mapping[str, str] = {}
    """Nouns in the singular that a number does not count, with the ending of its ordinal: 5 созыва, в 21 веке."""
    before_graded: frozenset[str] = frozenset()
    """Beginnings of words after which the number is an ordinal although it might count: инвалид 2 группы."""
    majority: str = ""
    """Beginning of the word for majority, after which a fraction is in the accusative: большинством в 2/3."""
    names: Mapping[str, str] = {}
    """Stems of the names of rulers, m or f; or whole forms, with the ending of the ordinal."""


class Others(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The short form of others, which is declined as its noun: и др. странах."""

    short: str = ""
    forms: Mapping[str, str] = {}
    """Ends of nouns, as patterns, with the full form before them."""
    subjects: str = ""
    """A pattern for what follows a party with others and belongs to the verb: Иванов и др. сами подали."""
    party: str = ""
    """A pattern for the end of a party, and of no place, before the short form."""


class Harmony(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Suffixes after an apostrophe whose vowels follow the last vowel of the word. Empty: they stay as they are."""

    high: Mapping[str, str] = {}
    """The last vowel of a word, with the high vowel of a suffix after it."""
    low: Mapping[str, str] = {}
    """The same with the low vowel."""
    voiceless: str = ""
    """Consonants after which a suffix begins with t and not with d."""
    suffixes: Mapping[str, str] = {}
    """Patterns of suffixes, with their forms after a consonant, a vowel and a possessive; - takes its ending away."""
    possessed: Mapping[str, str] = {}
    """Words that end in a possessive, with their form without it: lirası, lira."""
    before_vowels: Mapping[str, str] = {}
    """Numbers with another last letter before a vowel: dört, dörd."""
    back_letters: Mapping[str, str] = {}
    """Names of letters, with their other name, which a back vowel in the suffix shows: SGK'ya."""
    ordinal: str = ""
    """A pattern for the ending of an ordinal."""
