"""Words of the tree as the cells of a braille file, in which contractions, emphasis and capitals change them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from exporter.braille import liblouis
from exporter.braille.liblouis import SPACE
from exporter.parity.content import letters

_PUNCTUATION = " .,،؛؟;:!?()[]{}<>“”„«»\"'‘’…–—-"
_PREFIXES = "⠼⠠"
"""Signs of numbers and capitals, and in Russian of Latin letters; one may stand for several characters."""
_SIGN_OF_LETTERS = "⠠"
"""Sign of capitals, and in Russian of Latin letters, which one word has for several."""
_SIGNS = 6
"""Cells of signs between two characters of a word, at most."""


def trimmed(word: str) -> str:
    """Return a word without the punctuation around it."""
    return word.strip(_PUNCTUATION)


def spellings(word: str, tables: Iterable[str]) -> set[str]:
    """Return the cells of a word; among capitals it has no sign for them of its own."""
    word = trimmed(word)
    return {cells_of(table, form) for table in tables for form in (word, word.lower())} - {""}


def count_any(cells: str, spellings: Iterable[str]) -> int:
    """Return how often cells have any of several spellings of a word, which differ in signs of letters, too."""
    plain = {spelling.replace(_SIGN_OF_LETTERS, "") for spelling in spellings}
    either = "|".join(sorted(plain - {""}, key=len, reverse=True))
    return len(re.findall(either, cells.replace(_SIGN_OF_LETTERS, ""))) if either else 0


def is_in(cells: str, word: str, table: str) -> bool:
    """Return whether the cells of a word are among others, perhaps with signs in it."""
    if any(spelling in cells for spelling in spellings(word, [table])):
        return True
    # Between the parts of a word with emphasis or raised digits are signs, also before another number.
    of_characters = [cells_of(table, character) for character in key(word)]
    return all(of_characters) and _follow(cells, [sign[:-1].lstrip(_PREFIXES) + sign[-1:] for sign in of_characters])


def _follow(cells: str, parts: list[str]) -> bool:
    """Return whether parts follow each other with at most `_SIGNS` cells in between.

    The bits of a number are the positions in the text, so that what takes most is linear in it for each part: a regular
    expression takes exponential time where a letter is repeated.
    """
    starts = {part: _positions(cells, part) for part in set(parts)}
    reached = ~0
    for part in parts:
        within = reached
        if reached >= 0:
            for _ in range(_SIGNS):
                within |= within << 1
        reached = (within & starts[part]) << len(part)
        if not reached:
            return False
    return True


def _positions(cells: str, part: str) -> int:
    """Return a number with a bit for each position at which a part begins."""
    bits = bytearray(len(cells) // 8 + 1)
    for match in re.finditer(f"(?={re.escape(part)})", cells):
        bits[match.start() // 8] |= 1 << match.start() % 8
    return int.from_bytes(bits, "little")


def are_defined(word: str, tables: Iterable[str]) -> bool:
    """Return whether tables have cells for each character of a word; the writer reports the others."""
    return all(liblouis.is_defined(table, character) for table in tables for character in word)


def divided(word: str, begin: int, cuts: Collection[int]) -> Iterator[str]:
    """Yield the parts of a word between the inlines of its item; after a link may stand its address.

    Args:
        word: The word.
        begin: Number of letters before it.
        cuts: Numbers of letters after which inlines end.
    """
    start = 0
    for index, character in enumerate(word, 1):
        count = len(key(character))
        begin += count
        if count and begin in cuts:
            yield word[start:index]
            start = index
    if key(word[start:]):
        yield word[start:]


@lru_cache(maxsize=20_000)
def cells_of(table: str, word: str) -> str:
    """Return the cells that a word has alone."""
    return liblouis.translate(table, word).strip(SPACE).replace(SPACE, "")


@lru_cache(maxsize=20_000)
def there_and_back(table: str, text: str) -> str:
    """Return the letters and digits of a text that is translated into braille and back; empty if cells are missing."""
    if not are_defined(text, [table]):
        return ""
    return key(liblouis.back_translate(table, liblouis.translate(table, text)))


def key(text: str) -> str:
    """Return the letters and digits of a text, digits as in ASCII; a Turkish I comes back from capitals as ı or i."""
    digits = ((unicodedata.digit(character, None), character) for character in letters(text).replace("ı", "i"))
    return "".join(character if digit is None else str(digit) for digit, character in digits)


def readings(table: str, text: str) -> Iterable[str]:
    """Return the letters that a text may come back as: its own, or, in Italian, digits with the same cells."""
    return dict.fromkeys(filter(None, (key(_with_numbers(table, text)), there_and_back(table, text))))


def _with_numbers(table: str, text: str) -> str:
    """Return text with the numbers of characters that the code has no cells for, as the writer gives them."""
    if text.isascii():
        return text
    return "".join(
        character if liblouis.is_defined(table, character) else f"U+{ord(character):04X}"
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character) not in {"Mn", "Cf"}
    )
