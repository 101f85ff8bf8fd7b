"""Every difference between the tree and its editions, named by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import metadata_diff, missing_images, sequence_diff, tree_extraction
from exporter.parity.content_diff import UNKNOWN, ContentDiff
from exporter.parity.counts import ContentCounts, amounts_of
from exporter.parity.extraction import Extraction, Extractor
from exporter.parity.rules import DECORATIVE, LANGUAGE, PAGES, TITLE, UNREADABLE

SHOWN = 12
"""Pages that are named in a finding."""


class ComparisonResult(msgspec.Struct, frozen=True):
    """What became of the comparison of one edition."""

    findings: tuple[Finding, ...]
    amounts: ContentCounts | None
    """How much of everything the edition has; None when it cannot be read."""
    facts: Extraction | None = None
    """All that it says; as large as the edition's text, several times over."""


class EditionComparer:
    """Comparison of the editions of a publication with it, one by one."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self._told = missing_images.with_missing_images_described(publication)
        self._facts: dict[bool, Extraction] = {}

    def compare(self, name: str, path: Path, extractor: Extractor, utterances: bytes | None = None) -> ComparisonResult:
        """Compare one edition; whatever is wrong with the file is a finding.

        Args:
            name: Of the edition.
            path: Its file.
            extractor: Of its files.
            utterances: For a recording, the list of utterances as JSON.
        """
        try:
            facts = extractor.extract(path, utterances)
            more = tuple(extractor.diff(self.publication, path, utterances))
        except Exception as error:  # whatever four libraries raise on a broken file: that is the finding
            reason = str(error).rstrip(".")
            message = f"{path.name} cannot be read back: {type(error).__name__}: {reason}."
            return ComparisonResult((UNREADABLE.finding(message, edition=name),), None)
        expected = self._expected(extractor, facts)
        telling = _telling(expected, facts)
        every = (*_differences(expected, facts, telling), *more)
        findings = tuple(msgspec.structs.replace(each, edition=name) for each in every)
        return ComparisonResult(findings, amounts_of(expected, facts, telling), facts)

    def _expected(self, extractor: Extractor, found: Extraction) -> Extraction:
        """Return the facts with which an edition is compared."""
        publication = self.publication if extractor.is_spoken else self._told
        if extractor.expected is not None and found.content is not None:
            return extractor.expected(publication)
        same = publication is self.publication
        known = self._facts.get(same)
        if known is None or (found.content is not None and known.content is None):
            known = self._facts[same] = tree_extraction.facts(publication, whole=found.content is not None)
        return known


def diff(expected: Extraction, found: Extraction, edition: str) -> list[Finding]:
    """Return every difference between the tree's facts and those of one edition."""
    every = _differences(expected, found, _telling(expected, found))
    return [msgspec.structs.replace(finding, edition=edition) for finding in every]


def _telling(expected: Extraction, found: Extraction) -> ContentDiff | None:
    return (
        ContentDiff(expected.content, found.content)
        if expected.content is not None and found.content is not None
        else None
    )


def _differences(expected: Extraction, found: Extraction, telling: ContentDiff | None) -> Iterator[Finding]:
    # Some formats must have a title; what stands there for a manuscript without one contradicts nothing.
    if expected.title and found.title is not None and found.title not in {expected.title, expected.short_title}:
        yield TITLE.finding(f"The title is “{found.title}”, not “{expected.title}”.")
    if found.language is not None and (found.language or UNKNOWN).lower() != (expected.language or UNKNOWN).lower():
        yield LANGUAGE.finding(f"The language is “{found.language}”, not “{expected.language}”.")
    if found.headings is not None:
        yield from sequence_diff.headings(expected, found)
    if found.outline is not None:
        yield from sequence_diff.outline(expected, found)
    if found.pictures is not None:
        yield from sequence_diff.pictures(expected, found)
    if found.decorative is not None and found.decorative != expected.decorative:
        message = f"{found.decorative} pictures are decorative, not {expected.decorative}."
        yield DECORATIVE.finding(message)
    if expected.about is not None and found.about is not None:
        yield from metadata_diff.diff(expected.about, found.about)
    if expected.pages and found.pages is not None and not found.paged and found.pages != expected.pages:
        yield PAGES.finding(f"The marked pages are {_listed(found.pages)}, not {_listed(expected.pages)}.")
    if telling is not None:
        yield from telling.findings()


def _listed(pages: Sequence[str]) -> str:
    shown = ", ".join(pages[:SHOWN])
    return f"{shown} …" if len(pages) > SHOWN else shown or "none"
