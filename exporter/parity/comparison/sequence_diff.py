"""Diff of the sequences of headings, outline entries and images of the tree and of an edition."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from operator import itemgetter
from typing import TypeVar

import msgspec

from exporter.findings import Finding, Rule
from exporter.model import Source
from exporter.parity.content import is_shortened, is_within, letters, normalise, squash
from exporter.parity.extraction import Extraction, Heading, Picture
from exporter.parity.rules import CONTENTS, HEADINGS, LEVELS, OUTLINE, PICTURES

MAX_CLOSING_CHAPTERS = 2
"""Maximum number of chapters of a recording after its last heading: the notes, and the closing credits."""


def diff_headings(expected: Extraction, actual: Extraction) -> Iterator[Finding]:
    """Yield the differences of the headings: text, order, levels."""
    expected_headings, actual_headings = expected.headings or (), actual.headings or ()
    if actual.plain:
        expected_headings = tuple(_without_formulas(expected_heading) for expected_heading in expected_headings)
    if actual.spaces_unreliable:
        # Nothing is drawn of a heading without words.
        expected_headings = tuple(heading for heading in expected_headings if squash(heading.text))
        actual_headings = tuple(heading for heading in actual_headings if squash(heading.text))
    if all(heading.level is None for heading in actual_headings):
        expected_headings = tuple(_shortened(heading, actual_headings) for heading in expected_headings)
        actual_headings = without_credits(expected_headings, actual_headings, expected.title or "")
    key = _text_key(actual)
    yield from _diff_sequence(
        "heading", expected_headings, actual_headings, lambda heading: heading.text, HEADINGS, key=key
    )
    for expected_heading, actual_heading in _matching_pairs(
        expected_headings, actual_headings, lambda heading: key(heading.text)
    ):
        if actual_heading.level is not None and actual_heading.level != expected_heading.level:
            levels = f"{actual_heading.level}; expected level {expected_heading.level}"
            message = f"Heading “{expected_heading.text}” has level {levels}."
            yield LEVELS.finding(message, expected_heading.source)


def _without_formulas(heading: Heading) -> Heading:
    """Return a heading of the tree without its formulas."""
    return msgspec.structs.replace(heading, text=heading.words) if heading.words is not None else heading


def _shortened(heading: Heading, actual: Sequence[Heading]) -> Heading:
    """Return a heading of the tree, a long one as a recording shortens it."""
    text = next((other.text for other in actual if is_shortened(heading.text, other.text)), heading.text)
    return msgspec.structs.replace(heading, text=text)


def without_credits(expected: Sequence[Heading], actual: tuple[Heading, ...], title: str) -> tuple[Heading, ...]:
    """Return the chapters without those that a recording adds: the opening with the title, and those at its end."""
    # Without a title, the opening has a name of its own.
    if actual and (
        title.startswith(actual[0].text.removesuffix("…"))
        if title
        else actual[0].text not in {heading.text for heading in expected[:1]}
    ):
        actual = actual[1:]
    matcher = SequenceMatcher(
        None, [heading.text for heading in expected], [heading.text for heading in actual], autojunk=False
    )
    tag, first, _, start, end = (matcher.get_opcodes() or [("equal", 0, 0, 0, 0)])[-1]
    return (
        actual[:start] if tag == "insert" and first == len(expected) and end - start <= MAX_CLOSING_CHAPTERS else actual
    )


def diff_outline(expected: Extraction, actual: Extraction) -> Iterator[Finding]:
    """Yield the differences of the outline; it may list additions of an edition, such as the table of contents."""
    expected_entries, actual_entries = expected.outline or (), actual.outline or ()
    matched: dict[int, Heading] = {}
    used: set[int] = set()
    for key in (lambda heading: f"{heading.level} {heading.text}", lambda heading: heading.text):
        unmatched = [entry for entry in expected_entries if id(entry) not in matched]
        unused = [entry for entry in actual_entries if id(entry) not in used]
        for expected_entry, actual_entry in _matching_pairs(unmatched, unused, key):
            matched[id(expected_entry)] = actual_entry
            used.add(id(actual_entry))
    for expected_entry in expected_entries:
        # Editions render formulas in the outline differently.
        if expected_entry.words is not None and id(expected_entry) not in matched:
            rest = (entry for entry in actual_entries if id(entry) not in used)
            match = next(
                (entry for entry in rest if is_within(letters(expected_entry.words), letters(entry.text))), None
            )
            if match is not None:
                matched[id(expected_entry)] = match
                used.add(id(match))
    for expected_entry in expected_entries:
        match = matched.get(id(expected_entry))
        if not expected_entry.text or (expected_entry.words is not None and not letters(expected_entry.words)):
            continue  # it has no text in the outline
        if match is None:
            yield OUTLINE.finding(
                f"Heading “{expected_entry.text}” is missing from the bookmarks or table of contents.",
                expected_entry.source,
            )
        elif match.level != expected_entry.level:
            levels = f"{match.level} in the outline; expected level {expected_entry.level}"
            message = f"“{expected_entry.text}” has level {levels}."
            yield OUTLINE.finding(message, expected_entry.source)


def diff_contents(expected: Extraction, titles: Sequence[str]) -> Iterator[Finding]:
    """Yield the headings that a table of contents leaves out, though it has others of their level.

    Args:
        expected: Extraction of the tree.
        titles: The entries of the table, which may end with page numbers.
    """
    entries = list(map(_title_key, titles))
    headings = [
        # An entry may say formulas and pictures in words.
        heading
        for heading in expected.outline or ()
        if _title_key(heading.text) and heading.words is None
    ]
    differences: list[tuple[int, list[Heading]]] = []
    for depth in sorted({heading.level or 0 for heading in headings}):
        listed = [heading for heading in headings if (heading.level or 0) <= depth]
        matcher = SequenceMatcher(None, [_title_key(heading.text) for heading in listed], entries, autojunk=False)
        same = matcher.get_matching_blocks()
        listed_indices = {block.a + index for block in same for index in range(block.size)}
        # What is before the table is not in it.
        first = min(listed_indices, default=0)
        missing = [heading for index, heading in enumerate(listed) if index > first and index not in listed_indices]
        differences.append((len(missing) + len(entries) - len(listed_indices), missing))
    for heading in min(differences, key=itemgetter(0))[1] if entries and differences else ():
        yield CONTENTS.finding(f"“{heading.text}” is missing in the table of contents.", heading.source)


def _title_key(text: str) -> str:
    return letters(text).rstrip("0123456789")


def without_additions(expected: Extraction, actual: Extraction) -> tuple[Picture, ...]:
    """Return the images of an edition without QR codes, and without the cover, the first image of a paged document."""
    expected_pictures, cover = _expected_pictures(expected, actual), expected.cover
    alts = {picture.alt for picture in expected_pictures}
    actual_pictures = tuple(
        picture for picture in actual.pictures or () if not picture.is_qr_code or picture.alt in alts
    )
    starts_with_cover = cover and not actual.cover and actual_pictures and actual_pictures[0].alt == cover.alt
    return (
        actual_pictures[1:]
        if starts_with_cover
        and (len(actual_pictures) > len(expected_pictures) or expected_pictures[0].alt != actual_pictures[0].alt)
        else actual_pictures
    )


def diff_pictures(expected: Extraction, actual: Extraction) -> Iterator[Finding]:
    """Yield the differences of the alt texts, including that of the cover."""
    if expected.cover and actual.cover:
        yield from _diff_sequence("cover", (expected.cover,), (actual.cover,), _alt, PICTURES)
    expected_pictures, actual_pictures = _expected_pictures(expected, actual), without_additions(expected, actual)
    required = tuple(picture for picture in expected_pictures if not picture.optional)
    findings = (
        list(_diff_sequence("picture", pictures, actual_pictures, _alt, PICTURES))
        for pictures in dict.fromkeys((expected_pictures, required))
    )
    yield from min(findings, key=len)


def _expected_pictures(expected: Extraction, extraction: Extraction) -> tuple[Picture, ...]:
    all_pictures = (expected.by_number if extraction.one_list else None) or expected.pictures or ()
    # A missing alt text is announced; the announcement is not an alt text.
    return (
        all_pictures
        if extraction.utterances is None
        else tuple(picture for picture in all_pictures if picture.alt is not None)
    )


def _alt(picture: Picture) -> str:
    return picture.alt if picture.alt is not None else "(not described)"


Item = TypeVar("Item", Heading, Picture)


def _diff_sequence(
    noun: str,
    expected: Sequence[Item],
    actual: Sequence[Item],
    text: Callable[[Item], str],
    rule: Rule,
    *,
    key: Callable[[str], str] = str,
) -> Iterator[Finding]:
    expected_keys, actual_keys = [key(text(item)) for item in expected], [key(text(item)) for item in actual]
    for tag, start, end, first, last in SequenceMatcher(None, expected_keys, actual_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(end - start, last - first)):
            expected_item = expected[start + index] if start + index < end else None
            actual_item = actual[first + index] if first + index < last else None
            position = _format_position(text, expected, start + index)
            source: Source | None = expected_item.source if expected_item else None
            if expected_item and actual_item:
                message = f"The {noun} “{text(expected_item)}” reads “{text(actual_item)}”{position}."
            elif expected_item:
                message = f"The {noun} “{text(expected_item)}” is missing{position}."
            else:
                assert actual_item is not None
                message = f"The {noun} “{text(actual_item)}” is not in the manuscript{position}."
            yield rule.finding(message, source)


def _format_position(text: Callable[[Item], str], expected: Sequence[Item], index: int) -> str:
    return (
        f", after “{text(expected[min(index, len(expected)) - 1])}”" if index > 0 and expected else ", at the beginning"
    )


def _matching_pairs(
    expected: Sequence[Item], actual: Sequence[Item], key: Callable[[Item], str]
) -> Iterator[tuple[Item, Item]]:
    expected_keys, actual_keys = [key(item) for item in expected], [key(item) for item in actual]
    for block in SequenceMatcher(None, expected_keys, actual_keys, autojunk=False).get_matching_blocks():
        yield from zip(expected[block.a : block.a + block.size], actual[block.b : block.b + block.size], strict=True)


def _text_key(extraction: Extraction) -> Callable[[str], str]:
    if not extraction.spaces_unreliable:
        return partial(normalise, quotes=True) if extraction.content is not None and extraction.content.quotes else str

    def key(text: str) -> str:
        letters = squash(text)
        # Glyphs of right-to-left scripts are in visual order, so only the set of letters can be compared.
        rtl = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in letters)
        return "".join(sorted(letters)) if rtl else letters

    return key
