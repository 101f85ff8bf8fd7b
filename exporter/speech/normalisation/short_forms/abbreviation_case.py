"""The case of abbreviations of nouns: нарушение ст. 3 and п. 1 ст. 6 are read статьи 3 and пункта 1 статьи 6."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.short_forms.short_form import ShortForm

NOMINATIVE, GENITIVE, DATIVE, LOCATIVE, INSTRUMENTAL, ACCUSATIVE = range(6)
"""Positions of the forms of an abbreviation."""
_OF_PREPOSITIONS = (NOMINATIVE, GENITIVE, DATIVE, INSTRUMENTAL, LOCATIVE, ACCUSATIVE)
"""The cases in the order of `declension.prepositions`."""
_NO_PART = -1
_BETWEEN = re.compile(
    r"""(?:
        \d+ (?:(?:[.–-]|,\s?|\s\w\s)\d+)* (?:\s?[(«“]\w{1,3}[)»”] | \s?§+\s?\d+(?:\.\d+)*)?
        | \d+\s[a-zа-яё]\)
        | [(«“]\w[)»”] (?:(?:,|\s\w)\s[(«“]\w[)»”])*
        | \w\)
    )?
    (?:\s?[A-ZА-ЯЁІЇЄҐ][\w-]+ | \s[^\W\d_]{1,2}(?!\w)){0,6}
    (,?)
    (?:\s\w)?\s?""",
    re.VERBOSE,
)
"""Number, letter or name between two abbreviations, and whether a comma follows it: п. «а» ч. 2, ст. 3 УК, ст. 5."""


_ROW = re.compile(r"\d[^.;:!?()—–]{0,80}\s")
"""Number and law between two abbreviations of a row that ends: по ст. 25 Декларации и ст. 12 Пакта."""
_REFERENCE = re.compile(r"(?<!\w)(?:см|див)\.\s(?:(?:также|подробнее|например)\s|напр\.\s)?$", re.IGNORECASE)
"""Short forms before an accusative: см. ст. 5."""


class AbbreviationCases:
    """The cases of the abbreviations in one text, asked for from its beginning to its end."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._end, self._case, self._rank = -1, NOMINATIVE, _NO_PART

    def choose(self, short: ShortForm, forms: list[str]) -> str:
        """Return the form of the next abbreviation in its case; without an accusative, the nominative."""
        case = self._next(short, forms)
        return forms[NOMINATIVE if case == ACCUSATIVE >= len(forms) else min(case, len(forms) - 1)]

    def _next(self, short: ShortForm, forms: list[str]) -> int:
        word, text = short.word_before, short.match.string
        begin = short.match.start() - len(f"{word} " if word else "")
        between = _BETWEEN.fullmatch(text, self._end, begin) if self._end >= 0 else None
        end = self._end
        whole, self._end, self._rank = self._rank, short.match.end(), self._rank_of(forms[NOMINATIVE])
        if word.isdigit() or (between and not word and not between[1]):
            # ч. 2 ст. 5: the case of the row is that of its first part; ст. 105 ч. 2: from the whole to its part
            return self._case if _NO_PART < self._rank < whole else GENITIVE
        joints = {self._lexicon.symbols.get("&", ""), *self._lexicon.declension.other_joints}
        is_row = between or (self._case and end >= 0 and _ROW.fullmatch(text, end, begin))
        if not (is_row and ((between and not word) or word in joints)):
            self._case = self._governed_by(word, short, forms, is_first=begin == 0)
        return self._case

    def _rank_of(self, part: str) -> int:
        ranks = self._lexicon.declension.ranks
        return next((rank for stem, rank in ranks.items() if part.startswith(stem)), _NO_PART)

    def _governed_by(self, written: str, short: ShortForm, forms: list[str], *, is_first: bool) -> int:
        """Return the case that the word before it asks for; nouns ask for that of places and of parts of laws only."""
        table, word = self._lexicon.declension, written.casefold()
        is_place, is_part = short.table is self._lexicon.named, len(forms) > ACCUSATIVE
        if is_part and short.is_after(_REFERENCE):
            return ACCUSATIVE
        if word in table.dative:
            return DATIVE
        if word in self._lexicon.before_years:
            return LOCATIVE
        if is_part and not is_place and word in table.accusative_before:
            return ACCUSATIVE
        if known := table.before_abbreviations.get(word) or table.prepositions.get(word):
            return _OF_PREPOSITIONS[known]
        nouns = table.governing.items() if is_place or (is_part and (written.islower() or is_first)) else ()
        return next((_OF_PREPOSITIONS[case] for noun, case in nouns if re.fullmatch(noun, word)), NOMINATIVE)
