"""Comparison of an edition with the tree: metadata, headings, images, content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

import msgspec

from exporter import formulas
from exporter.contracts.sidecars import PlacedPictures
from exporter.findings import Finding
from exporter.labels import Labels
from exporter.model import Publication
from exporter.parity import added_words, covers, layout_sheets, tree_extraction
from exporter.parity.added_words import AddedWords
from exporter.parity.comparison import sequence_diff
from exporter.parity.comparison.content_diff import UNKNOWN, ContentDiff
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.comparison.letter_counts import diff_letters, letters_of_tree
from exporter.parity.comparison.printed_order import diff_order
from exporter.parity.content import is_within, letters
from exporter.parity.counts import ContentCounts, count_content
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor
from exporter.parity.rules import (
    CONTENTS,
    DECORATIVE,
    DIRECTIONS,
    KINDS,
    LANGUAGE,
    LINKS,
    METADATA,
    PAGES,
    TABLES,
    TEXT,
    TITLE,
    UNREADABLE,
)
from exporter.parity.undrawn_images import with_missing_images_described

_COMMA = re.compile(r"\s*,\s*")
_WORD = re.compile(r"[^\W\d_]{4,}")
"""Shorter ones may be parts of names of languages and units."""
MAX_PAGES_NAMED = 12
"""Maximum number of pages listed in a finding."""
_TableNames = tuple[tuple[str, str, str], ...]
_METADATA_LABELS = {
    "authors": "authors",
    "contributors": "other people named",
    "publisher": "publisher",
    "date": "date",
    "identifier": "identifier",
    "description": "description",
    "subjects": "subjects",
    "rights": "rights",
    "subtitle": "subtitle",
    "roles": "roles",
    "kind": "kind",
    "series": "series",
    "modified": "date of the last change",
}
"""Names of the fields in findings."""


class ComparisonResult(msgspec.Struct, frozen=True):
    """Result of the comparison of one edition."""

    findings: tuple[Finding, ...]
    counts: ContentCounts | None
    """Counts of the edition; None if it cannot be read."""


class EditionComparer:
    """Comparer of the editions of a publication with its tree."""

    def __init__(self, publication: Publication, styles: Path | None = None) -> None:
        """Prepare the comparison.

        Args:
            publication: The tree after the transforms.
            styles: The folder of styles, by which formulas are put into words; None: their words are not compared.
        """
        self.publication = publication
        labels = Labels.load(styles, publication.metadata.language) if styles is not None else None
        self._added = added_words.of(publication, labels) if labels is not None else AddedWords()
        self._styles = styles
        self._names = formulas.names(publication, styles) if styles is not None else lambda _formula: None
        self._publication_with_alt_texts = with_missing_images_described(publication)
        self._expected_extractions: dict[bool, Extraction] = {}

    def compare(
        self,
        name: str,
        path: Path,
        extractor: Extractor,
        utterances: bytes | None = None,
        sounds: bytes | None = None,
        *,
        pictures: bytes | None = None,
    ) -> ComparisonResult:
        """Compare one edition; an unreadable file is a finding.

        Args:
            name: Name of the edition.
            path: Its file.
            extractor: Extractor of its file type.
            utterances: For a recording, the list of utterances as JSON.
            sounds: For an archive with sounds, where utterances are in them, as JSON.
            pictures: What the edition has of each picture of the tree, as JSON; None if that is not known.
        """
        try:
            extraction = extractor.extract(path, utterances)
            file_findings = tuple(extractor.diff(self.publication, path, utterances, sounds))
        except MemoryError:
            raise
        except Exception as error:  # any other error of four libraries on a broken file is the finding
            reason = str(error).rstrip(".")
            message = f"{path.name} cannot be read: {type(error).__name__}: {reason}."
            return ComparisonResult((UNREADABLE.finding(message, edition=name),), None)
        expected = self._expected(extractor, extraction)
        placed = msgspec.json.decode(pictures, type=PlacedPictures).files if pictures is not None else {}
        if expected.content is not None:
            content = msgspec.structs.replace(expected.content, placed=placed)
            expected = msgspec.structs.replace(expected, content=content)
        if extraction.sheet is not None and self._styles is not None:
            file_findings += tuple(layout_sheets.check(self._styles, *extraction.sheet))
        if extraction.covers is not None:
            file_findings += tuple(covers.check_placed(self.publication, extraction.covers, placed))
        content_diff = _content_diff(expected, extraction)
        if extraction.letters is not None:
            file_findings += tuple(diff_letters(letters_of_tree(self._publication_with_alt_texts), extraction.letters))
        if extraction.drawn is not None:
            file_findings += tuple(diff_order(self.publication, extraction.drawn))
        all_findings = (*_differences(expected, extraction, content_diff), *file_findings)
        findings = tuple(msgspec.structs.replace(finding, edition=name) for finding in all_findings)
        return ComparisonResult(findings, count_content(expected, extraction, content_diff))

    def _expected(self, extractor: Extractor, extraction: Extraction) -> Extraction:
        """Return the expected extraction of an edition."""
        publication = self.publication if extractor.is_spoken else self._publication_with_alt_texts
        if extractor.expected is not None and extraction.content is not None:
            held, added = extractor.expected(publication), self._added
            shown = (*held.shown, *added.shown)
            return msgspec.structs.replace(
                held, shown=shown, around=added.around, margins=added.margins, boxes=added.boxes
            )
        is_original = publication is self.publication
        extraction_of_tree = self._expected_extractions.get(is_original)
        if extraction_of_tree is None or (extraction.content is not None and extraction_of_tree.content is None):
            extraction_of_tree = self._expected_extractions[is_original] = tree_extraction.extract_tree(
                publication, whole=extraction.content is not None, name_formula=self._names
            )
        content = extraction_of_tree.content
        if content is not None:
            content = msgspec.structs.replace(content, titles=self._added.titles)
        return msgspec.structs.replace(
            extraction_of_tree,
            boxes=self._added.boxes,
            content=content,
            cover=extraction_of_tree.cover or self._added.cover,
            navigation=self._added.navigation,
            shown=(*extraction_of_tree.shown, *self._added.shown),
            around=self._added.around,
        )


def diff(expected: Extraction, actual: Extraction, edition: str) -> list[Finding]:
    """Return every difference between the extractions of the tree and of one edition."""
    findings = _differences(expected, actual, _content_diff(expected, actual))
    return [msgspec.structs.replace(finding, edition=edition) for finding in findings]


def _content_diff(expected: Extraction, actual: Extraction) -> ContentDiff | None:
    return (
        ContentDiff(expected.content, actual.content)
        if expected.content is not None and actual.content is not None
        else None
    )


def _differences(expected: Extraction, actual: Extraction, content_diff: ContentDiff | None) -> Iterator[Finding]:
    # Some formats require a title; for a manuscript without one, any title is accepted.
    if expected.title and actual.title is not None and actual.title not in {expected.title, expected.short_title}:
        yield TITLE.finding(f"Title “{actual.title}”; expected “{expected.title}”.")
    if actual.language is not None and (actual.language or UNKNOWN).lower() != (expected.language or UNKNOWN).lower():
        yield LANGUAGE.finding(f"Language “{actual.language}”; expected “{expected.language}”.")
    if actual.direction is not None and expected.direction and actual.direction != expected.direction:
        yield DIRECTIONS.finding(f"The edition has the direction {actual.direction}; expected {expected.direction}.")
    if actual.breaks is not None and actual.breaks != expected.breaks:
        yield KINDS.finding(f"{actual.breaks} breaks between paragraphs; expected {expected.breaks}.")
    yield from actual.contradictions
    yield from (finding for alt, finding in actual.picture_faults if alt not in expected.vectors)
    if actual.headings is not None:
        yield from sequence_diff.diff_headings(expected, actual)
    if actual.outline is not None:
        yield from sequence_diff.diff_outline(expected, actual)
    if actual.second_outline is not None:
        yield from sequence_diff.diff_outline(expected, msgspec.structs.replace(actual, outline=actual.second_outline))
    if actual.content is not None:
        titles = [entry.text for entry in actual.content.contents]
        titles = titles or [title for title, _ in actual.content.toc_links or ()]
        yield from sequence_diff.diff_contents(expected, titles)
    if actual.pictures is not None:
        yield from sequence_diff.diff_pictures(expected, actual)
    if actual.decorative is not None and expected.decorative not in {
        actual.decorative,
        actual.decorative + expected.optional_decorative,
    }:
        message = f"{actual.decorative} images are decorative; expected {expected.decorative}."
        yield DECORATIVE.finding(message)
    if expected.metadata is not None and actual.metadata is not None:
        yield from diff_metadata(expected.metadata, actual.metadata)
    if expected.pages and actual.pages is not None and not actual.paged and not _has_same_pages(expected, actual.pages):
        yield PAGES.finding(f"Marked pages: {_format_pages(actual.pages)}; expected: {_format_pages(expected.pages)}.")
    if actual.frame is not None:
        for text in expected.shown:
            if letters(text) not in actual.frame:
                yield METADATA.finding(f"“{text[:QUOTED]}” is not shown on the title page or in the imprint.")
    added = [word for word in _WORD.findall(actual.around) if letters(word) not in expected.around]
    if added and expected.around:
        words = " ".join(added)[:QUOTED]
        yield METADATA.finding(f"“{words}” on the title page or in the imprint is not of the manuscript.")
    if expected.boxes is not None and actual.boxes is not None:
        unknown = Counter(actual.boxes) - Counter(expected.boxes)
        if unknown or (not actual.some_boxes and len(actual.boxes) != len(expected.boxes)):
            names = "; ".join(sorted(unknown)) or "other names"
            yield METADATA.finding(f"The names of boxes differ: {names}.")
    if expected.tables is not None and actual.tables is not None:
        yield from _diff_tables(expected.tables, actual.tables)
    links, expected_links = (side.imprint_links or frozenset() for side in (actual, expected))
    for words, address in sorted(links - expected_links):
        yield LINKS.finding(f"The link “{words}” of the imprint leads to {address}, which is not of the publication.")
    for words, address in sorted(expected_links - links):
        yield LINKS.finding(f"The link “{words}” to {address} is missing in the imprint.")
    expected_names = dict(expected.navigation)
    for kind, words in actual.navigation:
        if expected_names.get(kind, words) != words:
            yield CONTENTS.finding(f"“{words[:QUOTED]}” in the navigation; expected “{expected_names[kind]}”.")
    if expected.margins and actual.margins:
        yield from _diff_margins(expected.margins, actual.margins)
    if content_diff is not None:
        yield from content_diff.findings()


def _diff_margins(expected: Mapping[str, str], actual: Mapping[str, str]) -> Iterator[Finding]:
    for part in sorted({*expected, *actual}):
        words, wanted = actual.get(part, ""), expected.get(part, "")
        if words != wanted:
            shown = f"“{words[:QUOTED]}”; expected “{wanted[:QUOTED]}”"
            yield TEXT.finding(f"Headers and footers, {part}: {shown}.")


def _diff_tables(expected: _TableNames, actual: _TableNames) -> Iterator[Finding]:
    """Yield the first of the titles, descriptions and directions of tables that is another."""
    for wanted, stated in zip_longest(expected, actual, fillvalue=("", "", "")):
        for kind, text, other in zip(("title", "description", "direction"), wanted, stated, strict=True):
            if text != other:
                shown = f"“{other[:QUOTED]}”; expected “{text[:QUOTED]}”"
                yield TABLES.finding(f"The {kind} of a table, for software that reads it out, is {shown}.")
                return


def _has_same_pages(expected: Extraction, pages: tuple[str, ...]) -> bool:
    """Return whether an edition marks all pages, those of the text in their order; it may place notes anywhere."""
    return sorted(pages) == sorted(expected.pages or ()) and is_within(expected.text_pages, pages)


def _format_pages(pages: Sequence[str]) -> str:
    shown = ", ".join(pages[:MAX_PAGES_NAMED])
    return f"{shown} …" if len(pages) > MAX_PAGES_NAMED else shown or "none"


def diff_metadata(expected: DocumentMetadata, actual: DocumentMetadata) -> Iterator[Finding]:
    """Yield the differences in metadata; fields that the manuscript does not have are not compared."""
    for field, name in _METADATA_LABELS.items():
        expected_value, actual_value = getattr(expected, field), getattr(actual, field)
        if expected_value and actual_value is not None and _join_entries(expected_value) != _join_entries(actual_value):
            message = f"Metadata, {name}: {_quote_value(actual_value)}; expected {_quote_value(expected_value)}."
            yield METADATA.finding(message)
    if actual.contributors and expected.contributors is not None and not expected.contributors:
        yield METADATA.finding(f"Metadata: {_quote_value(actual.contributors)} is not named in the manuscript.")
    if actual.certifier and actual.certifier != expected.certifier:
        yield METADATA.finding(f"“{actual.certifier[:QUOTED]}” has not certified the accessibility.")


def _join_entries(value: str | tuple[str, ...]) -> str:
    # Printing software joins several authors into one entry, and a PDF all subjects, by commas.
    entries = value if isinstance(value, str) else ", ".join(filter(None, value))
    return _COMMA.sub(", ", entries)


def _quote_value(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else "; ".join(value)
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”" if text else "nothing"
