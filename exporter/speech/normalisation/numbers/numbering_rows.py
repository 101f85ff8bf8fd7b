"""Rows of numbers of parts, which count nothing: статьи 5, 6 и 7."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives

_LONGEST_ROW = 80


def is_in_row(text: str, position: int, lexicon: Lexicon) -> bool:
    """Return whether a number is a later one of a row after a word such as article: статьи 28.2, 28.3 и 28.5."""
    joints = (lexicon.symbols["&"], *lexicon.declension.other_joints, lexicon.range_word, *lexicon.decimal.values())
    row = _row(alternatives(frozenset(joints))).search(text, max(position - _LONGEST_ROW, 0), position)
    return row is not None and row[1].casefold() in lexicon.part_words | lexicon.numbering_words


@lru_cache(maxsize=16)
def _row(joints: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)([^\W\d_]+)\s(?:\d+(?:[.–-]\d+)*(?:,\s|\s(?:{joints})\s))+$")
