"""Letters on pages for paper, which have no structure tree: all letters of the manuscript are on them."""

from __future__ import annotations

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
"""What is drawn for a character that no font has; the writer reports it."""


def letters_of_tree(publication: m.Publication) -> Counter[str]:
    """Return how often each letter is in the text; notes that nothing refers to may be left out."""
    referenced = {note.id for note in referenced_notes(publication)}
    notes = [note for note in publication.notes if note.id in referenced]
    counts: Counter[str] = Counter()
    for node in walk((*publication.front, *publication.body, *notes)):
        if isinstance(node, m.Text | m.Code | m.CodeBlock | m.Abbreviation):
            counts += letters_of(node.text)
    return counts


def letters_of(text: str) -> Counter[str]:
    """Return how often each letter, and what is drawn instead of one, is in a text."""
    return Counter(letters(text)) + Counter(text.count(SUBSTITUTE) * SUBSTITUTE)


def diff_letters(expected: Mapping[str, int], actual: Mapping[str, int]) -> Iterator[Finding]:
    """Yield a finding if letters of the manuscript are nowhere on the pages, or many are missing."""
    lost = Counter(expected) - Counter(actual)
    number = lost.total() - max(0, actual.get(SUBSTITUTE, 0) - expected.get(SUBSTITUTE, 0))
    absent = sorted(letter for letter in lost if not actual.get(letter))
    if absent and number > 0:
        named = ", ".join(f"“{letter}”" for letter in absent[:_MOST_NAMED])
        yield TEXT.finding(f"Letters of the manuscript are nowhere on the pages: {named}.")
    elif number > sum(expected.values()) * _MOST_LOST:
        yield TEXT.finding(f"{number} of {sum(expected.values())} letters of the manuscript are not on the pages.")
