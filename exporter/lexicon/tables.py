"""Tables of a lexicon that have keys of their own."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Scales(msgspec.Struct, frozen=True):
    """Words between an amount and its currency."""

    words: tuple[str, ...] = ()
    """Such as million."""
    link: str = ""
    """What joins such a word to the currency: Spanish "de"."""
    short: Mapping[str, str] = {}
    """Abbreviations of such words, directly after an amount: bn."""


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of numbers that agree in gender with their noun. Empty: numbers stay figures."""

    small: tuple[str, ...] = ()
    """Numbers from 0, in the masculine: to 29, or to 99, where those are no tens with a joint and ones."""
    tens: tuple[str, ...] = ()
    """30, 40 ... 90."""
    joint: str = ""
    """Between tens and ones."""
    hundred: str = ""
    """100 by itself."""
    hundreds: tuple[str, ...] = ()
    """100, 200 ... 900 with something after them, in the masculine."""
    hundred_joint: str = ""
    """Between hundreds and what follows them."""
    thousand: str = ""
    """Empty: numbers from 1000 stay figures."""
    million: tuple[str, ...] = ()
    """One million, many millions: nouns themselves. Empty: numbers from a million stay figures."""
    feminine: Mapping[str, str] = {}
    """Words of a number, with their form before a feminine noun."""
    either: str = ""
    """Between the forms of a noun for women and men, un/a: empty if they are not written so."""
    half: str = ""
    """Before a noun: masculine, a bar, feminine."""
    short: Mapping[str, str] = {}
    """Words of a number, with their form before a masculine noun and before thousands: veintiuno, veintiún."""
    feminine_endings: tuple[str, ...] = ()
    feminine_words: frozenset[str] = frozenset()
    """Nouns that are feminine whatever their ending."""
    masculine_words: frozenset[str] = frozenset()
    feminine_determiners: frozenset[str] = frozenset()
    """Words before a number that show that a noun of either gender is feminine: las 200 periodistas."""
    no_nouns: frozenset[str] = frozenset()
    """Short words that may follow a number but are not its noun."""


class Polarity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of numbers whose gender is opposed to that of their noun. Empty: numbers stay figures."""

    masculine: tuple[str, ...] = ()
    """Numbers from 0 to 19 before a masculine noun."""
    feminine: tuple[str, ...] = ()
    """The same before a feminine one."""
    one_before_tens: tuple[str, ...] = ()
    """One before tens, masculine and feminine."""
    tens: tuple[str, ...] = ()
    """20, 30 ... 90."""
    joint: str = ""
    two_hundred: tuple[str, ...] = ()
    """Nominative, other case, and both before a noun, as the next one."""
    two_thousand: tuple[str, ...] = ()
    thousand: tuple[str, ...] = ()
    """The thousand after tens, and before a noun."""
    oblique: Mapping[str, str] = {}
    """Words of numbers, with their other case."""
    oblique_after: frozenset[str] = frozenset()
    """Words before a number that ask for that case."""
    subjects: frozenset[str] = frozenset()
    """Words before a number of those who do or suffer something: قُتل 25 رجلا."""
    feminine_words: frozenset[str] = frozenset()
    """Nouns that are feminine whatever their ending."""
    masculine_words: frozenset[str] = frozenset()
    masculine_plurals: tuple[str, ...] = ()
    """Patterns of plurals of masculine nouns that look feminine."""


class Ordinals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinal numbers in words. Empty: they stay figures."""

    words: Mapping[str, str] = {}
    """A number and its forms, with bars: masculine, feminine, before a noun. Others are put together from these."""
    before: Mapping[str, str] = {}
    """The word of a number before a smaller one, if only the last word is an ordinal: twenty in twenty-first."""
    joint: str = " "
    ones_first: str = ""
    """Joins ones and tens, if the ones come first."""
    suffixes: Mapping[str, int] = {}
    """What is written after figures, with the position of its form: ª is 1."""
    after: Mapping[str, int] = {}
    """Nouns before a Roman number, or figures with `prefix`, that is an ordinal, with the position of its form."""
    prefix: str = ""
    always_after: frozenset[str] = frozenset()
    """Those of `after` before whose figures there need be no prefix."""
    articles: Mapping[str, int] = {}
    """Words before a Roman number that is an ordinal, with the position of its form: la II Guerra."""
    counted: frozenset[str] = frozenset()
    """Nouns that a Roman number counts without a word before it: XXI Congreso."""
    masculine_nouns: tuple[str, ...] = ()
    """Masculine nouns, and endings with a hyphen before them, before which figures take the form of `articles`."""
    pointed: Mapping[str, int] = {}
    """Words before a number that a full stop makes an ordinal, with the position of its form: am 5. Mai.

    Empty: after other words, before a month and a small letter.
    """
    pointed_before: Mapping[str, int] = {}
    """Nouns before which a number with a full stop is an ordinal after any word, with its form: 3. Kammer."""
    roman_before: Mapping[str, int] = {}
    """Nouns before which a Roman number is an ordinal without an article, with its form: II República."""
    pointed_roman: bool = False
    """Whether a Roman number with a full stop is an ordinal after any word: II. Mahmud."""


