"""The case of abbreviations of nouns: нарушение ст. 3 and п. 1 ст. 6 are read статьи 3 and пункта 1 статьи 6."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

NOMINATIVE, GENITIVE, DATIVE, LOCATIVE, INSTRUMENTAL, ACCUSATIVE = range(6)
"""Positions of the forms of an abbreviation. A noun without a form for the accusative has the nominative."""
_OF_PREPOSITIONS = (NOMINATIVE, GENITIVE, DATIVE, INSTRUMENTAL, LOCATIVE, ACCUSATIVE)
"""The cases in the order of `declension.prepositions`."""
_PLACE = re.compile(
    r"(?:\d+(?:(?:[.–-]|,\s?|\s\w\s)\d+)*(?:\s?[(«“]\w{1,3}[)»”]|\s?§+\s?\d+(?:\.\d+)*)?|\d+\s[a-zа-яё]\)|[(«“]\w[)»”](?:(?:,|\s\w)\s[(«“]\w[)»”])*|\w\))?"
    r"(?:\s?[A-ZА-ЯЁІЇЄҐ][\w-]+|\s[^\W\d_]{1,2}(?!\w)){0,6}(,?)(?:\s\w)?\s?"
)
"""Number, letter or name between two abbreviations, and whether a comma follows it: п. «а» ч. 2, ст. 3 УК, ст. 5."""

_RANKS = (
    ("абзац", 0),
    ("параграф", 2),
    ("подпункт", 0),
    ("пункт", 1),
    ("част", 2),
    ("стат", 3),
    ("глав", 4),
    ("раздел", 5),
)
"""Beginnings of the words for parts of a law, from its smallest parts."""


class AbbreviationCases:
    """The cases of the abbreviations in one text, asked for from its beginning to its end."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text, self._lexicon = text, lexicon
        self._end, self._case, self._rank = -1, NOMINATIVE, -1

    def next(self, before: str, match: re.Match[str], part: str, *, of_place: bool, has_accusative: bool) -> int:
        """Return the case of the next abbreviation, after a word that may be empty.

        Args:
            before: The word directly before it, with a space.
            match: Begins with that word, and ends before what follows the abbreviation.
            part: The abbreviation in full.
            of_place: Whether it stands before the name of a place: г. Москва.
            has_accusative: Whether it has a form for the accusative, as parts of laws have, which other nouns govern.
        """
        word = before.strip()
        follows = _PLACE.fullmatch(self._text, self._end, match.start()) if self._end >= 0 else None
        self._end = match.end()
        rank, self._rank = self._rank, max((ranks[1] for ranks in _RANKS if part.startswith(ranks[0])), default=-1)
        if word.isdigit() or (follows and not word and not follows[1]):
            # ч. 2 ст. 5: the case of the row is that of its first part; ст. 105 ч. 2: from the whole to its part
            return self._case if -1 < self._rank < rank else GENITIVE
        table = self._lexicon.declension
        if not (follows and (not word or word in (self._lexicon.symbols.get("&"), *table.other_joints))):
            is_accusative = has_accusative and not of_place and word.casefold() in table.accusative_before
            is_accusative = is_accusative and word.casefold() not in self._lexicon.before_years
            is_noun_known = of_place or (has_accusative and (word.islower() or match.start() == 0))
            self._case = ACCUSATIVE if is_accusative else self._governed(word, by_nouns=is_noun_known)
        return self._case

    def _governed(self, word: str, *, by_nouns: bool) -> int:
        table, small = self._lexicon.declension, word.casefold()
        if small in table.dative:
            return DATIVE
        if small in self._lexicon.before_years:
            return LOCATIVE
        if known := table.before_abbreviations.get(small) or table.prepositions.get(small):
            return _OF_PREPOSITIONS[known]
        patterns = table.governing.items() if by_nouns else ()
        return next((_OF_PREPOSITIONS[case] for form, case in patterns if re.fullmatch(form, small)), NOMINATIVE)
