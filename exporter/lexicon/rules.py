"""The reading rules of a language."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exporter.lexicon.inflection import Declension, Harmony, Others
from exporter.lexicon.tables import (
    Agreement,
    Characters,
    Coordinates,
    Days,
    Ordinals,
    Polarity,
    Regnal,
    Scales,
)


class Rules(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The reading rules of one language, as its file has them. A rule whose table is empty does nothing."""

    language: str = ""
    joining: frozenset[str] = frozenset()
    """Abbreviations, without their full stop and case-folded, that never end a sentence."""
    before_numbers: frozenset[str] = frozenset()
    """Abbreviations that do not end a sentence when a number follows."""
    before_pronouns: frozenset[str] = frozenset()
    """Those of `before_numbers` that are words before one of `words_of_one`: no. I agree."""
    words_of_one: frozenset[str] = frozenset()
    """Single capital letters that are words and may end a sentence, such as "I"."""
    openers: frozenset[str] = frozenset()
    """Words that begin a sentence where they follow initials or an abbreviation of `before_openers`: The."""
    before_openers: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only before one of `openers`. So do those in capitals in `words`."""
    words: Mapping[str, str] = {}
    """Written forms and how they are read; whole words, case-sensitive."""
    stems: Mapping[str, str] = {}
    """Beginnings of words abbreviated with a hyphen, to which any ending is added: г-н, г-на."""
    joined: tuple[str, ...] = ()
    """Abbreviated adjectives that are joined with their noun: мед. помощь as медпомощь."""
    abbreviations: Mapping[str, str] = {}
    """Abbreviations with their full stop; not case-sensitive.

    Of two forms with a bar, the second is after the number of one of `ordinals.masculine_nouns`.
    """
    lettered: frozenset[str] = frozenset()
    """Those of `numbered` that also stand before a single small letter: lit. a."""
    endings: Mapping[str, str] = {}
    """Abbreviated ends of words, in full: Hauptstr."""
    numbered: Mapping[str, str] = {}
    """Abbreviations and symbols that are expanded only before a number: No., art., §.

    Of two forms with a bar, the second is for several numbers; of four or more, they are the cases: nominative,
    genitive, dative, locative, instrumental, accusative. Behind a slash are those for several numbers.
    """
    unpointed: frozenset[str] = frozenset()
    """Short forms without a full stop that are words unless a part or several numbers follow: art 6(1), arts 5–7."""
    also_words: frozenset[str] = frozenset()
    """Those of `numbered` that are words before a number and a noun, nos 12 amis, and of `telephone`: le port 443.

    Those of `abbreviations`, without their full stop, that are words at the end of a sentence: l’art.
    Those in capitals that may be words in a heading: LET US GO, US POLICY.
    """
    pointed: frozenset[str] = frozenset()
    """Words before numbers whose full stop separates no thousands: recomendación 120.112."""
    letters: Mapping[str, str] = {}
    """Names of the letters that the voices mispronounce in an initialism."""
    silent_plural: bool = False
    """Whether the s of several, les PDIs, is not heard."""
    as_words: frozenset[str] = frozenset()
    """Initialisms that are read as a word, such as UNICEF."""
    as_letters: frozenset[str] = frozenset()
    """Initialisms of four letters that are spelt though they have syllables, such as SARL."""
    romance_syllables: bool = False
    """Whether INAP and CERD are read as words, as in Spanish, and not spelt, as ADAC is in German."""
    before_names: frozenset[str] = frozenset()
    """Words, in small letters, after which capitals are a surname: Mister UMER (Pakistan)."""
    emphasised: frozenset[str] = frozenset()
    """Words in capitals that are no initialisms: did NOT, HUMAN RIGHTS."""
    proclitics: str = ""
    """Letters that are written together with the next word, figures too."""
    spell: bool = False
    """Whether other words of two to six capitals are read letter by letter."""
    spell_mixed: bool = False
    """Whether capitals with one small letter among them are also read so: AfDB, NDoH."""
    symbols: Mapping[str, str] = {}
    """Names of symbols in running text."""
    mixed: Mapping[str, str] = {}
    """Fraction characters, as they are read after a whole number: ½ in 3½."""
    signs: Mapping[str, str] = {}
    """Names of symbols that are read only in a text without words, and `other` for those that have no name here."""
    currencies: Mapping[str, str] = {}
    """Currency symbols and codes, as they are read after the amount: one, a bar, many; Russian: one, few, many."""
    before_adjectives: frozenset[str] = frozenset()
    """Words after which a sum before a noun is in the singular: a $10 million fund."""
    prepositions: frozenset[str] = frozenset()
    """Words after such a sum that are no nouns."""
    scales: Scales = Scales()
    subdivision: str = ""
    """Word before the brackets after the number of an article, as in 13(2)."""
    subdivisions: Mapping[str, str] = {}
    """Other words for it, by the word for what is divided: section as subsection."""
    articles: frozenset[str] = frozenset()
    """Words for an article, after whose number the brackets may follow a space; not case-sensitive."""
    range_word: str = ""
    """Between the two ends of a range."""
    before_pairs: frozenset[str] = frozenset()
    """Words after which the two ends are joined by the word for and: between 5–10; in small letters."""
    version: str = ""
    """The word for version, before its number: v2.0."""
    streets: Mapping[str, str] = {}
    """Kinds of streets without a full stop, behind the name of the street: 10 Downing St."""
    decimals_apart: bool = False
    """Whether decimals are always read one by one; else two are read as one number."""
    decimal: Mapping[str, str] = {}
    """How the decimal marks "." and "," are read; empty leaves them to the voice."""
    grouping: str = ""
    """Thousands separators."""
    year: Mapping[str, str] = {}
    """`oh` and `hundred` for years read in pairs; `joint` between the pairs of years up to 1999; empty: as numbers."""
    year_forms: Mapping[str, str] = {}
    """Abbreviations of the word for year after its figures: the full form, that after `before_years`, another one."""
    before_years: frozenset[str] = frozenset()
    """Words after which a year is read in its second form, in small letters."""
    before_whole_years: frozenset[str] = frozenset()
    """Words after which a year is read in its third form."""
    time: Mapping[str, str] = {}
    """Words of times of day: `joint` between hour and minute, `oh` before one digit, `sharp`, `hundred` after noon.

    With `hours` (one, a bar, many) and `minutes`, those words are added; `sign` is the symbol for it, as in 14h30.
    """
    hijri_months: tuple[str, ...] = ()
    """Names of the months for dates in figures before the year 1600."""
    day_halves: Mapping[str, str] = {}
    """Letters for morning and afternoon after a time of day with `hours`."""
    lifespans: Mapping[str, str] = {}
    """Signs before the year of a birth or death in brackets: (n. 1947), († 2021)."""
    eras: Mapping[str, str] = {}
    """Letters for an era after a year."""
    day_first: bool = False
    """Whether 12/5/2019 is in May."""
    units: Mapping[str, str] = {}
    """Unit symbols, as they are read after a number: one, a bar, many."""
    in_years: frozenset[str] = frozenset()
    """Words after which two consecutive years stand side by side: en 2019-2020; in small letters."""
    per: Mapping[str, str] = {}
    """What may stand behind a slash after a unit or currency, and how both are read: $30/day, 5 kg/m³."""
    before_units: tuple[str, ...] = ()
    """Words before a unit without a number that is in the singular, as per m²; the first also before others: per kg."""
    before_many_units: tuple[str, ...] = ()
    """Words before a unit without figures that is in the plural: milhares de km."""
    calibres: frozenset[str] = frozenset()
    """Units in the singular before a noun: 9 mm pistols."""
    auxiliaries: Mapping[str, tuple[str, ...]] = {}
    """Units that are also verbs, with the endings of the word after the verb: ha ucciso."""
    documents: Mapping[str, str] = {}
    """Abbreviations in document symbols, such as Add."""
    before_roman: frozenset[str] = frozenset()
    """Words after which a single I, V or X is a number."""
    regions: Mapping[str, str] = {}
    """Codes of regions after a place and a bar or hyphen: Recife/PE."""
    agreement: Agreement = Agreement()
    characters: Characters = Characters()
    polarity: Polarity = Polarity()
    ordinals: Ordinals = Ordinals()
    regnal: Regnal = Regnal()
    days: Days = Days()
    coordinates: Coordinates = Coordinates()
    declension: Declension = Declension()
    harmony: Harmony = Harmony()
    others: Others = Others()
    ages: Mapping[str, str] = {}
    """Abbreviations of the word for year after the age of a person between commas: one, few, many."""
    before_dates: Mapping[str, str] = {}
    """Abbreviations that are expanded only before the day of a month: j. 20-2-2018."""
    fractions: Mapping[str, str] = {}
    """Denominators: one, a bar, many; with {} for the numerator, if it comes last."""
    slash: str = ""
    """Between the numbers of a resolution, 60/147, and of a case."""
    references: frozenset[str] = frozenset()
    """Words after which two numbers with a slash are no fraction, in small letters."""
    parts: frozenset[str] = frozenset()
    """Words after which 16.10 is a part of a list and not a decimal, besides those for numbered parts."""
    ranks: frozenset[str] = frozenset()
    """Words after which 75/193 is a place in a list, in small letters."""
    rank_word: str = ""
    rate_word: str = ""
    """Between the number of cases and a round number, 0.3/100,000."""
    maps: frozenset[str] = frozenset()
    """Words beside which 1/25,000 is a scale, in small letters."""
    ratio_word: str = ""
    """Between the numbers of a ratio, 3:1."""
    ratios: frozenset[str] = frozenset()
    """Words after which 1:10 is no time of day, in small letters."""
    named: Mapping[str, str] = {}
    """Abbreviations that are expanded only before a capital: г. Москва; declined as in `numbered`.

    Of two forms with a bar, the second is before the name of a woman.
    """
    dimension_word: str = ""
    """Between the sides of an area, 2 m x 3 m."""
    before_weekdays: tuple[str, ...] = ()
    """Words before the abbreviation of a weekday that has no full stop: on Mon; none in languages that have no such."""
    after_ordinals: Mapping[str, str] = {}
    """Abbreviations that mean something else after an ordinal: 2nd ed."""
    reviews: Mapping[str, str] = {}
    """Law reviews and reports of judgments, before a year and a page: D. 2005. 123. Initialisms are their own names."""
    score_word: str = ""
    """Between the numbers of a result, 3-2."""
    before_scores: tuple[str, ...] = ()
    """Words before a result that is written with a cross: por 5x0."""
    whole_ends: bool = False
    """Whether the end of a range of articles is never shortened, so that 241-9 is one article."""
    code_letters: str = ""
    """Letters before the number of an article of a code: art. L. 121-1."""
    in_articles: Mapping[str, str] = {}
    """Those of `numbered` that are read otherwise after the number of an article or an application: Article 6 § 1."""
    in_laws: Mapping[str, str] = {}
    """Short forms that are read so after the year of a law, as its chapters are counted by years."""
    after_initials: frozenset[str] = frozenset()
    """Words after which a letter with a full stop before them is the initial of a name: أحمد م. في."""
    versus: Mapping[str, str] = {}
    """Abbreviations between the parties to a case: Smith v. Jones."""
    court_offices: Mapping[str, str] = {}
    """Offices of a court after a name, as they are read before it: WHITE, J."""
    plain_offices: frozenset[str] = frozenset()
    """Those of them that also stand after a name without a comma: Sales LJ."""
    parties: Mapping[str, str] = {}
    """Letters of a party before the state of one of its members: (R-FL)."""
    states: Mapping[str, str] = {}
    """Short forms of these states."""
    telephone: Mapping[str, str] = {}
    """Words before a phone number, without their full stop."""
    telephone_pairs: bool = False
    """Whether two digits of a phone number are read as one number."""
    cents: Mapping[str, str] = {}
    """Currency symbols and codes, with the hundredth part of the currency: one, a bar, many."""
    cents_joint: str = ""
    measures: frozenset[str] = frozenset()
    """Words after which, or before which, a letter directly after a number is a unit: 3m high."""
    url: Mapping[str, str] = {}
    """Names of the characters in an address, and `long`, which is read instead of a long path."""
    maths: Mapping[str, str] = {}
    """Words for formulas, by operator character or by name (`over`, `squared` ...)."""
    digest: str = ""
    """SHA-256 of the file, for cache keys."""
