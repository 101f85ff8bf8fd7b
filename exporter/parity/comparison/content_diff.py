"""Diff of the content of the tree and of an edition, item by item."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, groupby

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.comparison import inline_diff
from exporter.parity.comparison.alignment import COMPARED_SEPARATELY, IN_NOTES, ItemAlignment
from exporter.parity.comparison.item_names import describe_item, format_path, quote_difference, quote_from, quote_item
from exporter.parity.comparison.note_alignment import align_notes
from exporter.parity.comparison.toc_diff import TocDiff
from exporter.parity.content import (
    NESTED,
    POSITIONS,
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    comparison_key,
    in_note,
    letters,
    normalise,
    styled,
)
from exporter.parity.item_builder import ALONE

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202d\u202e\u2060\u2066-\u2069\ufeff]")
UNKNOWN = "und"
"""BCP 47 tag of an unknown language."""


def diff(expected: ExtractedContent, actual: ExtractedContent) -> Iterator[Finding]:
    """Yield every difference, with its source in the manuscript and its location in the edition."""
    yield from ContentDiff(expected, actual).findings()


class NotePair:
    """A note of the tree and that of the edition, with the alignment of their items."""

    def __init__(self, expected: ExtractedNote, actual: ExtractedNote, titles: Collection[str]) -> None:
        self.expected, self.actual = expected, actual
        self.alignment = ItemAlignment(
            expected.items,
            actual.items,
            expected.allowed_additions,
            includes_cover=False,
            titles=titles,
            separate=IN_NOTES,
        )


class ContentDiff:
    """Content of the tree and of an edition, aligned item by item."""

    def __init__(self, expected: ExtractedContent, actual: ExtractedContent) -> None:
        self.expected, self.actual = expected, actual
        arguments = (expected.items, actual.items, expected.allowed_additions)
        self.alignment = ItemAlignment(
            *arguments, includes_cover=actual.includes_cover, names=expected.names, titles=expected.titles
        )
        notes, self.missing_notes, self.extra_notes = align_notes(expected.notes, actual.notes)
        self.notes = [NotePair(expected.notes[first], actual.notes[second], expected.titles) for first, second in notes]
        self.alignments = (self.alignment, *(pair.alignment for pair in self.notes))
        matched = dict(self.alignment.matched)
        omitted = {in_note(number + 1) for number in self.missing_notes if expected.notes[number].unreferenced}
        self.link_targets = inline_diff.LinkTargets(
            expected.targets,
            matched,
            actual.items,
            _digests(expected),
            expected.placed,
            omitted=frozenset(name for name, target in expected.targets.items() if target in omitted),
        )
        self.cell_texts: dict[str, set[str]] = defaultdict(set)
        """Letters of cells in the edition, which may add text to them, by the letters in the tree."""
        for expected_item, actual_item in chain.from_iterable(alignment.pairs() for alignment in self.alignments):
            if expected_item.kind == "cell":
                self.cell_texts[letters(expected_item.text)].add(letters(actual_item.text))

    def findings(self) -> Iterator[Finding]:
        """Yield every difference."""
        yield from self.alignment.findings()
        for expected, actual in self.alignment.pairs():
            yield from self._diff_item(expected, actual)
        yield from TocDiff(self.expected, self.actual, self.alignment, self.link_targets).findings()
        yield from self._speakers()
        yield from self._notes()

    def _notes(self) -> Iterator[Finding]:
        # Editions may omit notes without a reference; if they contain them, they must be the same.
        missing = [
            self.expected.notes[number] for number in self.missing_notes if not self.expected.notes[number].unreferenced
        ]
        extra = [self.actual.notes[number] for number in self.extra_notes]
        if missing or extra:
            number = sum(1 for note in self.expected.notes if not note.unreferenced)
            yield rules.NOTES.finding(f"{len(self.actual.notes)} notes; expected {number}.")
        for note in missing:
            yield rules.NOTES.finding(f"The note {_quote_note(note)} is missing.", note.source)
        for note in extra:
            yield rules.NOTES.finding(f"The note {_quote_note(note)} is not in the manuscript ({note.location}).")
        for pair in self.notes:
            yield from pair.alignment.findings()
            for expected, actual in pair.alignment.pairs():
                yield from self._diff_item(expected, actual, IN_NOTES)
            backlinks, most = pair.actual.backlinks, pair.expected.backlinks
            if not most - pair.expected.optional_backlinks <= backlinks <= most:
                message = f"The note has {backlinks} backlinks; expected {most} ({pair.actual.location})."
                yield rules.NOTES.finding(message, pair.expected.source)

    def _has_same_headers(self, expected: Sequence[str], actual: Sequence[str]) -> bool:
        remaining = list(actual)
        for header in expected:
            accepted = {header, *self.cell_texts.get(header, ())}
            match = next((candidate for candidate in remaining if candidate in accepted), None)
            if match is None:
                return False
            remaining.remove(match)
        return not remaining

    def _diff_item(
        self, expected: ContentItem, actual: ContentItem, separate: Collection[str] = COMPARED_SEPARATELY
    ) -> Iterator[Finding]:
        """Yield the differences between a pair of items, those of a text unless items of the kind are `separate`."""
        name, location, source = describe_item(expected), f" ({actual.location})", expected.source
        if expected.kind != actual.kind:
            yield rules.KINDS.finding(f"{name} is a {actual.kind}{location}.", source)
        elif (
            not expected.parts
            and expected.kind not in {"cell", *separate}
            and not self._is_same_text(expected.text, actual.text)
        ):
            yield rules.TEXT.finding(f"{name} reads {quote_difference(expected.text, actual.text)}{location}.", source)
        elif self.actual.spaced and expected.kind != "cell" and _invisible(expected) != _invisible(actual):
            message = f"{name} has the invisible characters {format_path(_invisible(actual))}"
            yield rules.TEXT.finding(f"{message}; expected {format_path(_invisible(expected))}{location}.", source)
        expected_path, actual_path = self._path(expected), self._path(actual)
        if expected_path != actual_path:
            message = f"{name} is in {format_path(actual_path)}; expected {format_path(expected_path)}{location}."
            yield rules.NESTING.finding(message, source)
        if expected.label and expected.label != actual.label:
            message = f"{name} has the number “{actual.label}”; expected “{expected.label}”{location}."
            yield rules.NESTING.finding(message, source)
        if expected.detail != actual.detail:
            yield rules.TABLES.finding(f"{name}: {actual.detail}; expected {expected.detail}{location}.", source)
        elif expected.headers is not None and not self._has_same_headers(expected.headers, actual.headers or ()):
            headers = f"{format_path(actual.headers or ())}; expected {format_path(expected.headers)}"
            yield rules.TABLES.finding(f"{name} has the headers {headers}{location}.", source)
        yield from self._languages(expected, actual, location)
        yield from self._styles(expected, actual, location)
        yield from inline_diff.diff(expected, actual, self.link_targets, location)

    def _is_same_text(self, expected: str, actual: str) -> bool:
        if not self.actual.spaced:
            return comparison_key(expected) == comparison_key(actual)
        return normalise(expected, quotes=self.actual.quotes) == normalise(actual, quotes=self.actual.quotes)

    def _path(self, item: ContentItem) -> tuple[str, ...]:
        unmarked = {
            step for step, is_marked in (("turn", self.actual.turns), ("cue", self.actual.cues)) if not is_marked
        }
        return tuple(step for step in item.path if step not in unmarked)

    def _languages(self, expected: ContentItem, actual: ContentItem, location: str) -> Iterator[Finding]:
        both = (expected.runs, _own_part(expected, expected.runs, actual.runs))
        if both[0] == both[1]:
            return
        languages = [[language.lower() or UNKNOWN for language, _ in runs] for runs in both]
        lengths = [[len(text) for _, text in runs] for runs in both]
        if languages[0] == languages[1] and lengths[0] == lengths[1]:
            return  # the texts differ, which is reported already
        names = f"{format_path(languages[1])}; expected {format_path(languages[0])}"
        if count := _shared_letters(*both):
            names += f", from {quote_from(expected.text, count)} on"
        yield rules.PASSAGES.finding(f"{describe_item(expected)} is in {names}{location}.", expected.source)

    def _styles(self, expected: ContentItem, actual: ContentItem, location: str) -> Iterator[Finding]:
        """Yield the differences in emphasis, position and direction of text, and in the direction of the block."""
        if expected.kind not in ALONE and actual.direction and expected.direction not in {"", actual.direction}:
            directions = f"the direction {actual.direction}; expected {expected.direction}"
            yield rules.DIRECTIONS.finding(f"{describe_item(expected)} has {directions}{location}.", expected.source)
            return
        key = comparison_key if self.actual.spaced else letters
        names = self.actual.styles
        pairs = [styled(item.styles, names, key) for item in (expected, actual)]
        pairs[1] = _own_part(expected, *pairs)
        if pairs[0] == pairs[1] or "".join(text for _, text in pairs[0]) != "".join(text for _, text in pairs[1]):
            return  # other text is reported already
        expected_styles, actual_styles = ([style for style, text in runs for _ in text] for runs in pairs)
        if not self.actual.spaced and all(POSITIONS & set(style.split()) for style in expected_styles):
            # Where all is raised or lowered, no line shows it.
            actual_styles = [f"{style} {' '.join(sorted(POSITIONS))}" for style in actual_styles]
        differ = _differ if self.actual.spaced else _are_not_seen
        styles = enumerate(zip(expected_styles, actual_styles, strict=True))
        start = next((index for index, (style, other) in styles if differ(style, other)), None)
        if start is None:
            return
        text = quote_from(expected.text, len(letters("".join(text for _, text in pairs[0])[:start])))
        style, wanted = actual_styles[start] or "plain", expected_styles[start] or "plain"
        message = f"{describe_item(expected)} is {style}; expected {wanted}"
        rule = rules.DIRECTIONS if _differ_in_direction(actual_styles[start], expected_styles[start]) else rules.MARKS
        yield rule.finding(f"{message}, from {text} on{location}.", expected.source)

    def _speakers(self) -> Iterator[Finding]:
        expected, actual = self.expected.speakers, self.actual.speakers
        if expected is None or actual is None:
            return
        required = len(expected) - self.expected.optional_speakers
        if len(actual) == required:
            expected = expected[:required]
        if len(expected) != len(actual):
            yield rules.SPEAKERS.finding(f"{len(actual)} speaker turns; expected {len(expected)}.")
        for number, (expected_speaker, actual_speaker) in enumerate(zip(expected, actual, strict=False), 1):
            if not actual_speaker.startswith(expected_speaker) and expected_speaker not in actual_speaker:
                yield rules.SPEAKERS.finding(
                    f"Turn {number}: speaker “{actual_speaker}”; expected “{expected_speaker}”."
                )
                return


def _invisible(item: ContentItem) -> tuple[str, ...]:
    """Return the names of the characters that have no glyph, and change the order, the form or the ends of words.

    Embeddings are not among them: Word has them where other formats have elements.
    """
    return tuple(unicodedata.name(character) for character in _INVISIBLE.findall(item.text))


def _own_part(
    item: ContentItem, expected: Sequence[tuple[str, str]], actual: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return the runs of an item of an edition without what the edition adds around its text."""
    own, whole = ("".join(text for _, text in runs) for runs in (expected, actual))
    begin = whole.find(own)
    if not item.parts or begin < 0:
        return actual
    characters = [(name, character) for name, text in actual for character in text][begin : begin + len(own)]
    groups = groupby(characters, key=lambda pair: pair[0])
    return tuple((name, "".join(character for _, character in group)) for name, group in groups)


