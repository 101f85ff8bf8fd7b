"""Every difference between what the tree asks an edition to tell and what it tells, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from exporter.findings import Finding
from exporter.parity import marks, rules
from exporter.parity.naming import QUOTED, listed, named, quote
from exporter.parity.pairing import TOLD_ELSEWHERE, Pairs
from exporter.parity.passages import Note, Passage, Told, letters, squashed, written

UNKNOWN = "und"
"""BCP 47 for a language that nobody has named."""


def differences(expected: Told, found: Told) -> Iterator[Finding]:
    """Give every difference, each at its place in the manuscript and in the edition."""
    yield from Telling(expected, found).findings()


class Telling:
    """What the tree tells and what an edition tells, paired passage by passage."""

    def __init__(self, expected: Told, found: Told) -> None:
        self.expected, self.found = expected, found
        self.pairs = Pairs(expected.passages, found.passages, expected.slots, frame=found.frame)
        notes, self.lost, self.added = _aligned(expected.notes, found.notes)
        self.notes = [
            (one, two, Pairs(one.passages, two.passages, one.slots, frame=False))
            for one, two in ((expected.notes[first], found.notes[second]) for first, second in notes)
        ]
        """Notes of both sides that are the same one."""
        matched = dict(self.pairs.matched)
        self.places = marks.Places(expected.targets, matched)
        self.matched: Mapping[int, int] = matched

    def findings(self) -> Iterator[Finding]:
        """Give every difference."""
        yield from self.pairs.findings()
        for one, two in self.pairs.matched:
            yield from self._passage(self.expected.passages[one], self.found.passages[two])
        yield from self._contents()
        yield from self._leads()
        yield from self._speakers()
        yield from self._notes()

    def _notes(self) -> Iterator[Finding]:
        # Editions may leave out a note that nothing refers to.
        lost = [self.expected.notes[number] for number in self.lost if self.expected.notes[number].ways_back]
        added = [self.found.notes[number] for number in self.added]
        if lost or added:
            number = sum(1 for note in self.expected.notes if note.ways_back)
            yield rules.NOTES.finding(f"There are {len(self.found.notes)} notes, not {number}.")
        for note in lost:
            yield rules.NOTES.finding(f"The note {_opening(note)} is missing.", note.source)
        for note in added:
            yield rules.NOTES.finding(f"The note {_opening(note)} is not in the manuscript ({note.place}).")
        for one, two, pairs in self.notes:
            yield from pairs.findings()
            for first, second in pairs.matched:
                yield from self._passage(one.passages[first], two.passages[second])
            if one.ways_back != two.ways_back:
                message = f"The note has {two.ways_back} links back to the text, not {one.ways_back} ({two.place})."
                yield rules.NOTES.finding(message, one.source)

    def _passage(self, want: Passage, have: Passage) -> Iterator[Finding]:
        """Give the differences between a passage and its twin."""
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
        elif want.heads is not None and want.heads != (have.heads or ()):
            message = f"{named(want)} is headed by {listed(have.heads or ())}, not by {listed(want.heads)}{where}."
            yield rules.TABLES.finding(message, source)
        yield from self._languages(want, have, where)
        yield from marks.differences(want, have, self.places, where)

    def _same(self, want: str, have: str) -> bool:
        return written(want) == written(have) if self.found.spaced else squashed(want) == squashed(have)

    def _path(self, passage: Passage) -> tuple[str, ...]:
        return passage.path if self.found.turns else tuple(step for step in passage.path if step != "turn")

    def _languages(self, want: Passage, have: Passage, where: str) -> Iterator[Finding]:
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
        headings = [each for each in self.expected.passages if each.kind == "heading"]
        pages = {letters(each.text): each.page for each in self.found.passages if each.kind == "heading"}
        place = 0
        for words, page in self.found.contents:
            match = _next(words, headings, place)
            if match is None:
                yield rules.CONTENTS.finding(f"“{words[:QUOTED]}” in the contents is no heading, or out of order.")
                continue
            place = match + 1
            there = pages.get(letters(headings[match].text))
            if page is None or (there is not None and page != there):
                goes = "nowhere" if page is None else f"page {page + 1}"
                message = f"“{words[:QUOTED]}” in the contents leads to {goes}."
                yield rules.CONTENTS.finding(message, headings[match].source)

    def _leads(self) -> Iterator[Finding]:
        """Compare the list of contents that leads into the text, where there is one, with the headings."""
        if self.found.leads is None:
            return
        headings = [(index, each) for index, each in enumerate(self.expected.passages) if each.kind == "heading"]
        place = 0
        for words, goal in self.found.leads:
            if not letters(words):
                continue  # headings of signs alone are no passages
            match = _next(words, [each for _, each in headings], place)
            if match is None:
                yield rules.CONTENTS.finding(f"“{words[:QUOTED]}” in the contents is no heading, or out of order.")
                continue
            place = match + 1
            index, heading = headings[match]
            if goal is None or not self.places.begins(goal, index):
                goes = "nowhere" if goal is None else "another place"
                message = f"“{words[:QUOTED]}” in the contents leads to {goes}."
                yield rules.CONTENTS.finding(message, heading.source)

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


def _opening(note: Note) -> str:
    return quote(note.passages[0]) if note.passages else "(empty)"


def _next(words: str, headings: Sequence[Passage], first: int) -> int | None:
    """Give the index of the next heading that an entry of the contents names."""
    said = letters(words)
    return next((at for at in range(first, len(headings)) if said.startswith(letters(headings[at].text))), None)


def _aligned(
    expected: Sequence[Note], found: Sequence[Note]
) -> tuple[list[tuple[int, int]], Sequence[int], Sequence[int]]:
    """Give the pairs of notes that are the same one, those that are lost and those that are too much, by index."""
    if len(expected) == len(found):
        return [(index, index) for index in range(len(found))], (), ()
    left, right = (
        [" ".join(letters(each.text) for each in note.passages) for note in side] for side in (expected, found)
    )
    pairs: list[tuple[int, int]] = []
    lost: list[int] = []
    added: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        both = min(end - start, last - first)
        pairs += ((start + step, first + step) for step in range(both))
        lost += range(start + both, end)
        added += range(first + both, last)
    return pairs, lost, added
