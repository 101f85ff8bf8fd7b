"""The numbers of captions, as the manuscript says them or counted in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from exporter.labels import Labels
from exporter.model import Figure, Publication, Table, Text
from exporter.model.walk import walk

_NUMBERED = re.compile(r"(?P<word>[^\W\d_]{2,20})(?P<space>[ \u00a0])(?P<number>[1-9][0-9]{0,3})(?=\s*[.:–—|]|$)")
"""How a caption begins that bears its number: a word, a number, a sign or the end."""


class Number(NamedTuple):
    """The place of a caption among those of its kind."""

    kind: str
    """What is counted: "Figure", "Table", or as the manuscript says."""
    said: str
    """Word and number as the caption has them; empty where it has none, so that all editions read the same."""
    number: int
    bookmark: str
    """Stands on word and number."""


class Captions:
    """The numbers of all captions of a publication."""

    def __init__(self, publication: Publication, labels: Labels) -> None:
        self._numbers: dict[int, Number] = {}
        self._named: dict[str, Number] = {}
        captioned = list(_captioned(publication))
        counts: Counter[str] = Counter()
        for node in captioned:
            first = node.caption[0]
            found = _NUMBERED.match(first.text) if isinstance(first, Text) else None
            # Numbers go up by one; a year at the beginning of a caption is none.
            if found and int(found["number"]) == counts[found["word"]] + 1:
                self._keep(node, found["word"], found.group(), counts)
        said = frozenset(counts)
        for node in captioned:
            kind = labels("docx.figure" if isinstance(node, Figure) else "docx.table")
            if id(node) not in self._numbers and kind not in said:
                self._keep(node, kind, "", counts)

    def _keep(self, node: Figure | Table, kind: str, said: str, counts: Counter[str]) -> None:
        counts[kind] += 1
        number = Number(kind, said, counts[kind], f"_Ref{len(self._numbers) + 1:09}")
        self._numbers[id(node)] = number
        if node.at.id:
            self._named[node.at.id] = number

    def of(self, node: Figure | Table) -> Number | None:
        """Return the number of a figure or table; None for one that is not counted."""
        return self._numbers.get(id(node))

    def named(self, target: str) -> Number | None:
        """Return the number of the figure or table with this id."""
        return self._named.get(target)


def _captioned(publication: Publication) -> Iterator[Figure | Table]:
    seen: set[int] = set()
    for node in walk(publication):
        if isinstance(node, Figure | Table) and node.caption and id(node) not in seen:
            seen.add(id(node))
            yield node
