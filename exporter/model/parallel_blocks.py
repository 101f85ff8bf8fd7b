"""Alignment of a translation with its original: which block of one is which of the other.

Two blocks are alike if they are of one type, about as long, and have numbers, names and addresses in common. The
alignment with the least difference is found by dynamic programming, as sentences of translations are aligned (Gale and
Church, 1993).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from exporter.model.block import Aside, CodeBlock, LineBlock, PageBreak, Paragraph, Quote, Table, ThematicBreak
from exporter.model.inline import Image, Link
from exporter.model.node import Node
from exporter.model.publication import Publication
from exporter.model.walk import plain_text, walk

SIDE_BY_SIDE = "side-by-side"
"""Beginning of the IDs of tables with a translation in one column and its original in the other."""
_GAP = 0.8
"""Difference of a block without counterpart; two blocks that differ more than two gaps do not belong together."""
_OTHER_TYPE = 0.6
"""Difference of a paragraph and a quotation of the same words."""
_MARKS = 0.6
"""Difference of two blocks that have nothing in common but their length."""
_TYPICAL = 20
"""Characters by which short blocks may differ."""
_BAND = 60
"""Number of blocks by which two counterparts may be out of step, besides what is missing."""
_EXCHANGEABLE = (Aside, CodeBlock, LineBlock, Paragraph, Quote)
_WORD = re.compile(r"\d+|[^\W\d_]{5,}")
_STEM = 4
"""Letters at the beginning of a word by which it is recognised in a related language."""


class Pair(NamedTuple):
    """A block of the translation and its counterpart; one of them may be missing."""

    translation: Node | None
    original: Node | None


class _Block:
    """A block with what is compared."""

    def __init__(self, node: Node) -> None:
        self.node = node

    @cached_property
    def length(self) -> int:
        """Number of characters."""
        return len(self._text)

    @cached_property
    def _text(self) -> str:
        return plain_text(self.node)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Numbers, beginnings of long words, addresses and images, which translations keep."""
        folded = "".join(
            character
            for character in unicodedata.normalize("NFKD", self._text.casefold())
            if not unicodedata.combining(character)
        )
        marks = {word if word.isdigit() else word[:_STEM] for word in _WORD.findall(folded)}
        for node in walk(self.node):
            if isinstance(node, Link):
                marks.add(node.target)
            elif isinstance(node, Image):
                marks.add(node.source)
        return frozenset(marks)


def length_ratio(translation: Publication, original: Publication) -> float:
    """Return how many characters a translation has for one of its original."""
    return (len(plain_text(translation.body)) + _TYPICAL) / (len(plain_text(original.body)) + _TYPICAL)


def align(translation: Sequence[Node], original: Sequence[Node], ratio: float) -> list[Pair]:
    """Return the blocks of a translation and of its original in pairs, in reading order; breaks are left out.

    Args:
        translation: Blocks of the translation.
        original: Blocks of the original.
        ratio: The `length_ratio` of the publications.
    """
    left, right = ([_Block(node) for node in nodes if not _is_break(node)] for nodes in (translation, original))
    return [
        Pair(left[i].node if i is not None else None, right[j].node if j is not None else None)
        for i, j in _path(left, right, ratio)
    ]


def _is_break(node: Node) -> bool:
    return isinstance(node, PageBreak | ThematicBreak)


def _path(left: Sequence[_Block], right: Sequence[_Block], ratio: float) -> Iterator[tuple[int | None, int | None]]:
    """Yield the positions of counterparts, by the least sum of differences."""
    band = _BAND + abs(len(left) - len(right))
    costs: list[dict[int, float]] = [{j: j * _GAP for j in range(min(band, len(right)) + 1)}]
    for i in range(1, len(left) + 1):
        before, row = costs[-1], dict[int, float]()
        for j in range(max(0, i - band), min(len(right), i + band) + 1):
            row[j] = min(
                before.get(j, math.inf) + _GAP,
                row.get(j - 1, math.inf) + _GAP,
                before[j - 1] + _difference(left[i - 1], right[j - 1], ratio) if j - 1 in before else math.inf,
            )
        costs.append(row)
    path: list[tuple[int | None, int | None]] = []
    i, j = len(left), len(right)
    while i or j:
        cost = costs[i][j]
        if i and j and j - 1 in costs[i - 1]:
            paired = costs[i - 1][j - 1] + _difference(left[i - 1], right[j - 1], ratio)
            if math.isclose(cost, paired):
                i, j = i - 1, j - 1
                path.append((i, j))
                continue
        if i and math.isclose(cost, costs[i - 1].get(j, math.inf) + _GAP):
            i -= 1
            path.append((i, None))
        else:
            j -= 1
            path.append((None, j))
    return reversed(path)


def _difference(left: _Block, right: _Block, ratio: float) -> float:
    """Return how much two blocks differ; infinite if they cannot be counterparts."""
    cost = 0.0
    if type(left.node) is not type(right.node):
        if not (isinstance(left.node, _EXCHANGEABLE) and isinstance(right.node, _EXCHANGEABLE)):
            return math.inf
        cost = _OTHER_TYPE
    cost += abs(math.log((left.length + _TYPICAL) / (right.length * ratio + _TYPICAL)))
    every = len(left.marks) + len(right.marks)
    common = 2 * len(left.marks & right.marks) / every if every else 1.0
    return cost + _MARKS * (1 - common)


def is_side_by_side(table: Table) -> bool:
    """Return whether a table has a translation in one column and its original in the other."""
    return (table.at.id or "").startswith(f"{SIDE_BY_SIDE}-")
