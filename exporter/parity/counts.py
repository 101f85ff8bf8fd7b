"""Counts of the content of the tree and of an edition, small enough to be stored for every edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from exporter.findings import Finding
from exporter.parity.comparison.content_diff import ContentDiff
from exporter.parity.comparison.sequence_diff import without_additions, without_credits
from exporter.parity.content import ContentItem, InlineItem, comparison_key, letters
from exporter.parity.extraction import Extraction
from exporter.parity.item_builder import ALONE
from exporter.parity.rules import PAGES


class ContentCounts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Number of headings, words, tables …; a count that is absent is not stated by the format."""

    counts: Mapping[str, int] = {}
    """By name; see `counts_table.FACTS`."""
    pages: tuple[str, ...] = ()
    """Page labels, of the edition's own pages or of those of another edition."""
    paged: bool = False
    """Whether the pages are its own, not those of another edition."""
    page_starts: tuple[int, ...] = ()
    """Index of the first item of the tree that begins on each page or after it; empty if unknown."""
    moved_starts: tuple[int, ...] = ()
    """The same with pictures and cells, which may be printed after the paragraphs that follow them."""


def count_content(expected: Extraction, actual: Extraction, content_diff: ContentDiff | None = None) -> ContentCounts:
    """Return the counts of an edition, without what it adds to the manuscript.

    Args:
        expected: Extraction of the tree.
        actual: Extraction of the edition, or of the tree for the counts of the manuscript.
        content_diff: Both, aligned item by item.
    """
    counts: dict[str, int] = {}
    headings = actual.headings
    if headings is not None:
        if all(heading.level is None for heading in headings):
            headings = without_credits(expected.headings or (), headings, expected.title or "")
            counts["chapters"] = len(headings)
        counts["headings"] = len(headings)
    if actual.pictures is not None:
        counts["pictures"] = len(actual.pictures if actual is expected else without_additions(expected, actual))
    for name in ("decorative", "chapters", "utterances"):
        value = getattr(actual, name)
        if value is not None:
            counts[name] = value
    if actual.pages is not None:
        counts["pages"] = len(actual.pages)
    if actual is expected and expected.content is not None:
        groups: list[Sequence[ContentItem]] = [
            expected.content.items,
            *(note.items for note in expected.content.notes),
        ]
        counts |= _count_items(groups, expected.language or "")
        counts["words"] = sum(_count_words(item) for group in groups for item in group)
        counts["notes"] = sum(1 for note in expected.content.notes if not note.unreferenced)
        counts |= _count_speakers(expected.content.speakers)
    elif content_diff is not None:
        actual_content = content_diff.actual
        groups = [
            [alignment.actual[index] for index in alignment.from_manuscript] for alignment in content_diff.alignments
        ]
        counts |= _count_items(groups, expected.language or "")
        counts["words"] = sum(_count_aligned_words(content_diff))
        unreferenced = sum(pair.expected.unreferenced for pair in content_diff.notes)
        counts["notes"] = len(actual_content.notes) - unreferenced
        counts |= _count_speakers(actual_content.speakers)
    # The pages of an original are compared with the manuscript, not with those of another edition.
    pages = actual.pages if actual.pages and (actual.paged or not expected.pages) else ()
    starts = tuple(_page_starts(actual, content_diff, is_moved=False))
    moved_starts = tuple(_page_starts(actual, content_diff, is_moved=True))
    return ContentCounts(counts, pages, actual.paged, starts, moved_starts)


def _page_starts(extraction: Extraction, content_diff: ContentDiff | None, *, is_moved: bool) -> Iterator[int]:
    if content_diff is None or not extraction.pages:
        return
    actual, expected = content_diff.actual.items, content_diff.expected.items
    count = len(extraction.pages)
    starts = [len(expected)] * count
    for expected_index, actual_index in content_diff.alignment.matched:
        page, item = actual[actual_index].page, expected[expected_index]
        # Pictures may be moved, and cells are printed in another place where their row is divided.
        if page is not None and (is_moved or (item.kind not in {*ALONE, "cell"} and not item.parts)):
            page = min(page, count - 1)
            starts[page] = min(starts[page], expected_index)
    yield from reversed(list(accumulate(reversed(starts), min)))


def _count_words(item: ContentItem) -> int:
    # The content of a cell consists of items of its own.
    return 0 if item.kind == "cell" else sum(1 for word in item.text.split() if letters(word))


