"""Words of the tree as the cells of a braille file, in which contractions, emphasis and capitals change them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from exporter.braille import liblouis
from exporter.braille.liblouis import SPACE
from exporter.parity.content import letters

_PUNCTUATION = " .,،؛؟;:!?()[]{}<>“”„«»\"'‘’…–—-"
_PREFIXES = "⠼⠠"
"""Signs of numbers and capitals, and in Russian of Latin letters; one may stand for several characters."""
_SIGNS = 6
"""Cells of signs between two characters of a word, at most."""
_LONGEST = 200
"""Letters of a word in which spans begin and end."""


def trimmed(word: str) -> str:
    """Return a word without the punctuation around it."""
    return word.strip(_PUNCTUATION)


def spellings(word: str, tables: Iterable[str]) -> set[str]:
    """Return the cells of a word; among capitals it has no sign for them of its own."""
    word = trimmed(word)
    return {cells_of(table, form) for table in tables for form in (word, word.lower())} - {""}


def is_in(cells: str, word: str, table: str) -> bool:
    """Return whether the cells of a word are among others, perhaps with signs in it."""
    if any(spelling in cells for spelling in spellings(word, [table])):
        return True
    # Between the parts of a word with emphasis or raised digits are signs, also before another number.
    of_characters = (cells_of(table, character) for character in key(word))
    return _follow(cells, [sign[:-1].lstrip(_PREFIXES) + sign[-1:] for sign in of_characters])


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


def divided(word: str, spans: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a word in which spans begin or end; after a span stands an address or a sign."""
    cuts = [0]
    if len(word) > _LONGEST:
        return
    for index in range(1, len(word)):
        before, after = word[:index], word[index:]
        if any(span.endswith(before) or span.startswith(after) for span in spans):
            yield before, after
        if any(len(span) > 1 and (before.endswith(span) or after.startswith(span)) for span in spans):
            cuts.append(index)
    if len(cuts) > 1:
        yield tuple(word[start:end] for start, end in pairwise([*cuts, len(word)]))


@lru_cache(maxsize=20_000)
def cells_of(table: str, word: str) -> str:
    """Return the cells that a word has alone."""
    return liblouis.translate(table, word).strip(SPACE).replace(SPACE, "")


@lru_cache(maxsize=20_000)
def there_and_back(table: str, text: str) -> str:
    return key(liblouis.back_translate(table, liblouis.translate(table, text)))


def key(text: str) -> str:
    """Return the letters and digits of a text, digits as in ASCII."""
    digits = ((unicodedata.digit(character, None), character) for character in letters(text))
    return "".join(character if digit is None else str(digit) for digit, character in digits)