def _differ(expected: str, actual: str) -> bool:
    return expected != actual


def _are_not_seen(expected: str, actual: str) -> bool:
    """Return whether styles are not those that glyphs show: fonts may be bold or italic for other reasons too."""
    stated, shown = set(expected.split()), set(actual.split())
    if NESTED in stated:
        stated -= {"emphasis", NESTED}
    return not stated <= shown or (not shown >= POSITIONS and bool((stated ^ shown) & POSITIONS))


def _differ_in_direction(*styles: str) -> bool:
    first, second = ({"rtl", "override"} & set(style.split()) for style in styles)
    return first != second


def _digests(content: ExtractedContent) -> frozenset[str]:
    """Return the digests of all pictures."""
    groups = (content.items, *(note.items for note in content.notes))
    marks = (mark for group in groups for item in group for mark in item.marks)
    return frozenset(mark.structure for mark in marks if mark.kind == "picture" and mark.structure)


def _shared_letters(expected: Sequence[tuple[str, str]], actual: Sequence[tuple[str, str]]) -> int:
    """Return the number of letters at the start that are in the same languages in two texts."""
    count = 0
    for expected_run, actual_run in zip(expected, actual, strict=False):
        if expected_run[0].lower() != actual_run[0].lower():
            break
        count += min(len(expected_run[1]), len(actual_run[1]))
        if len(expected_run[1]) != len(actual_run[1]):
            break
    return count


def _quote_note(note: ExtractedNote) -> str:
    return quote_item(note.items[0]) if note.items else "(empty)"
