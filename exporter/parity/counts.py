"""How much of everything the tree and an edition have: small enough to be kept, when the words are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from exporter.findings import Finding
from exporter.parity.content import ContentItem, InlineItem, comparison_key, letters
from exporter.parity.content_diff import ContentDiff
from exporter.parity.extraction import Extraction
from exporter.parity.rules import PAGES
from exporter.parity.sequence_diff import without_cover, without_frame


class ContentCounts(msgspec.Struct, frozen=True, omit_defaults=True):
    """How much of everything there is. A fact that is not named: the format cannot say."""

    counts: Mapping[str, int] = {}
    """By the name of the fact; see `table.FACTS`."""
    pages: tuple[str, ...] = ()
    """What is printed on each page."""
    paged: bool = False
    """Whether the pages are its own."""
    places: tuple[str, ...] = ()
    """The page of each heading that is one passage of the tree, in order; empty where it is not known."""


def amounts_of(expected: Extraction, found: Extraction, telling: ContentDiff | None = None) -> ContentCounts:
    """Count what an edition has, without what it adds to the manuscript.

    Args:
        expected: The facts of the tree.
        found: Those of the edition; the tree's own give what the manuscript has.
        telling: Both, paired passage by passage.
    """
    counts: dict[str, int] = {}
    headings = found.headings
    if headings is not None:
        if all(heading.level is None for heading in headings):
            headings = without_frame(expected.headings or (), headings, expected.title or "")
            counts["chapters"] = len(headings)
        counts["headings"] = len(headings)
    if found.pictures is not None:
        counts["pictures"] = len(found.pictures if found is expected else without_cover(expected, found))
    for name in ("decorative", "chapters", "utterances"):
        value = getattr(found, name)
        if value is not None:
            counts[name] = value
    if found.pages is not None:
        counts["pages"] = len(found.pages)
    if found is expected and expected.content is not None:
        groups: list[Sequence[ContentItem]] = [
            expected.content.passages,
            *(note.passages for note in expected.content.notes),
        ]
        counts |= _told(groups, expected.language or "")
        counts["words"] = sum(_words(each) for group in groups for each in group)
        counts["notes"] = sum(1 for note in expected.content.notes if not note.unreferenced)
        counts |= _spoken(expected.content.speakers)
    elif telling is not None:
        told = telling.found
        pairs = [telling.pairs, *(pairs for *_, pairs in telling.notes)]
        groups = [[each.found[index] for index in each.ours] for each in pairs]
        counts |= _told(groups, expected.language or "")
        counts["words"] = sum(_words_of_pairs(telling))
        counts["notes"] = len(told.notes) - sum(1 for one, *_ in telling.notes if one.unreferenced)
        counts |= _spoken(told.speakers)
    return ContentCounts(counts, found.pages or (), found.paged, tuple(_places(found, telling)))


def _places(found: Extraction, telling: ContentDiff | None) -> Iterator[str]:
    if telling is None or not found.pages:
        return
    twins = dict(telling.pairs.matched)
    for index, passage in enumerate(telling.expected.passages):
        if passage.kind == "heading":
            twin = twins.get(index)
            page = telling.found.passages[twin].page if twin is not None else None
            yield found.pages[page] if page is not None and page < len(found.pages) else ""


def _words(passage: ContentItem) -> int:
    # What a cell holds are passages of their own.
    return 0 if passage.kind == "cell" else sum(1 for word in passage.text.split() if letters(word))


def _words_of_pairs(telling: ContentDiff) -> Iterator[int]:
    """Count words; those of passages that are the same, by the manuscript: pages do not always tell where words end."""
    for pairs in (telling.pairs, *(pairs for *_, pairs in telling.notes)):
        twins = {other: index for index, other in pairs.matched}
        for index in pairs.ours:
            have = pairs.found[index]
            want = pairs.expected[twins[index]] if index in twins else have
            yield _words(want if want.parts or comparison_key(want.text) == comparison_key(have.text) else have)


def _told(groups: Iterable[Sequence[ContentItem]], language: str) -> dict[str, int]:
    """Count what passages hold, group by group: the text, and each note."""
    counts = dict.fromkeys(("tables", "cells", "lists", "links", "languages", "formulas", "abbreviations"), 0)
    for passages in groups:
        before: tuple[str, ...] = ()
        for passage in passages:
            if passage.kind == "cell":
                counts["cells"] += 1
                counts["tables"] += passage.path[-2:] == ("row 1", "cell 1")
            counts["languages"] += sum(1 for name, _ in passage.runs if name.lower() != language.lower())
            counts["lists"] += _begun(before, passage.path)
            before = passage.path
            _count_marks(passage.marks, counts)
    return counts


def _count_marks(marks: Sequence[InlineItem], counts: dict[str, int]) -> None:
    names = {"link": "links", "formula": "formulas", "abbreviation": "abbreviations"}
    for mark in marks:
        if mark.kind in names:
            counts[names[mark.kind]] += 1


def _begun(before: Sequence[str], path: Sequence[str]) -> int:
    """Count the lists that begin with a passage, by the paths of the one before and of this one."""
    begun, same = 0, True
    for place, step in enumerate(path):
        there = before[place] if place < len(before) else ""
        if step == "terms" or step.startswith("list "):
            item = path[place + 1] if step != "terms" and place + 1 < len(path) else ""
            item_before = before[place + 1] if place + 1 < len(before) else ""
            # Items count upwards: a lower number begins another list.
            again = same and there == step and item and _number(item) < _number(item_before)
            begun += not (same and there == step) or bool(again)
        same = same and there == step
    return begun


def _number(step: str) -> int:
    digits = step.rpartition(" ")[2]
    return int(digits) if digits.isdigit() else 0


def _spoken(speakers: tuple[str, ...] | None) -> dict[str, int]:
    return {} if speakers is None else {"speakers": len(set(speakers)), "turns": len(speakers)}


def compare_page_lists(editions: Mapping[str, ContentCounts], needs: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Compare the pages that editions mark with those of the edition whose pages they are.

    Args:
        editions: The counts of each edition, by its name. Where the manuscript marks pages, they are of no edition.
        needs: Names of the editions from which each takes its pages, if they are there (`contracts.Writer.NEEDS`).
    """
    findings: list[Finding] = []
    for name, marked in editions.items():
        own = (editions[need] for need in needs.get(name, ()) if need in editions)
        paged = next((counts for counts in own if counts.paged and counts.pages), None)
        if paged is not None and marked.pages and not marked.paged:
            findings += _pages(name, paged, marked)
    return findings


def _pages(name: str, paper: ContentCounts, other: ContentCounts) -> Iterator[Finding]:
    if other.pages != paper.pages:
        message = f"It marks {len(other.pages)} pages, the PDF has {len(paper.pages)}, or they are called otherwise."
        yield PAGES.finding(message, edition=name)
        return
    for number, (one, two) in enumerate(zip(paper.places, other.places, strict=False), 1):
        if one and two and one != two:
            message = f"Heading {number} stands on page {two}, in the PDF on page {one}."
            yield PAGES.finding(message, edition=name)
