"""Words in capitals that can be said, and those that can only be spelt."""

from __future__ import annotations

import re

CAPITAL = "[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐİŞĞ]"
LONGEST_SHORT = 4
"""Letters of a word in capitals that is rather an initialism where it cannot be said."""
_ONSET = re.compile("[BCFGKPV][LR]|[DTW]R|[CSTPWRG]H|S[CKLMNPQTVW]|GN|KN|PS|TS|LL|MC")
NO_CODA = re.compile(r"(?!CT|CK|FT|GT|HT|PT|(.)\1)[BCDFGHKPTV][BCDFGKPRTV]$")
_VOWELS = frozenset("AEIOUYÁÉÍÓÚÀÈÌÒÙÊÄÖÜÂÔÃÕİАЕЁИОУЫЭЮЯІЇЄ")
_VOWEL = f"[{''.join(sorted(_VOWELS - {'Y'}))}]"
_CONSONANT = f"(?!{_VOWEL}){CAPITAL}"
SYLLABLES = re.compile(rf"(?:{_CONSONANT}{_VOWEL}){{2}}|(?=[А-Я])(?:{_VOWEL}{_CONSONANT}){{2}}")
"""Four letters that are read as a word: FEMA, NOTE, ТЕМА, ОПЕК."""
_ONSET_INSIDE = f"(?:[BCDFGPT]R|[BCFGP]L|{_CONSONANT})"
ROMANCE_SYLLABLES = re.compile(
    rf"(?!.*(.)\1|.*{_VOWEL}{{3}})(?=.{{4}}$)(?:S[CLMNPTV]|{_ONSET_INSIDE})?{_VOWEL}{{1,2}}"
    rf"(?:[LMNRSZ]?{_ONSET_INSIDE}{_VOWEL}{{1,2}})*(?:PS|[LMNRSZ]?(?![HJWY]){_CONSONANT})?"
)
"""Four letters that are also read as a word in Spanish, French, Italian and Portuguese: INAP, ONPE, CERD, SNIP."""


def is_pronounceable(word: str) -> bool:
    """Return whether a word has vowels, begins and ends as words do, and never has three consonants in a row."""
    if (re.match("[B-DF-HJ-NP-TV-Z]{2}", word) and not _ONSET.match(word)) or NO_CODA.search(word):
        return False
    return _longest_consonants(word) <= 2 and any(letter in _VOWELS for letter in word)


def is_unsayable(word: str) -> bool:
    """Return whether a word is surely an initialism: PTSD, ICCPR, CEDH."""
    if word.endswith("DH") and len(word) <= LONGEST_SHORT:
        return True
    longest = _longest_consonants(word)
    return longest == len(word) or longest > 4 or (longest > 3 and len(word) < 6)


def _longest_consonants(word: str) -> int:
    # MANCHA, ENTRE
    word = re.sub(rf"CH(?={_VOWEL})|[BCDFGPTV][LR](?={_VOWEL})", "C", word)
    return max(map(len, re.split("|".join(_VOWELS), word)))
