"""Which passage of an edition is which of the tree, and what is missing, too much or in another place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.content import ContentItem, comparison_key, letters
from exporter.parity.item_names import QUOTED, named, quote

SHORT_ADDITION = 80
"""Letters that an edition may set around words of the manuscript, such as “Quoted from”."""
TITLE_ADDED = 400
"""Characters of what an edition may add by itself: the word “Warning” on a box, “Long description of” and a caption."""
OPENING = 12
"""Passages by which the beginning of the text is known behind cover and imprint."""
BEGINNING = 3
"""Passages of which one is where the text begins, with or without words."""
WINDOW = 3 * OPENING
"""Passages of an edition among which those are looked for, with what it adds."""
MOST_OPENINGS = 50
TOLD_ELSEWHERE = frozenset({"heading", "picture"})
"""Kinds whose words are compared in lists of their own, so that here only their place counts."""


class ItemAlignment:
    """Pairs of passages, and what is left over.

    Args:
        expected: Passages of the tree.
        found: Passages of the edition.
        slots: How many passages the edition may add before the passage of an index.
        frame: Whether the edition may add something before and behind the whole.
        names: Letters of what it may say there although a passage says it too.
    """

    def __init__(
        self,
        expected: Sequence[ContentItem],
        found: Sequence[ContentItem],
        slots: Mapping[int, int],
        *,
        frame: bool,
        names: Collection[str] = (),
    ) -> None:
        self.expected, self.found, self.frame, self.names = expected, found, frame, names
        self.slots = Counter(slots)
        self.matched: list[tuple[int, int]] = []
        self.missing: list[int] = []
        self.extra: list[int] = []
        self.changed: list[tuple[int, int]] = []
        left, right = [_key(each) for each in expected], [_key(each) for each in found]
        start = _first(expected, found) if frame else 0
        self.head = range(start)
        """What stands before the text: cover, imprint."""
        for one, two in _stretches(left, right, start):
            if left[one.start : one.stop] == right[two.start : two.stop]:
                self.matched += zip(one, two, strict=True)
            else:
                self._uneven(list(one), list(two))
        last = max((index for _, index in self.matched), default=-1)
        self.tail = [index for index in self.extra if index > last]
        """What stands behind the text: a colophon."""
        for index, other in list(self.changed):
            want, have = expected[index], found[other]
            # What a cell holds is told passage by passage.
            if framed(want, have) or want.kind == have.kind == "cell":
                self.matched.append((index, other))
                self.changed.remove((index, other))
        self.matched.sort()

    def _uneven(self, one: list[int], two: list[int]) -> None:
        at = one[0] if one else self.matched[-1][0] + 1 if self.matched else 0
        for place in range(at, (one[-1] if one else at) + 2):
            while self.slots[place] and len(two) > len(one):
                short = next((index for index in two if self._may_be_title(self.found[index])), None)
                if short is None:
                    break
                two.remove(short)
                self.slots[place] -= 1
        if len(one) == len(two):
            self.changed += zip(one, two, strict=True)
            return
        # Framed passages hold the words of the manuscript among words of the edition.
        for index in list(one):
            twin = next((each for each in two if framed(self.expected[index], self.found[each])), None)
            if twin is not None:
                self.matched.append((index, twin))
                one.remove(index)
                two.remove(twin)
        self.missing += one
        self.extra += two

    @staticmethod
    def _may_be_title(have: ContentItem) -> bool:
        return have.kind != "cell" and len(have.text) <= TITLE_ADDED

    def is_ours(self, index: int) -> bool:
        """Return whether a passage of the edition is not of its own making."""
        return index in self._ours

    @cached_property
    def _ours(self) -> frozenset[int]:
        return frozenset(self.ours)

    @property
    def ours(self) -> list[int]:
        """The passages of the edition that are not of its own making."""
        outside = set(self.tail) if self.frame else set()
        kept = {other for _, other in (*self.matched, *self.changed)} | set(self.extra) - outside
        return sorted(kept)

    def findings(self) -> Iterator[Finding]:
        """Yield what is missing, too much, changed or out of order."""
        moved = {_identity(self.found[index]): index for index in self.extra}
        moved |= {_identity(self.found[index]): index for _, index in self.changed}
        stray = set(self.extra)
        for index in self.missing:
            want = self.expected[index]
            other = moved.pop(_identity(want), -1)
            if other >= 0 and _identity(want)[-1:].isalnum():
                have = self.found[other]
                message = f"{named(want)} stands in another place: {have.place}{self._after(index)}."
                yield rules.ORDER.finding(message, want.source)
                stray.discard(other)
            elif want.kind not in TOLD_ELSEWHERE:
                yield rules.TEXT.finding(f"{named(want)} is missing{self._after(index)}.", want.source)
        for index, other in self.changed:
            want, have = self.expected[index], self.found[other]
            if want.kind == have.kind and want.kind in TOLD_ELSEWHERE:
                continue
            there = moved.get(_identity(want), other)
            if there != other and _identity(want)[-1:].isalnum():
                message = f"{named(want)} stands in another place: {self.found[there].place}{self._after(index)}."
                yield rules.ORDER.finding(message, want.source)
                continue
            message = f"{named(want)} reads {quote(have)} ({have.place})."
            yield rules.TEXT.finding(message, want.source)
        yield from self._additions([index for index in self.extra if index in stray])

    def _additions(self, stray: Sequence[int]) -> Iterator[Finding]:
        known = {_key(each) for each in self.expected if len(letters(each.text)) > QUOTED // 2}
        outside = {*self.head, *self.tail} if self.frame else set()
        for index in (*self.head, *stray):
            have = self.found[index]
            if _key(have) in known and not (index in outside and letters(have.text) in self.names):
                yield rules.TEXT.finding(f"{quote(have)} stands there twice ({have.place}).")
            elif index in outside or have.kind in TOLD_ELSEWHERE:
                continue
            else:
                yield rules.TEXT.finding(f"{named(have)} is not in the manuscript ({have.place}).")

    def _after(self, index: int) -> str:
        before = next((each for each in reversed(self.expected[:index]) if letters(each.text)), None)
        return f", after {quote(before)}" if before is not None else ", at the beginning"


def _key(passage: ContentItem) -> str:
    """Return by what passages of two editions are taken for the same one."""
    if passage.kind in {"picture", "formula"}:
        return f"{passage.kind}:"
    return f"cell:{letters(passage.text)}" if passage.kind == "cell" else letters(passage.text) or passage.kind


def _identity(passage: ContentItem) -> str:
    """Return by what a passage is known in another place; it ends in a sign when it is not."""
    if passage.kind == "picture":
        return f"picture:{letters(passage.marks[0].target or '')}"
    return _key(passage) if letters(passage.text) else "-"


def _first(expected: Sequence[ContentItem], found: Sequence[ContentItem]) -> int:
    """Return where the text begins in the edition: where most of the first passages follow each other most closely."""
    opening = [_key(each) for each in expected[:OPENING]]
    if not opening:
        return len(found)
    # Pictures look alike, and the first of them may be lost.
    worded = [key for each, key in zip(expected, opening, strict=False) if letters(each.text)]
    first = {*opening[:BEGINNING], *worded[:BEGINNING]}
    right = [_key(each) for each in found]
    best, where = (0, 0, False), 0
    for start in [index for index, key in enumerate(right) if key in first][:MOST_OPENINGS]:
        window = right[start : start + WINDOW]
        blocks = SequenceMatcher(None, opening, window, autojunk=False).get_matching_blocks()
        reach = max(block.b + block.size for block in blocks[:-1]) if len(blocks) > 1 else 0
        # The title of the cover may have the letters of the first passage, and not its signs.
        same = comparison_key(found[start].text) == comparison_key(expected[opening.index(right[start])].text)
        score = (sum(block.size for block in blocks), -reach, same)
        if score > best:
            best, where = score, start
    return where


def _stretches(left: Sequence[str], right: Sequence[str], start: int) -> Iterator[tuple[range, range]]:
    """Yield stretches that are equal, or differ, in order; `start` is where the right side begins."""
    first, end = 0, 0
    shortest = min(len(left), len(right) - start)
    while first < shortest and left[first] == right[start + first]:
        first += 1
    while end < shortest - first and left[-1 - end] == right[-1 - end]:
        end += 1
    # Equal passages at both ends are paired at once: the comparison of what is between takes time by its square.
    yield range(first), range(start, start + first)
    one, two = left[first : len(left) - end], right[start + first : len(right) - end]
    for _, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        yield range(first + a, first + b), range(start + first + c, start + first + d)
    yield range(len(left) - end, len(left)), range(len(right) - end, len(right))


def framed(want: ContentItem, have: ContentItem) -> bool:
    """Return whether an edition tells the words of the manuscript with words of its own around them."""
    said = letters(have.text)
    if not want.parts or len(said) > sum(map(len, want.parts)) + SHORT_ADDITION:
        return False
    return all(part in said for part in want.parts)
