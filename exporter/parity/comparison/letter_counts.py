"""Letters on pages for paper, which have no structure tree: all letters of the manuscript are on them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from exporter import model as m
from exporter.findings import Finding
from exporter.model.walk import referenced_notes, walk
from exporter.parity.content import letters
from exporter.parity.rules import TEXT

_MOST_LOST = 0.01
"""Share of letters that may be missing: glyphs of some scripts stand for several characters, in another order."""
_MOST_NAMED = 12
SUBSTITUTE = "?"
_SUBSTITUTES = frozenset("\ufffd\u25a1?")
"""What is drawn for a character that no font has, by what a font has of them; the writer reports it."""


def letters_of_tree(publication: m.Publication) -> Counter[str]:
    """Return how often the letters of each character are in the text; notes that nothing refers to may be left out."""
    referenced = {note.id for note in referenced_notes(publication)}
    notes = [note for note in publication.notes if note.id in referenced]
    counts: Counter[str] = Counter()
    for node in walk((*publication.front, *publication.body, *notes)):
        if isinstance(node, m.Text | m.Code | m.CodeBlock | m.Abbreviation):
            counts += letters_of(node.text)
    return counts


def letters_of(text: str) -> Counter[str]:
    """Return how often the letters of each character, and what is drawn instead of one, are in a text."""
    counts: Counter[str] = Counter()
    for character, number in Counter(unicodedata.normalize("NFC", text)).items():
        counts[SUBSTITUTE if character in _SUBSTITUTES else letters(character)] += number
    return counts


def diff_letters(expected: Mapping[str, int], actual: Mapping[str, int]) -> Iterator[Finding]:
    """Yield a finding if letters of the manuscript are nowhere on the pages, or many are missing."""
    expected_letters, actual_letters = _single(expected), _single(actual)
    lost = expected_letters - actual_letters
    substitutes = max(0, actual_letters[SUBSTITUTE] - expected_letters[SUBSTITUTE])
    # Some characters, such as those of Korean, have several letters; they may be those that no font has.
    longest = sorted(Counter(expected).elements(), key=len, reverse=True)[:substitutes] if substitutes else ()
    number = lost.total() - sum(map(len, longest))
    absent = sorted(letter for letter in lost if not actual_letters[letter])
    if absent and number > 0:
        named = ", ".join(f"“{letter}”" for letter in absent[:_MOST_NAMED])
        yield TEXT.finding(f"Letters of the manuscript are nowhere on the pages: {named}.")
    elif number > expected_letters.total() * _MOST_LOST:
        yield TEXT.finding(f"{number} of {expected_letters.total()} letters of the manuscript are not on the pages.")


def _single(counts: Mapping[str, int]) -> Counter[str]:
    """Return how often each single letter is there."""
    single: Counter[str] = Counter()
    for together, number in counts.items():
        for letter in together:
            single[letter] += number
    return single
