"""Cut a paragraph into sentences, so that each can be spoken, kept and pointed at alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exporter.lexicon import Lexicon

LINE_END = "\u2028"
"""A line end that means something: always the end of what is said in one breath."""

# Full stop, question and exclamation marks of the scripts that we meet; the Arabic and Urdu ones included.
_END = re.compile(rf"[.!?…؟۔।。！？‽]+[\"'’”»›)\]]*(?=\s|$)|[。！？]|{LINE_END}")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.’'])+$")
_NEAR = 80
"""Characters behind a mark among which the next word begins; a text may be as long as a book."""
_OPENING = "\"'‘“«‹([{¿¡—–-\u00a0 "


def sentences(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the begin and end of every sentence in `text`, white space around it left out; empty ones are none."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in _ends(text, lexicon):
        _add(spans, text, begin, end)
        begin = end
    _add(spans, text, begin, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    left = begin + len(piece) - len(piece.lstrip())
    right = begin + len(piece.rstrip())
    if right > left:
        spans.append((left, right))


def _ends(text: str, lexicon: Lexicon) -> Iterator[int]:
    for match in _END.finditer(text):
        mark = match.group()
        if mark == LINE_END or mark[0] in "。！？":
            yield match.end()
            continue
        following = text[match.end() : match.end() + _NEAR].lstrip(_OPENING + "\n\t\u202f")[:1]
        if following and following.islower():
            continue
        if mark[0] == "." and not mark.startswith("..") and _is_abbreviation(text, match.start(), following, lexicon):
            continue
        yield match.end()


def _is_abbreviation(text: str, stop: int, following: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop at `stop` belongs to a short form that the sentence goes on after."""
    found = _WORD_BEFORE.search(text, max(0, stop - 20), stop)
    if not found:
        return False
    word = found.group().lstrip("'’")
    key = word.casefold()
    if key in lexicon.joining:
        return True
    if key in lexicon.before_numbers:
        return following.isdigit() or _is_roman(text[stop + 1 : stop + 1 + _NEAR])
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


def speakable(text: str) -> bool:
    """Return whether anything in `text` makes a sound: a letter, a digit, or a sign that has a name (%, €, +, §)."""
    return any(unicodedata.category(char)[0] in "LNS" or char in "%&@#§¶‰†*" for char in text)