class Regnal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of rulers and popes: Henry VIII."""

    names: frozenset[str] = frozenset()
    feminine_names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    """Words such as king: after them, any name is that of a ruler."""
    article: str = ""
    """Before the ordinal: Henry the eighth; of two forms with a bar, the second is for women."""
    oblique: Mapping[str, str] = {}
    """Words before a ruler, with the article in the case that they ask for; the ordinal is in its second form."""
    other_followers: frozenset[str] = frozenset()
    """Words that show that a letter is a word and no number: I think."""
    up_to: int = 0
    """The largest number that is read as an ordinal."""


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days of a month, with `{}` for the day and the month."""

    before: str = ""
    """The day before its month: the {} of {}."""
    after: str = ""
    up_to: int = 0
    """The last day that is read as an ordinal."""
    year: str = ""
    """Between month and year."""
    between: str = ""
    """Between two days, if not the word of a range: 3 au 5 mai."""
    determiners: frozenset[str] = frozenset()
    """Words after which the article of `before` is left out: its 3 May decree."""
    words: tuple[str, ...] = ()
    """Words after which 7/5 is a day and a month."""
    nouns: frozenset[str] = frozenset()
    """Those of `words` after which 1/5 is one, too."""
    dated: tuple[str, ...] = ()
    """Words after which 5-5-55 and 17.3.23 are dates."""
    pointed: tuple[str, ...] = ()
    """Words after which 31.12. is a day and its month."""
    before_months: tuple[str, ...] = ()
    """Words after which 12.2015, or 06/2017, is a month and its year."""
    until: tuple[str, ...] = ()
    """Words between the first and the last day or month: del 30/03 a 8/04/2022."""
    other_months: tuple[str, ...] = ()
    """Other spellings of months."""


class Characters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers beside Chinese characters, which have no spaces between words. Empty: the language has spaces."""

    digits: str = ""
    """The digits from 0, by which years are read: 二零二六年."""
    percent: str = ""
    """Before the number of a percentage."""
    per_mille: str = ""
    two: str = ""
    counted: tuple[str, ...] = ()
    """Words before which two has that form, as they show that something is counted: 2个."""
    nouns: tuple[str, ...] = ()
    """Patterns of nouns that begin with such a word, as in numbered headings: 2 国际法."""
    numbered: Mapping[str, tuple[str, ...]] = {}
    """Words of `counted`, with those after whose number they are numbered, as patterns: 平成2年, A座2层."""
    eras: tuple[str, ...] = ()
    """Words before the year of an era: 公元前221年."""
    of_year: tuple[str, ...] = ()
    """What may stand between figures and the word for year, if those are a year: 2020/21学年."""
    before_many_years: tuple[str, ...] = ()
    after_many_years: tuple[str, ...] = ()
    after_past_years: tuple[str, ...] = ()
    """What stands around years that are counted, 近1500年, 1500年历史, and after 年来 in other words: 2000年来到."""


class Coordinates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Degrees, minutes and seconds of a place."""

    degrees: str = ""
    minutes: str = ""
    seconds: str = ""
    joint: str = " "
    directions: Mapping[str, str] = {}
