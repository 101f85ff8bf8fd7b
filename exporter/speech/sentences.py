"""Sentence segmentation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exporter.lexicon import Lexicon

LINE_END = "\u2028"
"""A line break of the manuscript, which always ends a sentence."""

# Sentence-final punctuation of Latin, Arabic, Urdu, Devanagari and Chinese script.
_END = re.compile(rf"[.!?…؟۔।。！？‽]+[\"'’”»›)\]]*(?=\s|$)|[。！？]|{LINE_END}")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.’'])+$")
_LOOKAHEAD = 80
"""Characters after the punctuation that are searched for the next word."""
_OPENING = "\"'‘“«‹([{¿¡—–-\u00a0 "


def split_sentences(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the begin and end of every sentence in `text`, without the whitespace around it."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in _ends(text, lexicon):
        _add(spans, text, begin, end)
        begin = end
    _add(spans, text, begin, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    sentence = text[begin:end]
    left = begin + len(sentence) - len(sentence.lstrip())
    right = begin + len(sentence.rstrip())
    if right > left:
        spans.append((left, right))


def _ends(text: str, lexicon: Lexicon) -> Iterator[int]:
    for match in _END.finditer(text):
        mark = match.group()
        if mark == LINE_END or mark[0] in "。！？":
            yield match.end()
            continue
        following = text[match.end() : match.end() + _LOOKAHEAD].lstrip(_OPENING + "\n\t\u202f")[:1]
        if following and following.islower():
            continue
        if mark[0] == "." and not mark.startswith("..") and _is_abbreviation(text, match.start(), following, lexicon):
            continue
        yield match.end()


def _is_abbreviation(text: str, stop: int, following: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop at `stop` belongs to an abbreviation inside the sentence."""
    match = _WORD_BEFORE.search(text, max(0, stop - 20), stop)
    if not match:
        return False
    word = match.group().lstrip("'’")
    key = word.casefold()
    if key in lexicon.joining:
        return True
    if key in lexicon.before_numbers:
        return following.isdigit() or _is_roman(text[stop + 1 : stop + 1 + _LOOKAHEAD])
    # Initials of a name: "J. Smith", "M. A. Ruiz".
    return (
        len(word) == 1
        and word.isupper()
        and bool(following)
        and following.isupper()
        and word not in lexicon.words_of_one
    )


def _is_roman(rest: str) -> bool:
    match = re.match(r"\s*[IVXLC]+\b", rest)
    return match is not None


def is_speakable(text: str) -> bool:
    """Return whether `text` has a sound: a letter, a digit, or a symbol that has a name (%, €, +, §)."""
    return any(unicodedata.category(char)[0] in "LNS" or char in "%&@#§¶‰†*" for char in text)
