"""Short forms that are replaced as whole words, whatever stands around them."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import WORD_END, WORD_START, alternatives, just_before, look_up

_LETTERS = re.compile(r"(?:[A-Z]\.\s?){2,}")
_LETTER = re.compile(r"\s[A-Z]\.(?![\w°])")
_INITIAL_AND_WORD = re.compile(r"[A-Z]\. [^\W\d_]{4,}")
_BEFORE_YEAR = re.compile(r"(?:,?\s(?:&|[a-z])?\s?[^\W\d_]+,(?:\s[A-Z]\.)+){0,3}\s\((?:19|20)\d\d")
"""What follows the initials of an author: the year, maybe after other authors."""
_WORD_BEFORE = re.compile(r"([^\W\d_]+|(?<!\w)[A-Z]\.)\s$")


def read_others(text: str, lexicon: Lexicon) -> str:
    """Read the short form of others in the case of its noun: в Москве и др. городах."""
    table = lexicon.others
    if not table.short or table.short not in text:
        return text
    nouns = "|".join(f"({end})" for end in table.forms)
    forms = tuple(table.forms.values())

    def read(match: re.Match[str]) -> str:
        is_party = re.search(table.party, text[: match.start()])
        return match[0] if is_party else forms[(match.lastindex or 1) - 1]

    pattern = rf"(?<!\w){re.escape(table.short)}(?=\s(?!(?:{table.subjects})(?!\w))[^\W\d_A-ZА-ЯЁ]*?(?:{nouns})(?!\w))"
    return re.sub(pattern, read, text)


def read_stems(text: str, lexicon: Lexicon) -> str:
    """Read the beginnings of words that are abbreviated with a hyphen, with any ending: г-на."""

    def read(match: re.Match[str]) -> str:
        stem = look_up(lexicon.stems, match[0])
        return stem.capitalize() if match[0][0].isupper() else stem

    stems = alternatives(lexicon.stems)
    return re.sub(rf"{WORD_START}(?i:{stems})(?=[^\W\d_]{{0,3}}(?![\w-]))", read, text) if stems else text


def replace_words(text: str, lexicon: Lexicon) -> str:
    """Replace whole words by the table of words, case-sensitive."""
    words = alternatives(lexicon.words)

    def read(match: re.Match[str]) -> str:
        # R.M. N.° 12 has no M. N., and the child N. B. C. no N. B.
        is_letters = _LETTERS.fullmatch(match[0]) is not None
        is_end_of_letters = is_letters and (text.endswith(".", 0, match.start()) or _LETTER.match(text, match.end()))
        is_name = _is_initial_of_name(match, lexicon) or _is_initial_of_author(match)
        return match[0] if is_end_of_letters or is_name else lexicon.words[match[0]]

    return re.sub(rf"{WORD_START}(?:{words}){WORD_END}", read, text) if words else text


def _is_initial_of_author(match: re.Match[str]) -> bool:
    """Return whether initials stand between the name of an author and a year: Gil, A. C. (2015)."""
    is_after_comma = match.string.endswith(", ", 0, match.start()) and _LETTERS.fullmatch(match[0]) is not None
    return is_after_comma and _BEFORE_YEAR.match(match.string, match.end()) is not None


def _is_initial_of_name(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether V. or S. belongs to a name.

    Ana V. también, and not (V. también); John S. Africa, and not In S. Africa.
    """
    word = _WORD_BEFORE.search(just_before(match.string, match.start()))
    if word is None or not _INITIAL_AND_WORD.fullmatch(match[0]):
        return False
    return match[0][3].islower() or (word[1][0].isupper() and word[1] not in lexicon.openers)
