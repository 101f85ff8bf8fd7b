"""Abbreviations with their full stop that are expanded wherever they stand."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import WORD_START, alternatives, sentence_end
from exporter.speech.normalisation.short_forms.short_form import ShortForm

_AFTER_OTHER = re.compile(r"(?<!\w)[A-Z]\.\s?$")
_FIGURE = re.compile(r"\s?\d")
_INITIALS_AND_YEAR = re.compile(r"(?:\s[A-Z]\.)*\s\((?:19|20)\d\d")
_AGE = re.compile(r",\s\d{1,2}\s[^\W\d_]")
_NAME_BEFORE = re.compile(r"([^\W\d_]{3,})\s$")
_DECIMALS = re.compile(r"\d[.,]\d{1,2}\s$")
_GLUED = re.compile(r"(?<![\w.@/-])(?:[a-z]\.){2,3}(?=[a-z]{3})")
"""Letters with full stops before a word, without the space: i.e.prenatal."""
_NOUN_BEFORE = re.compile(r"([^\W\d_]+)\s[\d\s.,–-]*$")


def expand_endings(text: str, lexicon: Lexicon) -> str:
    """Expand the abbreviated ends of words: Hauptstr."""
    ends = alternatives(lexicon.endings)

    def read(match: re.Match[str]) -> str:
        return lexicon.endings[match[0]] + sentence_end(match)

    return re.sub(rf"(?<=[^\W\d_])(?:{ends})(?!\w)", read, text) if ends else text


def join_adjectives(text: str, lexicon: Lexicon) -> str:
    """Join abbreviated adjectives with their noun, and not with the word for or: мед. помощь."""
    adjectives, joints = alternatives(lexicon.joined), alternatives(lexicon.declension.other_joints)
    pattern = rf"(?<![\w.])({adjectives})\s(?-i:(?!(?:{joints})\s)(?=[^\W\d_A-ZА-ЯЁ]{{3}}))"
    return re.sub(pattern, lambda match: match[1][:-1], text, flags=re.IGNORECASE) if adjectives else text


def expand_abbreviations(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations with their full stop, in any case."""
    names = alternatives(lexicon.abbreviations)

    def read(match: re.Match[str]) -> str:
        short = ShortForm(match, lexicon.abbreviations, lexicon)
        return match[0] if any(is_other(short) for is_other in _OTHERS) else _full_form(short) + sentence_end(match)

    if names:
        text = _GLUED.sub(lambda match: f"{match[0]} " if match[0] in lexicon.abbreviations else match[0], text)
    pattern = rf"{WORD_START}(?<!\.)(?<!\.-)({names})(?!\w)"
    return re.sub(pattern, read, text, flags=re.IGNORECASE) if names else text


def _full_form(short: ShortForm) -> str:
    forms = short.entry.split("|")
    noun = _NOUN_BEFORE.search(short.before)  # les §§ 41 et s., and art. 41 et s.
    is_masculine = noun is not None and noun[1].casefold() in short.lexicon.ordinals.masculine_nouns
    return forms[-1 if is_masculine else 0]


def _is_unit_behind_slash(short: ShortForm) -> bool:
    """Return whether it is read with what is before it: 30 $/h."""
    return short.before.endswith("/") and short.name in short.lexicon.per


def _is_party(short: ShortForm) -> bool:
    """Return whether it is the initial of a party to a case: M. contre Allemagne."""
    versus = alternatives(tuple(short.lexicon.versus.values())) or "(?!)"
    return short.is_letter and short.is_before(re.compile(rf"\s(?:{versus})\s"))


def _is_middle_initial(short: ShortForm) -> bool:
    """Return whether it stands after a first name: Luís R. Barroso."""
    name = _NAME_BEFORE.search(short.before) if short.is_letter else None
    return name is not None and name[1].istitle() and name[1] not in short.lexicon.openers


def _is_initial_of_author(short: ShortForm) -> bool:
    """Return whether it stands between the name of an author and a year: Gil, D. F. (2015)."""
    is_after_comma = short.is_letter and short.before.endswith(", ")
    return is_after_comma and short.is_before(_INITIALS_AND_YEAR)


def _is_word_at_end(short: ShortForm) -> bool:
    """Return whether it is a word at the end of a sentence: une œuvre d’art."""
    return bool(short.sentence_end) and short.name[:-1].casefold() in short.lexicon.also_words


def _has_other_capitals(short: ShortForm) -> bool:
    """Return whether its capitals are those of another word.

    M. is a title, and m. is not; at the end of a sentence, Max. is a name and ref. is a word; WG is not wg.
    """
    name, table = short.name, short.table
    if name in table:
        return False
    if len(name) == 2 or short.match.string.isupper():
        return len(name) == 2
    is_small = name.lower() in table and name.capitalize() not in table
    return bool(short.sentence_end) or (name.isupper() and is_small)


def _is_letter_of_several(short: ShortForm) -> bool:
    """Return whether it is a letter beside another one or before figures: N. D. y N. T.; D. 4633/11, a decree."""
    return short.is_capital and (short.is_after(_AFTER_OTHER) or short.is_before(_FIGURE))


def _is_name_and_age(short: ShortForm) -> bool:
    """Return whether it is a name in short before an age: M., 41 ans."""
    return short.is_letter and short.is_capital and short.is_before(_AGE)


def _is_counted(short: ShortForm) -> bool:
    """Return whether it is a unit, scale or currency after figures: 182 см., also at the end of a sentence."""
    lexicon = short.lexicon
    is_end = short.sentence_end and short.name not in lexicon.units
    unit = short.name.removesuffix(".") if is_end else short.name
    if short.entry in lexicon.page_words and not short.is_after(_DECIMALS):
        return False  # 220 pp., and not 0,3 pp.
    return short.before.rstrip(" \u00a0-")[-1:].isdigit() and (
        unit in lexicon.units or unit in lexicon.scales.short or unit in lexicon.currencies
    )


_OTHERS = (
    _is_unit_behind_slash,
    _is_party,
    _is_middle_initial,
    _is_initial_of_author,
    _is_word_at_end,
    _has_other_capitals,
    _is_letter_of_several,
    _is_name_and_age,
    _is_counted,
)
"""What looks like an abbreviation and is none, or is read by another rule."""
