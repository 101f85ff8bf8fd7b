"""Numbers of captions, from the manuscript or counted (hidden)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from exporter.labels import Labels
from exporter.model import Figure, Publication, Table, Text
from exporter.model.walk import walk

_CAPTION_NUMBER = re.compile(r"(?P<word>[^\W\d_]{2,20})(?P<space>[ \u00a0])(?P<number>[1-9][0-9]{0,3})(?=\s*[.:–—|]|$)")
"""Label and number at the start of a caption, followed by punctuation or the end."""


class CaptionNumber(NamedTuple):
    """The number of a caption in its sequence."""

    kind: str
    """Identifier of the sequence: "Figure", "Table", or the word in the manuscript."""
    text: str
    """Label and number as written in the caption; empty if there are none, so that all editions have the same text."""
    number: int
    bookmark: str
    """Its bookmark, around label and number."""


class CaptionNumbers:
    """Numbers of all captions of a publication."""

    def __init__(self, publication: Publication, labels: Labels) -> None:
        self._numbers: dict[int, CaptionNumber] = {}
        self._by_id: dict[str, CaptionNumber] = {}
        captioned = list(_captioned(publication))
        counts: Counter[str] = Counter()
        for node in captioned:
            first = node.caption[0]
            match = _CAPTION_NUMBER.match(first.text) if isinstance(first, Text) else None
            # Only consecutive numbers count, so a year at the start of a caption is ignored.
            if match and int(match["number"]) == counts[match["word"]] + 1:
                self._add(node, match["word"], match.group(), counts)
        text = frozenset(counts)
        for node in captioned:
            kind = labels("docx.figure" if isinstance(node, Figure) else "docx.table")
            if id(node) not in self._numbers and kind not in text:
                self._add(node, kind, "", counts)

    def _add(self, node: Figure | Table, kind: str, text: str, counts: Counter[str]) -> None:
        counts[kind] += 1
        number = CaptionNumber(kind, text, counts[kind], f"_Ref{len(self._numbers) + 1:09}")
        self._numbers[id(node)] = number
        if node.at.id:
            self._by_id[node.at.id] = number

    def number_of(self, node: Figure | Table) -> CaptionNumber | None:
        """Return the number of a figure or table, or None if it has none."""
        return self._numbers.get(id(node))

    def by_id(self, target: str) -> CaptionNumber | None:
        """Return the number of the figure or table with this ID, or None if it has none."""
        return self._by_id.get(target)


def _captioned(publication: Publication) -> Iterator[Figure | Table]:
    seen: set[int] = set()
    for node in walk(publication):
        if isinstance(node, Figure | Table) and node.caption and id(node) not in seen:
            seen.add(id(node))
            yield node
