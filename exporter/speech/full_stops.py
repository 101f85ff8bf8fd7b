"""Full stops that end no sentence: those of abbreviations, initials and ordinals.

A rule returns whether the sentence goes on after a `FullStop`; `_ALWAYS` and `_UNLESS_OPENER` contain the rules, in any
order. Abbreviations are in the lexicon: `joining`, `before_openers`, `before_numbers` and the tables of full forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from exporter.lexicon import Lexicon
from exporter.lexicon.word_lists import words
from exporter.speech.normalisation.numbers.ordinals import counted_noun
from exporter.speech.normalisation.patterns import month_names

OPENING_MARKS = "\"'‘“«‹([{¿¡—–-\u00a0\u202f \n\t"
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.\u064b-\u0652])+(?:\([as]\))?$")
"""A word, maybe with both of its endings: Sr(a)."""
_WORD_START = re.compile(r"(?<![\w.])[^\W_]")
_LETTERS = re.compile(r"[^\W\d_]*")
_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){0,3}[^\W\d_]")
_ROMANISED = re.compile(r"(?:[A-Z]\.)?(?:[SCZK]h|Ts|Y[aeou])\.[A-Z]h?|[A-Z]\.(?:[SCZK]h|Ts|Y[aeou])|[SCZK]h|Ts|Yu")
"""Initials of names in other scripts, as they are written in English: Sh.M., Yu., N.Kh."""
_POINTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_ONLY_CONSONANTS = re.compile("[B-DF-HJ-NP-TV-XZÑ][b-df-hj-np-tv-xzñç]{1,4}")
_FIGURES_APART = re.compile(r"\s\(\W{0,2}\d[^()]*(?<![.!?])\)|\s[–—-]\s[«“]?(?:\d|[^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐ]{2})")
_ROMAN = re.compile(r"[IVXLC]+")
_NUMBER = re.compile(
    r"""[\d№§¶\#$€£+] | [IVXLC]+\b(?![’'])
    | [B-Z]\b(?![.’']) | A(?:[),;]|$) | A\sy\s[B-Z]\b | [A-Z]{1,6}\.?\d | [A-Z]\.\s?\d  # App. B, L. 121-1
    | (?:[A-Z]{1,6}[-/])+\d | [A-Z]{1,6}/[A-Z] | [A-Z]{2,3}\s\d{2,4}[A-Z]\b  # CN-AR-5, A/RES, KAA 123B
    """,
    re.VERBOSE,
)
_NUMBER_SIGN = re.compile(r"N\.?[º°]")
_NUMBER_WORD = re.compile(r"(?:[Nn]os?|[Nn][úu]ms?|[Nn]ros?)\.\s?(?:\d|[A-Z]+[-/\d])")
_PRONOUN = re.compile(r"I\s(?!(?:and|in|of|or|to)\s)[a-z]|I,\s[a-z]+,")
_YEAR_OR_CENTURY = re.compile(r"(?<!\d)\d{3,4}$|[IVX]$")
_PARTY = re.compile(r"(?:[^\W_]|[;)”»]|\b\w{1,4}\.)$")
"""The end of the first of two parties: García et al. v. México."""
_PARTICLE = re.compile(r"(?:De|Del|Da|Do|Di)\s(?:l[ao]s?\s)?[A-ZÀ-Þ]")
_TIMES_OF_DAY = ("a.m", "p.m")
_LONGEST_FORM, _LONGEST_DATE = 20, 6
"""Characters of an abbreviation, also of several words; words of a sentence that may be no more than a date."""


class FullStop(NamedTuple):
    """A full stop between two words."""

    sentence: str
    """What is before it, from the beginning of the sentence on."""
    word: str
    """The word before it, which may have full stops inside: U.S."""
    key: str
    """That word, case-folded."""
    form: str
    """That word with its full stop."""
    phrases: tuple[str, ...]
    """That word with the words before it, which may be one abbreviation: d. h."""
    before: str
    """What is before that word."""
    previous: str
    """The word before that word."""
    rest: str
    """What is after it."""
    following: str
    """The same without opening brackets and quotation marks."""
    next_word: str
    """The letters that follow; empty if something else does."""
    lexicon: Lexicon

    @property
    def is_before_opener(self) -> bool:
        """Whether a word follows that begins sentences, and no initial: The."""
        return self.next_word in self.lexicon.openers and not self.is_before(_INITIAL)

    @property
    def is_before_figure(self) -> bool:
        """Whether a figure follows."""
        return self.following[0].isdigit()

    @property
    def is_before_capital(self) -> bool:
        """Whether a capital follows."""
        return self.following[0].isupper()

    @property
    def is_after_figure(self) -> bool:
        """Whether a figure is before the word."""
        return self.before[-1:].isdigit()

    @property
    def is_numbering(self) -> bool:
        """Whether the word stands before numbers: art. 5, Hauptstr. 12."""
        numbered, endings = self.lexicon.numbered, tuple(self.lexicon.endings)
        is_numbered = self.form in numbered or f"{self.key}." in numbered or self.form.endswith(endings)
        several = (phrase for phrase in self.phrases if " " in phrase)
        is_numbered = is_numbered or any(f"{phrase}.".casefold() in self.lexicon.numbered_forms for phrase in several)
        return is_numbered or self.key in self.lexicon.before_numbers

    def is_before(self, pattern: re.Pattern[str]) -> bool:
        """Return whether what follows begins with a pattern."""
        return pattern.match(self.following) is not None


def is_abbreviation(sentence: str, rest: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop after `sentence` belongs to an abbreviation, and the sentence goes on."""
    if rest.lstrip()[:1].isdigit() and sentence.rpartition(" ")[2] + "." in lexicon.currencies:
        return True  # S/. 120
    stop = _full_stop(sentence, rest, lexicon)
    if stop is None or _is_unit(stop):
        return False
    if any(goes_on(stop) for goes_on in _ALWAYS):
        return True
    return not stop.is_before_opener and any(goes_on(stop) for goes_on in _UNLESS_OPENER)


def _full_stop(sentence: str, rest: str, lexicon: Lexicon) -> FullStop | None:
    """Return the full stop between `sentence` and `rest`, or None if it is not between two words."""
    word = _WORD_BEFORE.search(sentence, max(0, len(sentence) - _LONGEST_FORM))
    following = rest.lstrip(OPENING_MARKS)
    if not word or not following:
        return None
    before = sentence[: word.start()].rstrip()
    tail = sentence[-_LONGEST_FORM:].replace("\u00a0", " ").replace("\u202f", " ")
    next_word = _LETTERS.match(following)
    return FullStop(
        sentence=sentence,
        word=word[0],
        key=word[0].casefold(),
        form=f"{word[0]}.",
        phrases=tuple(tail[start.start() :] for start in _WORD_START.finditer(tail)),
        before=before,
        previous=before.rpartition(" ")[2],
        rest=rest,
        following=following,
        next_word=next_word[0] if next_word else "",
        lexicon=lexicon,
    )


def _is_unit(stop: FullStop) -> bool:
    """Return whether it is that of a unit after figures, before a capital: 182 см. Вес."""
    is_amount = stop.is_after_figure and stop.key in stop.lexicon.units and stop.is_before_capital
    return is_amount and (stop.key in stop.lexicon.joining or stop.key in stop.lexicon.before_openers)


def _is_joining(stop: FullStop) -> bool:
    """Return whether it is that of an abbreviation that ends no sentence: Dr. Weiß, d. h. Alte."""
    return any(phrase.casefold() in stop.lexicon.joining for phrase in stop.phrases)


def _is_before_number_sign(stop: FullStop) -> bool:
    """Return whether the sign for a number follows: в кол. № 8, G.R. No. 8, D. Leg. N.º 957."""
    if stop.is_before(_NUMBER_SIGN):
        return "." in stop.word or stop.before.endswith(".")
    return stop.following[0] == "№" or ("." in stop.word and stop.is_before(_NUMBER_WORD))


def _is_inside_form(stop: FullStop) -> bool:
    """Return whether it is the first one of an abbreviation of several words: a. C., and not WhatsApp. In 2019."""
    for start, end in stop.lexicon.spaced_forms.get(stop.following[0], ()):
        if stop.sentence.endswith(start) and stop.following.startswith(end):
            before, after = stop.sentence[: -len(start)][-1:], stop.following[len(end) :][:1]
            if not (before.isalnum() and start[0].isalnum()) and not (after.isalnum() and end[-1].isalnum()):
                return True
    return False


def _is_before_time_zone(stop: FullStop) -> bool:
    """Return whether a time zone follows a time of day: 5 p.m. EST."""
    return stop.key in _TIMES_OF_DAY and stop.next_word in words("time_zones", stop.lexicon.language)


def _is_small_before_figure(stop: FullStop) -> bool:
    """Return whether it is that of small letters before a figure, and of no time of day: w.e.f. 1 May, (est. 2013)."""
    is_pointed = _POINTED.fullmatch(stop.word) is not None and not stop.is_after_figure
    is_short = (is_pointed or stop.before.endswith("(")) and stop.word.islower()
    return is_short and stop.is_before_figure and stop.key not in _TIMES_OF_DAY


def _is_before_figures(stop: FullStop) -> bool:
    """Return whether brackets or a dash continue what ends in an abbreviation: 1,204 pers. (57 %), в 2019 г. — 29 %."""
    lexicon = stop.lexicon
    tables = lexicon.abbreviations, lexicon.units, lexicon.year_forms, lexicon.declension.centuries
    is_short = any(stop.form in table for table in tables) or _POINTED.fullmatch(stop.word) is not None
    return is_short and _FIGURES_APART.match(stop.rest) is not None


def _is_pointed_ordinal(stop: FullStop) -> bool:
    """Return whether it makes a number an ordinal: am 5. Mai, die 21. Sitzung, 18./19. Jahrhundert."""
    table, is_roman = stop.lexicon.ordinals, _ROMAN.fullmatch(stop.word) is not None
    if not (table.pointed or table.pointed_before) or not (is_roman or re.fullmatch(r"\d{1,3}", stop.word)):
        return False
    return (
        (is_roman and table.pointed_roman)
        or stop.before.endswith("./")
        or counted_noun(stop.following, 0, stop.lexicon) != ""
        or stop.next_word in month_names(stop.lexicon.language)
        or stop.previous.casefold() in table.pointed.keys() - {""}
    )


def _is_before_number(stop: FullStop) -> bool:
    """Return whether a number follows, or another short form before one: art. 5, App. No. 12, and not no. I agree."""
    if not stop.is_numbering or (stop.key in stop.lexicon.before_pronouns and stop.is_before(_PRONOUN)):
        return False
    if any(map(stop.is_before, (_NUMBER, _NUMBER_SIGN, _NUMBER_WORD))):
        return True
    form = f"{stop.next_word}."
    return stop.following.startswith(form) and form.casefold() in stop.lexicon.numbered_forms


def _is_caseless_initial(stop: FullStop) -> bool:
    """Return whether it is that of a letter in a script without capitals: د. سامي, السيدة ف. أ."""
    if len(stop.word) != 1 or not stop.word.isalpha() or stop.word.isupper() or stop.word.islower():
        return False
    is_after_title = stop.previous.lstrip(stop.lexicon.proclitics) in stop.lexicon.before_names
    is_one_of_several = stop.before.endswith(".") or stop.is_before(_INITIAL)
    return is_one_of_several or is_after_title or not (stop.is_numbering or stop.is_after_figure)


def _is_short_ordinal(stop: FullStop) -> bool:
    """Return whether it is that of a short ordinal: 5to. Congreso."""
    short = re.fullmatch(r"(?:\d{1,3}|[IVX]+(?=[ªº]))([^\W\d_]{1,3})", stop.word)
    return short is not None and f"{short[1]}." in stop.lexicon.ordinals.suffixes


def _is_year(stop: FullStop) -> bool:
    """Return whether it is that of a year or a place, and not of a date that ends a sentence: 2019 г., г. Москва."""
    if stop.form not in stop.lexicon.year_forms and stop.form not in stop.lexicon.declension.centuries:
        return False
    is_date = len(re.split("[,;]", stop.sentence)[-1].split()) < _LONGEST_DATE
    return is_date or not _YEAR_OR_CENTURY.search(stop.before)


def _is_listed(stop: FullStop) -> bool:
    """Return whether it is that of an abbreviation of the lexicon or of an English title: Inc., EE. UU., St. Louis."""
    if stop.word in words("titles", stop.lexicon.language):
        return True
    openers, forms = stop.lexicon.before_openers, stop.lexicon.words
    return any(
        phrase.casefold() in openers or (phrase[0].isupper() and f"{phrase}." in forms) for phrase in stop.phrases
    )


def _is_before_name(stop: FullStop) -> bool:
    """Return whether it is that of a title, or of versus between two parties: Sen. Lee, Paz c. España."""
    is_title = stop.form in stop.lexicon.named and not re.search(r"[.\d]$", stop.before)
    is_versus = stop.form in stop.lexicon.versus and _PARTY.search(stop.before) is not None
    return (is_title or is_versus) and stop.is_before_capital


def _is_without_vowel(stop: FullStop) -> bool:
    """Return whether it is that of what can be no word: Btn., Crl."""
    return _ONLY_CONSONANTS.fullmatch(stop.word) is not None and stop.form in stop.lexicon.abbreviations


def _is_initial(stop: FullStop) -> bool:
    """Return whether it is that of an initial: J.K. Rowling, George I. Okafor, and not See Part I. Then II."""
    if not stop.is_before_capital and not stop.is_before_figure:
        return False
    if not _ROMANISED.fullmatch(stop.word) and not (_INITIALS.fullmatch(stop.word) and stop.word.isupper()):
        return False
    if stop.word not in stop.lexicon.words_of_one or stop.is_before(_INITIAL):
        return True
    return stop.previous[:1].isupper() and stop.previous not in stop.lexicon.roman_words


def _is_before_particle(stop: FullStop) -> bool:
    """Return whether it is that of the second initial of a name with a particle: Luis O. De la Paz."""
    is_letter = len(stop.word) == 1 and stop.word.isupper() and stop.previous.istitle()
    return is_letter and stop.previous not in stop.lexicon.roman_words and stop.is_before(_PARTICLE)


_ALWAYS: tuple[Callable[[FullStop], bool], ...] = (
    _is_joining,
    _is_before_number_sign,
    _is_inside_form,
    _is_before_time_zone,
    _is_small_before_figure,
    _is_before_figures,
    _is_pointed_ordinal,
    _is_before_number,
    _is_caseless_initial,
    _is_before_particle,
)
"""By each of these, the sentence goes on."""
_UNLESS_OPENER: tuple[Callable[[FullStop], bool], ...] = (
    _is_short_ordinal,
    _is_year,
    _is_listed,
    _is_before_name,
    _is_without_vowel,
    _is_initial,
)
"""By each of these, it goes on unless a word follows that begins sentences."""