def _count_aligned_words(content_diff: ContentDiff) -> Iterator[int]:
    """Yield the number of words per item; for equal items, of the tree, since pages do not always store word ends."""
    for alignment in content_diff.alignments:
        expected_indices = {actual_index: index for index, actual_index in alignment.matched}
        for index in alignment.from_manuscript:
            actual = alignment.actual[index]
            expected = alignment.expected[expected_indices[index]] if index in expected_indices else actual
            yield _count_words(
                expected if expected.parts or comparison_key(expected.text) == comparison_key(actual.text) else actual
            )


def _count_items(groups: Iterable[Sequence[ContentItem]], language: str) -> dict[str, int]:
    """Count the contents of items, group by group: the text, and each note."""
    counts = dict.fromkeys(("tables", "cells", "lists", "links", "languages", "formulas", "abbreviations"), 0)
    for items in groups:
        previous_path: tuple[str, ...] = ()
        for item in items:
            if item.kind == "cell":
                counts["cells"] += 1
                counts["tables"] += item.path[-2:] == ("row 1", "cell 1")
            counts["languages"] += sum(1 for name, _ in item.runs if name.lower() != language.lower())
            counts["lists"] += _count_new_lists(previous_path, item.path)
            previous_path = item.path
            _count_marks(item.marks, counts)
    return counts


def _count_marks(marks: Sequence[InlineItem], counts: dict[str, int]) -> None:
    names = {"link": "links", "formula": "formulas", "abbreviation": "abbreviations"}
    for mark in marks:
        if mark.kind in names:
            counts[names[mark.kind]] += 1


def _count_new_lists(previous: Sequence[str], path: Sequence[str]) -> int:
    """Count the lists that begin with an item, from the paths of the previous item and of this one."""
    new_lists, is_same_list = 0, True
    for position, step in enumerate(path):
        previous_step = previous[position] if position < len(previous) else ""
        if step == "terms" or step.startswith("list "):
            item = path[position + 1] if step != "terms" and position + 1 < len(path) else ""
            previous_item = previous[position + 1] if position + 1 < len(previous) else ""
            # A lower item number begins another list.
            restarts = is_same_list and previous_step == step and item and _number(item) < _number(previous_item)
            new_lists += not (is_same_list and previous_step == step) or bool(restarts)
        is_same_list = is_same_list and previous_step == step
    return new_lists


def _number(step: str) -> int:
    digits = step.rpartition(" ")[2]
    return int(digits) if digits.isdigit() else 0


def _count_speakers(speakers: tuple[str, ...] | None) -> dict[str, int]:
    return {} if speakers is None else {"speakers": len(set(speakers)), "turns": len(speakers)}


def compare_page_lists(editions: Mapping[str, ContentCounts], needs: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Compare the pages that editions mark with those of the edition that they are taken from.

    Args:
        editions: Counts by name of the edition. Pages that the manuscript marks belong to no edition.
        needs: Names of the editions from which each takes its pages, if they are there (`contracts.Writer.NEEDS`).
    """
    findings: list[Finding] = []
    for name, edition in editions.items():
        sources = (editions[need] for need in needs.get(name, ()) if need in editions)
        source = next((counts for counts in sources if counts.paged and counts.pages), None)
        if source is not None and edition.pages and not edition.paged:
            findings += _pages(name, source, edition)
    return findings


def _pages(name: str, source: ContentCounts, other: ContentCounts) -> Iterator[Finding]:
    if other.pages != source.pages:
        message = f"{len(other.pages)} marked pages; the PDF has {len(source.pages)}, or other page labels."
        yield PAGES.finding(message, edition=name)
        return
    moved_starts = source.moved_starts or source.page_starts
    pairs = zip(source.pages, source.page_starts, moved_starts, other.page_starts, strict=False)
    for label, start, moved_start, other_start in pairs:
        # Where the page begins with a picture that has been moved, the paragraphs after it are on the page before.
        if not moved_start <= other_start <= start:
            count = abs(start - other_start)
            paragraphs = "1 paragraph" if count == 1 else f"{count} paragraphs"
            direction = "earlier" if other_start < start else "later"
            yield PAGES.finding(f"Page {label} begins {paragraphs} {direction} than in the PDF.", edition=name)
