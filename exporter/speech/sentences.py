"""Sentence segmentation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exporter.lexicon import Lexicon
from exporter.speech.full_stops import OPENING_MARKS, is_abbreviation
from exporter.speech.normalisation.short_forms.reviews import is_in_review

LINE_END = "\u2028"
"""A line break of the manuscript, which always ends a sentence."""

_ALWAYS_ENDS = f"。！？；{LINE_END}"
# Sentence-final punctuation of Latin, Arabic, Urdu, Devanagari and Chinese script, and marks of notes after it.
_END = re.compile(
    rf"[.!?…؟۔।。！？‽]+[\"'’”»›)\]]*(?:[⁰¹²³⁴-⁹]{{1,3}}|\[\d{{1,3}}\])?(?:[ \u00a0\u202f]»)?(?=\s|$)"
    rf"|[。！？；]++(?!》)[”’」』）]*|{LINE_END}"
)
_YEAR_OF_TITLE = re.compile(r"\s?\((?:1[5-9]|20)\d\d\)")
"""What follows a title that ends like a sentence: «Не может быть!» (1975)."""
_LOOKAHEAD = 80
"""Characters after the punctuation that are searched for the next word."""


def split_sentences(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the begin and end of every sentence in `text`, without the whitespace around it."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in (*_ends(text, lexicon), len(text)):
        sentence = text[begin:end]
        left = begin + len(sentence) - len(sentence.lstrip())
        right = begin + len(sentence.rstrip())
        if right > left:
            spans.append((left, right))
        begin = end
    return spans


def _ends(text: str, lexicon: Lexicon) -> Iterator[int]:
    begin = 0
    for mark in _END.finditer(text):
        rest = text[mark.end() : mark.end() + _LOOKAHEAD]
        if not _goes_on(text[begin : mark.start()], mark[0], rest, lexicon):
            begin = mark.end()
            yield begin


def _goes_on(sentence: str, mark: str, rest: str, lexicon: Lexicon) -> bool:
    """Return whether the sentence before a mark goes on behind it."""
    if mark[0] in _ALWAYS_ENDS:
        return False
    # A quotation may be closed behind a space: « Ali K. », dit-il.
    following = rest.lstrip(f"{OPENING_MARKS}»”")
    if following[:1].islower() or following.startswith((",", ";", ":", "&")):
        return True
    if mark[-1] in '»”"’' and _YEAR_OF_TITLE.match(rest):
        return True
    if mark == "." and is_in_review(sentence, rest, lexicon):
        return True
    return mark[0] == "." and mark[1:2] != "." and is_abbreviation(sentence, rest, lexicon)


def is_speakable(text: str) -> bool:
    """Return whether `text` has a sound: a letter, a digit, or a symbol that has a name (%, €, +, §)."""
    return any(unicodedata.category(char)[0] in "LNS" or char in "%&@#§¶‰†*" for char in text)
