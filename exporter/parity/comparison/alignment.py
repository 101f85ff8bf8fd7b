"""Alignment of the items of the tree with those of an edition: matched, changed, missing, added or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

import msgspec

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.comparison.item_matching import alignment_key, identity, matching_ranges, start_of_text
from exporter.parity.comparison.item_names import QUOTED, describe_item, quote_difference, quote_item
from exporter.parity.content import ContentItem, letters

SHORT_ADDITION = 80
"""Maximum number of letters that an edition may add around text of the manuscript, such as “Quoted from”."""
MAX_ADDED = 400
"""Maximum length of an item that an edition adds, such as “Warning” on a box or “Long description of” a caption."""
COMPARED_SEPARATELY = frozenset({"heading", "picture"})
"""Kinds whose text is compared in sequences of their own (`sequence_diff`), so that here only the order counts."""
IN_NOTES = frozenset({"picture"})
"""The same in notes, whose headings are in no sequence."""


class ItemAlignment:
    """Pairs of items, and the items without a pair.

    Args:
        expected: Items of the tree.
        actual: Items of the edition.
        allowed_additions: Number of items that the edition may add before the item of an index.
        includes_cover: Whether the edition may add items before and after the text.
        names: Letters of the texts that it may repeat there.
        titles: Letters of the titles that the edition adds to boxes and other blocks.
        separate: Kinds of items that are compared elsewhere too; headings of notes are not.
    """

    def __init__(
        self,
        expected: Sequence[ContentItem],
        actual: Sequence[ContentItem],
        allowed_additions: Mapping[int, int],
        *,
        includes_cover: bool,
        names: Collection[str] = (),
        titles: Collection[str] = (),
        separate: Collection[str] = COMPARED_SEPARATELY,
    ) -> None:
        self.expected, self.actual, self.includes_cover, self.names = expected, actual, includes_cover, names
        self.titles, self.separate = titles, separate
        self.allowed_additions = Counter(allowed_additions)
        self.matched: list[tuple[int, int]] = []
        self.missing: list[int] = []
        self.extra: list[int] = []
        self.changed: list[tuple[int, int]] = []
        expected_keys, actual_keys = (
            [self._key(item) for item in expected],
            [self._key(item) for item in actual],
        )
        start = start_of_text(expected, actual) if includes_cover else 0
        self.front_matter = range(start)
        """Items before the text: cover, imprint."""
        for expected_range, actual_range in matching_ranges(expected_keys, actual_keys, start):
            if (
                expected_keys[expected_range.start : expected_range.stop]
                == actual_keys[actual_range.start : actual_range.stop]
            ):
                self.matched += zip(expected_range, actual_range, strict=True)
            else:
                self._align_unequal(list(expected_range), list(actual_range))
        last = max((index for _, index in self.matched), default=-1)
        self.back_matter = [index for index in self.extra if index > last]
        """Items after the text: a colophon."""
        for index, actual_index in list(self.changed):
            expected_item, actual_item = expected[index], actual[actual_index]
            # The content of a cell is compared item by item.
            if is_framed(expected_item, actual_item) or expected_item.kind == actual_item.kind == "cell":
                self.matched.append((index, actual_index))
                self.changed.remove((index, actual_index))
        self.matched.sort()

    def _align_unequal(self, expected: list[int], actual: list[int]) -> None:
        if not expected and actual and letters(self.actual[actual[0]].text) in self.titles:
            actual = self._rematch_without_titles(actual)
        others = (self.actual[index] for index in actual)
        words = {"", *(letters(item.text) for item in others if item.kind != "cell")}
        first = expected[0] if expected else self.matched[-1][0] + 1 if self.matched else 0
        for position in range(first, (expected[-1] if expected else first) + 2):
            while self.allowed_additions[position] and len(actual) > len(expected):
                candidates = sorted(actual, key=lambda index: self.actual[index].kind == "cell")
                title = next((index for index in candidates if self._may_be_title(self.actual[index], words)), None)
                if title is None:
                    break
                actual.remove(title)
                self.allowed_additions[position] -= 1
        if len(expected) == len(actual):
            self.changed += zip(expected, actual, strict=True)
            return
        # Framed items contain text of the manuscript within text of the edition.
        for index in list(expected):
            match = next(
                (candidate for candidate in actual if is_framed(self.expected[index], self.actual[candidate])), None
            )
            if match is not None:
                self.matched.append((index, match))
                expected.remove(index)
                actual.remove(match)
        self.missing += expected
        self.extra += actual

    def _rematch_without_titles(self, extra: list[int]) -> list[int]:
        """Return the additions that are left once items with the words of a title are matched without that title.

        The paragraph “Warning” of a box that gets the title “Warning” was matched with the title before it.
        """
        key = self._key(self.actual[extra[0]])
        candidates = list(takewhile(lambda index: self._key(self.actual[index]) == key, extra))
        others = extra[len(candidates) :]
        indices: list[int] = []
        while self.matched and self._key(self.expected[self.matched[-1][0]]) == key:
            index, actual_index = self.matched.pop()
            indices.insert(0, index)
            candidates.insert(0, actual_index)
        for position, index in enumerate(indices):
            while self.allowed_additions[index] and len(candidates) > len(indices) - position:
                self.allowed_additions[index] -= 1
                del candidates[0]
            self.matched.append((index, candidates.pop(0)))
        return candidates + others

    def _key(self, item: ContentItem) -> str:
        key = alignment_key(item)
        # A paragraph of the manuscript with the words of the title of a box is not that title.
        return f"aside:{key}" if key in self.titles and "aside" in item.path else key

    def _may_be_title(self, item: ContentItem, titles: Collection[str]) -> bool:
        """Return whether an item may be added; a cell with nothing but one of the titles is added with it."""
        words = letters(item.text)
        is_possible = item.kind not in {"cell", "picture", "formula"} or (item.kind == "cell" and words in titles)
        return is_possible and len(item.text) <= MAX_ADDED and words not in self._paragraphs

    @cached_property
    def _paragraphs(self) -> frozenset[str]:
        """Letters of the paragraphs and headings of the manuscript, none of which is an item that an edition adds."""
        kinds = {"paragraph", "heading"}
        paragraphs = (letters(item.text) for item in self.expected if item.kind in kinds and item.text)
        return frozenset(paragraphs).difference(self.titles)

    def pairs(self) -> Iterator[tuple[ContentItem, ContentItem]]:
        """Yield the matching items of the tree and the edition, these with the labels of their list items."""
        for index, actual_index in self.matched:
            yield self.expected[index], self._with_label(actual_index)

    def _with_label(self, index: int) -> ContentItem:
        """Return an item of the edition with the label of its list item, if an added item precedes it."""
        item = self.actual[index]
        previous = index
        while not item.label and previous and not self.is_from_manuscript(previous - 1):
            previous -= 1
            if self.actual[previous].label:
                return msgspec.structs.replace(item, label=self.actual[previous].label)
        return item

    def is_from_manuscript(self, index: int) -> bool:
        """Return whether an item of the edition comes from the manuscript."""
        return index in self._indices_from_manuscript

    @cached_property
    def _indices_from_manuscript(self) -> frozenset[int]:
        return frozenset(self.from_manuscript)

    @property
    def from_manuscript(self) -> list[int]:
        """Indices of the items of the edition that come from the manuscript."""
        outside = set(self.back_matter) if self.includes_cover else set()
        aligned = {actual_index for _, actual_index in (*self.matched, *self.changed)} | set(self.extra) - outside
        return sorted(aligned)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings about missing, added, changed and moved items."""
        moved = {identity(self.actual[index]): index for index in self.extra}
        moved |= {identity(self.actual[index]): index for _, index in self.changed}
        additions = set(self.extra)
        for index in self.missing:
            expected = self.expected[index]
            actual_index = moved.pop(identity(expected), -1)
            if actual_index >= 0 and identity(expected)[-1:].isalnum():
                actual = self.actual[actual_index]
                message = f"{describe_item(expected)} is in another place: {actual.location}{self._after(index)}."
                yield rules.ORDER.finding(message, expected.source)
                additions.discard(actual_index)
            elif expected.kind not in self.separate:
                yield rules.TEXT.finding(f"{describe_item(expected)} is missing{self._after(index)}.", expected.source)
        for index, actual_index in self.changed:
            expected, actual = self.expected[index], self.actual[actual_index]
            if expected.kind == actual.kind and expected.kind in self.separate:
                continue
            new_index = moved.get(identity(expected), actual_index)
            if new_index != actual_index and identity(expected)[-1:].isalnum():
                location = self.actual[new_index].location
                message = f"{describe_item(expected)} is in another place: {location}{self._after(index)}."
                yield rules.ORDER.finding(message, expected.source)
                continue
            reads = quote_difference(expected.text, actual.text)
            message = f"{describe_item(expected)} reads {reads} ({actual.location})."
            yield rules.TEXT.finding(message, expected.source)
        yield from self._additions([index for index in self.extra if index in additions])

    def _additions(self, additions: Sequence[int]) -> Iterator[Finding]:
        expected_keys = {alignment_key(item) for item in self.expected if len(letters(item.text)) > QUOTED // 2}
        outside = {*self.front_matter, *self.back_matter} if self.includes_cover else set()
        for index in (*self.front_matter, *additions):
            item = self.actual[index]
            if alignment_key(item) in expected_keys and not (index in outside and letters(item.text) in self.names):
                yield rules.TEXT.finding(f"Duplicate: {quote_item(item)} ({item.location}).")
            elif index in outside or item.kind in self.separate:
                continue
            else:
                yield rules.TEXT.finding(f"{describe_item(item)} is not in the manuscript ({item.location}).")

    def _after(self, index: int) -> str:
        previous = next((item for item in reversed(self.expected[:index]) if letters(item.text)), None)
        return f", after {quote_item(previous)}" if previous is not None else ", at the beginning"


def is_framed(expected: ContentItem, actual: ContentItem) -> bool:
    """Return whether an item of the edition is the expected text within text that the edition adds."""
    actual_letters = letters(actual.text)
    if not expected.parts or len(actual_letters) > sum(map(len, expected.parts)) + SHORT_ADDITION:
        return False
    return all(part in actual_letters for part in expected.parts)
