"""Places of a manuscript, and the same ones in another version of it.

A fix is never written into another place: what is there more than once is the same only if all around it is, or if
both versions have it equally often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from exporter.contracts import ReadResult
from exporter.model import Node, Paragraph, Section
from exporter.model.walk import children, plain_text

T = TypeVar("T")


class Candidate(NamedTuple, Generic[T]):
    """Something that versions of a manuscript contain."""

    key: Hashable
    """What it says; others may say the same."""
    detail: Hashable
    """What tells it from these, such as the text around it."""
    value: T


class Version:
    """A version of a manuscript."""

    def __init__(self, read: ReadResult) -> None:
        self.publication = read.publication
        self.media = read.media

    def around(self, first: Node, last: Node | None = None) -> tuple[str, str]:
        """Return the paragraph or heading before a node, and that after it or after another one."""
        lines, spans = self._lines
        return lines[spans[id(first)][0]], lines[spans[id(last or first)][1]]

    @cached_property
    def _lines(self) -> tuple[Sequence[str], Mapping[int, tuple[int, int]]]:
        """Return the texts, and of each node the numbers of those before and after it."""
        lines, spans = [""], {}

        def read(node: Node) -> None:
            before = len(lines) - 1
            if isinstance(node, Paragraph | Section):
                text = plain_text(node if isinstance(node, Paragraph) else node.title)
                lines.extend([text] if text else [])
            after = len(lines)
            for child in children(node):
                read(child)
            spans[id(node)] = before, after if isinstance(node, Section) else len(lines)

        for node in children(self.publication):
            read(node)
        return (*lines, ""), spans


def counterparts(
    before: Sequence[Candidate[T]], fixed: Sequence[Candidate[T]], newer: Sequence[Candidate[T]]
) -> Iterator[tuple[T, T, T | None]]:
    """Yield what was in a version before its fixes, with the same after them and in a newer version, if that has it."""
    with_fixes, present = _pairs(before, fixed), _pairs(before, newer)
    for number, candidate in enumerate(before):
        if number in with_fixes:
            yield candidate.value, with_fixes[number], present.get(number)


def _pairs(olds: Sequence[Candidate[T]], news: Sequence[Candidate[T]]) -> Mapping[int, T]:
    """Return the candidates of a version that are the same as those of an older one, by their number in that."""
    old_groups, new_groups = _by_key(olds), _by_key(news)
    return {
        numbers[old]: news[new_groups[key][new]].value
        for key, numbers in old_groups.items()
        for old, new in _pairs_of_group(
            [olds[number].detail for number in numbers], [news[number].detail for number in new_groups.get(key, ())]
        )
    }


def _by_key(candidates: Sequence[Candidate[T]]) -> Mapping[Hashable, Sequence[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        groups[candidate.key].append(number)
    return groups


def _pairs_of_group(olds: Sequence[Hashable], news: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of what is the same, of candidates that say the same, by their details."""
    old_counts, new_counts = Counter(olds), Counter(news)
    numbers = {detail: number for number, detail in enumerate(news)}
    sure = {
        number: numbers[detail] for number, detail in enumerate(olds) if old_counts[detail] == new_counts[detail] == 1
    }
    if len(olds) == len(news) and all(old == new for old, new in sure.items()):
        return zip(range(len(olds)), range(len(news)), strict=True)
    return iter(sure.items())
