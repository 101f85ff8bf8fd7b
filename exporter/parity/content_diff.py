"""Every difference between what the tree asks an edition to tell and what it tells, passage by passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from exporter.findings import Finding
from exporter.parity import inline_diff, rules
from exporter.parity.alignment import TOLD_ELSEWHERE, ItemAlignment
from exporter.parity.content import (
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    comparison_key,
    is_within,
    letters,
    written,
)
from exporter.parity.item_builder import ALONE
from exporter.parity.item_names import QUOTED, listed, named, quote

UNKNOWN = "und"
"""BCP 47 for a language that nobody has named."""


def diff(expected: ExtractedContent, found: ExtractedContent) -> Iterator[Finding]:
    """Yield every difference, each at its place in the manuscript and in the edition."""
    yield from ContentDiff(expected, found).findings()


class ContentDiff:
    """What the tree tells and what an edition tells, paired passage by passage."""

    def __init__(self, expected: ExtractedContent, found: ExtractedContent) -> None:
        self.expected, self.found = expected, found
        told = (expected.passages, found.passages, expected.allowed_additions)
        self.pairs = ItemAlignment(*told, frame=found.includes_cover, names=expected.names)
        notes, self.lost, self.added = _aligned(expected.notes, found.notes)
        self.notes = [
            (one, two, ItemAlignment(one.passages, two.passages, one.slots, frame=False))
            for one, two in ((expected.notes[first], found.notes[second]) for first, second in notes)
        ]
        """Notes of both sides that are the same one."""
        matched = dict(self.pairs.matched)
        self.places = inline_diff.Places(expected.targets, matched)
        self.cells: dict[str, set[str]] = defaultdict(set)
        """Letters of cells in the edition, which may set words of its own into them, by those in the tree."""
        for pairs in (self.pairs, *(pairs for *_, pairs in self.notes)):
            for one, two in pairs.matched:
                if pairs.expected[one].kind == "cell":
                    self.cells[letters(pairs.expected[one].text)].add(letters(pairs.found[two].text))

    def findings(self) -> Iterator[Finding]:
        """Yield every difference."""
        yield from self.pairs.findings()
        for one, two in self.pairs.matched:
            yield from self._passage(self.expected.passages[one], self._labelled(self.pairs, two))
        yield from self._contents()
        yield from self._leads()
        yield from self._speakers()
        yield from self._notes()

    def _notes(self) -> Iterator[Finding]:
        # Editions may leave out a note that nothing refers to; some cannot, and one that is there must be the same.
        lost = [self.expected.notes[number] for number in self.lost if not self.expected.notes[number].unreferenced]
        added = [self.found.notes[number] for number in self.added]
        if lost or added:
            number = sum(1 for note in self.expected.notes if not note.unreferenced)
            yield rules.NOTES.finding(f"There are {len(self.found.notes)} notes, not {number}.")
        for note in lost:
            yield rules.NOTES.finding(f"The note {_opening(note)} is missing.", note.source)
        for note in added:
            yield rules.NOTES.finding(f"The note {_opening(note)} is not in the manuscript ({note.place}).")
        for one, two, pairs in self.notes:
            yield from pairs.findings()
            for first, second in pairs.matched:
                yield from self._passage(one.passages[first], self._labelled(pairs, second))
            if one.backlinks != two.backlinks:
                message = f"The note has {two.backlinks} links back to the text, not {one.backlinks} ({two.place})."
                yield rules.NOTES.finding(message, one.source)

    def _same_heads(self, want: Sequence[str], have: Sequence[str]) -> bool:
        left = list(have)
        for head in want:
            there = next((each for each in left if each == head or each in self.cells.get(head, ())), None)
            if there is None:
                return False
            left.remove(there)
        return not left

    @staticmethod
    def _labelled(pairs: ItemAlignment, index: int) -> ContentItem:
        """Return a passage of the edition with the number of the item that it begins, behind what the edition adds."""
        have = pairs.found[index]
        before = index
        while not have.label and before and not pairs.is_ours(before - 1):
            before -= 1
            if pairs.found[before].label:
                return msgspec.structs.replace(have, label=pairs.found[before].label)
        return have

    def _passage(self, want: ContentItem, have: ContentItem) -> Iterator[Finding]:
        """Yield the differences between a passage and its twin."""
        where, source = f" ({have.place})", want.source
        if want.kind != have.kind:
            message = f"{named(want)} is a {have.kind}{where}."
            yield rules.KINDS.finding(message, source)
        elif not want.parts and want.kind not in {"cell", *TOLD_ELSEWHERE} and not self._same(want.text, have.text):
            yield rules.TEXT.finding(f"{named(want)} reads {quote(have)}{where}.", source)
        left, right = self._path(want), self._path(have)
        if left != right:
            message = f"{named(want)} stands in {listed(right)}, not in {listed(left)}{where}."
            yield rules.NESTING.finding(message, source)
        if want.label and want.label != have.label:
            message = f"{named(want)} bears the number “{have.label}”, not “{want.label}”{where}."
            yield rules.NESTING.finding(message, source)
        if want.detail != have.detail:
            yield rules.TABLES.finding(f"{named(want)}: {have.detail}, not {want.detail}{where}.", source)
        elif want.headers is not None and not self._same_heads(want.headers, have.headers or ()):
            message = f"{named(want)} is headed by {listed(have.headers or ())}, not by {listed(want.headers)}{where}."
            yield rules.TABLES.finding(message, source)
        yield from self._languages(want, have, where)
        yield from inline_diff.diff(want, have, self.places, where)

    def _same(self, want: str, have: str) -> bool:
        if not self.found.spaced:
            return comparison_key(want) == comparison_key(have)
        return written(want, quotes=self.found.quotes) == written(have, quotes=self.found.quotes)

    def _path(self, passage: ContentItem) -> tuple[str, ...]:
        return passage.path if self.found.turns else tuple(step for step in passage.path if step != "turn")

    def _languages(self, want: ContentItem, have: ContentItem, where: str) -> Iterator[Finding]:
        if want.parts or want.runs == have.runs:
            return
        languages = [[language.lower() or UNKNOWN for language, _ in each.runs] for each in (want, have)]
        lengths = [[len(text) for _, text in each.runs] for each in (want, have)]
        if languages[0] == languages[1] and lengths[0] == lengths[1]:
            return  # the words differ, which is told already
        message = f"{named(want)} is in {listed(languages[1])}, not in {listed(languages[0])}{where}."
        yield rules.PASSAGES.finding(message, want.source)

    def _contents(self) -> Iterator[Finding]:
        """Compare the list of contents on pages, where there is one, with the headings."""
        twins = {one: self.found.passages[two].page for one, two in self.pairs.matched}
        named = [(index, each) for index, each in enumerate(self.expected.passages) if each.kind == "heading"]
        headings, pages = [each for _, each in named], [twins.get(index) for index, _ in named]
        place = 0
        for words, page in self.found.contents:
            if _is_of_signs(words):
                continue
            match = _next(words, headings, place)
            if match is None:
                yield rules.CONTENTS.finding(f"“{words[:QUOTED]}” in the contents is no heading, or out of order.")
                continue
            place = match + 1
            there = pages[match]
            if page is None or (there is not None and page != there):
                goes = "nowhere" if page is None else f"page {page + 1}"
                message = f"“{words[:QUOTED]}” in the contents leads to {goes}."
                yield rules.CONTENTS.finding(message, headings[match].source)

    def _leads(self) -> Iterator[Finding]:
        """Compare the list of contents that leads into the text, where there is one, with the headings."""
        if self.found.toc_links is None:
            return
        named = [(index, each) for index, each in enumerate(self.expected.passages) if each.kind == "heading"]
        places, headings = [index for index, _ in named], [each for _, each in named]
        place = 0
        for words, goal in self.found.toc_links:
            if not letters(words) or self._is_wordless(goal):
                continue
            match = _next(words, headings, place)
            # Any entry may name a heading of pictures and formulas alone: then it is the one that it leads to.
            while match is not None and not letters(headings[match].text) and not self._leads_to(goal, places[match]):
                match = _next(words, headings, match + 1)
            if match is None:
                yield rules.CONTENTS.finding(f"“{words[:QUOTED]}” in the contents is no heading, or out of order.")
                continue
            place, heading = match + 1, headings[match]
            if not self._leads_to(goal, places[match]):
                goes = "nowhere" if goal is None else "another place"
                message = f"“{words[:QUOTED]}” in the contents leads to {goes}."
                yield rules.CONTENTS.finding(message, heading.source)

    def _leads_to(self, goal: int | None, index: int) -> bool:
        return goal is not None and any(self.places.begins(goal, each) for each in self._begun(index))

    def _begun(self, index: int) -> Iterator[int]:
        """Yield a passage and, where it is the first of cells, these: some formats lead to where a cell begins."""
        yield index
        path = self.expected.passages[index].path
        while index and (before := self.expected.passages[index - 1]).kind == "cell":
            if path[: len(before.path)] != before.path:
                return
            index -= 1
            yield index

    def _is_wordless(self, goal: int | None) -> bool:
        """Whether a heading is a formula or a picture alone, and so none that the text could be compared with."""
        passages = self.found.passages
        return goal is not None and goal < len(passages) and passages[goal].kind in {"formula", "picture"}

    def _speakers(self) -> Iterator[Finding]:
        want, have = self.expected.speakers, self.found.speakers
        if want is None or have is None or want == have:
            return
        if len(want) != len(have):
            yield rules.SPEAKERS.finding(f"There are {len(have)} turns of speakers, not {len(want)}.")
        for number, (one, two) in enumerate(zip(want, have, strict=False), 1):
            if not two.startswith(one) and one not in two:
                yield rules.SPEAKERS.finding(f"In turn {number} “{two}” speaks, not “{one}”.")
                return


def _opening(note: ExtractedNote) -> str:
    return quote(note.passages[0]) if note.passages else "(empty)"


def _next(words: str, headings: Sequence[ContentItem], first: int) -> int | None:
    """Return the index of the next heading that an entry of the contents names."""
    said = letters(words)
    return next((at for at in range(first, len(headings)) if _names(said, headings[at])), None)


def _is_of_signs(words: str) -> bool:
    """Whether an entry of contents on pages is signs alone, before its number: nothing tells headings of signs."""
    own = words.rstrip().rstrip("0123456789").strip()
    return bool(own) and not letters(own)


def _names(said: str, heading: ContentItem) -> bool:
    own = letters(heading.text)
    if said == own:
        return True
    if any(mark.kind in ALONE for mark in heading.marks):
        return is_within(own, said)
    # On pages, dots and a number may stand behind.
    return bool(own) and said.startswith(own) and said.removeprefix(own).isdigit()


Matches = tuple[list[tuple[int, int]], Sequence[int], Sequence[int]]
"""Pairs of notes that are the same one, those that are lost and those that are too much, by index."""


def _aligned(expected: Sequence[ExtractedNote], found: Sequence[ExtractedNote]) -> Matches:
    """Pair the notes of both sides: in their order those that the text refers to, by their words the others."""
    pairs, lost, added = _in_order(expected, found)
    left = {index: _key(note) for index, note in enumerate(found) if note.unreferenced}
    for index, note in enumerate(expected):
        if note.unreferenced:
            key = _key(note)
            twin = next((other for other, own in left.items() if own == key), _likest(note, left, found))
            if twin is None:
                lost.append(index)
            else:
                del left[twin]
                pairs.append((index, twin))
    return pairs, lost, [*added, *left]


def _likest(note: ExtractedNote, left: Iterable[int], found: Sequence[ExtractedNote]) -> int | None:
    """Return the note of the edition that has most of the words of a note, by index."""
    own = {letters(each.text) for each in note.passages}
    return max(left, key=lambda other: len(own & {letters(each.text) for each in found[other].passages}), default=None)


def _in_order(
    expected: Sequence[ExtractedNote], found: Sequence[ExtractedNote]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    wanted, got = ([index for index, note in enumerate(side) if not note.unreferenced] for side in (expected, found))
    if len(wanted) == len(got):
        return list(zip(wanted, got, strict=True)), [], []
    left, right = [_key(expected[index]) for index in wanted], [_key(found[index]) for index in got]
    pairs: list[tuple[int, int]] = []
    lost: list[int] = []
    added: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        both = min(end - start, last - first)
        pairs += ((wanted[start + step], got[first + step]) for step in range(both))
        lost += wanted[start + both : end]
        added += got[first + both : last]
    return pairs, lost, added


def _key(note: ExtractedNote) -> str:
    return " ".join(letters(each.text) for each in note.passages)
